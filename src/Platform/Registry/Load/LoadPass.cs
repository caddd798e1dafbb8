using System.Data;
using Npgsql;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>How a pass over the file ended.</summary>
/// <param name="Refusal">Why the file could not be read to its end.</param>
internal sealed record PassEnd(LoadPoint Point, Refusal? Refusal, IReadOnlyList<string> Warnings);

/// <summary>One pass over the file of a job: only checking, or writing chunk by chunk, or writing all at once.</summary>
internal sealed class LoadPass(
    Db db, ResourceRegistry resources, LoadFiles files, AuditLog log, RecordGuard[] guards, LoadSettings settings, TimeProvider time,
    Action<string> step, LoadJob job, ResourceDefinition resource, ColumnMapping mapping, LoadPulse pulse)
{
    private const int Tries = 5;

    private readonly int[] _unfilled = [.. mapping.Sources(resource).Select((column, i) => (column, i)).Where(pair => pair.column < 0).Select(pair => pair.i)];
    private readonly ChunkJudge _judge = new(resource, new RowIdentity(resource), mapping, ScopeOf(job, resource), resources.Find);
    private readonly ChunkWriter _writer = new(
        resource,
        new Act(job.Who, "load", job.Options.Purpose.Length > 0 ? job.Options.Purpose : Text.LoadOf(job.FileName)) { Source = job.Options.SourceOffice },
        guards,
        resources.Find,
        time);

    /// <summary>Checks everything and writes nothing but the file of bad rows.</summary>
    public async Task<PassEnd> Check(CancellationToken cancel)
    {
        using var source = await Open(LoadPoint.Start, writing: false, cancel);
        using var rejects = Rejects(source, 0);
        var point = LoadPoint.Start with { RejectBytes = rejects.Length };
        await foreach (var chunk in source.Chunks(0, cancel))
        {
            await using var connection = await db.Source.OpenConnectionAsync(cancel);
            await _judge.Judge(new Session(connection, null) { Unhurried = true }, chunk, source.AllNew, writing: false, static _ => { }, cancel);
            point = Count(point, chunk, rejects);
            pulse.Seen = (point.Counts, chunk.Progress / 2);
            source.Return(chunk);
            step("checked");
        }

        return new(point, source.Stopped, source.Warnings);
    }

    /// <summary>Each chunk in a transaction of its own, with the point up to which the file is dealt with.</summary>
    public async Task<PassEnd> Write(LoadPoint begin, CancellationToken cancel)
    {
        using var source = await Open(begin, writing: true, cancel);
        using var rejects = Rejects(source, begin.RejectBytes);
        var point = begin with { RejectBytes = rejects.Length };
        await foreach (var chunk in source.Chunks(begin.Row, cancel))
        {
            point = await Retried(
                async again =>
                {
                    Again(source, chunk, rejects, point, again);
                    return await db.Unhurried.InTransaction(session => Chunk(session, source, chunk, point, rejects, cancel), cancel);
                },
                cancel);
            step("committed");
            pulse.Seen = (point.Counts, chunk.Progress);
            log.Wake(resource.Schema);
            source.Return(chunk);
            cancel.ThrowIfCancellationRequested();
        }

        if (source.Stopped is null)
        {
            point = point with { Done = true };
            await db.InTransaction(session => point.Move(session, resource.Schema, job, cancel), cancel);
            step("done");
        }

        return new(point, source.Stopped, source.Warnings);
    }

    /// <summary>
    /// The whole file in one transaction, so that nobody ever sees a part of it. After a crash it begins anew, because
    /// then nothing of it is there.
    /// </summary>
    public async Task<PassEnd> WriteAtOnce(LoadPoint begin, CancellationToken cancel) => await Retried(
        async again =>
        {
            using var source = await Open(begin, writing: true, cancel);
            source.AllNew &= !again;
            using var rejects = Rejects(source, 0);
            await using var connection = await db.Source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
            var session = new Session(connection, transaction) { Unhurried = true };
            var point = begin with { RejectBytes = rejects.Length };
            await point.Move(session, resource.Schema, job, cancel);
            await foreach (var chunk in source.Chunks(0, cancel))
            {
                point = await Chunk(session, source, chunk, point, rejects, cancel);
                pulse.Seen = (point.Counts, 0.5 + (chunk.Progress / 2));
                source.Return(chunk);
            }

            var refused = source.Stopped is not null || point.Counts.Bad > 0;
            if (!refused)
            {
                point = point with { Done = true };
                await point.Move(session, resource.Schema, job, cancel);
                step("before commit");
                await transaction.CommitAsync(cancel);
                step("committed");
                log.Wake(resource.Schema);
            }

            // Rows that became bad between the two passes: leaving without a commit takes everything back.
            return new PassEnd(point, source.Stopped, source.Warnings);
        },
        cancel);

    private async Task<LoadPoint> Chunk(
        Session session, LoadSource source, Chunk chunk, LoadPoint point, RejectFile rejects, CancellationToken cancel)
    {
        await _judge.Judge(session, chunk, source.AllNew, writing: true, source.MakeNew, cancel);
        step("judged");
        await _writer.Write(session, chunk, step, cancel);
        step("written");
        var next = Count(point, chunk, rejects);
        await next.Move(session, resource.Schema, job, cancel);
        step("moved");
        return next;
    }

    private LoadPoint Count(LoadPoint point, Chunk chunk, RejectFile rejects)
    {
        long bad = 0, fresh = 0, changed = 0, unchanged = 0;
        List<Reject>? shown = null;
        foreach (var row in chunk.Rows)
        {
            switch (row.Fate)
            {
                case Fate.Bad:
                    bad++;
                    rejects.Add(row.Source, Text.Reasons(resource, row.Reasons));
                    if (point.Shown.Count + (shown?.Count ?? 0) < settings.Limits.RejectsShown)
                    {
                        (shown ??= []).Add(new(row.Source.Number, [.. row.Reasons.Select(Told)]));
                    }

                    break;
                case Fate.New:
                    fresh++;
                    break;
                case Fate.Changed:
                    changed++;
                    break;
                default:
                    unchanged++;
                    break;
            }
        }

        var counts = point.Counts;
        return new(
            chunk.LastOrdinal,
            new(counts.Read + chunk.Count, counts.Bad + bad, counts.New + fresh, counts.Changed + changed, counts.Unchanged + unchanged),
            bad > 0 ? rejects.Flush() : point.RejectBytes,
            shown is null ? point.Shown : [.. point.Shown, .. shown],
            Done: false);
    }

    private RejectReason Told(Refusal reason) =>
        new(reason.Code, resource.Field(reason.Field)?.Label ?? reason.Field, reason.Sentence);

    private async Task<LoadSource> Open(LoadPoint begin, bool writing, CancellationToken cancel)
    {
        var allNew = begin.Row == 0 && await Empty(cancel);
        var rows = RowSources.Open(files.Path(job), job.FileName, job.Options.Source, settings.Limits).Value;
        return new(rows, resource, mapping, settings.Limits, time) { AllNew = allNew, MakesAhead = writing };
    }

    /// <summary>Nothing was ever recorded: then every row is new, whatever it says.</summary>
    private Task<bool> Empty(CancellationToken cancel) => db.Scalar<bool>(
        $"""
        select not exists (select 1 from {Sql.Trusted(Plan.Of(resource).Table)})
            and not exists (select 1 from {Sql.Name(resource.Schema, "journal")} where resource = {resource.Id})
        """,
        cancel);

    private RejectFile Rejects(LoadSource source, long length) => RejectFile.Open(
        files.RejectPath(job),
        length,
        job.Options.Source.Header || source.Columns.Count == 0
            ? source.Columns
            : [.. source.Columns.Select((column, i) => mapping.Fields[i] is { } name ? resource.Field(name)!.Label : column)]);

    // The rights themselves were asked for when the file was brought; what is left to judge by is where they reach.
    private static Filter? ScopeOf(LoadJob job, ResourceDefinition resource) => Access.Of(
        job.Who with { Permissions = new HashSet<string>(StringComparer.Ordinal) { $"{resource.Address}.read" } }, resource)?.Scope;

    /// <summary>
    /// Somebody else may write the same record at the same moment, even while the table was thought empty: then the
    /// chunk is judged again against what is there now.
    /// </summary>
    private static async Task<T> Retried<T>(Func<bool, Task<T>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(attempt > 1);
            }
            catch (PostgresException clash) when (attempt < Tries && clash.SqlState
                is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private void Again(LoadSource source, Chunk chunk, RejectFile rejects, LoadPoint point, bool again)
    {
        if (!again)
        {
            return;
        }

        source.AllNew = false;
        rejects.Back(point.RejectBytes);
        foreach (var row in chunk.Rows)
        {
            row.Reconsider(_unfilled);
        }
    }
}
