using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shali.Platform.Registry;

/// <summary>Registers the registry: definitions, write path, readers, and the watch for other nodes' definitions.</summary>
public static partial class RegistryModule
{
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<ResourceRegistry>()
        .AddSingleton<RecordStore>()
        .AddSingleton<RecordReader>()
        .AddSingleton<GovernedReader>()
        .AddHostedService<DefinitionWatch>();

    /// <summary>Files in fields; asked for by every door that takes or gives them.</summary>
    public static IServiceCollection AddRecordFiles(this IServiceCollection services)
    {
        services.TryAddSingleton<RecordFiles>();
        return services;
    }

    /// <summary>Sees within half a second what another node has published.</summary>
    private sealed partial class DefinitionWatch(ResourceRegistry registry, TimeProvider time, ILogger<DefinitionWatch> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await registry.Refresh(stoppingToken);
                }
                catch (NpgsqlException gone)
                {
                    DatabaseAway(logger, gone.Message);
                }
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "Definitions could not be read again: {Reason}")]
        private static partial void DatabaseAway(ILogger logger, string reason);
    }
}
