using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;

namespace Shali.Platform.Casework.Supervision.Pages;

/// <summary>Every address of supervision, what it demands, and what answers.</summary>
internal static class SupervisionRoutes
{
    public const string Board = "/supervision";
    public const string Cards = "/supervision/cards";
    public const string Received = "/supervision/received";
    public const string New = "/supervision/cards/new";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Board, BoardPages.Show).Needs(SupervisionSystem.Look);
        routes.MapGet(Cards, CardPages.All).Needs(SupervisionSystem.Look);
        routes.MapGet(Received, CardPages.Received).Needs(SupervisionSystem.Answer);
        routes.MapGet(New, CardPages.AskNew).Needs(SupervisionSystem.Decide);
        routes.MapPost(New, CardPages.Issue).Needs(SupervisionSystem.Decide);

        // Whose card it is decides, not a right alone: the supervisor sees all, an office its own.
        routes.MapGet(Cards + "/{number}", CardPages.Show).NeedsSignIn();
        routes.MapPost(Cards + "/{number}/correct", CardPages.Correct).Needs(SupervisionSystem.Answer);
        routes.MapPost(Cards + "/{number}/appeal", CardPages.Appeal).Needs(SupervisionSystem.Answer);
        routes.MapPost(Cards + "/{number}/decide", CardPages.Decide).Needs(SupervisionSystem.Decide);
    }
}
