using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace Shali.Platform.Identity;

/// <summary>
/// Reads offices and role rights before the first request, and once an hour takes away what has lost its meaning: expired
/// tokens, counts of failures, sessions older than the log must be.
/// </summary>
internal sealed partial class IdentityUpkeep(
    Permissions permissions, Offices offices, Sessions sessions, SignOnFailures failures,
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdentityUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await permissions.Reload(cancellationToken);
        await offices.Reload(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Rhythm, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await Prune(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException)
            {
                PruningFailed(log, failure);
            }
        }
    }

    private async Task Prune(CancellationToken cancel)
    {
        await sessions.Prune(cancel);
        await failures.Prune(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var before = time.GetUtcNow() - TimeSpan.FromDays(14);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancel);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Taking away expired tokens and sessions failed; it is tried again in an hour.")]
    private static partial void PruningFailed(ILogger log, Exception failure);
}
