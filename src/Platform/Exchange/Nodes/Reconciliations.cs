using System.Runtime.CompilerServices;
using System.Text;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>What is compared: a flow of a node, with the fields that it gives or takes.</summary>
/// <param name="Run">Id of this comparison (ULID).</param>
/// <param name="Kind">One of <see cref="StatementKind"/>.</param>
public sealed record CompareScope(string Run, string Flow, string Kind, string Resource, IReadOnlyList<string> Fields)
{
    public string? Grant { get; init; }

    public string? Purpose { get; init; }

    internal bool IsWhole => Run is { Length: 26 } && Flow is not null && Resource is not null && Kind is StatementKind.Give or StatementKind.Take && Fields is { Count: > 0 };
}

/// <summary>What the node has: rows and digests in 256 parts, by the first byte of the hash of what names a row.</summary>
public sealed record CompareRequest(CompareScope Scope, IReadOnlyList<ComparePart> Parts);

public sealed record ComparePart(int Rows, byte[] Digest);

/// <param name="Parts">Numbers of the parts that differ.</param>
public sealed record Compared(long Rows, byte[] Digest, IReadOnlyList<int> Parts);

/// <summary>The rows of some parts, at the node: what names each, and its hash.</summary>
public sealed record DetailRequest(CompareScope Scope, IReadOnlyList<int> Parts, IReadOnlyList<DetailRow> Rows);

public sealed record DetailRow(IReadOnlyList<string?> Key, byte[] Hash);

/// <summary>What differs, by what names the rows.</summary>
/// <param name="Missing">The centre does not have them.</param>
/// <param name="Different">It has something else.</param>
/// <param name="Extra">Only the centre has them.</param>
public sealed record Details(IReadOnlyList<IReadOnlyList<string?>> Missing, IReadOnlyList<IReadOnlyList<string?>> Different, IReadOnlyList<IReadOnlyList<string?>> Extra);

/// <summary>
/// Compares both sides of a flow by counts and digests, and finds single rows only where a part differs. The node heals: what it gives
/// is as its source says, what it takes is as the centre says.
/// </summary>
public sealed class Reconciliations(Db db, ResourceRegistry registry, RecordReader reader, GovernedReader governed, TimeProvider time)
{
    public const int Parts = 256;

    public async Task<Outcome<Compared>> Compare(NodeCall call, CancellationToken cancel)
    {
        if (EvidenceJson.Read<CompareRequest>(call.Body.Span) is not { Scope.IsWhole: true, Parts.Count: Parts } asked || asked.Parts.Any(part => part?.Digest is null))
        {
            return new Refusal("NODE-C01", "", NodeText.NoComparison);
        }

        var rows = Rows(call, asked.Scope);
        if (!rows.Ok)
        {
            return rows.Refusals;
        }

        var own = Enumerable.Range(0, Parts).Select(_ => new RowDigest(call.Suite)).ToArray();
        await foreach (var (key, values) in rows.Value.Texts(cancel))
        {
            var part = own[PartOf(call.Suite, key)];
            part.Add(part.Row(rows.Value.Fields, rows.Value.Order, values));
        }

        var differing = Enumerable.Range(0, Parts)
            .Where(i => own[i].Count != asked.Parts[i].Rows || !own[i].Total().AsSpan().SequenceEqual(asked.Parts[i].Digest)).ToList();
        var compared = new Compared(own.Sum(part => (long)part.Count), Over(call.Suite, own.Select(part => part.Total())), differing);
        await db.Run(
            $"""
            insert into exchange.reconciliation (run, node, flow, kind, resource, at, node_rows, centre_rows, node_digest, centre_digest) values (
                {asked.Scope.Run}, {call.Node.Code}, {asked.Scope.Flow}, {asked.Scope.Kind}, {rows.Value.Resource.Id}, {time.GetUtcNow()},
                {asked.Parts.Sum(part => (long)part.Rows)}, {compared.Rows}, {Over(call.Suite, asked.Parts.Select(part => part.Digest))}, {compared.Digest})
            on conflict do nothing
            """,
            cancel);
        return compared;
    }

    public async Task<Outcome<Details>> Detail(NodeCall call, CancellationToken cancel)
    {
        if (EvidenceJson.Read<DetailRequest>(call.Body.Span) is not { Scope.IsWhole: true, Parts: not null, Rows: not null } asked || asked.Rows.Any(row => row?.Key is null || row.Hash is null))
        {
            return new Refusal("NODE-C01", "", NodeText.NoComparison);
        }

        var rows = Rows(call, asked.Scope);
        if (!rows.Ok)
        {
            return rows.Refusals;
        }

        var theirs = new Dictionary<string, DetailRow>(asked.Rows.Count, StringComparer.Ordinal);
        foreach (var row in asked.Rows)
        {
            theirs[Word(row.Key)] = row;
        }

        var parts = asked.Parts.ToHashSet();
        var (different, extra) = (new List<IReadOnlyList<string?>>(), new List<IReadOnlyList<string?>>());
        var digest = new RowDigest(call.Suite);
        await foreach (var (key, values) in rows.Value.Texts(cancel))
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
            where run = {asked.Scope.Run} and node = {call.Node.Code}
            """,
            cancel);
        return details;
    }

    /// <summary>The part to which a row belongs, by what names it.</summary>
    public static int PartOf(SignatureSuite suite, IReadOnlyList<string?> key) => suite.Hash(Encoding.UTF8.GetBytes(Word(key)))[0];

    /// <summary>What names a row, as one word.</summary>
    public static string Word(IReadOnlyList<string?> key) => string.Join('\u001f', key);

    private static byte[] Over(SignatureSuite suite, IEnumerable<byte[]> digests) => new HashTree(suite, [.. digests]).Root;

    /// <summary>The centre's rows of the flow: all of what the office gives, or what it may read of what it takes.</summary>
    private Outcome<CompareRows> Rows(NodeCall call, CompareScope scope)
    {
        if (registry.Find(scope.Resource) is not { } resource)
        {
            return new Refusal("NODE-B04", "resource", NodeText.NoResource(scope.Resource));
        }

        if (scope.Fields.FirstOrDefault(name => resource.Field(name) is null) is { } unknown)
        {
            return new Refusal("NODE-B10", "fields", NodeText.NoField(unknown, resource.Name));
        }

        string[] fields = [.. scope.Fields];
        if (scope.Kind == StatementKind.Give)
        {
            return OfficeCode.Matches(resource.Owner, call.Node.Office)
                ? new CompareRows(resource, fields, RowDigest.OrderOf(fields), cancel => Given(resource, fields, cancel))
                : new Refusal("NODE-B05", "resource", NodeText.NotYourResource(resource.Name), new Basis("政务数据共享条例", "第十九条"));
        }

        var read = new ReadRequest(call.Who, resource, scope.Purpose) { Grant = scope.Grant, Way = GrantWay.Feed, Fields = fields };
        var refusals = governed.Check(read);
        return refusals.Any ? refusals : new CompareRows(resource, fields, RowDigest.OrderOf(fields), cancel => Taken(read, fields, cancel));
    }

    private async IAsyncEnumerable<(string?[] Key, string?[] Values)> Given(ResourceDefinition resource, string[] fields, [EnumeratorCancellation] CancellationToken cancel)
    {
        var plan = Plan.Of(resource);
        var (keys, positions) = (new RowIdentity(resource).Positions, fields.Select(plan.Position).ToArray());
        await foreach (var record in reader.Stream(resource, new RecordQuery(), cancel))
        {
            yield return ([.. keys.Select(position => Text(plan, position, record.Values))], [.. positions.Select(position => Text(plan, position, record.Values))]);
        }
    }

    private async IAsyncEnumerable<(string?[] Key, string?[] Values)> Taken(ReadRequest read, string[] fields, [EnumeratorCancellation] CancellationToken cancel)
    {
        var plan = Plan.Of(read.Resource);
        var positions = fields.Select(plan.Position).ToArray();
        await foreach (var shown in governed.Stream(read, new RecordQuery(), cancel))
        {
            yield return ([shown.Key], [.. positions.Select(position => Text(plan, position, shown.Values))]);
        }
    }

    private static string? Text(Plan plan, int position, IReadOnlyList<object?> values) =>
        values[position] is not { } value ? null : value as string ?? plan.Fields[position].Type.Write(plan.Fields[position], value);

    private sealed record CompareRows(
        ResourceDefinition Resource, string[] Fields, int[] Order, Func<CancellationToken, IAsyncEnumerable<(string?[] Key, string?[] Values)>> Texts);
}
