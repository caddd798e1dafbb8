using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>The fees of a case as they were worked out in the act of its acceptance.</summary>
internal sealed record BillDue(IReadOnlyList<PlannedFee> Fees);

/// <summary>Issues the one bill of a case and tells the payer, each once.</summary>
internal sealed class BillIssue(RecordReader reader, CaseBills bills, BillMessages messages) : FollowUp
{
    public const string KindOf = "approvals.bill";

    public override string Kind => KindOf;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var root = Typed<Case>.Of((await reader.Get(CaseResources.Case, due.Case, null, cancel))!);
        if (root.State == CaseState.Ended && root.Result is null)
        {
            // Withdrawn before anything was charged.
            return FollowUpDone.Yes;
        }

        return await bills.Issue(root, due.Read<BillDue>().Fees, "case|" + root.Number, cancel) is { } bill
            ? new() { Messages = [messages.Issued(root, bill)] }
            : FollowUpDone.Yes;
    }
}

/// <summary>In which words the case ended.</summary>
internal sealed record SettlingDue(string How);

/// <summary>
/// What was charged for a case that gave nothing: paid, it goes back where the rule of the fee says so; unpaid, the bill
/// is cancelled and what the other parts owe stands on a new one.
/// </summary>
internal sealed class BillSettling(RecordReader reader, CaseTypes types, FollowUps followUps, CaseBills bills, Bills ledger, Refunds refunds) : FollowUp
{
    public const string KindOf = "approvals.bill-settling";

    private static readonly Caller Settler = Caller.Platform("billing");

    public override string Kind => KindOf;

    public override async Task<FollowUpDone> Do(DueFollowUp due, CancellationToken cancel)
    {
        var of = Typed<Case>.Of((await reader.Get(CaseResources.Case, due.Case, null, cancel))!);
        var standing = await bills.Stands(of, cancel);
        if (standing.Coming && await followUps.Waits(standing.Root.Number, BillIssue.KindOf, cancel))
        {
            return new() { Waits = "the bill is being issued", Pause = TimeSpan.FromSeconds(5) };
        }

        // A case that ends takes its parts with it: what was charged for them goes the same way when they end.
        var mine = standing.Lines.Where(line => (line.Part ?? "") == standing.Part && line.Refunded < line.Amount).ToList();
        if (standing.Bill is not { } bill || mine.Count == 0)
        {
            return FollowUpDone.Yes;
        }

        if (bill.State == BillState.Paying)
        {
            return new() { Waits = "somebody is paying", Pause = TimeSpan.FromMinutes(1) };
        }

        var reason = Text.SettledBecause(of.Title, due.Read<SettlingDue>().How);
        if (bill.State == BillState.Issued)
        {
            var cancelled = await ledger.Cancel(Settler, bill.Number, reason, cancel);
            if (!cancelled.Ok)
            {
                // Somebody began to pay in between.
                return new() { Waits = cancelled.Refusals.ToString(), Pause = TimeSpan.FromSeconds(30) };
            }

            // What the others owe stands on a new one; the payer is told when the case hears of it.
            await bills.Again(standing.Root, cancel);
            return FollowUpDone.Yes;
        }

        return BillState.IsPaid(bill.State) ? await Refund(of, bill, mine, reason, cancel) : FollowUpDone.Yes;
    }

    private async Task<FollowUpDone> Refund(Case of, Bill bill, IReadOnlyList<BillLine> lines, string reason, CancellationToken cancel)
    {
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        foreach (var line in lines.Where(line => RefundRules.GoesBack(type.Fees.FirstOrDefault(fee => fee.Item == line.FeeItem)?.Refund ?? FeeRefund.UnlessGranted, of, type)))
        {
            var asked = await refunds.Ask(Settler, bill.Number, line.Key, null, reason, $"case|{of.Number}|{line.Key}", cancel);
            if (!asked.Ok)
            {
                throw new InvalidOperationException(asked.Refusals.ToString());
            }
        }

        return FollowUpDone.Yes;
    }
}
