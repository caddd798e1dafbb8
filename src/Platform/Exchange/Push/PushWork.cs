using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Push;

/// <summary>
/// Looks twice a second which hooks are due, and pushes each on its own: who answers slowly or not at all holds up
/// nobody but himself.
/// </summary>
internal sealed class PushWork(Pusher pusher, TimeProvider time, ILogger<PushWork> logger) : PeriodicWork(TimeSpan.FromMilliseconds(500), time, logger)
{
    /// <summary>Hooks that one node pushes at once; most wait for an answer.</summary>
    private const int Most = 32;

    private readonly Dictionary<string, Task> _turns = new(StringComparer.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_turns.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task Pass(CancellationToken cancel)
    {
        foreach (var (grant, turn) in _turns.Where(each => each.Value.IsCompleted).ToList())
        {
            _turns.Remove(grant);

            // A turn writes its faults at the hook itself; what could not even be written there ends this pass, which is told and tried again.
            await turn;
        }

        if (_turns.Count < Most)
        {
            foreach (var grant in await pusher.Due(_turns.Keys, Most - _turns.Count, cancel))
            {
                _turns[grant] = pusher.Turn(grant, cancel);
            }
        }
    }
}
