using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shali.Government.Governance.Disclosure.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>Every address of disclosure, what it demands, and what answers.</summary>
internal static class Routes
{
    public const string Home = "/disclosure";
    public const string Documents = "/disclosure/documents";
    public const string Guide = "/disclosure/guide";
    public const string Requests = "/disclosure/requests";
    public const string Report = "/disclosure/report";
    public const string Consultations = "/disclosure/consultations";
    public const string Feedback = "/disclosure/feedback";
    public const string Feed = "/disclosure/feed.json";
    public const string Desk = "/desk/disclosure";
    public const string DeskConsultations = "/desk/consultations";

    private const string Reason = "主动公开的政府信息，政府信息公开条例第二十三条、第二十四条";

    private static readonly RequestSizeLimitAttribute TakesFiles = new(RecordFiles.BytesMax + (1L << 20));

    public static string Document(string index) => $"{Documents}/{index}";

    public static string Draft(string key) => $"{Desk}/{key}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Home, PublicPages.Home).Public(Reason);
        routes.MapGet(Documents, PublicPages.List).Public(Reason);
        routes.MapGet(Documents + "/{index}", PublicPages.Document).Public(Reason);
        routes.MapGet(Documents + "/{index}/files/{key}", PublicPages.File).Public(Reason);
        routes.MapGet(Feed, PublicPages.Feed).Public(Reason);
        routes.MapGet(Guide, PublicPages.Guide).Public(Reason);
        routes.MapGet(Requests, PublicPages.Requests).Public(Reason);
        routes.MapGet(Feedback, PublicPages.Feedback).Public(Reason);
        routes.MapGet(Report, PublicPages.Report).Public(Reason);
        routes.MapGet(Consultations, ConsultationPages.List).Public(Reason);
        routes.MapGet(Consultations + "/{key}", ConsultationPages.Show).Public(Reason);
        routes.MapPost(Consultations + "/{key}", ConsultationPages.Answer).NeedsSignIn();

        routes.MapGet(Desk, DraftPages.List).NeedsSignIn();
        routes.MapGet(Desk + "/new", DraftPages.AskNew).Needs(DisclosureSystem.Write);
        routes.MapPost(Desk + "/new", DraftPages.Begin).Needs(DisclosureSystem.Write);
        routes.MapGet(Desk + "/{key}", DraftPages.Show).NeedsSignIn();
        routes.MapPost(Desk + "/{key}", DraftPages.Take).NeedsSignIn();
        routes.MapGet(Desk + "/{key}/edit", DraftPages.AskEdit).Needs(DisclosureSystem.Write);
        routes.MapPost(Desk + "/{key}/edit", DraftPages.Edit).Needs(DisclosureSystem.Write);
        routes.MapPost(Desk + "/{key}/files", DraftPages.Attach).Needs(DisclosureSystem.Write).WithMetadata(TakesFiles);
        routes.MapGet(Desk + "/{key}/files/{file}", DraftPages.Download).NeedsSignIn();
        routes.MapPost(Desk + "/{key}/files/{file}/delete", DraftPages.Detach).Needs(DisclosureSystem.Write);

        routes.MapGet(DeskConsultations, ConsultationPages.Desk).Needs(DisclosureSystem.Publish);
        routes.MapPost(DeskConsultations, ConsultationPages.Begin).Needs(DisclosureSystem.Publish);
        routes.MapGet(DeskConsultations + "/{key}", ConsultationPages.One).Needs(DisclosureSystem.Publish);
        routes.MapPost(DeskConsultations + "/{key}/answers/{answer}", ConsultationPages.Handle).Needs(DisclosureSystem.Publish);
        routes.MapPost(DeskConsultations + "/{key}/outcome", ConsultationPages.Finish).Needs(DisclosureSystem.Publish);
    }
}
