using System.Text.Json;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// How far a load has got, kept in the schema into which it writes and moved in the same transaction as the rows: so
/// after a crash it says exactly what is there. A worker that lost its job finds another attempt here and stops.
/// </summary>
/// <param name="Row">Ordinal of the last source row that was dealt with.</param>
/// <param name="RejectBytes">Length of the file of bad rows up to that row.</param>
/// <param name="Shown">The first bad rows.</param>
/// <param name="Done">Every row of the file is dealt with.</param>
internal sealed record LoadPoint(long Row, LoadCounts Counts, long RejectBytes, IReadOnlyList<Reject> Shown, bool Done)
{
    public static readonly LoadPoint Start = new(0, LoadCounts.None, 0, [], false);

    /// <summary>Makes this attempt the only one that may write, and says where to go on.</summary>
    public static Task<LoadPoint> Take(Db db, string schema, LoadJob job, CancellationToken cancel)
    {
        var table = Sql.Name(schema, "load_point");
        return db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock(hashtextextended({"load_point:" + schema}, 5))", cancel);
                await session.Run(
                    $"""
                    create table if not exists {table} (
                        job text collate "C" primary key, attempt int not null, row bigint not null, bad bigint not null,
                        new bigint not null, changed bigint not null, unchanged bigint not null,
                        reject_bytes bigint not null, shown jsonb not null, done boolean not null)
                    """,
                    cancel);
                await session.Run(
                    $"""
                    insert into {table} values ({job.Id}, {job.Attempt}, 0, 0, 0, 0, 0, 0, '[]', false)
                    on conflict (job) do update set attempt = greatest(load_point.attempt, excluded.attempt)
                    """,
                    cancel);
                return (await session.One(
                    $"select row, bad, new, changed, unchanged, reject_bytes, shown::text, done from {table} where job = {job.Id}",
                    row => new LoadPoint(
                        row.GetInt64(0),
                        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                        row.GetInt64(5),
                        JsonSerializer.Deserialize<Reject[]>(row.GetString(6), JsonSerializerOptions.Web)!,
                        row.GetBoolean(7)),
                    cancel))!;
            },
            cancel);
    }

    /// <summary>Moves the point inside the transaction that writes the rows.</summary>
    public async Task Move(Session session, string schema, LoadJob job, CancellationToken cancel)
    {
        var moved = await session.Run(
            $"""
            update {Sql.Name(schema, "load_point")} set row = {Row}, bad = {Counts.Bad}, new = {Counts.New},
                changed = {Counts.Changed}, unchanged = {Counts.Unchanged}, reject_bytes = {RejectBytes}, done = {Done},
                shown = {Sql.Value(JsonSerializer.Serialize(Shown, JsonSerializerOptions.Web), NpgsqlDbType.Jsonb)}
            where job = {job.Id} and attempt = {job.Attempt}
            """,
            cancel);
        if (moved != 1)
        {
            throw new LoadLostException();
        }
    }
}

/// <summary>Another worker has the job: this one must leave everything as it is.</summary>
internal sealed class LoadLostException() : Exception("Another worker has taken the load.");
