namespace Shali.Portal.Hosting;

/// <summary>
/// Addresses are mapped, and each is asked who may use it, when the host starts: before anything listens. What only works on the
/// books (a command, the making of a demo city) opens no door, and need not compile four hundred of them: a quarter of a host's beginning.
/// </summary>
internal sealed class Doors(Action open) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
