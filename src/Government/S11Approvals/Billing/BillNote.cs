using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>The bill on the page of the case: for the applicant with the way to pay, for the office with how it stands.</summary>
internal sealed class BillNote(CaseBills bills, CaseTypes types) : OwnCaseNote
{
    public override async Task<ShownNote?> Of(Case of, Caller who, CancellationToken cancel) => await Standing(of, cancel) is { Bill: { } bill } standing
        ? bill.State is BillState.Expired or BillState.Cancelled
            ? standing.Root.State == CaseState.Ended ? Note(Words(bill), "/me/bills/" + bill.Number, Text.See) : Note(Words(bill), $"{CaseAddresses.Own(standing.Root.Number)}/bill", Text.Again)
            : Note(Words(bill), "/me/bills/" + bill.Number, BillState.IsOpen(bill.State) ? Text.Pay : Text.See)
        : null;

    public override async Task<ShownNote?> AtDesk(Case of, Caller who, CancellationToken cancel)
    {
        var standing = await Standing(of, cancel);
        return standing is { Bill: { } bill }
            ? new(Text.NoteTitle, Words(bill), who.May(LedgerSystem.Desk) && who.Office == bill.Office ? "/ledger/bills/" + bill.Number : null, Text.See)
            : standing is { Coming: true } ? new(Text.NoteTitle, Text.BillComing) : null;
    }

    private async Task<BillStanding?> Standing(Case of, CancellationToken cancel) =>
        Efficiency.ApprovalCases.Concerns(await types.Of(of.Type, of.TypeVersion, cancel)) ? await bills.Stands(of, cancel) : null;

    private static ShownNote Note(string words, string address, string label) => new(Text.NoteTitle, words, address, label);

    private static string Words(Bill bill) => bill.State switch
    {
        BillState.Paid => Text.Paid(bill.Number, Money.OfYuan(bill.Amount)),
        BillState.RefundedInPart or BillState.Refunded => Text.Refunded(bill.Number, Money.OfYuan(bill.Amount), Money.OfYuan(bill.Refunded)),
        BillState.Expired or BillState.Cancelled => Text.Dead(bill.Number),
        _ => Text.ToPay(bill.Number, Money.OfYuan(bill.Amount), bill.ExpiresOn),
    };
}

/// <summary>An applicant asks for a new bill in place of one that has expired.</summary>
internal static class BillPages
{
    public static async Task<IResult> Ask(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        await Find(context, cases, number, cancel) is { } of && await bills.Stands(of, cancel) is { Bill: not null } standing && standing.Root.Number == of.Number
            ? context.Show<Pages.BillAgainPage>(new { Case = of, standing.Bill, standing.Lines, Refusals = Refusals.None })
            : Results.NotFound();

    public static async Task<IResult> Again(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } of || await bills.Stands(of, cancel) is not { Bill: not null } standing || standing.Root.Number != of.Number)
        {
            return Results.NotFound();
        }

        await Posted.Read(context, cancel);
        var issued = await bills.Again(of, cancel);
        return issued.Ok
            ? Shali.Platform.Ui.Pages.SeeOther("/me/bills/" + issued.Value.Number)
            : context.Show<Pages.BillAgainPage>(new { Case = of, standing.Bill, standing.Lines, issued.Refusals }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Case?> Find(HttpContext context, CaseReader cases, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: Sight.Own } file ? file.Case : null;
}
