using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Takes one load after the other. On every node of the city one of these runs; they agree through the database. A load
/// whose process or database died is taken up again where its last commit was.
/// </summary>
public sealed class LoadWorker(
    LoadJobs jobs, LoadRun run, LoadFiles files, ResourceRegistry resources, LoadSettings settings, TimeProvider time,
    ILogger<LoadWorker> logger) : PeriodicWork(Idle, time, logger, atOnce: true)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    private static readonly System.Diagnostics.Metrics.UpDownCounter<int> Running =
        Measures.Meter.CreateUpDownCounter<int>("shali.load.running", "{load}", "Bulk loads that this node works on.");

    private DateTimeOffset _tidied;

    protected override async Task Pass(CancellationToken cancel)
    {
        Running.Add(0);
        while (await Once(cancel))
        {
            // As long as there is one.
        }
    }

    protected override Task Rest(CancellationToken cancel) => jobs.Wait(Idle, cancel);

    /// <summary>Works off one job; false when there was none.</summary>
    internal async Task<bool> Once(CancellationToken cancel)
    {
        // Before the definitions are read no resource is known.
        if (resources.Generation < 0)
        {
            return false;
        }

        if (await jobs.Claim(cancel) is not { } job)
        {
            await Tidy(cancel);
            return false;
        }

        Running.Add(1);
        try
        {
            await run.Run(job, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host stops: the next one goes on at once.
            await jobs.Release(job, CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is NpgsqlException && job.Attempt < settings.Attempts)
        {
            logger.LogWarning(fault, "Load {Job} lost its database in attempt {Attempt} and will go on.", job.Id, job.Attempt);
            await jobs.Wait(Idle, cancel);
            await jobs.Release(job, cancel);
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "Load {Job} failed.", job.Id);
            await jobs.End(job, LoadState.Failed, job.Counts, Text.Broken, [], [], cancel);
        }
        finally
        {
            Running.Add(-1);
        }

        return true;
    }

    private async Task Tidy(CancellationToken cancel)
    {
        if (Time.GetUtcNow() - _tidied < TidyEvery)
        {
            return;
        }

        _tidied = Time.GetUtcNow();
        foreach (var job in await jobs.Old(cancel))
        {
            files.Remove(job);
            await jobs.Removed(job, cancel);
        }
    }
}
