using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Casework.Supervision.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Casework.Supervision;

/// <summary>效能监察: watches every case of every type, from the platform's own times, throughout.</summary>
public sealed partial class SupervisionSystem : CitySystem
{
    /// <summary>See the board, all cards and the statistics.</summary>
    public const string Look = "supervision.card.look";

    /// <summary>Draw cards, decide on appeals, withdraw.</summary>
    public const string Decide = "supervision.card.decide";

    /// <summary>Answer and appeal against the cards of one's own office.</summary>
    public const string Answer = "supervision.card.answer";

    public override string Clause => "P3";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => [Cards.Resource, Definition.Of<Threshold>()];

    public override IReadOnlyList<CodeList> CodeLists { get; } =
    [
        new("card-kind", "监察牌别", "",
            [new(CardKind.Warning, "预警"), new(CardKind.Yellow, "黄牌"), new(CardKind.Red, "红牌"), new(CardKind.Proposal, "监察建议书")]),
        new("card-state", "监察牌状态", "",
            [
                new(CardState.Issued, "已发出"), new(CardState.Corrected, "已整改"), new(CardState.Appealed, "申诉中"),
                new(CardState.Upheld, "申诉后维持"), new(CardState.Withdrawn, "已撤牌"),
            ]),
    ];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Look, "查看效能监察", Roles.Head, Roles.Leader).At(Owner, OfficeCode.City),
        Permission.For(Decide, "发牌、处理申诉、撤牌", Roles.Head).At(Owner),
        Permission.For(Answer, "反馈整改、申诉", Roles.Clerk, Roles.Head),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
        [.. SupervisionRules.All.Select(rule => new RuleEntry(rule.Code, $"{rule.Name}：{rule.Sentence}", rule.Basis))];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Board, Text.System, SupervisionRoutes.Board, Look),
        new(MenuPlace.Desk, Text.System, SupervisionRoutes.Board, Look),
        new(MenuPlace.Desk, Text.Received, SupervisionRoutes.Received, Answer),
        new(MenuPlace.Admin, Text.ThresholdTitle, "/records/casework.threshold", "casework.threshold.write"),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<ThresholdBook>()
        .AddSingleton<CardIssue>()
        .AddSingleton<CardDesk>()
        .AddSingleton<SupervisionPass>()
        .AddSingleton<ClockRecount>()
        .AddSingleton<CardReader>()
        .AddSingleton<CardView>()
        .AddSingleton<SupervisionBoard>()
        .AddSingleton<RecordGuard, CardGuard>()
        .AddSingleton<CaseEffect, ProceduralWatch>()
        .AddHostedService<SupervisionWork>()
        .Periodically<SupervisionBoard>("board of the days that are over", TimeSpan.FromHours(1), (board, cancel) => board.CountAhead(cancel), atOnce: true);

    public override void Map(IEndpointRouteBuilder routes) => SupervisionRoutes.Map(routes);

    /// <summary>Looks each second: a card is out within five seconds of its moment.</summary>
    private sealed class SupervisionWork(
        SupervisionPass pass, ClockRecount recount, ThresholdBook thresholds, TimeProvider time, ILogger<SupervisionWork> logger)
        : PeriodicWork(TimeSpan.FromSeconds(1), time, logger, atOnce: true)
    {
        protected override async Task Pass(CancellationToken cancel)
        {
            await thresholds.Refresh(cancel);
            await recount.Run(cancel);
            await pass.Run(cancel);
        }
    }
}
