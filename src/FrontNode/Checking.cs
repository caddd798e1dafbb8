using System.Data.Common;
using Shali.FrontNode.Giving;
using Shali.FrontNode.Giving.Replication;
using Shali.FrontNode.Taking;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Registry;

namespace Shali.FrontNode;

/// <summary><c>shali-node check FILE</c>: reaches the centre and every source and target, and says of each whether it would go. Changes nothing.</summary>
internal static class Checking
{
    /// <returns>How many do not.</returns>
    public static async Task<int> Run(Configuration configuration, Node node, TextWriter output, CancellationToken cancel)
    {
        var wrong = 0;
        foreach (var give in configuration.Gives)
        {
            var findings = new List<Finding>();
            wrong += await Say(output, give.Flow, () => Give(node.Centre, give, findings, cancel));
            foreach (var finding in findings)
            {
                await output.WriteLineAsync(Text.FindingOf(finding.Good, finding.Sentence));
            }
        }

        foreach (var take in configuration.Takes)
        {
            wrong += await Say(output, take.Flow, () => Take(take, cancel));
        }

        foreach (var unused in await node.Store.Together(store => ReplicationSlots.Unused(store, configuration), cancel))
        {
            wrong++;
            await output.WriteLineAsync(Text.FlowBad(unused.Flow, Text.SlotUnused(unused.Flow, unused.Slot, unused.Where)));
        }

        return wrong;
    }

    private static async Task<int> Say(TextWriter output, string flow, Func<Task<string?>> check)
    {
        string? fault;
        try
        {
            fault = await check();
        }
        catch (Exception away) when (away is CentreAwayException or SourceAwayException or DbException or IOException or NodeRefusedException or ArgumentException or System.Net.Sockets.SocketException)
        {
            fault = away.Message;
        }

        await output.WriteLineAsync(fault is null ? Text.FlowGood(flow) : Text.FlowBad(flow, fault));
        return fault is null ? 0 : 1;
    }

    /// <param name="findings">What logical replication needs comes here, each with its sentence.</param>
    private static async Task<string?> Give(Centre centre, GiveSettings give, List<Finding> findings, CancellationToken cancel)
    {
        var answer = await centre.Get<KnownResource>("/exchange/definition?resource=" + Uri.EscapeDataString(give.Resource), cancel);
        if (answer.Value is not { } known)
        {
            return answer.Refusal!.Sentence;
        }

        var misfits = FieldReading.Misfits(DefinitionJson.Read(known.Definition), known, [.. give.Map.Keys]).ToList();
        await using var source = await Source.Open(give.Source, cancel);
        var drift = Source.Drift(null, await source.Columns(cancel), [.. give.Map.Values.Concat(give.Watermark is { } mark ? [mark] : [])]);
        if (source is ReplicatedTable table)
        {
            var keys = known.Keys.Select(key => give.Map.GetValueOrDefault(key)).OfType<string>().ToList();
            findings.AddRange((await table.Ask(cancel)).Findings(give.Source.Changes!, give.Source.Table, [.. give.Map.Values], keys));
        }

        var missing = findings.Where(finding => finding.Good == false).Select(finding => finding.Sentence);
        string[] faults = [.. misfits, .. drift, .. missing];
        return faults.Length == 0 ? null : string.Join(' ', faults);
    }

    private static async Task<string?> Take(TakeSettings take, CancellationToken cancel)
    {
        await using var target = await TargetTable.Open(take, cancel);
        return await target.MissingColumns(cancel) is { Count: > 0 } missing ? Text.TargetColumnsGone(missing) : null;
    }
}
