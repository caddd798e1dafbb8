using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.FrontNode.Giving;

/// <summary>
/// Compares what a flow has given with what the centre has, and heals: what the centre lacks or has otherwise is given again, what only it has
/// ends there.
/// </summary>
internal sealed class GiveComparison(GiveSettings settings, NodeStore store, Centre centre, GiveOutbox outbox, TimeProvider time)
{
    private string Name => settings.Flow;

    /// <summary>Null: something still waits to be sent, so both sides are not at the same place.</summary>
    public async Task<ComparisonResult?> Run(FieldReading reading, CancellationToken cancel)
    {
        if ((await store.Together(each => each.WaitingOf(Name), cancel)).Batches > 0)
        {
            return null;
        }

        var scope = new CompareScope(Ulid.Next(time), Name, StatementKind.Give, settings.Resource, reading.Fields);
        var found = await new Comparing(centre, scope, Given).Run(cancel);

        // A row that the source still has, but in a form that is refused, does not end.
        var result = found with { Extra = await store.Together(each => found.Extra.Where(word => !each.IsRejected(Name, word)).ToList(), cancel) };
        if (settings.IsMoreThanAnybodyBelieves(result.Extra.Count, result.CentreRows))
        {
            // Perhaps somebody else has given them: a node that is let in with a handful of rows must not empty a register.
            throw new FlowStopped(Text.ForeignAtCentre(result.Extra.Count, result.CentreRows, settings.EndsMaxPercent));
        }

        foreach (var some in result.Extra.Chunk(settings.BatchRows))
        {
            await outbox.Queue(reading, [], some, null, null, cancel);
        }

        await store.Together(
            each =>
            {
                foreach (var word in result.Missing.Concat(result.Different))
                {
                    each.Forget(Name, word);
                }

                // What was forgotten is found by a look at everything.
                var flow = each.Flow(Name);
                each.Save(flow with { ComparedAt = time.GetUtcNow(), FullAt = result.Drift == 0 ? flow.FullAt : null });
                each.Log(Name, Text.Compared(result), time.GetUtcNow());
            },
            cancel);
        return result;
    }

    /// <summary>Everything that the centre has accepted of this flow, as the node remembers it.</summary>
    private async IAsyncEnumerable<(string Word, byte[] Hash)> Given([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        while (await store.Together(
            each => each.Known(Name, after, 10_000).Select(known => (known.Key, known.Digest, Refused: each.IsRejected(Name, known.Key))).ToList(), cancel) is { Count: > 0 } some)
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
}
