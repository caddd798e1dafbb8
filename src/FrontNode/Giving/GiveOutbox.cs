using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Giving;

/// <summary>
/// What a flow has to send. What the node remembers of a row changes in the same transaction as the batch that carries it is queued, so a
/// killed node neither forgets nor repeats a row.
/// </summary>
internal sealed class GiveOutbox(GiveSettings settings, int megabytesMost, NodeStore store, Centre centre, TimeProvider time)
{
    private TaskCompletionSource _queued = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    public Action<string> Step { get; set; } = static _ => { };

    /// <summary>Completes when there is something new; take it before looking there.</summary>
    public Task Queued => Volatile.Read(ref _queued).Task;

    /// <summary>One batch, with what the node remembers from now on.</summary>
    /// <param name="gone">What names rows that have ended.</param>
    /// <param name="end">What the next look goes on from; null: this one has not come to its end yet.</param>
    /// <param name="along">What else changes in the same transaction; null: nothing.</param>
    /// <exception cref="FlowStopped">So much waits that this has to wait in the source.</exception>
    public async Task Queue(FieldReading reading, IReadOnlyList<GivenRow> rows, IReadOnlyList<string> gone, FlowRow? end, Action<NodeStore>? along, CancellationToken cancel)
    {
        if (rows.Count + gone.Count > 0 && await store.Together(each => each.WaitingBytes(), cancel) > (long)megabytesMost << 20)
        {
            // The source keeps what does not fit here, and no transaction of it stays open while we wait. What is queued is remembered.
            throw new FlowStopped(Text.OutboxFull(megabytesMost), final: false);
        }

        await store.Together(
            each =>
            {
                var flow = each.Flow(settings.Flow);
                if (rows.Count + gone.Count > 0)
                {
                    flow = flow with { Batch = flow.Batch + 1 };
                    each.Queue(new(settings.Flow, flow.Batch, Body(reading, flow, rows, gone), time.GetUtcNow()));
                    foreach (var row in rows)
                    {
                        each.Digest(settings.Flow, row.Word, row.Hash);
                    }

                    foreach (var word in gone)
                    {
                        each.Forget(settings.Flow, word);
                    }
                }

                // A look that began before the stream was begun anew has not seen everything for the new one.
                var whole = end is not null && end.Stream == flow.Stream ? end : null;
                each.Save(flow with { Shape = end?.Shape ?? flow.Shape, Mark = whole?.Mark ?? flow.Mark, FullAt = whole?.FullAt ?? flow.FullAt });
                along?.Invoke(each);
            },
            cancel);
        Step("queued");
        Interlocked.Exchange(ref _queued, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private byte[] Body(FieldReading reading, FlowRow flow, IReadOnlyList<GivenRow> rows, IReadOnlyList<string> gone)
    {
        var digest = new RowDigest(centre.Suite);
        foreach (var row in rows)
        {
            digest.Add(row.Hash);
        }

        var keys = gone.Select(word => word.Split('\u001f')).ToList();
        keys.ForEach(key => digest.Add(reading.Gone(key)));
        var statement = new Statement(
            StatementKind.Give, centre.Identity.Node, settings.Flow, settings.Resource, flow.Stream, flow.Batch, rows.Count, gone.Count, digest.Total(), centre.Suite.Name, time.GetUtcNow());
        return new GiveBody(
            SignedStatement.Sign(statement, centre.Key, centre.Identity.Serial), reading.Fields, [.. rows.Select(row => row.Values)], reading.KeyFields, keys).Write();
    }
}
