using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages.Timelines;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Pages;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Packages;

internal static class PackageModule
{
    public static IServiceCollection AddPackages(this IServiceCollection services) => services
        .AddSingleton<PackageReader>()
        .AddSingleton<PackageDesk>()
        .AddSingleton<PackageSeed>()
        .AddSingleton<TimelineReader>()
        .AddSingleton<ItemFollower, PackageFollower>()
        .AddSingleton<StepGuard, PackageGuard>()
        .AddSingleton<CaseEffect, PackageProgress>()
        .AddSingleton<FollowUp, VisitReminder>()
        .AddSingleton<CasePanel, TimelinePanel>()
        .AddSingleton<SearchSource, PackageSearch>()
        .AddHostedService<PackageTypeKeeper>();
}
