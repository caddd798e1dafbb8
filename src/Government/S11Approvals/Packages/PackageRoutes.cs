using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>Every address of the packages, what it demands, and what answers.</summary>
internal static class PackageRoutes
{
    private const string Public = "政务服务事项和办事指南应当公开";

    public static IReadOnlyList<MenuEntry> Menu => [new(MenuPlace.Desk, Text.PackagesTitle, PackageDeskPages.Address, ApprovalSystem.EditItems, Text.PackagesLead)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PackagePages.Address + "/{code}", PackagePages.Guide).Public(Public);

        routes.MapGet(PackageDeskPages.Address, PackageDeskPages.List).Needs(ApprovalSystem.EditItems);
        routes.MapGet(PackageDeskPages.Address + "/{key}", PackageDeskPages.Show).Needs(ApprovalSystem.EditItems);
        routes.MapPost(PackageDeskPages.Address + "/{key}/revise", PackageDeskPages.Revise).Needs(ApprovalSystem.EditItems);
        routes.MapPost(PackageDeskPages.Address + "/{key}/return", PackageDeskPages.Return).Needs(ApprovalSystem.EditItems);
        routes.MapPost(PackageDeskPages.Address + "/{key}/publish", PackageDeskPages.Publish).Needs(ApprovalSystem.PublishItems);
    }
}
