using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Registers casework and reads what it needs before the first request.</summary>
public static partial class CaseworkModule
{
    public static IServiceCollection AddCasework(this IServiceCollection services)
    {
        return services
            .AddSingleton<CaseTypes>()
            .AddSingleton<CaseNumbers>()
            .AddSingleton<TrackingCodes>()
            .AddSingleton<Colleagues>()
            .AddSingleton<CaseNotices>()
            .AddSingleton<CaseStore>()
            .AddSingleton<CaseOpening>()
            .AddSingleton(provider => new CaseDesk(
                provider.GetRequiredService<RecordStore>(),
                provider.GetRequiredService<CaseTypes>(),
                provider.GetRequiredService<CaseStore>(),
                provider.GetRequiredService<CaseOpening>(),
                provider.GetRequiredService<Colleagues>(),
                provider.GetRequiredService<TrackingCodes>(),
                provider.GetRequiredService<RecordReader>(),
                provider.GetRequiredService<Offices>(),
                provider.GetRequiredService<OutboxSignal>(),
                provider.GetServices<StepGuard>(),
                provider.GetServices<CaseEffect>(),
                provider.GetServices<StepNumbers>(),
                provider.GetServices<ClockDay>(),
                (number, cancel) => provider.GetRequiredService<SupervisionPass>().Decide(number, cancel)))
            .AddSingleton<FollowUps>()
            .AddSingleton<FollowUpRun>()
            .AddSingleton<CaseParts>()
            .AddSingleton<CaseReader>()
            .AddSingleton<WorkLists>()
            .AddSingleton<CaseSearch>()
            .AddSingleton<SavedFilters>()
            .AddSingleton<Drafts>()
            .AddSingleton<Knowledge>()
            .AddSingleton<CaseEffect, FaultsTold>()
            .AddSingleton<StepGuard, FaultsWhole>()
            .AddSingleton<StepGuard, ActingParent>()
            .AddSingleton<CaseEffect, PublicNoticeEffect>()
            .AddSingleton<StepGuard, PublicNoticeGuard>()
            .AddSingleton<PublicNoticeReader>()
            .AddSingleton<ObjectionDesk>()
            .AddSingleton<Pages.CasePanel, PublicNoticePanel>()
            .AddSingleton<Pages.CaseFiles>()
            .AddSingleton<Pages.OwnTasks>()
            .AddSingleton<Pages.IssuedPapers>()
            .AddSingleton<Pages.TrackLimit>()
            .AddHostedService<FollowUpWork>()
            .Periodically<CaseTypes>("case types that another node published", TimeSpan.FromMilliseconds(500), (types, cancel) => types.Refresh(cancel));
    }

    /// <summary>Publishes the types of the systems and reads keys; the tables are there.</summary>
    public static async Task OpenCasework(this IServiceProvider services, CancellationToken cancel = default)
    {
        await ExtraIndex.Make(services.GetRequiredService<Db>(), CaseIndexes.All, cancel);
        await services.GetRequiredService<TrackingCodes>().Open(cancel);
        await services.GetRequiredService<CaseTypes>().Open(cancel);
        await services.GetRequiredService<ThresholdBook>().Refresh(cancel);
    }
}
