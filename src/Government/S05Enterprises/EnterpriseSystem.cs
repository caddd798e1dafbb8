using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Government.S05Enterprises.Demo;
using Shali.Government.S05Enterprises.Ownership;
using Shali.Government.S05Enterprises.Profile;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S05Enterprises;

/// <summary>
/// 企业基础信息共享（二期）: what each department's database says of a firm, side by side; what contradicts itself between them,
/// found, explained and sent to the office whose word it is; a firm's life and who owns it in the end.
/// </summary>
public sealed class EnterpriseSystem : CitySystem
{
    /// <summary>See what the departments say of firms, as far as one's own rights go.</summary>
    public const string View = "enterprises.view";

    /// <summary>Verify and explain the contradictions that were sent to one's own office.</summary>
    public const string Answer = "enterprises.answer";

    /// <summary>Agree that both sides of a contradiction are right.</summary>
    public const string Review = "enterprises.review";

    private static readonly Basis Verification = new("政务数据共享条例", "第二十六条");

    public override string Clause => "S05";

    public override string Name => Text.System;

    public override string Owner => "market-regulation";

    public override IReadOnlyList<ResourceDefinition> Resources { get; } = [.. Authority.All.Select(authority => authority.Resource), Definition.Of<Contradiction>()];

    public override IReadOnlyList<CodeList> CodeLists { get; } = [.. Codes.All, ContradictionState.Codes];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(View, "查看各部门的企业信息和矛盾", Roles.Clerk, Roles.Head, Roles.InformationOfficer, Roles.Leader),
        Permission.For(Answer, "核实和说明本部门的企业信息矛盾", Roles.Clerk, Roles.Head),
        Permission.For(Review, "审核对企业信息矛盾的说明，立即比对", Roles.Head).At("data", Owner),
    ];

    public override IReadOnlyList<RuleEntry> Rules => [.. ContradictionRules.All.Select(rule => new RuleEntry(rule.Code, rule.Name, rule.Basis))];

    public override IReadOnlyList<CaseType> CaseTypes => [ContradictionType.Type];

    /// <summary>Beside what is open to everybody: the firms of the base of legal entities and who holds shares of them.</summary>
    public override IReadOnlyList<SystemRead> Reads =>
    [
        new("enterprises", "legal-entities/old-number", ["entity", "number"], Text.Scene, Verification),
        new("enterprises", "population/person", ["name", "citizen_number", "death_date"], Text.Scene, Verification),
    ];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, Text.System, Routes.Enterprises, View, Text.StartNote),
        new(MenuPlace.Desk, Text.Contradictions, Routes.Contradictions, View, Text.ContradictionsNote),
        new(MenuPlace.Desk, Text.LeagueTitle, Routes.Offices, View, Text.LeagueNote),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<KnownElsewhere>()
        .AddSingleton<FirmComparison>()
        .AddSingleton<ContradictionCases>()
        .AddSingleton<ContradictionReader>()
        .AddSingleton<FirmSides>()
        .AddSingleton<FirmLifeReader>()
        .AddSingleton<OwnershipReader>()
        .AddSingleton<CaseEffect, ContradictionSteps>()
        .AddSingleton<CasePanel, ContradictionPanel>()
        .AddSingleton<BoardPanel, ContradictionBoard>()
        .AddSingleton<FollowUp, ContradictionExplained>()
        .AddHostedService<ComparisonWatch>()
        .AddSingleton<DepartmentSeed>();

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}
