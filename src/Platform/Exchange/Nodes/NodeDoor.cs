using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NpgsqlTypes;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>A node asks for its certificate.</summary>
/// <param name="Code">The one-time code.</param>
/// <param name="Request">PKCS #10.</param>
/// <param name="Tls">PKCS #10 of a P-256 key for mutual TLS; null: the suite's own key serves, or the node shows no certificate.</param>
public sealed record EnrolRequest(string Code, string Suite, byte[] Request, byte[]? Tls = null);

/// <summary>What a node must know of a resource to check its rows as the centre does.</summary>
/// <param name="Definition">As <see cref="DefinitionJson"/> writes it.</param>
/// <param name="Keys">Fields that together name a record; empty: nothing does, and nothing can be given.</param>
/// <param name="Owns">The node's office answers for the resource and may give it.</param>
public sealed record KnownResource(string Definition, IReadOnlyList<CodeList> CodeLists, IReadOnlyList<string> Keys, bool Owns);

/// <summary>How a flow at a node stands.</summary>
/// <param name="State">One of <see cref="FlowState"/>.</param>
/// <param name="Note">Why it stands still, in words.</param>
/// <param name="LagSeconds">Since the oldest thing that waits to be sent, or since it was up to date; null: it never was.</param>
/// <param name="Way">How it learns what is new, one of <see cref="FlowWay"/>; null: an older node, which does not say it.</param>
public sealed record FlowReport(
    string Flow, string Direction, string Resource, string State, string Note, double? LagSeconds, long Waiting, long WaitingBytes, long Rows, long Refused, DateTimeOffset? LastAt,
    string? Way = null);

public static class FlowState
{
    public const string Running = "running";

    /// <summary>The source has changed its shape, or lost most of its rows: somebody must look.</summary>
    public const string Stopped = "stopped";

    /// <summary>It is tried again: source or centre cannot be reached.</summary>
    public const string Trying = "trying";
}

/// <summary>How a flow learns what is new.</summary>
public static class FlowWay
{
    /// <summary>The log of the database tells it.</summary>
    public const string Replication = "replication";

    /// <summary>By a column that grows with every change.</summary>
    public const string Watermark = "watermark";

    /// <summary>All rows are compared.</summary>
    public const string Compare = "compare";

    public const string Files = "files";

    /// <summary>From the centre's feed.</summary>
    public const string Feed = "feed";

    /// <summary>In words, for pages; empty for what is not known here.</summary>
    public static string InWords(string? way) => NodeText.WayLabel(way);
}

public sealed record NodeReport(string Version, IReadOnlyList<FlowReport> Flows);

public sealed record ReportTaken(DateTimeOffset Now);

/// <summary>Handlers of what nodes ask.</summary>
internal static class NodeDoor
{
    private const int ReportFlowsMax = 500;
    private const int EnrolMax = 64 * 1024;

    public static async Task<IResult> Enrol(HttpContext context, NodeDesk desk, NodeEnrolLimit limit, CancellationToken cancel)
    {
        var address = CallerOrigin.Of(context);
        if (limit.IsReached(address))
        {
            return Refused(new Refusal("NODE-E04", "", NodeText.TooManyCodes), 429);
        }

        var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, cancel);
        if (content.Length > EnrolMax || EvidenceJson.Read<EnrolRequest>(content.ToArray()) is not { Code: not null, Suite: not null, Request: not null } asked)
        {
            return Refused(new Refusal("NODE-E05", "", NodeText.NoEnrolment), 400);
        }

        var enrolled = await desk.Enrol(context.Caller(), asked.Code, asked.Suite, asked.Request, asked.Tls, cancel);
        if (!enrolled.Ok)
        {
            limit.Count(address);
        }

        return enrolled.Ok ? Results.Bytes(EvidenceJson.Write(enrolled.Value), "application/json") : Refused(enrolled.Refusals[0], 422);
    }

    public static Task Give(HttpContext context, NodeCalls calls, GiveDesk desk) => calls.Answer(context, desk.Take);

    public static Task Take(HttpContext context, NodeCalls calls, TakeDesk desk) =>
        calls.Answer(context, (call, cancel) => desk.Page(call, TakeRequest.Read(context.Request.Query), cancel));

    public static Task Confirm(HttpContext context, NodeCalls calls, TakeDesk desk) => calls.Answer(context, desk.Confirm);

    public static Task Compare(HttpContext context, NodeCalls calls, Reconciliations reconciliations) => calls.Answer(context, reconciliations.Compare);

    public static Task Detail(HttpContext context, NodeCalls calls, Reconciliations reconciliations) => calls.Answer(context, reconciliations.Detail);

    public static Task Definition(HttpContext context, NodeCalls calls, ResourceRegistry registry) => calls.Answer(context, (call, _) =>
    {
        var id = context.Request.Query["resource"].ToString();
        if (registry.Find(id) is not { } resource)
        {
            return Task.FromResult<Outcome<KnownResource>>(new Refusal("NODE-B04", "resource", NodeText.NoResource(id)));
        }

        var lists = resource.Fields.Select(field => field.CodeList).OfType<string>().Distinct(StringComparer.Ordinal).Select(FieldTypes.Codes).OfType<CodeList>();
        var identity = new RowIdentity(resource);
        return Task.FromResult<Outcome<KnownResource>>(new KnownResource(
            DefinitionJson.Write(resource), [.. lists], [.. identity.Positions.Select(position => resource.Fields[position].Name)],
            OfficeCode.Matches(resource.Owner, call.Node.Office)));
    });

    public static Task Report(HttpContext context, NodeCalls calls, Db db, TimeProvider time) => calls.Answer<ReportTaken>(context, async (call, cancel) =>
    {
        if (EvidenceJson.Read<NodeReport>(call.Body.Span) is not { Flows: { Count: <= ReportFlowsMax } flows, Version: not null } report || flows.Any(flow => flow is null))
        {
            return new Refusal("NODE-H01", "", NodeText.NoReport);
        }

        var now = time.GetUtcNow();
        await db.Run(
            $"""
            insert into exchange.health (node, at, report) values ({call.Node.Code}, {now}, {Sql.Value(JsonSerializer.Serialize(report, EvidenceJson.Options), NpgsqlDbType.Jsonb)})
            on conflict (node) do update set at = excluded.at, report = excluded.report
            """,
            cancel);
        ExchangeMeasures.Reported(call.Node.Code, report);
        return new ReportTaken(now);
    });

    private static IResult Refused(Refusal refusal, int status) => Results.Json(
        new { type = Api.Problems.TypeOf(refusal.Code), title = refusal.Sentence, status, code = refusal.Code, detail = refusal.Sentence },
        EvidenceJson.Options, "application/problem+json", status);
}

/// <summary>Guessing codes is hopeless anyway; this keeps an address from trying all day.</summary>
public sealed class NodeEnrolLimit(TimeProvider time)
{
    private const int PerMinute = 20;
    private const int AddressesMax = 10_000;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, (long Minute, int Tries)> _tries = new(StringComparer.Ordinal);

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>The address has tried too many wrong codes in this minute.</summary>
    public bool IsReached(string address) => _tries.TryGetValue(address, out var tries) && tries.Minute == Minute && tries.Tries >= PerMinute;

    /// <summary>One more wrong code.</summary>
    public void Count(string address)
    {
        if (_tries.Count > AddressesMax)
        {
            _tries.Clear();
        }

        var minute = Minute;
        _tries.AddOrUpdate(address, _ => (minute, 1), (_, before) => before.Minute == minute ? (minute, before.Tries + 1) : (minute, 1));
    }
}
