using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>The fees of a case as they were worked out in the act of its acceptance.</summary>
internal sealed record BillDue(IReadOnlyList<PlannedFee> Fees);

/// <summary>Issues the one bill of a case and tells the payer, each once.</summary>
internal sealed class BillIssue(RecordReader reader, CaseBills bills) : FollowUp
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
            ? new() { Messages = [Tell(root, bill)] }
            : FollowUpDone.Yes;
    }

    /// <summary>Number and check code together open the bill for whoever has no account; only the payer gets them.</summary>
    internal static NewMessage Tell(Case root, Bill bill) => new(
        "approvals.bill.issued",
        new(root.Entity is { } firm ? Receiver.OfFirm(firm) : root.Person is { } person ? Receiver.OfPerson(person) : null, root.EntityName ?? root.PersonName ?? "")
        {
            Phone = root.Phone,
            Email = root.Email,
        },
        Text.BillSubject,
        Text.BillWords(root.Title, CaseNumbers.Show(root.Number), bill.Number, bill.CheckCode, Money.OfYuan(bill.Amount), bill.ExpiresOn),
        "/me/bills/" + bill.Number)
    {
        Case = root.Number,
        Channels = [Channel.Sms, Channel.Email],
    };
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

            return await bills.Again(standing.Root, cancel) is { Ok: true, Value: var next } ? new() { Messages = [BillIssue.Tell(standing.Root, next)] } : FollowUpDone.Yes;
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

/// <summary>What becomes of the bill stands in the case, and what waited for the payment goes on.</summary>
internal sealed class CaseHearsOfBill(RecordReader reader, CaseTypes types, CaseDesk desk, CaseBills bills, FollowUps followUps) : BillListener
{
    public override string Name => "approvals-billing";

    public override async Task Hear(BillEvent happened, CancellationToken cancel)
    {
        if (await reader.Get(CaseResources.Case, happened.Case, null, cancel) is not { } record)
        {
            return;
        }

        var of = Typed<Case>.Of(record);
        if (!Efficiency.ApprovalCases.Concerns(await types.Of(of.Type, of.TypeVersion, cancel))
            || await reader.Version(Platform.Ledger.Resources.Bill, happened.Bill, happened.Version, cancel) is not { } then)
        {
            return;
        }

        var bill = Typed<Bill>.Of(then);
        if (Words(happened, bill) is { } words)
        {
            var noted = await desk.Take(Caller.Platform("case"), of.Number, new(BuiltInSteps.Note) { Opinion = words }, "bill|" + happened.Id, cancel);
            if (!noted.Ok)
            {
                throw new InvalidOperationException(noted.Refusals.ToString());
            }
        }

        if (bill.State == BillState.Paid)
        {
            await followUps.Wake(await bills.Tree(of.Number, cancel), cancel);
        }
    }

    /// <summary>Attempts to pay come and go; what counts is noted.</summary>
    private static string? Words(BillEvent happened, Bill bill) => bill.State switch
    {
        BillState.Issued when happened.Version == 1 => Text.NoteIssued(bill.Number, Money.OfYuan(bill.Amount), bill.ExpiresOn),
        BillState.Paid => Text.NotePaid(bill.Number, Money.OfYuan(bill.Amount)),
        BillState.Expired => Text.NoteExpired(bill.Number),
        BillState.Cancelled => Text.NoteCancelled(bill.Number, bill.Note ?? ""),
        BillState.RefundedInPart or BillState.Refunded => Text.NoteRefunded(bill.Number, Money.OfYuan(bill.Refunded)),
        _ => null,
    };
}
