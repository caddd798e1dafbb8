using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

/// <summary>Every address of the items, what it demands, and what answers.</summary>
internal static class ItemRoutes
{
    private const string Public = "政务服务事项和办事指南应当公开";
    private const string Edit = ApprovalSystem.EditItems;

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Desk, Text.ItemsTitle, ItemPages.Address, Edit, Text.ItemsLead),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ServicePages.Address, ServicePages.List).Public(Public);
        routes.MapGet(ServicePages.Address + "/{code}", ServicePages.Guide).Public(Public);

        routes.MapGet(ItemPages.Address, ItemPages.List).Needs(Edit);
        routes.MapGet(ItemPages.Address + "/new", ItemPages.AskNew).Needs(Edit);
        routes.MapPost(ItemPages.Address + "/new", ItemPages.Begin).Needs(Edit);
        routes.MapGet(ItemPages.Address + "/import", ImportPages.Ask).Needs(Edit);
        routes.MapPost(ItemPages.Address + "/import", ImportPages.Take).Needs(Edit).WithMetadata(new RequestSizeLimitAttribute(ImportPages.BytesMax + (1L << 20)));
        routes.MapPost(ItemPages.Address + "/seed", ItemPages.Seed).Needs(ApprovalSystem.Supervise);

        var edition = routes.MapGroup(ItemPages.Address + "/{key}");
        edition.MapGet("", ItemPages.Show).Needs(Edit);
        edition.MapGet("/guide", ItemPages.Guide).Needs(Edit);
        edition.MapGet("/differences", ItemPages.Differences).Needs(Edit);
        edition.MapGet("/sections/{section}", ItemEditor.AskSection).Needs(Edit);
        edition.MapPost("/sections/{section}", ItemEditor.SaveSection).Needs(Edit);
        edition.MapGet("/parts", ItemEditor.Parts).Needs(Edit);
        edition.MapGet("/questions/{name}", ItemEditor.AskQuestion).Needs(Edit);
        edition.MapPost("/questions/{name}", ItemEditor.SaveQuestion).Needs(Edit);
        edition.MapGet("/materials/{code}", ItemEditor.AskMaterial).Needs(Edit);
        edition.MapPost("/materials/{code}", ItemEditor.SaveMaterial).Needs(Edit);
        edition.MapPost("/move", ItemEditor.Move).Needs(Edit);
        edition.MapPost("/submit", ItemPages.Submit).Needs(Edit);
        edition.MapPost("/drop", ItemPages.Drop).Needs(Edit);
        edition.MapPost("/return", ItemPages.Return).Needs(Edit);
        edition.MapPost("/revise", ItemPages.Revise).Needs(Edit);
        edition.MapPost("/publish", ItemPages.Publish).Needs(ApprovalSystem.PublishItems);
        edition.MapPost("/withdraw", ItemPages.Withdraw).Needs(ApprovalSystem.PublishItems);
    }
}
