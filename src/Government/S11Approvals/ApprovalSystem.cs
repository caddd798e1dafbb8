using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals;

/// <summary>
/// 网上审批和行政效能电子监察系统: one window, one notice, one flow, one bill, watched throughout. Its items of service
/// become kinds of cases; the engine, the clocks and the supervision are the platform's.
/// </summary>
public sealed class ApprovalSystem : CitySystem
{
    /// <summary>Watch over all offices' approvals.</summary>
    public const string Supervise = EfficiencyParts.Supervise;

    public override string Clause => "S11";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => EfficiencyParts.Resources;

    public override IReadOnlyList<CodeList> CodeLists => EfficiencyParts.CodeLists;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Supervise, "督办审批事项", Roles.Head).At("data"),
        .. EfficiencyParts.Permissions,
    ];

    /// <summary>Codes S11-R71 to S11-R99 are those of ratings and supervision.</summary>
    public override IReadOnlyList<RuleEntry> Rules => EfficiencyParts.Rules;

    public override IReadOnlyList<MenuEntry> Menu => EfficiencyParts.Menu;

    public override void Register(IServiceCollection services) => services.AddEfficiency();

    public override void Map(IEndpointRouteBuilder routes) => EfficiencyParts.Map(routes);
}
