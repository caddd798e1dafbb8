using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Casework;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

internal static class ItemModule
{
    public static IServiceCollection AddItems(this IServiceCollection services) => services
        .AddSingleton<ItemReader>()
        .AddSingleton<ItemDesk>()
        .AddSingleton<ItemSeed>()
        .AddSingleton<StepGuard, HearingGuard>()
        .AddSingleton<SearchSource, ItemSearch>()
        .AddSingleton<FrontSection, ItemFront>()
        .AddHostedService<ItemTypeKeeper>();
}
