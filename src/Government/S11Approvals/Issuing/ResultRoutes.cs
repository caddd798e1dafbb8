using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Government.S11Approvals.Billing;
using Shali.Platform.Identity;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>Every address of licences and bills of cases, what it demands, and what answers.</summary>
internal static class ResultRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(LicencePages.Public, LicencePages.Search).Public(Text.LicencesPublic);
        routes.MapGet(LicencePages.Public + "/{key}", LicencePages.Show).Public(Text.LicencesPublic);
        routes.MapGet(LicencePages.Own, LicencePages.OwnList).NeedsSignIn();
        routes.MapGet(LicencePages.Own + "/{key}", LicencePages.OwnOne).NeedsSignIn();
        routes.MapGet(LicencePages.Own + "/{key}/file", LicencePages.OwnFile).NeedsSignIn();
        routes.MapGet(LicencePages.Desk, LicencePages.OfOffice).Needs(ApprovalSystem.Handle);
        routes.MapGet(LicencePages.Desk + "/{key}", LicencePages.AtDesk).Needs(ApprovalSystem.Handle);
        routes.MapGet(LicencePages.Desk + "/{key}/file", LicencePages.DeskFile).Needs(ApprovalSystem.Handle);
        routes.MapPost(LicencePages.Desk + "/{key}/end", LicencePages.End).Needs(ApprovalSystem.Decide);
        routes.MapGet("/me/cases/{number}/bill", BillPages.Ask).NeedsSignIn();
        routes.MapPost("/me/cases/{number}/bill", BillPages.Again).NeedsSignIn();
        routes.MapGet("/desk/cases/{number}/bill", BillPages.AskAtDesk).Needs(ApprovalSystem.Handle);
        routes.MapPost("/desk/cases/{number}/bill", BillPages.AgainAtDesk).Needs(ApprovalSystem.Handle);
        routes.MapGet("/desk/cases/{number}/relief", ReliefPages.Ask).Needs(ApprovalSystem.Handle);
        routes.MapPost("/desk/cases/{number}/relief", ReliefPages.Asked).Needs(ApprovalSystem.Handle);
        routes.MapPost("/desk/cases/{number}/relief/{key}", ReliefPages.Decided).Needs(ApprovalSystem.Decide);
        routes.MapGet("/desk/cases/{number}/relief/{key}/file", ReliefPages.File).Needs(ApprovalSystem.Handle);
    }
}
