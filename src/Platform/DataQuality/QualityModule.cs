using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Kernel;

namespace Shali.Platform.DataQuality;

/// <summary>Registers the measuring of data.</summary>
public static class QualityModule
{
    public static IServiceCollection AddDataQuality(this IServiceCollection services) => services
        .AddSingleton<Measuring>()
        .AddSingleton<QualityBook>()
        .AddSingleton<QualityWatch>()
        .Periodically<QualityWatch>("what is to be measured", TimeSpan.FromMinutes(1), (watch, cancel) => watch.Run(cancel));
}
