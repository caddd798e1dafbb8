using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// The one write path. Checks every value against the definition, writes rows, past versions and journal in one
/// transaction, and wakes the feed. Knows nothing of permissions: the doors and the systems ask those.
/// </summary>
public sealed class RecordStore(Db db, ResourceRegistry registry, AuditLog log, IEnumerable<RecordGuard> guards, TimeProvider time)
{
    private readonly ILookup<string, RecordGuard> _guards = guards.ToLookup(guard => guard.Resource, StringComparer.Ordinal);

    /// <summary>All changes or none.</summary>
    public Task<Outcome<Written>> Write(Act act, IReadOnlyList<Change> changes, CancellationToken cancel = default) =>
        changes.Count == 0
            ? Task.FromResult<Outcome<Written>>(new Written(0, time.GetUtcNow(), []))
            : Write(
                act,
                changes[0].Resource.Schema,
                async session =>
                {
                    var refusals = Refusals.None;
                    foreach (var change in changes)
                    {
                        refusals = refusals.And((await session.Apply(change, cancel)).Refusals);
                    }

                    return refusals;
                },
                cancel);

    /// <summary>
    /// For rules that must read what they judge inside the transaction that writes: <paramref name="work"/> reads
    /// and adds changes; when it returns refusals nothing is written. All resources must be of one schema.
    /// </summary>
    public async Task<Outcome<Written>> Write(
        Act act, string schema, Func<WriteSession, Task<Refusals>> work, CancellationToken cancel = default)
    {
        try
        {
            var outcome = await db.InTransaction(session => Within(session, act, schema, work, cancel), cancel);
            if (outcome.Value.Id > 0)
            {
                log.Wake();
            }

            return outcome;
        }
        catch (RefusedException refused)
        {
            return refused.Refusals;
        }
        catch (PostgresException clash) when (clash.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Two writers brought the same value at the same moment: the constraint is the last line of the check.
            return new Refusal("REG-W05", "", Text.AlreadyThere);
        }
        catch (PostgresException clash) when (clash.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
        {
            return new Refusal("REG-W03", "", Text.Conflict);
        }
    }

    private async Task<Outcome<Written>> Within(
        Session session, Act act, string schema, Func<WriteSession, Task<Refusals>> work, CancellationToken cancel)
    {
        if (act.IdempotencyKey is not null && await Earlier(session, act, schema, cancel) is var (earlier, request))
        {
            return act.Request is null || request is null || request.AsSpan().SequenceEqual(act.Request)
                ? earlier
                : throw new RefusedException(Refusals.Of(new Refusal("REG-W07", "", Text.OtherRequest)));
        }

        var id = await session.Scalar<long>(
            $"select nextval(pg_get_serial_sequence({Sql.Name(schema, "act").Text}, 'id'))", cancel);
        var writing = new WriteSession(session, schema, act, id, resource => [.. _guards[resource]], time).Knowing(registry.Find);
        var refusals = await work(writing);
        if (refusals.Any)
        {
            // Leaves the transaction by the way that rolls it back.
            throw new RefusedException(refusals);
        }

        if (writing.Journal.Count == 0)
        {
            return new Written(0, writing.At, writing.Written);
        }

        await Journal.Write(session, schema, act, id, writing.At, writing.Journal, cancel);
        var written = new Written(id, writing.At, writing.Written);
        if (act.IdempotencyKey is not null)
        {
            await session.Run(
                $"""
                insert into {Sql.Name(schema, "idempotency")} (who_id, key, act, at, records, request) values (
                    {act.Who.Id}, {act.IdempotencyKey}, {id}, {written.At},
                    {Sql.Value(JsonSerializer.Serialize(written.Records.Select(record => new Line(record.Key, record.Version))), NpgsqlDbType.Jsonb)},
                    {Sql.Value(act.Request, NpgsqlDbType.Bytea)})
                """,
                cancel);
        }

        return written;
    }

    private static async Task<(Written Written, byte[]? Request)?> Earlier(Session session, Act act, string schema, CancellationToken cancel)
    {
        await session.Run($"select pg_advisory_xact_lock(hashtextextended({act.Who.Id + " " + act.IdempotencyKey}, 11))", cancel);
        var found = await session.List(
            $"select act, at, records::text, request from {Sql.Name(schema, "idempotency")} where who_id = {act.Who.Id} and key = {act.IdempotencyKey}",
            row => (
                new Written(
                    row.GetInt64(0),
                    row.GetFieldValue<DateTimeOffset>(1),
                    [.. JsonSerializer.Deserialize<Line[]>(row.GetString(2))!.Select(line => (line.Key, line.Version))]),
                row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3)),
            cancel);
        return found.Count == 0 ? null : found[0];
    }

    private sealed record Line(string Key, int Version);

    private sealed class RefusedException(Refusals refusals) : Exception
    {
        public Refusals Refusals { get; } = refusals;
    }
}
