
namespace Shali.Platform.Registry.Load;

/// <summary>
/// Says every second that the load lives and how far it is, on a connection of its own; hears that the person wants it
/// stopped, or that another worker has taken it.
/// </summary>
internal sealed class LoadPulse : IAsyncDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private readonly LoadJobs _jobs;
    private readonly LoadJob _job;
    private readonly CancellationTokenSource _run;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    public LoadPulse(LoadJobs jobs, LoadJob job, CancellationTokenSource run, TimeProvider time)
    {
        (_jobs, _job, _run) = (jobs, job, run);
        State = job.State;
        Seen = (job.Counts, 0);
        _beating = Beat(time);
    }

    public LoadState State { get; set; }

    /// <summary>Counts and progress as far as the rows have been dealt with, committed or not.</summary>
    public (LoadCounts Counts, double Progress) Seen { get; set; }

    public bool CancelAsked { get; private set; }

    public bool Lost { get; private set; }

    public async Task Stop()
    {
        await _end.CancelAsync();
        await _beating;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _end.Dispose();
    }

    private async Task Beat(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Rhythm, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (!await Once())
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }
    }

    /// <summary>False when there is no more to say.</summary>
    private async Task<bool> Once()
    {
        try
        {
            var (counts, progress) = Seen;
            var asked = await _jobs.Beat(_job, State, counts, progress, _end.Token);
            Lost = asked is null;
            CancelAsked = asked == true;
            if (asked == false)
            {
                return true;
            }

            await _run.CancelAsync();
            return false;
        }
        catch (Npgsql.NpgsqlException)
        {
            // The database is away for a moment, or for good: the load itself finds out which.
            return true;
        }
    }
}
