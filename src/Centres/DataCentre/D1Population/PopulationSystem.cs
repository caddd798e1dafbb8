using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// D1, the population base: who is registered and who lives in the city, by the entries of the register, for every
/// system that asks.
/// </summary>
public sealed class PopulationSystem : CitySystem
{
    public const string RegisterEvents = "population.event.register";
    public const string RegisterMarriages = "population.marriage.register";
    public const string ReviewDuplicates = "population.duplicate.decide";
    public const string ReadStatistics = "population.statistics.read";
    public const string Suggest = "population.suggestion.make";
    public const string AnswerSuggestions = "population.suggestion.answer";

    public override string Clause => "D1";

    public override string Name => Text.System;

    public override string Owner => Authorities.Police;

    public override IReadOnlyList<ResourceDefinition> Resources => D1Population.Resources.All;

    public override IReadOnlyList<CodeList> CodeLists => D1Population.CodeLists.All;

    public override IReadOnlyList<Permission> Permissions { get; } =
    [
        Permission.For(RegisterEvents, "办理户口登记事项", Roles.Clerk, Roles.Head).At(Authorities.Police),
        Permission.For(RegisterMarriages, "登记婚姻事项", Roles.Clerk, Roles.Head).At(Authorities.CivilAffairs),
        Permission.For(ReviewDuplicates, "核查重复人口", Roles.Clerk, Roles.Head).At(Authorities.Police),
        Permission.For(ReadStatistics, "查看人口统计", Roles.Clerk, Roles.Head, Roles.Leader, Roles.InformationOfficer),
        Permission.For(Suggest, "提出更正建议", Roles.Clerk, Roles.Head),
        Permission.For(AnswerSuggestions, "处理更正建议", Roles.Clerk, Roles.Head)
            .At(Authorities.Police, Authorities.CivilAffairs, Authorities.Health, Authorities.Labour, Authorities.Education),
    ];

    public override IReadOnlyList<RuleEntry> Rules => RuleIndex.All;

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, "查找人员", "/population", "population.person.read"),
        new(MenuPlace.Desk, "办理户口登记", "/population/events/new", RegisterEvents),
        new(MenuPlace.Desk, "登记婚姻事项", "/population/events/new", RegisterMarriages),
        new(MenuPlace.Desk, Text.DueTitle, "/population/due", RegisterEvents),
        new(MenuPlace.Desk, "重复核查", "/population/duplicates", ReviewDuplicates),
        new(MenuPlace.Desk, "更正建议", "/population/suggestions", AnswerSuggestions),
        new(MenuPlace.Desk, "人口统计", "/population/statistics", ReadStatistics),
        new(MenuPlace.Board, "人口统计", "/population/statistics", ReadStatistics),
        new(MenuPlace.Portal, "人口数据", "/statistics/population", Note: Text.PublicNote),
        new(MenuPlace.Me, "我的户籍信息", "/me/record"),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<EventRegistration>()
        .AddSingleton<Lapses>()
        .AddSingleton<Tally>()
        .AddSingleton<CountReader>()
        .AddSingleton<CountedPersons>()
        .AddSingleton<DuplicateReview>()
        .AddSingleton<Suggestions>()
        .AddSingleton<NameSearch>()
        .AddSingleton<PersonReading>()
        .AddSingleton<Answers>()
        .AddSingleton<KnownAnswers, PersonKnown>()
        .Replace(ServiceDescriptor.Singleton<PersonDirectory, PopulationDirectory>())
        .Replace(ServiceDescriptor.Singleton<GuardianDirectory, PopulationGuardians>())
        .AddSingleton<RecordGuard, PersonGuard>()
        .AddSingleton<RecordGuard>(_ => new SpellGuard("population/membership"))
        .AddSingleton<RecordGuard>(_ => new SpellGuard("population/residence"))
        .AddHostedService<LapseWorker>()
        .AddHostedService<CountWorker>();

    public override void Map(IEndpointRouteBuilder routes) => Routes.Map(routes);
}
