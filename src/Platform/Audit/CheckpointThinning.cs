using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Of checkpoints older than <see cref="AuditSettings.KeepCheckpoints"/> the last of each day stays in the database. A
/// later one vouches for all that an earlier one did, inclusion and consistency are proved from the leaves, and the
/// witness file keeps every one: what is lost is only how narrowly the verifier can say where old hashes were altered
/// when it has no witness. The text of the log is not touched.
/// </summary>
public sealed class CheckpointThinning(Db db, AuditSettings settings, TimeProvider time)
{
    /// <summary>Whole days of the city only; how many checkpoints went. Nodes may do it at once.</summary>
    public Task<int> Pass(CancellationToken cancel = default)
    {
        var day = (time.GetUtcNow() - settings.KeepCheckpoints).Local().Day();
        var until = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        return db.Run(
            $"""
            delete from audit.checkpoint where at < {until} and size not in (
                select max(size) from audit.checkpoint where at < {until} group by (at at time zone 'UTC' + interval '8 hours')::date)
            """,
            cancel);
    }
}
