using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shali.Government.S06Sharing.Corrections;
using Shali.Government.S06Sharing.Demands;
using Shali.Government.S06Sharing.Disputes;
using Shali.Government.S06Sharing.Pages;
using Shali.Government.S06Sharing.Push;
using Shali.Government.S06Sharing.Quality;
using Shali.Government.S06Sharing.Watch;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Government.S06Sharing;

/// <summary>Every address of sharing, what it demands, and what answers.</summary>
internal static class Routes
{
    public const string Requests = "/sharing/requests";
    public const string Grants = "/sharing/grants";

    /// <summary>The form for a resource, by its address in the catalogue.</summary>
    public static string New(string resource) => "/sharing/new/" + resource;

    public const string Corrections = "/sharing/corrections";
    public const string Report = "/sharing/report";

    /// <summary>Where the changes of a grant are pushed to.</summary>
    public static string Push(string number) => $"{Grants}/{number}/push";

    public const string Watch = "/sharing/watch";
    public const string Quality = "/sharing/quality";
    public const string Demands = "/sharing/demands";

    /// <summary>Where a refused request is disputed.</summary>
    public static string Dispute(string number) => $"{Requests}/{number}/dispute";

    /// <summary>The form on which a record is said to be wrong.</summary>
    public static string ReportOf(ResourceDefinition resource, string key) => $"{Report}/{resource.Address}/{Uri.EscapeDataString(key)}";

    public static string Correct(string number) => $"{Requests}/{number}/correct";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Requests, RequestPages.List).Needs(SharingRights.Apply);
        routes.MapGet("/sharing/new/{id}", RequestPages.AskNew).Needs(SharingRights.Apply);
        routes.MapPost("/sharing/new/{id}", RequestPages.Open).Needs(SharingRights.Apply);
        routes.MapGet(Requests + "/{number}/correct", RequestPages.AskCorrection).Needs(SharingRights.Apply);
        routes.MapPost(Requests + "/{number}/correct", RequestPages.Correct).Needs(SharingRights.Apply);

        routes.MapGet(Corrections, CorrectionPages.List).Needs(SharingRights.Report);
        routes.MapGet(Report, CorrectionPages.Find).Needs(SharingRights.Report);
        routes.MapGet(Report + "/{id}/{key}", CorrectionPages.Ask).Needs(SharingRights.Report);
        routes.MapPost(Report + "/{id}/{key}", CorrectionPages.Open).Needs(SharingRights.Report).WithMetadata(new RequestSizeLimitAttribute(RecordFiles.BytesMax + (1 << 20)));
        routes.MapPost("/api/collections/{id}/items/{key}/corrections", CorrectionApi.Open).Needs(SharingRights.Report);
        routes.MapGet("/api/corrections/{number}", CorrectionApi.Show).Needs(SharingRights.Report);

        routes.MapGet(Demands, DemandPages.List).Needs(SharingRights.Apply);
        routes.MapGet(Demands + "/new", DemandPages.Ask).Needs(SharingRights.Apply);
        routes.MapPost(Demands + "/new", DemandPages.Open).Needs(SharingRights.Apply);
        routes.MapGet(Requests + "/{number}/dispute", DisputePages.Ask).Needs(SharingRights.Apply);
        routes.MapPost(Requests + "/{number}/dispute", DisputePages.Open).Needs(SharingRights.Apply);

        routes.MapGet(Watch, WatchPages.Show).Needs(SharingRights.Report);
        routes.MapGet(Quality, QualityPages.League).Needs(SharingRights.Report);
        routes.MapGet(Quality + "/{id}", QualityPages.Resource).Needs(SharingRights.Report);
        routes.MapPost(Quality + "/{id}", QualityPages.Measure).Needs(SharingRights.Report);
        routes.MapGet(Quality + "/{id}/{rule}", QualityPages.Bad).Needs(SharingRights.Report);

        // Whose grant it is decides as well: the desk knows provider, consumer and authority.
        routes.MapGet(Grants, GrantPages.List).Needs(SharingRights.Apply);
        routes.MapGet(Grants + "/{number}", GrantPages.Show).Needs(SharingRights.Apply);
        routes.MapGet(Grants + "/{number}/push", PushPages.Show).Needs(SharingRights.Apply);
        routes.MapPost(Grants + "/{number}/push", PushPages.Save).Needs(SharingRights.Apply);
        routes.MapPost(Grants + "/{number}/push/{act}", PushPages.Act).Needs(SharingRights.Apply);
        routes.MapPost(Grants + "/{number}/finish", GrantPages.Finish).Needs(SharingRights.Apply);
        routes.MapPost(Grants + "/{number}/{act}", GrantPages.Change).Needs(SharingRights.Answer);
    }
}
