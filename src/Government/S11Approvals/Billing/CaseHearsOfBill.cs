using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Books = Shali.Platform.Ledger.Resources;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>
/// What becomes of the bill stands in the case, in one act with what the payer is told of it; and what waited for the
/// payment goes on.
/// </summary>
internal sealed class CaseHearsOfBill(RecordReader reader, CaseTypes types, CaseDesk desk, CaseBills bills, FollowUps followUps, BillMessages messages) : BillListener
{
    public override string Name => "approvals-billing";

    public override async Task Hear(BillEvent happened, CancellationToken cancel)
    {
        if (await reader.Get(CaseResources.Case, happened.Case, null, cancel) is not { } record)
        {
            return;
        }

        var of = Typed<Case>.Of(record);
        if (!Efficiency.ApprovalCases.Concerns(await types.Of(of.Type, of.TypeVersion, cancel)) || await Version(happened.Bill, happened.Version, cancel) is not { } bill)
        {
            return;
        }

        if (await News(of, bill, happened.Version, cancel) is { } news)
        {
            var noted = await desk.Take(
                Caller.Platform("case"), of.Number, new(BuiltInSteps.Note) { Opinion = news.Words, Messages = news.Messages }, "bill|" + happened.Id, cancel);
            if (!noted.Ok)
            {
                throw new InvalidOperationException(noted.Refusals.ToString());
            }
        }

        if (bill.State is BillState.Paid or BillState.Waived)
        {
            await followUps.Wake(await bills.Tree(of.Number, cancel), cancel);
        }
    }

    /// <summary>Attempts to pay come and go; what counts is noted.</summary>
    private async Task<BillNews?> News(Case of, Bill bill, int version, CancellationToken cancel) => bill.State switch
    {
        BillState.Issued when version == 1 => await Issued(of, bill, cancel),
        BillState.Issued or BillState.Waived when await Version(bill.Number, version - 1, cancel) is var before && (bill.Relieved ?? 0) > (before?.Relieved ?? 0) => await Relieved(of, bill, cancel),
        BillState.Paid => new(Text.NotePaid(bill.Number, Money.OfYuan(bill.Amount))),
        BillState.Expired => new(Text.NoteExpired(bill.Number)),
        BillState.Cancelled => new(Text.NoteCancelled(bill.Number, bill.Note ?? "")),
        BillState.RefundedInPart or BillState.Refunded => new(Text.NoteRefunded(bill.Number, Money.OfYuan(bill.Refunded))) { Messages = [messages.Refunded(of, bill)] },
        _ => null,
    };

    private async Task<BillNews> Issued(Case of, Bill bill, CancellationToken cancel)
    {
        if (bill.Replaces is not { } number || await reader.Get(Books.Bill, number, null, cancel) is not { } record)
        {
            return new(Text.NoteIssued(bill.Number, Money.OfYuan(bill.Amount), bill.ExpiresOn));
        }

        var before = Typed<Bill>.Of(record);
        return new(Text.NoteReplaced(bill.Number, Text.WhyReplaced(before), Text.Amounts(before, bill), bill.ExpiresOn))
        {
            Messages = await StillOpen(bill.Number, cancel) ? [messages.Replaced(of, bill, before)] : [],
        };
    }

    private async Task<BillNews> Relieved(Case of, Bill bill, CancellationToken cancel) => new(
        Text.NoteRelieved(bill.Number, Money.OfYuan(bill.Relieved ?? 0), Money.OfYuan(bill.Amount)))
    {
        Messages = bill.State == BillState.Waived || await StillOpen(bill.Number, cancel)
            ? [messages.Relieved(of, bill, [.. (await bills.LinesOf(bill.Number, cancel)).Select(line => line.ReliefNote).OfType<string>()])]
            : [],
    };

    /// <summary>Who hears late must not ask for what has been paid or cancelled since.</summary>
    private async Task<bool> StillOpen(string number, CancellationToken cancel) =>
        await reader.Get(Books.Bill, number, null, cancel) is { } now && BillState.IsOpen(Typed<Bill>.Of(now).State);

    private async Task<Bill?> Version(string number, int version, CancellationToken cancel) =>
        await reader.Version(Books.Bill, number, version, cancel) is { } record ? Typed<Bill>.Of(record) : null;

    /// <summary>What stands in the case, and what the payer is told in the same act.</summary>
    private sealed record BillNews(string Words)
    {
        public IReadOnlyList<NewMessage> Messages { get; init; } = [];
    }
}
