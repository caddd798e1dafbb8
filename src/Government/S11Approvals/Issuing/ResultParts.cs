using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shali.Government.S11Approvals.Billing;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Issuing;

/// <summary>What documents, licences and bills of cases add to the title page of the approvals.</summary>
internal static partial class ResultParts
{
    public static IReadOnlyList<ResourceDefinition> Resources => [Definition.Of<Licence>(), Definition.Of<LicenceKind>()];

    public static IReadOnlyList<CodeList> CodeLists => [LicenceState.Codes, LicenceChange.Codes];

    public static IReadOnlyList<RuleEntry> Rules =>
    [
        new("S11-R53", Text.OtherOffice, new Basis("行政许可法", "第六十九条")),
        new("S11-R55", Text.EndedAlready, null),
        new("S11-R56", "撤销、吊销、注销证照要写明理由、依据和作出决定的办件", new Basis("行政许可法", "第六十九条、第七十条")),
        new("S11-R57", "应当先缴费的，缴款后才能送达结果", ItemLaw.Fees),
        new("S11-R58", "缴款书失效后，可以重新开具一张", ItemLaw.Fees),
        new("S11-R59", "办理减免要选择收费项目和减免规定，审核要选择同意或者不同意", ItemLaw.Fees),
    ];

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Portal, Text.LicencesTitle, LicencePages.Public, Note: "查询各单位颁发的证照及其状态。"),
        new(MenuPlace.Me, Text.OwnLicences, LicencePages.Own, Note: "各单位颁发给您的电子证照，可以下载"),
        new(MenuPlace.Desk, Text.DeskLicences, LicencePages.Desk, ApprovalSystem.Handle),
    ];

    public static IServiceCollection AddResults(this IServiceCollection services) => services
        .AddSingleton<CaseItems>()
        .AddSingleton<OfficeCodes>()
        .AddSingleton<LicenceReading>()
        .AddSingleton<LicenceDesk>()
        .AddSingleton<LicenceAnswers>()
        .AddSingleton<KnownAnswers>(provider => provider.GetRequiredService<LicenceAnswers>())
        .AddSingleton<CaseBills>()
        .AddSingleton<BillMessages>()
        .AddSingleton<StepNumbers, PaperNumbers>()
        .AddSingleton<ClockDay, RenewalDay>()
        .AddSingleton<StepGuard, PaidFirst>()
        .AddSingleton<CaseEffect, PaperEffect>()
        .AddSingleton<CaseEffect, LicenceEffect>()
        .AddSingleton<CaseEffect, LicenceForParts>()
        .AddSingleton<CaseEffect, BillingEffects>()
        .AddSingleton<FollowUp, PaperIssue>()
        .AddSingleton<FollowUp, LicenceIssue>()
        .AddSingleton<FollowUp, LicenceAnnulment>()
        .AddSingleton<FollowUp, BillIssue>()
        .AddSingleton<FollowUp, BillSettling>()
        .AddSingleton<BillListener, CaseHearsOfBill>()
        .AddSingleton<CasePanel, BillPanel>()
        .AddSingleton<CasePanel, ReliefPanel>()
        .AddHostedService<LicencePass>();

    public static void Map(IEndpointRouteBuilder routes) => ResultRoutes.Map(routes);

    /// <summary>Terms that are over, reminders, files of licences that were ended.</summary>
    private sealed class LicencePass(LicenceDesk desk, Outbox outbox, OutboxSignal signal, TimeProvider time, ILogger<LicencePass> logger)
        : PeriodicWork(TimeSpan.FromMinutes(10), time, logger, atOnce: true)
    {
        protected override async Task Pass(CancellationToken cancel)
        {
            await desk.Complete(cancel);
            await desk.Expire(cancel);
            if (await desk.Remind(outbox, cancel) > 0)
            {
                signal.Wake();
            }
        }
    }
}
