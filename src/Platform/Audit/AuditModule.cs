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
        .AddSingleton<MentionIndex>()
        .AddSingleton<AuditSearch>()
        .AddSingleton<Objections>()
        .AddSingleton<Removal>()
        .AddSingleton<CheckpointThinning>()
        .AddHostedService<Appending>()
        .AddHostedService<CheckpointWriter>()
        .Periodically<MentionIndex>("index of the log", settings.IndexEvery, (index, cancel) => index.Pass(cancel), atOnce: true)
        .Periodically<Removal>("records of the log whose time is over", TimeSpan.FromDays(1), (removal, cancel) => removal.Pass(cancel), atOnce: true)
        .Periodically<CheckpointThinning>("old checkpoints", TimeSpan.FromDays(1), (thinning, cancel) => thinning.Pass(cancel), atOnce: true);

    /// <summary>The log takes up what a crash left without its place, before anybody writes.</summary>
    private sealed class Appending(AuditLog log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            log.Start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
