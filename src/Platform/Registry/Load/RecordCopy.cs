using System.Collections.Concurrent;
using System.Text.Json;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>New records of one resource: keys and values in the order of the fields, of their types' CLR types.</summary>
public sealed record RecordBatch(ResourceDefinition Resource, IReadOnlyList<(string Key, object?[] Values)> Rows);

/// <summary>
/// Writes new records that a program has made and checked itself, millions of them, with their journal: for seeding
/// an empty city. Nothing is parsed, judged or compared; what people bring goes through a load job or the record store.
/// </summary>
public sealed class RecordCopy
{
    private readonly ResourceDefinition _resource;
    private readonly Plan _plan;
    private readonly (string Key, object?[] Values)[] _rows;
    private readonly byte[][] _digests;

    private RecordCopy(RecordBatch batch)
    {
        (_resource, _plan, _rows) = (batch.Resource, Plan.Of(batch.Resource), [.. batch.Rows]);
        _digests = new byte[_rows.Length][];
        for (var i = 0; i < _rows.Length; i++)
        {
            _digests[i] = RecordDigest.Of(_resource, _rows[i].Key, 1, RecordDigest.Inserted, _rows[i].Values, null, null);
        }
    }

    /// <summary>Computes what can be computed before the database is asked, so that a thread of its own can do it.</summary>
    public static RecordCopy Prepare(RecordBatch batch) => new(batch);

    /// <summary>Writes batches of one schema as one act, inside the caller's transaction.</summary>
    public static async Task Insert(
        Session session, string schema, Act act, IReadOnlyList<RecordCopy> batches, TimeProvider time, CancellationToken cancel)
    {
        var id = await session.Scalar<long>(
            $"select nextval(pg_get_serial_sequence({Sql.Name(schema, "act").Text}, 'id'))", cancel);
        var now = time.GetUtcNow();
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        foreach (var batch in batches.Where(batch => batch._rows.Length > 0))
        {
            await batch.CopyRows(session, act, id, at, cancel);
        }

        await CopyJournal(session, schema, id, batches, cancel);
        await Journal.WriteAct(
            session, schema, act, id, at, batches.Sum(batch => batch._rows.Length),
            RecordDigest.OfAct(batches.SelectMany(batch => batch._digests)), cancel);
    }

    private async Task CopyRows(Session session, Act act, long id, DateTimeOffset at, CancellationToken cancel)
    {
        await using var copy = await session.Copy(
            Sql.Trusted($"{_plan.Table} ({string.Join(", ", _plan.Stored)})"), cancel);
        var types = _plan.Fields.Select(field => field.Type).ToArray();
        var sources = new SourcesOf(_plan, act);
        foreach (var (key, values) in _rows)
        {
            copy.StartRow();
            if (_resource.Key is null)
            {
                copy.Write(key, NpgsqlDbType.Text);
            }

            copy.Write(1, NpgsqlDbType.Integer);
            copy.Write(id, NpgsqlDbType.Bigint);
            copy.Write(at, NpgsqlDbType.TimestampTz);
            if (_resource.ValidTime)
            {
                copy.WriteNull();
                copy.WriteNull();
            }

            if (_resource.Provenance)
            {
                copy.Write(sources.Of(values), NpgsqlDbType.Jsonb);
            }

            for (var i = 0; i < types.Length; i++)
            {
                types[i].WriteTo(copy, values[i]);
            }
        }

        await copy.CompleteAsync(cancel);
    }

    private static async Task CopyJournal(
        Session session, string schema, long id, IReadOnlyList<RecordCopy> batches, CancellationToken cancel)
    {
        await using var copy = await session.Copy(
            Sql.Of($"{Sql.Name(schema, "journal")} (act, ordinal, resource, key, version, op, digest)"), cancel);
        var ordinal = 0;
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch._rows.Length; i++)
            {
                copy.StartRow();
                copy.Write(id, NpgsqlDbType.Bigint);
                copy.Write(ordinal++, NpgsqlDbType.Integer);
                copy.Write(batch._resource.Id, NpgsqlDbType.Text);
                copy.Write(batch._rows[i].Key, NpgsqlDbType.Text);
                copy.Write(1, NpgsqlDbType.Integer);
                copy.Write((byte)RecordDigest.Inserted, NpgsqlDbType.InternalChar);
                copy.Write(batch._digests[i], NpgsqlDbType.Bytea);
            }
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>
    /// Each value comes from the office that has authority over its field, as it would in a city where the offices
    /// have fed the record. Rows with values in the same fields share one text.
    /// </summary>
    private sealed class SourcesOf(Plan plan, Act act)
    {
        private static readonly ConcurrentDictionary<(ResourceDefinition, string, UInt128), string> Known = [];

        public string Of(object?[] values)
        {
            UInt128 filled = 0;
            for (var i = 0; i < values.Length && i < 128; i++)
            {
                filled |= values[i] is null ? 0 : UInt128.One << i;
            }

            var key = (plan.Definition, act.Source ?? act.Who.Office, filled);
            return Known.TryGetValue(key, out var text) ? text : Known.GetOrAdd(key, Make(values));
        }

        private string Make(object?[] values) => JsonSerializer.Serialize(plan.Fields
            .Where((field, i) => values[i] is not null && field.Authority is not null && field.Authority != act.Source)
            .ToDictionary(field => field.Name, field => field.Authority));
    }
}
