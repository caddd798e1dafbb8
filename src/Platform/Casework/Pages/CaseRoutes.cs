using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Pages;

/// <summary>Every address of casework, what it demands, and what answers.</summary>
internal static class CaseRoutes
{
    public const string Desk = "/desk/cases";
    public const string Search = "/desk/cases/search";
    public const string Own = "/me/cases";
    public const string Messages = "/me/messages";
    public const string Track = "/track";
    public const string Outbox = "/admin/outbox";
    public const string Begin = "/cases/new";

    private const string Staff = CaseWorks.AnswerPermission;

    // One file of the largest size and the rest of the form.
    private static readonly RequestSizeLimitAttribute TakesFiles = new(RecordFiles.BytesMax + (1L << 20));

    // All papers of an application at once.
    private static readonly RequestSizeLimitAttribute TakesManyFiles = new(5 * RecordFiles.BytesMax);

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapDesk(routes);
        MapApplicant(routes);

        routes.MapGet(Track, TrackPages.Ask).Public("凭编号和查询码查看办件进度，只显示环节和日期");
        routes.MapPost(Track, TrackPages.Show).Public("凭编号和查询码查看办件进度，只显示环节和日期");

        routes.MapGet(Messages, MessagePages.List).NeedsSignIn();
        routes.MapPost(Messages + "/{id}", MessagePages.Open).NeedsSignIn();
        routes.MapGet(Outbox, MessagePages.Outbox).Needs(CaseworkSystem.Outbox);
        routes.MapGet(Outbox + "/{id}", MessagePages.Delivery).Needs(CaseworkSystem.Outbox);
        routes.MapPost(Outbox + "/{id}", MessagePages.Again).Needs(CaseworkSystem.Outbox);
    }

    private static void MapDesk(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Desk, WorkPages.List).Needs(Staff);
        routes.MapPost(Desk + "/filters", WorkPages.Keep).Needs(Staff);
        routes.MapPost(Desk + "/filters/{id}/delete", WorkPages.Drop).Needs(Staff);
        routes.MapPost(Desk + "/bulk", WorkPages.Bulk).Needs(Staff);
        routes.MapGet(Search, WorkPages.Search).Needs(Staff);
        routes.MapGet(Desk + "/{number}", CasePages.Show).Needs(Staff);
        routes.MapGet(Desk + "/{number}/receipt", SubmitPages.DeskReceipt).Needs(Staff);
        routes.MapGet(Desk + "/{number}/steps/{step}", CasePages.Ask).Needs(Staff);
        routes.MapPost(Desk + "/{number}/steps/{step}", CasePages.Take).Needs(Staff).WithMetadata(TakesManyFiles);
        routes.MapPost(Desk + "/{number}/comments", CasePages.Comment).Needs(Staff);
        routes.MapPost(Desk + "/{number}/links", CasePages.Link).Needs(Staff);
        routes.MapPost(Desk + "/{number}/materials", CasePages.Attach).Needs(Staff).WithMetadata(TakesFiles);
        routes.MapPost(Desk + "/{number}/materials/{key}", CasePages.Check).Needs(Staff);
        routes.MapGet(Desk + "/{number}/materials/{key}", CasePages.Download).Needs(Staff);
        routes.MapGet(Desk + "/{number}/papers/{key}", CasePages.Paper).Needs(Staff);
    }

    private static void MapApplicant(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Begin, ApplyPages.Types).NeedsSignIn();
        routes.MapPost(Begin, ApplyPages.Begin).NeedsSignIn();
        var draft = routes.MapGroup(Begin + "/{id}");
        draft.MapGet("", ApplyPages.Next).NeedsSignIn();
        draft.MapGet("/for", ForWhomPages.Ask).NeedsSignIn();
        draft.MapPost("/for", ForWhomPages.Save).NeedsSignIn();
        draft.MapGet("/applicant", ApplicantPages.Ask).NeedsSignIn();
        draft.MapPost("/applicant", ApplicantPages.Save).NeedsSignIn();
        draft.MapGet("/known", ApplyPages.Known).NeedsSignIn();
        draft.MapGet("/questions/{name}", ApplyPages.Ask).NeedsSignIn();
        draft.MapPost("/questions/{name}", ApplyPages.Answer).NeedsSignIn();
        draft.MapGet("/materials", MaterialPages.Ask).NeedsSignIn();
        draft.MapPost("/materials", MaterialPages.Save).NeedsSignIn().WithMetadata(TakesManyFiles);
        draft.MapGet("/check", SubmitPages.Check).NeedsSignIn();
        draft.MapPost("/check", SubmitPages.Submit).NeedsSignIn();
        draft.MapPost("/delete", ApplyPages.Drop).NeedsSignIn();

        routes.MapGet(Own, OwnPages.List).NeedsSignIn();
        routes.MapGet(Own + "/{number}", OwnPages.Show).NeedsSignIn();
        routes.MapGet(Own + "/{number}/receipt", SubmitPages.OwnReceipt).NeedsSignIn();
        routes.MapGet(Own + "/{number}/steps/{step}", OwnPages.Ask).NeedsSignIn();
        routes.MapPost(Own + "/{number}/steps/{step}", OwnPages.Take).NeedsSignIn().WithMetadata(TakesManyFiles);
        routes.MapPost(Own + "/{number}/materials", OwnPages.Attach).NeedsSignIn().WithMetadata(TakesFiles);
        routes.MapGet(Own + "/{number}/materials/{key}", OwnPages.Download).NeedsSignIn();
        routes.MapGet(Own + "/{number}/papers/{key}", OwnPages.Paper).NeedsSignIn();
    }
}
