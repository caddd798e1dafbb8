using System.Data.Common;
using Shali.FrontNode.Giving;
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
            wrong += await Say(output, give.Flow, () => Give(node.Centre, give, cancel));
        }

        foreach (var take in configuration.Takes)
        {
            wrong += await Say(output, take.Flow, () => Take(take, cancel));
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

    private static async Task<string?> Give(Centre centre, GiveSettings give, CancellationToken cancel)
    {
        var answer = await centre.Get<KnownResource>("/exchange/definition?resource=" + Uri.EscapeDataString(give.Resource), cancel);
        if (answer.Value is not { } known)
        {
            return answer.Refusal!.Sentence;
        }

        var misfits = FieldReading.Misfits(DefinitionJson.Read(known.Definition), known, [.. give.Map.Keys]).ToList();
        await using var source = await Source.Open(give.Source, cancel);
        var drift = Source.Drift(null, await source.Columns(cancel), [.. give.Map.Values.Concat(give.Watermark is { } mark ? [mark] : [])]);
        return misfits.Count + drift.Count == 0 ? null : string.Join(' ', misfits.Concat(drift));
    }

    private static async Task<string?> Take(TakeSettings take, CancellationToken cancel)
    {
        await using var target = await TargetTable.Open(take, cancel);
        return await target.MissingColumns(cancel) is { Count: > 0 } missing ? Text.TargetColumnsGone(missing) : null;
    }
}
