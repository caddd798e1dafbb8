using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Casework;

/// <summary>
/// 协同办件: everything that is asked of the government is a case, with stages, steps, clocks and people, the same
/// for all systems (clause P3: working on one case together).
/// </summary>
public sealed class CaseworkSystem : CitySystem
{
    /// <summary>Look into every case without having it, for supervision.</summary>
    public const string Supervise = "casework.case.supervise";

    /// <summary>See messages and how they were delivered.</summary>
    public const string Outbox = "casework.outbox.look";

    public override string Clause => "P3";

    public override string Name => "协同办件";

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => CaseResources.All;

    public override IReadOnlyList<CodeList> CodeLists => CaseResources.CodeLists;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(CaseWorks.AnswerPermission, "答复其他单位的征求意见", Roles.Clerk, Roles.Head),
        Permission.For(Supervise, "查看全部办件（效能监察）", Roles.Head, Roles.Leader).At("data", OfficeCode.City),
        Permission.For(Outbox, "查看消息发送情况", Roles.SystemAdministrator, Roles.AuditAdministrator),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
    [
        new("CASE-R02", "每一步只能在规定的环节办理", null),
        new("CASE-R04", "办件由承办单位办理", null),
        new("CASE-R05", "已有经办人的，由经办人或者受其委托的人办理", null),
        new("CASE-R11", "需要两名以上工作人员的，须有第二名人员", new Basis("行政许可法", "第三十四条第三款")),
        new("CASE-R13", "已回避的人员不能参与办理", new Basis("公务员法", "第七十六条")),
        new("CASE-N01", "公示内容不含个人号码", new Basis("个人信息保护法", "第六条")),
        new("CASE-N02", "应当公示的，公示期满后才能准予", null),
        new("CASE-N03", "对公示的异议全部答复后才能准予", null),
        new("CASE-N04", "公示期间有异议成立的，不能按公示的内容准予", null),
        new("CASE-M01", "材料不齐的，一次告知全部缺少的材料", new Basis("行政许可法", "第三十二条第一款第四项")),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Desk, "办件", Pages.CaseRoutes.Desk, CaseWorks.AnswerPermission, "我的办件、本单位待办、即将到期和超期的办件"),
        new(MenuPlace.Desk, "查找办件", Pages.CaseRoutes.Search, CaseWorks.AnswerPermission),
        new(MenuPlace.Me, "我的办件", Pages.CaseRoutes.Own, Note: "已提交的申请办到哪一步了，需要您做什么"),
        new(MenuPlace.Me, "我的消息", Pages.CaseRoutes.Messages, Note: "各单位发给您的通知"),
        new(MenuPlace.Portal, "办件查询", Pages.CaseRoutes.Track, Note: "凭办件编号和查询码查看进度，不用登录") { Order = 10 },
        PublicNoticeRoutes.Menu,
        new(MenuPlace.Admin, "消息发送", Pages.CaseRoutes.Outbox, Outbox),
    ];

    public override void Register(IServiceCollection services) => services.AddCasework();

    public override void Map(IEndpointRouteBuilder routes)
    {
        Pages.CaseRoutes.Map(routes);
        PublicNoticeRoutes.Map(routes);
    }
}
