using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Issuing;
using Shali.Government.S11Approvals.Packages;
using Shali.Government.S11Approvals.Window;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals;

/// <summary>
/// 网上审批和行政效能电子监察系统: one window, one notice, one flow, one bill, watched throughout. Its items of service
/// become kinds of cases; the engine, the clocks and the supervision are the platform's.
/// </summary>
public sealed class ApprovalSystem : CitySystem
{
    /// <summary>Write down the items of one's own office.</summary>
    public const string EditItems = "approvals.item.edit";

    /// <summary>Publish, return and withdraw items of one's own office that others wrote.</summary>
    public const string PublishItems = "approvals.item.publish";

    /// <summary>Receive applications at the one window, for every office.</summary>
    public const string Window = "approvals.window";

    /// <summary>Receive, examine and issue in one's own office.</summary>
    public const string Handle = "approvals.handle";

    /// <summary>Decide: grant, refuse, extend.</summary>
    public const string Decide = "approvals.decide";

    /// <summary>Watch over all offices' approvals.</summary>
    public const string Supervise = EfficiencyParts.Supervise;

    public override string Clause => "S11";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources { get; } = [.. ItemResources.All, .. WindowModule.Resources, .. PackageResources.All, .. ResultParts.Resources, .. EfficiencyParts.Resources];

    public override IReadOnlyList<CodeList> CodeLists { get; } = [.. ItemCodes.All, .. WindowModule.CodeLists, .. ResultParts.CodeLists, .. EfficiencyParts.CodeLists];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(EditItems, "编制本单位政务服务事项", Roles.Clerk, Roles.InformationOfficer, Roles.Head),
        Permission.For(PublishItems, "审核和公布本单位政务服务事项", Roles.Head, Roles.InformationOfficer),
        Permission.For(Window, "综合窗口收件", Roles.Clerk, Roles.Head),
        Permission.For(Handle, "办理审批事项", Roles.Clerk, Roles.Head),
        Permission.For(Decide, "作出审批决定", Roles.Head),
        Permission.For(Supervise, "督办审批事项", Roles.Head).At("data"),
        .. EfficiencyParts.Permissions,
    ];

    /// <summary>Codes S11-R01 to R39 are those of the items, R40 to R49 the window's, R50 to R59 those of results and bills, R60 to R69 those of packages, R71 to R99 those of ratings and supervision.</summary>
    public override IReadOnlyList<RuleEntry> Rules => [.. ItemRules.Index, .. WindowModule.Rules, .. ResultParts.Rules, .. PackageRules.Index, .. EfficiencyParts.Rules];

    /// <summary>What the government has already is not asked of applicants; a package and its items ask alike.</summary>
    public override IReadOnlyList<SystemRead> Reads =>
    [
        new(
            "approvals", "population/person",
            ["name", "citizen_number", "number_state", "sex", "birth_date", "nationality", "registered_address", "residence_address", "household", "registration_kind", "insured", "state"],
            Text.KnownScene, OnlineService),
        new("approvals", "population/membership", ["person", "household", "relation", "from", "to"], Text.FamilyScene, KnownAnswers.ByParents),
        new("approvals", "population/event", ["kind", "person", "other", "date", "details", "state"], Text.FamilyScene, KnownAnswers.ByParents),
        new("approvals", "population/marriage", ["a", "b", "from", "to", "certificate"], Text.KnownScene, OnlineService),
        new("approvals", "population/residence-permit", ["person", "permit_number", "issued", "endorsed_until", "state"], Text.KnownScene, OnlineService),
    ];

    private static readonly Basis OnlineService = new("国务院关于在线政务服务的若干规定", "第七条");

    public override IReadOnlyList<MenuEntry> Menu => [.. WindowModule.Menu, .. ItemRoutes.Menu, .. ResultParts.Menu, .. PackageRoutes.Menu, .. EfficiencyParts.Menu];

    public override void Register(IServiceCollection services) => services.AddItems().AddWindow().AddResults().AddPackages().AddEfficiency();

    public override void Map(IEndpointRouteBuilder routes)
    {
        ItemRoutes.Map(routes);
        WindowModule.Map(routes);
        PackageRoutes.Map(routes);
        ResultParts.Map(routes);
        EfficiencyParts.Map(routes);
    }
}
