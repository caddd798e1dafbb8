using System.Text.Json;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Pages;

/// <summary>What a node said of itself, and when.</summary>
public sealed record NodeHealth(DateTimeOffset At, NodeReport Report)
{
    public int Stopped => Report.Flows.Count(flow => flow.State == FlowState.Stopped);

    public int Trying => Report.Flows.Count(flow => flow.State == FlowState.Trying);
}

/// <summary>A receipt as a list shows it.</summary>
public sealed record ReceiptLine(string Number, string Kind, string Resource, DateTimeOffset At, long Rows, long Refused);

/// <summary>A comparison of both sides as a list shows it.</summary>
public sealed record ComparisonLine(
    string Flow, string Resource, DateTimeOffset At, long NodeRows, long CentreRows, long Missing, long Different, long Extra);

/// <summary>Reads what the pages show beside the register of nodes.</summary>
public sealed class NodeViews(Db db)
{
    private const int Shown = 50;

    public async Task<IReadOnlyDictionary<string, NodeHealth>> Health(IReadOnlyCollection<string> nodes, CancellationToken cancel) =>
        (await db.List(
            $"select node, at, report::text from exchange.health where node = any({nodes.ToArray()})",
            row => (Node: row.GetString(0), Health: new NodeHealth(row.GetFieldValue<DateTimeOffset>(1), JsonSerializer.Deserialize<NodeReport>(row.GetString(2), EvidenceJson.Options)!)),
            cancel)).ToDictionary(pair => pair.Node, pair => pair.Health, StringComparer.Ordinal);

    public Task<List<ReceiptLine>> Receipts(string node, CancellationToken cancel) => db.List(
        $"select number, kind, resource, at, rows, refused from exchange.receipt where node = {node} order by at desc limit {Shown}",
        row => new ReceiptLine(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt64(4), row.GetInt64(5)),
        cancel);

    /// <summary>Ids of what the node has given.</summary>
    public Task<List<string>> Given(string node, CancellationToken cancel) =>
        db.List($"select distinct resource from exchange.receipt where node = {node} and kind = {StatementKind.Give}", row => row.GetString(0), cancel);

    public Task<List<ComparisonLine>> Comparisons(string node, CancellationToken cancel) => db.List(
        $"select flow, resource, at, node_rows, centre_rows, missing, different, extra from exchange.reconciliation where node = {node} order by at desc limit {Shown}",
        row => new ComparisonLine(
            row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)),
        cancel);
}
