using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.FrontNode.Giving;

/// <summary>What a comparison of both sides found, by what names the rows.</summary>
public sealed record ComparisonResult(long NodeRows, long CentreRows, IReadOnlyList<string> Missing, IReadOnlyList<string> Different, IReadOnlyList<string> Extra)
{
    public long Drift => Missing.Count + Different.Count + Extra.Count;
}

/// <summary>Compares what was given with what the centre has: 256 digests first, rows only of the parts that differ.</summary>
internal sealed class Comparing(Centre centre, NodeStore store, TimeProvider time, string resource, string flow, FieldReading reading)
{
    private const int RowsMost = 50_000;
    private const int Page = 10_000;

    public async Task<ComparisonResult> Run(CancellationToken cancel)
    {
        var parts = Enumerable.Range(0, Reconciliations.Parts).Select(_ => new RowDigest(centre.Suite)).ToArray();
        await foreach (var (word, digest) in Rows(cancel))
        {
            parts[PartOf(word)].Add(digest);
        }

        var run = Ulid.Next(time);
        var compared = await Ask<Compared>(
            "/exchange/compare",
            new CompareRequest(run, flow, resource, reading.Fields, [.. parts.Select(part => new ComparePart(part.Count, part.Total()))]), cancel);
        var (missing, different, extra) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var some in Groups(compared.Parts, parts))
        {
            var wanted = some.ToHashSet();
            var rows = new List<DetailRow>();
            await foreach (var (word, digest) in Rows(cancel))
            {
                if (wanted.Contains(PartOf(word)))
                {
                    rows.Add(new(word.Split('\u001f'), digest));
                }
            }

            var details = await Ask<Details>("/exchange/detail", new DetailRequest(run, flow, resource, reading.Fields, some, rows), cancel);
            missing.AddRange(details.Missing.Select(Reconciliations.Word));
            different.AddRange(details.Different.Select(Reconciliations.Word));
            extra.AddRange(await NotRejected(details.Extra.Select(Reconciliations.Word), cancel));
        }

        return new(parts.Sum(part => (long)part.Count), compared.Rows, missing, different, extra);
    }

    private int PartOf(string word) => Reconciliations.PartOf(centre.Suite, word.Split('\u001f'));

    /// <summary>A row that the source still has, but in a form that is refused, does not end.</summary>
    private Task<List<string>> NotRejected(IEnumerable<string> words, CancellationToken cancel) =>
        store.Together(each => words.Where(word => !each.IsRejected(flow, word)).ToList(), cancel);

    /// <summary>Parts in groups that fit into a message.</summary>
    private static IEnumerable<List<int>> Groups(IReadOnlyList<int> parts, RowDigest[] digests)
    {
        var (group, rows) = (new List<int>(), 0);
        foreach (var part in parts)
        {
            if (group.Count > 0 && rows + digests[part].Count > RowsMost)
            {
                yield return group;
                (group, rows) = ([], 0);
            }

            group.Add(part);
            rows += digests[part].Count;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async IAsyncEnumerable<(string Word, byte[] Digest)> Rows([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        while (await store.Together(each => each.Known(flow, after, Page).Select(known => (known.Key, known.Digest, Refused: each.IsRejected(flow, known.Key))).ToList(), cancel) is { Count: > 0 } some)
        {
            after = some[^1].Key;
            foreach (var (key, digest, refused) in some)
            {
                if (!refused)
                {
                    yield return (key, digest);
                }
            }
        }
    }

    private async Task<T> Ask<T>(string path, object question, CancellationToken cancel)
        where T : class
    {
        var answer = await centre.Post<T>(path, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(question, EvidenceJson.Options), cancel);
        return answer.Value ?? throw new FlowStopped(answer.Refusal!.Sentence);
    }
}
