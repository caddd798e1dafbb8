using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange.Push;

namespace Shali.Platform.Exchange;

/// <summary>Registers sharing between offices: what every reader asks, and who makes and ends grants.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services, PushSettings push) => services
        .AddSingleton(push)
        .AddSingleton<Hooks>()
        .AddSingleton<Pusher>()
        .AddHostedService<Pusher.Worker>()
        .AddSingleton<GrantFlows>()
        .AddHostedService<GrantFlows.Worker>()
        .AddSingleton<GrantBook>()
        .AddSingleton<GrantDesk>()
        .AddSingleton<DefaultGrants>();

    /// <summary>Makes the grants that the systems' title pages name, and reads them all, before the first request.</summary>
    public static async Task OpenExchange(this IServiceProvider services, CancellationToken cancel = default)
    {
        await services.GetRequiredService<DefaultGrants>().Seed(cancel);
        await services.GetRequiredService<GrantBook>().Reload(cancel);
    }
}
