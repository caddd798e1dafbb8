using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>What ratings and the efficiency supervision office add to the title page of the approvals.</summary>
public static partial class EfficiencyParts
{
    /// <summary>Watch over all offices' approvals: verify poor ratings, close quarters.</summary>
    public const string Supervise = "approvals.supervise";

    /// <summary>See the ratings of one's own office, correct what they are about, appeal.</summary>
    public const string CorrectRatings = "approvals.rating.correct";

    /// <summary>The office that supervises.</summary>
    public const string Office = "data";

    public static IReadOnlyList<ResourceDefinition> Resources => [Definition.Of<Rating>(), Definition.Of<Standard>(), Definition.Of<Score>()];

    public static IReadOnlyList<CodeList> CodeLists => [RatingGrade.Codes, RatingChannel.Codes, RatingHandling.Codes, StandardKinds.CodeList, ScoreBand.Codes];

    public static IReadOnlyList<Permission> Permissions => [Permission.For(CorrectRatings, "查看本单位的好差评，整改和申诉", Roles.Clerk, Roles.Head)];

    public static IReadOnlyList<RuleEntry> Rules => [.. RatingRules.Index, .. ApprovalTriggers.Index];

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Portal, Text.Results, EfficiencyRoutes.Results, Note: "各单位、各事项的满意率"),
        new(MenuPlace.Desk, Text.System, EfficiencyRoutes.Desk, SupervisionSystem.Look),
        new(MenuPlace.Board, Text.System, EfficiencyRoutes.Desk, SupervisionSystem.Look),
        new(MenuPlace.Desk, Text.Received, EfficiencyRoutes.Received, CorrectRatings),
        new(MenuPlace.Admin, Text.StandardsTitle, "/records/approvals.standard", "approvals.standard.write"),
    ];

    public static IServiceCollection AddEfficiency(this IServiceCollection services) => services
        .AddSingleton<ApprovalCases>()
        .AddSingleton<StandardBook>()
        .AddSingleton<PoorRatings>()
        .AddSingleton<RatingDesk>()
        .AddSingleton<Invitations>()
        .AddSingleton<RatingResults>()
        .AddSingleton<ScoreBook>()
        .AddSingleton<EfficiencyReading>()
        .AddSingleton<DeskView>()
        .AddSingleton<RecordGuard, RatingGuard>()
        .AddSingleton<RecordGuard, ScoreGuard>()
        .AddSingleton<CaseEffect, InvitesToRate>()
        .AddSingleton<CaseEffect, TriggerWatch>()
        .AddSingleton<BillListener, BillWatch>()
        .AddSingleton<CardTrigger, ApprovalCardTrigger>()
        .AddSingleton<CasePanel, RatePanel>()
        .AddSingleton<BoardPanel, EfficiencyPanel>()
        .AddHostedService<RatingWork>();

    public static void Map(IEndpointRouteBuilder routes) => EfficiencyRoutes.Map(routes);

    /// <summary>Opens what a crash left, notes what has ended, asks again.</summary>
    private sealed class RatingWork(PoorRatings poor, Invitations invitations, TimeProvider time, ILogger<RatingWork> logger)
        : PeriodicWork(TimeSpan.FromSeconds(30), time, logger)
    {
        protected override async Task Pass(CancellationToken cancel)
        {
            await poor.Run(cancel);
            await invitations.Run(cancel);
        }
    }
}
