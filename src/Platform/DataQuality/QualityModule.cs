using Microsoft.Extensions.DependencyInjection;

namespace Shali.Platform.DataQuality;

/// <summary>Registers the measuring of data.</summary>
public static class QualityModule
{
    public static IServiceCollection AddDataQuality(this IServiceCollection services) => services
        .AddSingleton<Measuring>()
        .AddSingleton<QualityBook>()
        .AddSingleton<QualityWatch>()
        .AddHostedService<QualityWatch.Worker>();
}
