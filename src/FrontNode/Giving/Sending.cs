using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Giving;

/// <summary>Sends what waits in a flow's outbox, one batch after the other, each until the centre has it.</summary>
public sealed class Sending(GiveFlow flow, NodeStore store, Centre centre, TimeProvider time)
{
    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    internal Action<string> Step { get; set; } = static _ => { };

    /// <summary>Sends the next batch. False: there was none, or the centre refuses it for now (<see cref="FlowStatus"/> says why).</summary>
    public async Task<bool> Next(CancellationToken cancel)
    {
        if (await store.Together(each => each.Next(flow.Name), cancel) is not { } batch)
        {
            return false;
        }

        Step("sending");
        var answer = await centre.Post<Given>("/exchange/give", batch.Body, cancel);
        Step("answered");
        if (answer.Value is { } given)
        {
            await Taken(batch, given, cancel);
            await flow.Status.Set(FlowState.Running, "", FlowPart.Sending);
            Step("settled");
            return true;
        }

        var refusal = answer.Refusal!;
        if (refusal is { Code: "NODE-B09", Sealed: true })
        {
            // The centre was restored from an older day, or this node was: everything is given again, and what is there already changes nothing.
            await store.Together(
                each =>
                {
                    each.Restart(flow.Name);
                    each.Log(flow.Name, Text.Restarted(refusal.Sentence), time.GetUtcNow());
                },
                cancel);
            return false;
        }

        await flow.Status.Set(refusal.Sealed ? FlowState.Stopped : FlowState.Trying, Text.Refused(refusal.Code, refusal.Sentence), FlowPart.Sending);
        return false;
    }

    private async Task Taken(Waiting batch, Given given, CancellationToken cancel)
    {
        var body = GiveBody.Read(batch.Body)!;
        var receipt = EvidenceJson.Read<Receipt>(given.Receipt);
        if (receipt is null || !receipt.Statement.Text.AsSpan().SequenceEqual(body.Statement.Text) || !centre.Sealed(given.Seal, given.Receipt))
        {
            throw new CentreAwayException(Text.NotFromCentre);
        }

        var keys = body.KeyFields.Select(field => body.Fields.ToList().IndexOf(field)).ToArray();
        string Word(string?[] row) => Reconciliations.Word([.. keys.Select(key => row[key])]);
        await store.Together(
            each =>
            {
                var now = time.GetUtcNow();
                if (each.Rejects(flow.Name) > 0)
                {
                    foreach (var row in body.Rows)
                    {
                        each.Accept(flow.Name, Word(row));
                    }
                }

                foreach (var refused in given.Refused)
                {
                    var row = refused.Gone ? body.Gone[refused.Row] : body.Rows[refused.Row];
                    each.Reject(
                        flow.Name, refused.Gone ? Reconciliations.Word(row) : Word(row), string.Join(' ', refused.Reasons.Select(reason => $"{reason.Code} {reason.Sentence}")),
                        System.Text.Json.JsonSerializer.Serialize((refused.Gone ? body.KeyFields : body.Fields).Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), EvidenceJson.Options),
                        now, sent: true);
                }

                var statement = receipt.Statement.Read()!;
                each.Receipt(flow.Name, statement.Stream, batch.Batch, given.Receipt, EvidenceJson.Write(given.Seal), now);
                each.Sent(flow.Name, batch.Batch);
                var before = each.Flow(flow.Name);
                each.Save(before with { Rows = before.Rows + receipt.Counts.Accepted, LastAt = now });
            },
            cancel);
    }
}
