using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Writes the new and changed rows of a chunk, and ends what is gone: table and journal by binary COPY, past versions beside
/// them, all under one act. The caller holds the transaction.
/// </summary>
internal sealed class ChunkWriter(
    ResourceDefinition resource, Act act, IReadOnlyList<RecordGuard> guards, Func<string, ResourceDefinition?> resources, TimeProvider time)
{
    private readonly Plan _plan = Plan.Of(resource);
    private readonly Dictionary<UInt128, string> _sources = [];

    /// <summary>The number of the act; 0 when there was nothing to write.</summary>
    public Task<long> Write(Session session, Chunk chunk, Action<string> step, CancellationToken cancel) => Write(session, chunk.Rows, step, cancel);

    /// <inheritdoc cref="Write(Session, Chunk, Action{string}, CancellationToken)"/>
    public async Task<long> Write(Session session, IEnumerable<LoadRow> all, Action<string> step, CancellationToken cancel)
    {
        var rows = all.Where(row => row.Fate is Fate.New or Fate.Changed or Fate.Gone).ToList();
        if (rows.Count == 0)
        {
            return 0;
        }

        var id = await session.Scalar<long>(
            $"select nextval(pg_get_serial_sequence({Sql.Name(resource.Schema, "act").Text}, 'id'))", cancel);
        var writing = new WriteSession(session, resource.Schema, act, id, name => [.. guards.Where(guard => guard.Resource == name)], time)
            .Knowing(resources);
        await MayEnd(rows, writing, cancel);
        if (rows.Count == 0)
        {
            return 0;
        }

        var changed = rows.Where(row => row.Fate is Fate.Changed or Fate.Gone).Select(row => row.Key).ToArray();
        if (changed.Length > 0)
        {
            await Supersede(session, changed, writing, cancel);
            step("superseded");
        }

        await CopyRows(session, rows, writing, cancel);
        step("copied");
        if (guards.Any(guard => guard.Resource == resource.Id))
        {
            string[] keys = [.. rows.Where(row => row.Fate != Fate.Gone).Select(row => row.Key)];
            foreach (var guard in guards.Where(guard => guard.Resource == resource.Id))
            {
                await guard.AfterLoad(writing, keys, cancel);
            }
        }

        var digest = await CopyJournal(session, rows, writing, cancel);
        step("journaled");
        await Journal.WriteAct(session, resource.Schema, act, id, writing.At, rows.Count + writing.Journal.Count, digest, cancel);
        return id;
    }

    /// <summary>The guards of the resource may say that a record must not end; then its row is a bad one.</summary>
    private async Task MayEnd(List<LoadRow> rows, WriteSession writing, CancellationToken cancel)
    {
        foreach (var guard in guards.Where(guard => guard.Resource == resource.Id))
        {
            foreach (var row in rows.Where(row => row.Fate == Fate.Gone))
            {
                foreach (var refusal in await guard.Judge(writing, row.Before, null, cancel))
                {
                    row.Refuse(refusal);
                }
            }
        }

        rows.RemoveAll(row => row.Fate == Fate.Bad);
    }

    /// <summary>Old versions go to the past; the new ones come with the COPY.</summary>
    private async Task Supersede(Session session, string[] keys, WriteSession writing, CancellationToken cancel)
    {
        var columns = Sql.Trusted(string.Join(", ", _plan.Stored));
        await session.Run(
            $"""
            insert into {Sql.Trusted(_plan.Past)} ({columns}, _ended_at, _ended_act)
            select {columns}, {writing.At}, {writing.Id} from {Sql.Trusted(_plan.Table)}
            where {Sql.Trusted(_plan.KeyColumn)} = any({keys})
            """,
            cancel);
        await session.Run(
            $"delete from {Sql.Trusted(_plan.Table)} where {Sql.Trusted(_plan.KeyColumn)} = any({keys})", cancel);
    }

    private async Task CopyRows(Session session, List<LoadRow> rows, WriteSession writing, CancellationToken cancel)
    {
        await using var copy = await session.Copy(
            Sql.Trusted($"{_plan.Table} ({string.Join(", ", _plan.Stored)})"), cancel);
        var types = _plan.Fields.Select(field => field.Type).ToArray();
        foreach (var row in rows.Where(row => row.Fate != Fate.Gone))
        {
            // The importer buffers: it goes to the network only when its buffer is full.
            copy.StartRow();
            SystemColumns(copy, row, writing);
            for (var i = 0; i < types.Length; i++)
            {
                types[i].WriteTo(copy, row.Values[i]);
            }
        }

        await copy.CompleteAsync(cancel);
    }

    private void SystemColumns(NpgsqlBinaryImporter copy, LoadRow row, WriteSession writing)
    {
        if (resource.Key is null)
        {
            copy.Write(row.Key, NpgsqlDbType.Text);
        }

        copy.Write(row.Version, NpgsqlDbType.Integer);
        copy.Write(writing.Id, NpgsqlDbType.Bigint);
        copy.Write(writing.At, NpgsqlDbType.TimestampTz);
        if (resource.ValidTime)
        {
            Day(copy, row.ValidFrom);
            Day(copy, row.ValidTo);
        }

        if (resource.Provenance)
        {
            copy.Write(Sources(row), NpgsqlDbType.Jsonb);
        }
    }

    private static void Day(NpgsqlBinaryImporter copy, DateOnly? day)
    {
        if (day is { } value)
        {
            copy.Write(value, NpgsqlDbType.Date);
        }
        else
        {
            copy.WriteNull();
        }
    }

    private string Sources(LoadRow row)
    {
        var office = act.Source ?? act.Who.Office;
        if (row.Before is { } before)
        {
            var changed = _plan.Fields.Where((_, i) => !Equals(row.Values[i], before.Values[i])).Select(field => field.Name);
            return Provenance.Write(Provenance.After(before.Sources, changed, office));
        }

        // Most rows have values in the same fields: the text is made once for each combination.
        UInt128 filled = 0;
        for (var i = 0; i < row.Values.Length && i < 128; i++)
        {
            filled |= row.Values[i] is null ? 0 : UInt128.One << i;
        }

        if (row.Values.Length > 128 || !_sources.TryGetValue(filled, out var text))
        {
            var names = _plan.Fields.Where((_, i) => row.Values[i] is not null).Select(field => field.Name);
            text = Provenance.Write(Provenance.After(new Dictionary<string, string>(StringComparer.Ordinal), names, office));
            if (row.Values.Length <= 128 && _sources.Count < 10_000)
            {
                _sources[filled] = text;
            }
        }

        return text;
    }

    private async Task<byte[]> CopyJournal(Session session, List<LoadRow> rows, WriteSession writing, CancellationToken cancel)
    {
        var lines = rows
            .Select(row => new JournalRow(
                resource.Id, row.Key, row.Version,
                row.Fate switch { Fate.New => RecordDigest.Inserted, Fate.Gone => RecordDigest.Deleted, _ => RecordDigest.Updated },
                row.Digest!))
            .Concat(writing.Journal);
        var digests = new List<byte[]>(rows.Count);
        var ordinal = 0;
        await using (var copy = await session.Copy(
            Sql.Of($"{Sql.Name(resource.Schema, "journal")} (act, ordinal, resource, key, version, op, digest)"), cancel))
        {
            foreach (var line in lines)
            {
                copy.StartRow();
                copy.Write(writing.Id, NpgsqlDbType.Bigint);
                copy.Write(ordinal++, NpgsqlDbType.Integer);
                copy.Write(line.Resource, NpgsqlDbType.Text);
                copy.Write(line.Key, NpgsqlDbType.Text);
                copy.Write(line.Version, NpgsqlDbType.Integer);
                copy.Write((byte)line.Operation, NpgsqlDbType.InternalChar);
                copy.Write(line.Digest, NpgsqlDbType.Bytea);
                digests.Add(line.Digest);
            }

            await copy.CompleteAsync(cancel);
        }

        return RecordDigest.OfAct(digests);
    }
}
