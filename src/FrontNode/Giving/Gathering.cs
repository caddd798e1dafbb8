using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;

namespace Shali.FrontNode.Giving;

/// <summary>
/// Rows on their way from a source into the outbox, whichever way they were read: what is wrong with a row is kept beside, what was given
/// already is not given again, the rest becomes batches. Of several changes of a row in one batch the last one counts.
/// </summary>
/// <param name="columns">What is read of each row, in the order of <paramref name="reading"/>.</param>
internal sealed class Gathering(GiveSettings settings, IReadOnlyList<string> columns, FieldReading reading, GiveOutbox outbox, TimeProvider time)
{
    private const long BatchBytes = 8L << 20;

    private readonly Dictionary<string, GivenRow> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Nothing was ever given: nothing is looked up.</summary>
    public bool First { get; init; }

    public bool IsFull => _rows.Count + _gone.Count >= settings.BatchRows || _bytes >= BatchBytes;

    private string Name => settings.Flow;

    /// <summary>The row as the platform writes it; null: it cannot be read, which is kept with its reason.</summary>
    public GivenRow? Read(NodeStore each, ReadRow row)
    {
        if (row.Fault is null)
        {
            return reading.Read(row.Cells);
        }

        Reject(each, row, "", row.Fault);
        return null;
    }

    /// <summary>The row when it is new or changed.</summary>
    public GivenRow? Judge(NodeStore each, ReadRow row, GivenRow given)
    {
        if (given.Refusals.Any)
        {
            Reject(each, row, given.Word, given.Refusals.ToString());
            return null;
        }

        return !First && each.Digest(Name, given.Word) is { } before && before.AsSpan().SequenceEqual(given.Hash) ? null : given;
    }

    public void Reject(NodeStore each, ReadRow row, string word, string reasons)
    {
        var text = JsonSerializer.Serialize(columns.Zip(row.Cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), EvidenceJson.Options);
        each.Reject(Name, word.Length > 0 ? word : "?" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16], reasons, text, time.GetUtcNow(), sent: false);
    }

    public void Add(GivenRow row)
    {
        _rows.Add(row.Word, row);
        _bytes += row.Values.Sum(value => (value?.Length ?? 0) * 3L) + 40;
    }

    /// <summary>What was gathered of a row before is overtaken.</summary>
    public void Forget(string word)
    {
        _rows.Remove(word);
        _gone.Remove(word);
    }

    public void End(string word) => _gone.Add(word);

    /// <inheritdoc cref="GiveOutbox.Queue"/>
    public async Task Flush(FlowRow? end, Action<NodeStore>? along, CancellationToken cancel)
    {
        await outbox.Queue(reading, [.. _rows.Values], [.. _gone], end, along, cancel);
        _rows.Clear();
        _gone.Clear();
        _bytes = 0;
    }
}
