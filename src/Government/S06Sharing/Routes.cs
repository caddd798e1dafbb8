using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Government.S06Sharing.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;

namespace Shali.Government.S06Sharing;

/// <summary>Every address of sharing, what it demands, and what answers.</summary>
internal static class Routes
{
    public const string Requests = "/sharing/requests";
    public const string Grants = "/sharing/grants";

    /// <summary>The form for a resource, by its address in the catalogue.</summary>
    public static string New(string resource) => "/sharing/new/" + resource;

    public static string Correct(string number) => $"{Requests}/{number}/correct";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Requests, RequestPages.List).Needs(SharingRights.Apply);
        routes.MapGet("/sharing/new/{id}", RequestPages.AskNew).Needs(SharingRights.Apply);
        routes.MapPost("/sharing/new/{id}", RequestPages.Open).Needs(SharingRights.Apply);
        routes.MapGet(Requests + "/{number}/correct", RequestPages.AskCorrection).Needs(SharingRights.Apply);
        routes.MapPost(Requests + "/{number}/correct", RequestPages.Correct).Needs(SharingRights.Apply);

        // Whose grant it is decides as well: the desk knows provider, consumer and authority.
        routes.MapGet(Grants, GrantPages.List).Needs(SharingRights.Apply);
        routes.MapGet(Grants + "/{number}", GrantPages.Show).Needs(SharingRights.Apply);
        routes.MapPost(Grants + "/{number}/{act}", GrantPages.Change).Needs(SharingRights.Answer);
    }
}
