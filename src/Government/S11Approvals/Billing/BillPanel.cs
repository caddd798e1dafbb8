using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>The bill on the page of the case: for the applicant with the way to pay, for the office with how it stands.</summary>
internal sealed class BillPanel(CaseBills bills, CaseTypes types) : CasePanel
{
    public override async Task<PanelNote?> Note(Case of, PanelPlace place, Caller who, CancellationToken cancel)
    {
        if (place == PanelPlace.Track || !Efficiency.ApprovalCases.Concerns(await types.Of(of.Type, of.TypeVersion, cancel)))
        {
            return null;
        }

        var standing = await bills.Stands(of, cancel);
        return standing.Bill is not { } bill ? place == PanelPlace.Desk && standing.Coming ? new(Text.NoteTitle, Text.BillComing) : null
            : place == PanelPlace.Own ? ForApplicant(standing, bill)
            : ForOffice(standing, bill, who);
    }

    private static PanelNote ForApplicant(BillStanding standing, Bill bill) => bill.State is BillState.Expired or BillState.Cancelled && standing.Root.State != CaseState.Ended
        ? Note(bill, $"{CaseAddresses.Own(standing.Root.Number)}/bill", Text.Again)
        : Note(bill, "/me/bills/" + bill.Number, BillState.IsOpen(bill.State) ? Text.Pay : Text.See);

    private static PanelNote ForOffice(BillStanding standing, Bill bill, Caller who) =>
        bill.State is BillState.Expired or BillState.Cancelled && who.May(ApprovalSystem.Handle) && who.Office == standing.Root.Office && standing.Root.State != CaseState.Ended
            ? Note(bill, $"{CaseAddresses.Desk(standing.Root.Number)}/bill", Text.Again)
            : Note(bill, who.May(LedgerSystem.Desk) && who.Office == bill.Office ? "/ledger/bills/" + bill.Number : null, Text.See);

    private static PanelNote Note(Bill bill, string? address, string label) => new(Text.NoteTitle, Words(bill), address, label);

    private static string Words(Bill bill) => bill.State switch
    {
        BillState.Paid => Text.Paid(bill.Number, Money.OfYuan(bill.Amount)),
        BillState.RefundedInPart or BillState.Refunded => Text.Refunded(bill.Number, Money.OfYuan(bill.Amount), Money.OfYuan(bill.Refunded)),
        BillState.Expired or BillState.Cancelled => Text.Dead(bill.Number),
        BillState.Waived => Text.Waived(bill.Number, Money.OfYuan(bill.Relieved ?? 0)),
        _ => Text.ToPay(bill.Number, Money.OfYuan(bill.Amount), bill.ExpiresOn),
    };
}
