using Microsoft.Extensions.DependencyInjection;

namespace Shali.Platform.Exchange;

/// <summary>Registers sharing between offices: what every reader asks, and who makes and ends grants.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddSingleton<GrantBook>()
        .AddSingleton<GrantDesk>()
        .AddHostedService<GrantBook.Opening>();
}
