using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Window;

/// <summary>What the one window adds to the title page of the approvals.</summary>
internal static class WindowModule
{
    /// <summary>Codes S11-R40 to S11-R49.</summary>
    public static IReadOnlyList<RuleEntry> Rules =>
    [
        new("S11-R40", "申请前一次性告知：按申请人的情况列出全部材料", ItemLaw.Displayed),
    ];

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Desk, Text.Window, WindowPages.Address, ApprovalSystem.Window, Text.WindowLead),
        new(MenuPlace.Desk, Text.SavedTitle, SavedPages.Address, SupervisionSystem.Look),
    ];

    public static IServiceCollection AddWindow(this IServiceCollection services) => services
        .AddSingleton<ReceivedToday>()
        .AddSingleton<SavedMaterials>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ServicePages.Address + "/{code}/prepare", PreparePages.Show).Public("申请前一次性告知全部材料，不涉及个人信息");
        routes.MapGet(WindowPages.Address, WindowPages.Show).Needs(ApprovalSystem.Window);
        routes.MapGet(SavedPages.Address, SavedPages.Show).Needs(SupervisionSystem.Look);
    }
}
