using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing.Grants;

/// <summary>
/// Reminds the heads of an office that a grant ends, and that the report on the data is due. The day stands on the grant in the
/// same act, so whichever node looks, each reminder goes out once.
/// </summary>
public sealed partial class GrantReminders(RecordStore store, RecordReader reader, SharedResources shared, Outbox outbox, OutboxSignal signal, Colleagues colleagues, TimeProvider time)
{
    /// <summary>How many were reminded.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var (today, reminded) = (time.Today(), 0);
        await foreach (var record in reader.Stream(GrantResources.Grant, new RecordQuery(), cancel))
        {
            var grant = Typed<Grant>.Of(record);
            if (GrantDueRules.Of(grant, today) is var due && due != GrantDue.Nothing)
            {
                reminded += await Remind(grant, due, record.Version, today, cancel) ? 1 : 0;
            }
        }

        if (reminded > 0)
        {
            signal.Wake();
        }

        return reminded;
    }

    private async Task<bool> Remind(Grant grant, GrantDue due, int version, DateOnly today, CancellationToken cancel)
    {
        var name = shared.NameOf(grant.Resource);
        var words = due == GrantDue.Expires ? Text.Expires(name, grant.Number, grant.Ends.InWords()) : Text.Dispose(name, grant.Number);
        var written = await store.Write(
            new Act(Caller.Platform("sharing"), "sharing.remind", Case: grant.Number),
            GrantResources.Grant.Schema,
            async session =>
            {
                var applied = await session.Apply(
                    new Change.Update(GrantResources.Grant, grant.Number, version, new Dictionary<string, object?>(StringComparer.Ordinal) { ["reminded_on"] = today }), cancel);
                foreach (var head in applied.Ok ? await colleagues.Heads(grant.Consumer, cancel) : [])
                {
                    outbox.Add(session, new("sharing.remind", new(Receiver.OfAccount(head.Account), head.Name), $"{Text.Grants}：{name}", words, GrantDesk.Address(grant.Number)) { Case = grant.Number });
                }

                return applied.Refusals;
            },
            cancel);

        // Somebody changed it at the same moment, perhaps another node: the next look sees it as it is then.
        return written.Ok;
    }
}
