using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// Reads offices and role rights before the first request, and once an hour takes away what has lost its meaning: expired
/// tokens, counts of failures, sessions older than the log must be.
/// </summary>
internal sealed class IdentityUpkeep(
    Permissions permissions, Offices offices, Sessions sessions, SignOnFailures failures,
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdentityUpkeep> log) : PeriodicWork(TimeSpan.FromHours(1), time, log)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await permissions.Reload(cancellationToken);
        await offices.Reload(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task Pass(CancellationToken cancel)
    {
        await sessions.Prune(cancel);
        await failures.Prune(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - TimeSpan.FromDays(14);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancel);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancel);
    }
}
