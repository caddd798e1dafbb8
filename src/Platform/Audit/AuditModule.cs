using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Audit;

/// <summary>The audit log in the host.</summary>
public static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(provider =>
        {
            var registry = new Lazy<ResourceRegistry>(provider.GetRequiredService<ResourceRegistry>);
            return new AuditLog(
                provider.GetRequiredService<Db>(),
                settings,
                provider.GetRequiredService<TimeProvider>(),
                () => registry.Value.Schemas,
                provider.GetRequiredService<ILogger<AuditLog>>());
        })
        .AddSingleton<LogTree>()
        .AddSingleton<CheckpointWriter>()
        .AddSingleton<MentionIndex>()
        .AddSingleton<AuditSearch>()
        .AddSingleton<Objections>()
        .AddSingleton<Removal>()
        .AddSingleton<CheckpointThinning>()
        .AddHostedService<Keeping>();

    /// <summary>What goes on beside the appending, as long as the host runs.</summary>
    private sealed class Keeping(AuditLog log, CheckpointWriter checkpoints, MentionIndex index, Removal removal, CheckpointThinning thinning) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            log.Start();
            await Task.WhenAll(checkpoints.Run(stoppingToken), index.Run(stoppingToken), removal.Run(stoppingToken), thinning.Run(stoppingToken));
        }
    }
}
