using Microsoft.Extensions.DependencyInjection;
using Shali.Centres.DataCentre.D2LegalEntities.Rules;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// 法人单位基础信息库: every firm, organ, institution and organisation of the city, keyed by the organisation code,
/// with the steps of its life, and what the law makes public about it.
/// </summary>
public sealed class LegalEntitySystem : CitySystem
{
    public override string Clause => "D2";

    public override string Name => "法人单位基础信息库";

    public override string Owner => "market-regulation";

    public override IReadOnlyList<ResourceDefinition> Resources => D2LegalEntities.Resources.All;

    public override IReadOnlyList<CodeList> CodeLists => Codes.All;

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For("legal-entities.filing.enter", "办理法人登记事项", Roles.Clerk, Roles.Head).At(Owner),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
        [.. FilingRules.All.Select(rule => new RuleEntry(rule.Code, rule.Sentence, rule.Basis))];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<Filings>()
        .AddSingleton<Deaths>();
}
