using Shali.Government.S11Approvals.Billing;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>
/// Bills of the demo's cases, issued and paid in its past through the test channel. Papers and licences are made by the
/// running city afterwards, for a thousand seals take longer than a start should.
/// </summary>
public sealed class DemoPayments(FollowUpRun followUps, Payments payments, TestPayer payer, BillNews news, RecordReader reader)
{
    /// <summary>What an acceptance or an end has left about bills.</summary>
    public async Task Bill(CancellationToken cancel)
    {
        try
        {
            while (await followUps.Run(cancel, BillIssue.KindOf, BillSettling.KindOf) > 0)
            {
                // As long as there is something.
            }
        }
        catch (InvalidOperationException)
        {
            // Two at once on one account: it stays on the list, and the next one does it.
        }
    }

    /// <summary>The case hears what became of its bills.</summary>
    public Task Tell(CancellationToken cancel) => news.Tell(cancel);

    /// <summary>Pays what is open of a case.</summary>
    public async Task Pay(Caller who, string number, CancellationToken cancel)
    {
        await Bill(cancel);
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 20 };
        foreach (var bill in (await reader.List(Resources.Bill, query, cancel)).Records.Select(Typed<Bill>.Of).Where(bill => BillState.IsOpen(bill.State)))
        {
            var begun = await payments.Begin(who, bill.Number, TestChannel.ChannelCode, "demo|" + bill.Number, cancel);
            if (begun.Ok)
            {
                await payer.Choose(begun.Value.Order, "pay", cancel);
                await payments.AskNow(TestChannel.ChannelCode, begun.Value.Order, end: false, cancel);
            }
        }
    }
}
