using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Carries out a load from wherever it stands to its end. Everything that it needs to know after a crash is in the
/// database and on disk; running it again with the same job goes on where the last commit was.
/// </summary>
public sealed class LoadRun(
    Db db, ResourceRegistry resources, LoadJobs jobs, LoadFiles files, AuditLog log, IEnumerable<RecordGuard> guards,
    LoadSettings settings, TimeProvider time)
{
    private readonly RecordGuard[] _guards = [.. guards];

    /// <summary>
    /// Called by name between the steps of every chunk. For tests of crashes: what it throws leaves the run as a
    /// killed process would.
    /// </summary>
    internal Action<string> Step { get; set; } = static _ => { };

    /// <summary>Runs a job that was claimed. Returns when it has ended, was cancelled, or was lost to another worker.</summary>
    public async Task Run(LoadJob job, CancellationToken cancel)
    {
        var prepared = Prepare(job);
        if (!prepared.Ok)
        {
            await End(job, LoadState.Failed, LoadPoint.Start, prepared.Refusals.ToString(), [], cancel);
            return;
        }

        var (resource, mapping) = prepared.Value;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var pulse = new LoadPulse(jobs, job, stop, time);
        try
        {
            var point = await LoadPoint.Take(db, resource.Schema, job, cancel);
            Step("claimed");
            if (point.Done)
            {
                await End(job, LoadState.Done, point, null, [], cancel);
                return;
            }

            var pass = new LoadPass(db, resources, files, log, _guards, settings, time, Step, job, resource, mapping, pulse);
            if (job.Options.Mode == LoadMode.AllOrNothing)
            {
                await Whole(job, pass, point, pulse, stop.Token);
            }
            else
            {
                await GoodRows(job, pass, point, pulse, stop.Token);
            }
        }
        catch (OperationCanceledException) when (pulse.CancelAsked && !cancel.IsCancellationRequested)
        {
            await pulse.Stop();
            // What is committed says the database: a commit may have been under way.
            var committed = await LoadPoint.Take(db, resource.Schema, job, cancel);
            await End(job, LoadState.Cancelled, committed, null, [], cancel);
        }
        catch (Exception fault) when (pulse.Lost || fault is LoadLostException)
        {
            // Another worker goes on; what this one had not committed is undone.
        }
    }

    private async Task GoodRows(LoadJob job, LoadPass pass, LoadPoint point, LoadPulse pulse, CancellationToken cancel)
    {
        pulse.State = LoadState.Loading;
        var end = await pass.Write(point, cancel);
        await pulse.Stop();
        await End(job, end.Refusal is null ? LoadState.Done : LoadState.Failed, end.Point, Broken(end), end.Warnings, cancel);
    }

    private async Task Whole(LoadJob job, LoadPass pass, LoadPoint point, LoadPulse pulse, CancellationToken cancel)
    {
        pulse.State = LoadState.Checking;
        var check = await pass.Check(cancel);
        if (check.Refusal is null && check.Point.Counts.Bad == 0)
        {
            pulse.State = LoadState.Loading;
            check = await pass.WriteAtOnce(point, cancel);
        }

        await pulse.Stop();
        var bad = check.Point.Counts.Bad;
        var note = check.Refusal?.Sentence ?? (bad > 0 ? Text.NothingWritten(bad) : null);
        await End(job, note is null ? LoadState.Done : LoadState.Failed, check.Point, note, check.Warnings, cancel);
    }

    private Outcome<(ResourceDefinition Resource, ColumnMapping Mapping)> Prepare(LoadJob job)
    {
        if (resources.Find(job.Resource) is not { } resource)
        {
            return new Refusal("LOAD-J01", "", Text.NoResource(job.Resource));
        }

        var opened = RowSources.Open(files.Path(job), job.FileName, job.Options.Source, settings.Limits);
        if (!opened.Ok)
        {
            return opened.Refusals;
        }

        using var source = opened.Value;
        var mapping = job.Options.Mapping is { } chosen
            ? new ColumnMapping(chosen)
            : ColumnMapping.Propose(resource, source.Columns, source.HasHeader);
        // Columns that were left out in a mapping that somebody chose were left out on purpose.
        var ignored = job.Options.Mapping is null ? [] : Enumerable.Range(0, source.Columns.Count).ToHashSet();
        var refusals = mapping.Check(resource, source.Columns, ignored);
        return refusals.Any ? refusals : (resource, mapping);
    }

    private static string? Broken(PassEnd end) => end.Refusal is null
        ? null
        : Text.BrokenOff(end.Refusal.Sentence, end.Point.Counts.New + end.Point.Counts.Changed);

    private async Task End(
        LoadJob job, LoadState state, LoadPoint point, string? note, IReadOnlyList<string> warnings, CancellationToken cancel)
    {
        // The audit entry goes first: if it is lost, the end is lost with it, and both are made again.
        await log.Append(
            new AuditEntry("load", job.Who)
            {
                Resource = job.Resource,
                Purpose = job.Options.Purpose,
                Success = state == LoadState.Done,
                Note = Text.AuditNote(job, state, point.Counts),
            },
            cancel);
        await jobs.End(job, state, point.Counts, note, warnings, point.Shown, cancel);
    }
}
