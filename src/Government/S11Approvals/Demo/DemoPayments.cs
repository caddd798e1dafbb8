using System.Collections.Concurrent;
using Shali.Government.S11Approvals.Billing;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>Bills of the demo city: written on their day, let off or paid.</summary>
internal sealed class DemoPayments(
    FollowUpRun followUps, RecordReader reader, DemoReliefs reliefs, Payments payments, TestPayer payer, ConcurrentQueue<string> refused)
{
    /// <summary>
    /// Bills are of the day on which they fell due. Papers and licences bear the day of their step and are made by the running city: a
    /// thousand seals take longer than a start should. What fails is tried again there too.
    /// </summary>
    public async Task FollowUp(CancellationToken cancel)
    {
        try
        {
            while (await followUps.Run(cancel, BillIssue.KindOf, BillSettling.KindOf) > 0)
            {
                // As long as there is something.
            }
        }
        catch (InvalidOperationException failed)
        {
            refused.Enqueue(failed.InnerException?.Message ?? failed.Message);
        }
    }

    /// <summary>What is handed over is paid before, at the test channel. False: it waits for the head.</summary>
    public async Task<bool> Pay(DemoCase of, DemoOffice staff, CancellationToken cancel)
    {
        if (of.Number is not { } number || of.Stopped)
        {
            return true;
        }

        await FollowUp(cancel);
        var query = new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 20 };
        foreach (var bill in (await reader.List(Platform.Ledger.Resources.Bill, query, cancel)).Records.Select(Typed<Bill>.Of).Where(bill => BillState.IsOpen(bill.State)))
        {
            if (!await reliefs.Before(bill, of.Turn, staff, $"demo:approvals:{of.Index}", cancel))
            {
                return false;
            }

            if (!BillState.IsOpen(Typed<Bill>.Of((await reader.Get(Platform.Ledger.Resources.Bill, bill.Number, null, cancel))!).State))
            {
                // All of it was let off.
                continue;
            }

            var begun = await payments.Begin(Caller.Anonymous, bill.Number, "test", "demo:" + bill.Number, cancel);
            of.Note("pay", begun.Refusals);
            if (begun.Ok)
            {
                await payer.Choose(begun.Value.Order, "pay", cancel);
                await payments.AskNow("test", begun.Value.Order, end: false, cancel);
            }
        }

        return true;
    }
}
