using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// 法人单位基础信息库: every firm, organ, institution and organisation of the city, keyed by the organisation code,
/// with the steps of its life, and what the law makes public about it.
/// </summary>
public sealed class LegalEntitySystem : CitySystem
{
    public const string EnterFilings = "legal-entities.filing.enter";

    public override string Clause => "D2";

    public override string Name => Text.System;

    public override string Owner => "market-regulation";

    public override IReadOnlyList<ResourceDefinition> Resources => D2LegalEntities.Resources.All;

    public override IReadOnlyList<CodeList> CodeLists => Codes.All;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(EnterFilings, "办理法人登记事项", Roles.Clerk, Roles.Head).At(Owner),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
        [.. FilingRules.All.Select(rule => new RuleEntry(rule.Code, rule.Sentence, rule.Basis)), .. EntityGuard.Rules];

    /// <summary>Who registers a firm is to be who he says he is, and alive.</summary>
    public override IReadOnlyList<SystemRead> Reads =>
    [
        new("legal-entities", "population/person", ["name", "citizen_number", "death_date"], Text.RepresentativeScene, new Basis("市场主体登记管理条例", "第十五条")),
    ];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Portal, Text.FindFirm, "/firms", Note: Text.FindFirmNote) { Order = 40 },
        new(MenuPlace.Desk, Text.EnterFiling, "/legal-entities/filings", EnterFilings),
        new(MenuPlace.Desk, Text.NewEntity, "/legal-entities/filings/new", EnterFilings),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<Filings>()
        .AddSingleton<Representatives>()
        .AddSingleton<FirmSearch>()
        .AddSingleton<FirmReading>()
        .AddSingleton<FilingForm>()
        .AddSingleton<KnownAnswers, FirmKnown>()
        .AddSingleton<SearchSource, FirmSearchSource>()
        .AddSingleton<BoardPanel, EntityPanel>()
        .AddSingleton<RecordGuard, EntityGuard>()
        .Replace(ServiceDescriptor.Singleton<FirmDirectory, RepresentedFirms>());

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}
