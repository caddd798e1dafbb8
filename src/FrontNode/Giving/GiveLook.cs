using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Giving;

/// <summary>One look at a source, from its first row to its last: what is new or changed, or not there any more, goes into the outbox.</summary>
/// <param name="columns">What is read of each row.</param>
/// <param name="begin">How the flow stood before.</param>
/// <param name="full">All rows are read, so that one sees what is gone; else those above the watermark.</param>
internal sealed class GiveLook(GiveSettings settings, IReadOnlyList<string> columns, FlowRow begin, bool full, NodeStore store, FlowStatus status, TimeProvider time)
{
    private readonly HashSet<UInt128> _seen = [];
    private string? _mark = begin.Mark;

    private string Name => settings.Flow;

    /// <param name="along">What changes together with the end of the look; null: nothing.</param>
    /// <returns>False: so much is gone that somebody must look into it.</returns>
    public async Task<bool> Run(Source source, Gathering gathering, Action<NodeStore>? along, CancellationToken cancel)
    {
        var read = new List<ReadRow>();
        if (full)
        {
            await store.Together(each => each.ForgetUnsent(Name), cancel);
        }

        await foreach (var row in source.Rows(columns, settings.Watermark, full ? null : begin.Mark, settings.Overlap, cancel))
        {
            read.Add(row);
            if (read.Count == settings.BatchRows)
            {
                await Take(gathering, read, cancel);
                read.Clear();
            }
        }

        await Take(gathering, read, cancel);
        var gone = full ? await Gone(cancel) : [];
        if (gone is null)
        {
            return false;
        }

        var chunks = gone.Chunk(settings.BatchRows).ToList();
        foreach (var some in chunks.SkipLast(1))
        {
            await End(gathering, some, null, null, cancel);
        }

        // What the next look goes on from is written with the last batch: a killed node looks again.
        await End(gathering, chunks.Count > 0 ? chunks[^1] : [], begin with { Mark = _mark, FullAt = full ? time.GetUtcNow() : begin.FullAt }, along, cancel);
        await status.Set(FlowState.Running, "");
        return true;
    }

    private async Task Take(Gathering gathering, List<ReadRow> rows, CancellationToken cancel)
    {
        var fresh = await store.Together(each => rows.Select(row => Judge(gathering, each, row)).OfType<GivenRow>().ToList(), cancel);
        foreach (var row in fresh)
        {
            gathering.Add(row);
            if (gathering.IsFull)
            {
                await gathering.Flush(null, null, cancel);
            }
        }
    }

    /// <summary>The row when it is new or changed; what is wrong with it is kept beside.</summary>
    private GivenRow? Judge(Gathering gathering, NodeStore each, ReadRow row)
    {
        if (row.Mark is not null && (_mark is null || Later(row.Mark, _mark)))
        {
            _mark = row.Mark;
        }

        if (gathering.Read(each, row) is not { } given)
        {
            return null;
        }

        if (given.Word.Length > 0 && !_seen.Add(Print(given.Word)))
        {
            gathering.Reject(each, row, given.Word + "\u001f2", Text.TwiceInSource);
            return null;
        }

        return gathering.Judge(each, row, given);
    }

    private static async Task End(Gathering gathering, IReadOnlyList<string> gone, FlowRow? end, Action<NodeStore>? along, CancellationToken cancel)
    {
        foreach (var word in gone)
        {
            gathering.End(word);
        }

        await gathering.Flush(end, along, cancel);
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
