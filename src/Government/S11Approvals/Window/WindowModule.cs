using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Window;

/// <summary>What the one window adds to the title page of the approvals.</summary>
internal static class WindowModule
{
    public static IReadOnlyList<ResourceDefinition> Resources => [AppointmentDesk.Visits, AppointmentDesk.Hours];

    public static IReadOnlyList<CodeList> CodeLists => [AppointmentState.Codes];

    /// <summary>Codes S11-R40 to S11-R49.</summary>
    public static IReadOnlyList<RuleEntry> Rules =>
    [
        new("S11-R40", "申请前一次性告知：按申请人的情况列出全部材料", ItemLaw.Displayed),
        new("S11-R41", "预约要选可以预约的地点、工作日和时段", null),
        new("S11-R42", "一个时段的预约不超过它的名额", null),
        new("S11-R43", "一人对一个事项、在一个时间只有一个预约", null),
        new("S11-R44", "预约开始以后不能取消", null),
        new("S11-R45", "预约由要来的人本人办理", null),
    ];

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Desk, Text.Window, WindowPages.Address, ApprovalSystem.Window, Text.WindowLead),
        new(MenuPlace.Me, Text.OwnVisits, AppointmentPages.Own, Note: Text.OwnVisitsNote),
        new(MenuPlace.Desk, Text.SavedTitle, SavedPages.Address, SupervisionSystem.Look),
    ];

    public static IServiceCollection AddWindow(this IServiceCollection services) => services
        .AddSingleton<AppointmentDesk>()
        .AddSingleton<AppointmentReminders>()
        .Periodically<AppointmentReminders>("reminders of appointments", TimeSpan.FromMinutes(10), (reminders, cancel) => reminders.Run(cancel), atOnce: true)
        .AddSingleton<ReceivedToday>()
        .AddSingleton<SavedMaterials>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ServicePages.Address + "/{code}/prepare", PreparePages.Show).Public("申请前一次性告知全部材料，不涉及个人信息");
        routes.MapGet(ServicePages.Address + "/{code}/appointment", AppointmentPages.Ask).NeedsSignIn();
        routes.MapPost(ServicePages.Address + "/{code}/appointment", AppointmentPages.Book).NeedsSignIn();
        routes.MapGet(AppointmentPages.Own, AppointmentPages.List).NeedsSignIn();
        routes.MapPost(AppointmentPages.Own + "/{key}/cancel", AppointmentPages.Cancel).NeedsSignIn();
        routes.MapGet(AppointmentPages.Desk, AppointmentPages.Today).Needs(ApprovalSystem.Window);
        routes.MapPost(AppointmentPages.Desk + "/{key}", AppointmentPages.Came).Needs(ApprovalSystem.Window);
        routes.MapGet(WindowPages.Address, WindowPages.Show).Needs(ApprovalSystem.Window);
        routes.MapGet(SavedPages.Address, SavedPages.Show).Needs(SupervisionSystem.Look);
    }
}
