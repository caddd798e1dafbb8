using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Every address of ratings and of the efficiency supervision office, what it demands, and what answers.</summary>
internal static class EfficiencyRoutes
{
    public const string Results = "/ratings";
    public const string League = "/efficiency";
    public const string Desk = "/supervision/efficiency";
    public const string Received = "/desk/ratings";
    public const string Hall = "/rate/hall";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Hall, RatePages.AskHall).Public("大厅平板电脑上，凭单据上的编号和查询码评价");
        routes.MapPost(Hall, RatePages.FromHall).Public("大厅平板电脑上，凭单据上的编号和查询码评价");
        routes.MapGet("/rate/{link}", RatePages.AskLink).Public("凭单据和通知上的评价码评价，只显示事项和办理单位");
        routes.MapPost("/rate/{link}", RatePages.FromLink).Public("凭单据和通知上的评价码评价，只显示事项和办理单位");
        routes.MapGet("/me/cases/{number}/rate", RatePages.AskOwn).NeedsSignIn();
        routes.MapPost("/me/cases/{number}/rate", RatePages.FromOwn).NeedsSignIn();
        routes.MapGet(Results, ResultPages.Ratings).Public("好差评结果向社会公开，评价过少的不公布");
        routes.MapGet(League, ResultPages.League).Public("各单位季度效能评分向社会公开");
        routes.MapGet(Received, ResultPages.Received).Needs(EfficiencyParts.CorrectRatings);

        routes.MapGet(Desk, SupervisorPages.Show).Needs(SupervisionSystem.Look);
        routes.MapGet(Desk + "/export", SupervisorPages.Export).Needs(SupervisionSystem.Look);
        routes.MapPost(Desk + "/close", SupervisorPages.Close).Needs(EfficiencyParts.Supervise);
        routes.MapGet(Desk + "/today/{figure}", SupervisorPages.Today).Needs(SupervisionSystem.Look);
        routes.MapGet(Desk + "/{quarter}/{office}", SupervisorPages.Office).Needs(SupervisionSystem.Look);
        routes.MapGet(Desk + "/{quarter}/{office}/{figure}", SupervisorPages.Behind).Needs(SupervisionSystem.Look);
    }
}
