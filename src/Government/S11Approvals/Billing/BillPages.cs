using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>A new bill in place of one that has expired: the applicant asks for it, or the office for whoever stands before it.</summary>
internal static class BillPages
{
    public static Task<IResult> Ask(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        Page(context, cases, bills, number, own: true, cancel);

    public static Task<IResult> AskAtDesk(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        Page(context, cases, bills, number, own: false, cancel);

    public static Task<IResult> Again(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        Issue(context, cases, bills, number, own: true, cancel);

    public static Task<IResult> AgainAtDesk(HttpContext context, CaseReader cases, CaseBills bills, string number, CancellationToken cancel) =>
        Issue(context, cases, bills, number, own: false, cancel);

    private static async Task<IResult> Page(HttpContext context, CaseReader cases, CaseBills bills, string number, bool own, CancellationToken cancel) =>
        await Find(context, cases, bills, number, own, cancel) is { } standing ? Show(context, standing, own, Refusals.None) : Results.NotFound();

    private static async Task<IResult> Issue(HttpContext context, CaseReader cases, CaseBills bills, string number, bool own, CancellationToken cancel)
    {
        if (await Find(context, cases, bills, number, own, cancel) is not { } standing)
        {
            return Results.NotFound();
        }

        await Posted.Read(context, cancel);
        var issued = await bills.Again(standing.Root, cancel);
        return issued.Ok
            ? Shali.Platform.Ui.Pages.SeeOther(own ? "/me/bills/" + issued.Value.Number : CaseAddresses.Desk(standing.Root.Number))
            : Show(context, standing, own, issued.Refusals);
    }

    private static IResult Show(HttpContext context, BillStanding standing, bool own, Refusals refusals) => context.Show<Pages.BillAgainPage>(
        new { Case = standing.Root, standing.Bill, standing.Lines, Own = own, Refusals = refusals }, refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>The bill of a root case for its applicant, or for its own office.</summary>
    private static async Task<BillStanding?> Find(HttpContext context, CaseReader cases, CaseBills bills, string number, bool own, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { } file
        && (own ? file.Sight == Sight.Own : file.Sight == Sight.Office && file.Case.Office == context.Caller().Office)
        && await bills.Stands(file.Case, cancel) is { Bill: not null } standing && standing.Root.Number == known
            ? standing
            : null;
}
