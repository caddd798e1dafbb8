using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>Registers the registry: definitions, write path, readers, and the watch for other nodes' definitions.</summary>
public static class RegistryModule
{
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<ResourceRegistry>()
        .AddSingleton<RecordStore>()
        .AddSingleton<RecordReader>()
        .AddSingleton<GovernedReader>()
        .Periodically<ResourceRegistry>("definitions that another node published", TimeSpan.FromMilliseconds(500), (registry, cancel) => registry.Refresh(cancel));

    /// <summary>Files in fields; asked for by every door that takes or gives them.</summary>
    public static IServiceCollection AddRecordFiles(this IServiceCollection services)
    {
        services.TryAddSingleton<RecordFiles>();
        return services;
    }
}
