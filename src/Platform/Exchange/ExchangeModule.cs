using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange.Files;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange;

/// <summary>Registers sharing between offices: what every reader asks, and who makes and ends grants.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services, PushSettings push) => services
        .AddSingleton(push)
        .AddSingleton<Hooks>()
        .AddSingleton<Pusher>()
        .AddHostedService<PushWork>()
        .AddSingleton<GrantFlows>()
        .Periodically<GrantFlows>("figures of grants", TimeSpan.FromSeconds(5), (flows, cancel) => flows.Flush(cancel))
        .AddSingleton<CentreKeys>()
        .AddSingleton<Receipts>()
        .AddSingleton<Manifests>()
        .AddSingleton<ServiceBook>()
        .AddSingleton<SharedResources>()
        .AddSingleton<GrantBook>()
        .AddSingleton<GrantDesk>()
        .AddSingleton<DefaultGrants>();

    /// <summary>Makes the grants that the systems' title pages name, and reads them and all services, before the first request.</summary>
    public static async Task OpenExchange(this IServiceProvider services, CancellationToken cancel = default)
    {
        await services.GetRequiredService<DefaultGrants>().Seed(cancel);
        await services.GetRequiredService<ServiceBook>().Reload(cancel);
        await services.GetRequiredService<GrantBook>().Reload(cancel);
    }
}
