using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>What a node says that it has given: rows and digests in 256 parts, by the first byte of the hash of what names a row.</summary>
/// <param name="Run">Id of this comparison (ULID).</param>
/// <param name="Fields">The fields that the flow gives.</param>
public sealed record CompareRequest(string Run, string Flow, string Resource, IReadOnlyList<string> Fields, IReadOnlyList<ComparePart> Parts);

public sealed record ComparePart(int Rows, byte[] Digest);

/// <param name="Parts">Numbers of the parts that differ.</param>
public sealed record Compared(long Rows, byte[] Digest, IReadOnlyList<int> Parts);

/// <summary>The rows of some parts, at the node: what names each, and its hash.</summary>
public sealed record DetailRequest(string Run, string Flow, string Resource, IReadOnlyList<string> Fields, IReadOnlyList<int> Parts, IReadOnlyList<DetailRow> Rows);

public sealed record DetailRow(IReadOnlyList<string?> Key, byte[] Hash);

/// <summary>What differs, by what names the rows.</summary>
/// <param name="Missing">The centre does not have them.</param>
/// <param name="Different">It has something else.</param>
/// <param name="Extra">Only the centre has them.</param>
public sealed record Details(IReadOnlyList<IReadOnlyList<string?>> Missing, IReadOnlyList<IReadOnlyList<string?>> Different, IReadOnlyList<IReadOnlyList<string?>> Extra);

/// <summary>
/// Compares what a node has given with what the registry holds, by counts and digests; finds single rows only where a part differs. The
/// node heals: the source's word counts for what its office owns.
/// </summary>
public sealed class Reconciliations(Db db, ResourceRegistry registry, RecordReader reader, TimeProvider time)
{
    public const int Parts = 256;

    public async Task<Outcome<Compared>> Compare(NodeCall call, CancellationToken cancel)
    {
        if (EvidenceJson.Read<CompareRequest>(call.Body.Span) is not { Run.Length: 26, Fields.Count: > 0, Parts.Count: Parts } asked || asked.Parts.Any(part => part?.Digest is null))
        {
            return new Refusal("NODE-C01", "", NodeText.NoComparison);
        }

        if (Rows(call, asked.Resource, asked.Fields) is not { Ok: true } rows)
        {
            return Rows(call, asked.Resource, asked.Fields).Refusals;
        }

        var own = await OwnParts(rows.Value, call.Suite, cancel);
        var differing = Enumerable.Range(0, Parts)
            .Where(i => own[i].Count != asked.Parts[i].Rows || !own[i].Total().AsSpan().SequenceEqual(asked.Parts[i].Digest)).ToList();
        var compared = new Compared(own.Sum(part => (long)part.Count), Over(call.Suite, own.Select(part => part.Total())), differing);
        await db.Run(
            $"""
            insert into exchange.reconciliation (run, node, flow, kind, resource, at, node_rows, centre_rows, node_digest, centre_digest) values (
                {asked.Run}, {call.Node.Code}, {asked.Flow}, {StatementKind.Give}, {rows.Value.Resource.Id}, {time.GetUtcNow()},
                {asked.Parts.Sum(part => (long)part.Rows)}, {compared.Rows}, {Over(call.Suite, asked.Parts.Select(part => part.Digest))}, {compared.Digest})
            on conflict do nothing
            """,
            cancel);
        return compared;
    }

    public async Task<Outcome<Details>> Detail(NodeCall call, CancellationToken cancel)
    {
        if (EvidenceJson.Read<DetailRequest>(call.Body.Span) is not { Run.Length: 26, Fields.Count: > 0, Parts: not null, Rows: not null } asked)
        {
            return new Refusal("NODE-C01", "", NodeText.NoComparison);
        }

        if (Rows(call, asked.Resource, asked.Fields) is not { Ok: true } rows)
        {
            return Rows(call, asked.Resource, asked.Fields).Refusals;
        }

        var theirs = new Dictionary<string, DetailRow>(asked.Rows.Count, StringComparer.Ordinal);
        foreach (var row in asked.Rows)
        {
            theirs[Word(row.Key)] = row;
        }

        var parts = asked.Parts.ToHashSet();
        var (different, extra) = (new List<IReadOnlyList<string?>>(), new List<IReadOnlyList<string?>>());
        var digest = new RowDigest(call.Suite);
        await foreach (var (key, values) in Texts(rows.Value, cancel))
        {
            if (!parts.Contains(PartOf(call.Suite, key)))
            {
                continue;
            }

            if (!theirs.Remove(Word(key), out var row))
            {
                extra.Add(key);
            }
            else if (!digest.Row(rows.Value.Fields, rows.Value.Order, values).AsSpan().SequenceEqual(row.Hash))
            {
                different.Add(key);
            }
        }

        var details = new Details([.. theirs.Values.Select(row => row.Key)], different, extra);
        await db.Run(
            $"""
            update exchange.reconciliation set missing = missing + {(long)details.Missing.Count}, different = different + {(long)different.Count}, extra = extra + {(long)extra.Count}
            where run = {asked.Run} and node = {call.Node.Code}
            """,
            cancel);
        return details;
    }

    /// <summary>The part to which a row belongs, by what names it.</summary>
    public static int PartOf(SignatureSuite suite, IReadOnlyList<string?> key) => suite.Hash(System.Text.Encoding.UTF8.GetBytes(Word(key)))[0];

    /// <summary>What names a row, as one word.</summary>
    public static string Word(IReadOnlyList<string?> key) => string.Join('\u001f', key);

    private static byte[] Over(SignatureSuite suite, IEnumerable<byte[]> digests) => new HashTree(suite, [.. digests]).Root;

    private Outcome<CompareRows> Rows(NodeCall call, string id, IReadOnlyList<string> fields)
    {
        if (registry.Find(id) is not { } resource)
        {
            return new Refusal("NODE-B04", "resource", NodeText.NoResource(id));
        }

        if (!OfficeCode.Matches(resource.Owner, call.Node.Office))
        {
            return new Refusal("NODE-B05", "resource", NodeText.NotYourResource(resource.Name), new Basis("政务数据共享条例", "第十九条"));
        }

        return fields.Any(name => resource.Field(name) is null)
            ? new Refusal("NODE-B10", "fields", NodeText.NoField(fields.First(name => resource.Field(name) is null), resource.Name))
            : new CompareRows(resource, [.. fields], RowDigest.OrderOf(fields), new RowIdentity(resource).Positions);
    }

    private async Task<RowDigest[]> OwnParts(CompareRows rows, SignatureSuite suite, CancellationToken cancel)
    {
        var parts = Enumerable.Range(0, Parts).Select(_ => new RowDigest(suite)).ToArray();
        await foreach (var (key, values) in Texts(rows, cancel))
        {
            var part = parts[PartOf(suite, key)];
            part.Add(part.Row(rows.Fields, rows.Order, values));
        }

        return parts;
    }

    private async IAsyncEnumerable<(string?[] Key, string?[] Values)> Texts(
        CompareRows rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var plan = Plan.Of(rows.Resource);
        var positions = rows.Fields.Select(plan.Position).ToArray();
        string? Text(Record record, int position) =>
            record.Values[position] is not { } value ? null : value as string ?? plan.Fields[position].Type.Write(plan.Fields[position], value);
        await foreach (var record in reader.Stream(rows.Resource, new RecordQuery(), cancel))
        {
            yield return ([.. rows.Keys.Select(position => Text(record, position))], [.. positions.Select(position => Text(record, position))]);
        }
    }

    private sealed record CompareRows(ResourceDefinition Resource, string[] Fields, int[] Order, int[] Keys);
}
