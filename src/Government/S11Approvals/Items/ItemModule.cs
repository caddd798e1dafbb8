using Microsoft.Extensions.DependencyInjection;

namespace Shali.Government.S11Approvals.Items;

internal static class ItemModule
{
    public static IServiceCollection AddItems(this IServiceCollection services) => services
        .AddSingleton<ItemReader>()
        .AddSingleton<ItemDesk>()
        .AddSingleton<ItemSeed>()
        .AddHostedService<ItemTypeKeeper>();
}
