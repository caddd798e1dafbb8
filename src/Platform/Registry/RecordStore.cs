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
                log.Wake(schema);
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
        var (id, earlier, request) = await Begin(session, act, schema, cancel);
        if (earlier is not null)
        {
            return act.Request is null || request is null || request.AsSpan().SequenceEqual(act.Request)
                ? earlier
                : throw new RefusedException(Refusals.Of(new Refusal("REG-W07", "", Text.OtherRequest)));
        }

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

        var written = new Written(id, writing.At, writing.Written);
        writing.Later(Journal.Statements(schema, act, id, writing.At, writing.Journal));
        if (act.IdempotencyKey is not null)
        {
            writing.Later(Sql.Of(
                $"""
                insert into {Sql.Name(schema, "idempotency")} (who_id, key, act, at, records, request) values (
                    {act.Who.Id}, {act.IdempotencyKey}, {id}, {written.At},
                    {Sql.Value(JsonSerializer.Serialize(written.Records.Select(record => new Line(record.Key, record.Version))), NpgsqlDbType.Jsonb)},
                    {Sql.Value(act.Request, NpgsqlDbType.Bytea)})
                """));
        }

        await writing.Send(cancel);
        return written;
    }

    /// <summary>
    /// The number of the act; or what an earlier act with the same idempotency key did, and the digest of what it was
    /// asked. One message.
    /// </summary>
    private static async Task<(long Id, Written? Earlier, byte[]? Request)> Begin(Session session, Act act, string schema, CancellationToken cancel)
    {
        var (id, earlier, request) = (0L, (Written?)null, (byte[]?)null);
        var number = new SqlQuestion(
            $"select nextval(pg_get_serial_sequence({Sql.Name(schema, "act").Text}, 'id'))", row => id = row.GetInt64(0));
        if (act.IdempotencyKey is null)
        {
            await session.Ask([number], cancel);
            return (id, null, null);
        }

        await session.Ask(
            [
                new($"select pg_advisory_xact_lock(hashtextextended({act.Who.Id + " " + act.IdempotencyKey}, 11))", _ => { }),
                new(
                    $"select act, at, records::text, request from {Sql.Name(schema, "idempotency")} where who_id = {act.Who.Id} and key = {act.IdempotencyKey}",
                    row =>
                    {
                        earlier = new Written(
                            row.GetInt64(0),
                            row.GetFieldValue<DateTimeOffset>(1),
                            [.. JsonSerializer.Deserialize<Line[]>(row.GetString(2))!.Select(line => (line.Key, line.Version))]);
                        request = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3);
                    }),
                number,
            ],
            cancel);
        return (id, earlier, request);
    }

    private sealed record Line(string Key, int Version);

    private sealed class RefusedException(Refusals refusals) : Exception
    {
        public Refusals Refusals { get; } = refusals;
    }
}
