using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shali.Platform.Registry.Load;

/// <summary>The bulk load: files into resources through page, interface and command line.</summary>
public static class LoadModule
{
    public static IServiceCollection AddLoad(this IServiceCollection services, LoadSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<LoadFiles>();
        services.AddSingleton<LoadJobs>();
        services.AddSingleton<LoadRun>();
        services.AddSingleton<LoadWorker>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LoadWorker>());
        return services;
    }
}
