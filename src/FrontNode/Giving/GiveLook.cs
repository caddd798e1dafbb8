using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Giving;

/// <summary>One look at a source, from its first row to its last: what is new or changed, or not there any more, goes into the outbox.</summary>
/// <param name="columns">What is read of each row, in the order of <paramref name="reading"/>.</param>
/// <param name="begin">How the flow stood before.</param>
/// <param name="full">All rows are read, so that one sees what is gone; else those above the watermark.</param>
internal sealed class GiveLook(
    GiveSettings settings, IReadOnlyList<string> columns, FieldReading reading, FlowRow begin, bool full, NodeStore store, GiveOutbox outbox, FlowStatus status, TimeProvider time)
{
    private const long BatchBytes = 8L << 20;

    private readonly List<GivenRow> _pending = [];
    private readonly HashSet<UInt128> _seen = [];
    private long _bytes;
    private string? _mark = begin.Mark;

    /// <summary>Nothing was ever given: nothing is looked up.</summary>
    private bool _first;

    private string Name => settings.Flow;

    /// <summary>False: so much is gone that somebody must look into it.</summary>
    public async Task<bool> Run(Source source, CancellationToken cancel)
    {
        var read = new List<ReadRow>();
        _first = (await store.Together(each => each.Known(Name, "", 1), cancel)).Count == 0;
        if (full)
        {
            await store.Together(each => each.ForgetUnsent(Name), cancel);
        }

        await foreach (var row in source.Rows(columns, settings.Watermark, full ? null : begin.Mark, settings.Overlap, cancel))
        {
            read.Add(row);
            if (read.Count == settings.BatchRows)
            {
                await Take(read, cancel);
                read.Clear();
            }
        }

        await Take(read, cancel);
        var gone = full ? await Gone(cancel) : [];
        if (gone is null)
        {
            return false;
        }

        var chunks = gone.Chunk(settings.BatchRows).ToList();
        foreach (var some in chunks.SkipLast(1))
        {
            await Flush(some, null, cancel);
        }

        // What the next look goes on from is written with the last batch: a killed node looks again.
        await Flush(chunks.Count > 0 ? chunks[^1] : [], begin with { Mark = _mark, FullAt = full ? time.GetUtcNow() : begin.FullAt }, cancel);
        await status.Set(FlowState.Running, "");
        return true;
    }

    private async Task Take(List<ReadRow> rows, CancellationToken cancel)
    {
        var fresh = await store.Together(each => rows.Select(row => Judge(each, row)).OfType<GivenRow>().ToList(), cancel);
        foreach (var row in fresh)
        {
            _pending.Add(row);
            _bytes += row.Values.Sum(value => (value?.Length ?? 0) * 3L) + 40;
            if (_pending.Count == settings.BatchRows || _bytes >= BatchBytes)
            {
                await Flush([], null, cancel);
            }
        }
    }

    /// <summary>The row when it is new or changed; what is wrong with it is kept beside.</summary>
    private GivenRow? Judge(NodeStore each, ReadRow row)
    {
        if (row.Mark is not null && (_mark is null || Later(row.Mark, _mark)))
        {
            _mark = row.Mark;
        }

        if (row.Fault is not null)
        {
            Reject(each, row, "", row.Fault);
            return null;
        }

        var given = reading.Read(row.Cells);
        if (given.Word.Length > 0 && !_seen.Add(Print(given.Word)))
        {
            Reject(each, row, given.Word + "\u001f2", Text.TwiceInSource);
            return null;
        }

        if (given.Refusals.Any)
        {
            Reject(each, row, given.Word, given.Refusals.ToString());
            return null;
        }

        return !_first && each.Digest(Name, given.Word) is { } before && before.AsSpan().SequenceEqual(given.Hash) ? null : given;
    }

    private void Reject(NodeStore each, ReadRow row, string word, string reasons)
    {
        var text = JsonSerializer.Serialize(columns.Zip(row.Cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), EvidenceJson.Options);
        each.Reject(Name, word.Length > 0 ? word : "?" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16], reasons, text, time.GetUtcNow(), sent: false);
    }

    /// <summary>What was given and is not in the source any more; null when that is more than anybody would believe.</summary>
    private async Task<List<string>?> Gone(CancellationToken cancel)
    {
        var (gone, all, after) = (new List<string>(), 0L, "");
        while (await store.Together(each => each.Known(Name, after, 10_000), cancel) is { Count: > 0 } some)
        {
            all += some.Count;
            after = some[^1].Key;
            gone.AddRange(some.Where(known => !_seen.Contains(Print(known.Key))).Select(known => known.Key));
        }

        if (settings.IsMoreThanAnybodyBelieves(gone.Count, all))
        {
            await status.Set(FlowState.Stopped, Text.Emptied(gone.Count, all, settings.EndsMaxPercent));
            return null;
        }

        return gone;
    }

    private async Task Flush(IReadOnlyList<string> gone, FlowRow? end, CancellationToken cancel)
    {
        await outbox.Queue(reading, _pending, gone, end, cancel);
        _pending.Clear();
        _bytes = 0;
    }

    private static UInt128 Print(string word)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(word), hash);
        return BitConverter.ToUInt128(hash);
    }

    private static bool Later(string mark, string than) => mark[0] == 's' || than[0] == 's' || mark[0] == 'm'
        ? mark[0] == 'm' ? decimal.Parse(mark.AsSpan(1), CultureInfo.InvariantCulture) > decimal.Parse(than.AsSpan(1), CultureInfo.InvariantCulture) : string.CompareOrdinal(mark, than) > 0
        : long.Parse(mark.AsSpan(mark[0] == 't' ? 2 : 1), CultureInfo.InvariantCulture) > long.Parse(than.AsSpan(than[0] == 't' ? 2 : 1), CultureInfo.InvariantCulture);
}
