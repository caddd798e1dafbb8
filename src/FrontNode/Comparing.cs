using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode;

/// <summary>What a comparison of both sides found, by what names the rows.</summary>
/// <param name="Missing">Only the node has them.</param>
/// <param name="Extra">Only the centre has them.</param>
public sealed record ComparisonResult(long NodeRows, long CentreRows, IReadOnlyList<string> Missing, IReadOnlyList<string> Different, IReadOnlyList<string> Extra)
{
    public long Drift => Missing.Count + Different.Count + Extra.Count;
}

/// <summary>Compares the node's rows with the centre's: 256 digests first, rows only of the parts that differ.</summary>
/// <param name="rows">What names each row, and its hash; read once for the digests and again for each group of parts.</param>
internal sealed class Comparing(Centre centre, CompareScope scope, Func<CancellationToken, IAsyncEnumerable<(string Word, byte[] Hash)>> rows)
{
    private const int RowsMost = 50_000;

    public async Task<ComparisonResult> Run(CancellationToken cancel)
    {
        var parts = Enumerable.Range(0, Reconciliations.Parts).Select(_ => new RowDigest(centre.Suite)).ToArray();
        await foreach (var (word, hash) in rows(cancel))
        {
            parts[PartOf(word)].Add(hash);
        }

        var compared = await Ask<Compared, CompareRequest>(
            "/exchange/compare", new(scope, [.. parts.Select(part => new ComparePart(part.Count, part.Total()))]), cancel);
        var (missing, different, extra) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var some in Groups(compared.Parts, parts))
        {
            var wanted = some.ToHashSet();
            var own = new List<DetailRow>();
            await foreach (var (word, hash) in rows(cancel))
            {
                if (wanted.Contains(PartOf(word)))
                {
                    own.Add(new(word.Split('\u001f'), hash));
                }
            }

            var details = await Ask<Details, DetailRequest>("/exchange/detail", new(scope, some, own), cancel);
            missing.AddRange(details.Missing.Select(Reconciliations.Word));
            different.AddRange(details.Different.Select(Reconciliations.Word));
            extra.AddRange(details.Extra.Select(Reconciliations.Word));
        }

        return new(parts.Sum(part => (long)part.Count), compared.Rows, missing, different, extra);
    }

    private int PartOf(string word) => Reconciliations.PartOf(centre.Suite, word.Split('\u001f'));

    /// <summary>Parts in groups that fit into a message.</summary>
    private static IEnumerable<List<int>> Groups(IReadOnlyList<int> parts, RowDigest[] digests)
    {
        var (group, count) = (new List<int>(), 0);
        foreach (var part in parts)
        {
            if (group.Count > 0 && count + digests[part].Count > RowsMost)
            {
                yield return group;
                (group, count) = ([], 0);
            }

            group.Add(part);
            count += digests[part].Count;
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private async Task<TAnswer> Ask<TAnswer, TQuestion>(string path, TQuestion question, CancellationToken cancel)
        where TAnswer : class
    {
        var answer = await centre.Post<TAnswer>(path, EvidenceJson.Write(question), cancel);
        return answer.Value ?? throw new FlowStopped(Text.Refused(answer.Refusal!.Code, answer.Refusal.Sentence), answer.Refusal.Sealed);
    }
}
