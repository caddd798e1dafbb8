using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>Reads and writes inside one act. Reads lock what they return and see the changes made so far.</summary>
public sealed class WriteSession
{
    private readonly Session _session;
    private readonly string _schema;
    private readonly Act _act;
    private readonly Func<string, IReadOnlyList<RecordGuard>> _guards;
    private readonly TimeProvider _time;
    private readonly List<JournalRow> _journal = [];
    private readonly List<(string Key, int Version)> _written = [];
    private readonly List<Sql> _waiting = [];

    // What this act has read, and so locked, or written: a link to it leads somewhere.
    private readonly HashSet<(string Resource, string Key)> _held = [];
    private readonly Dictionary<(string Resource, string Key), (int Version, bool Exists)> _foreseen = [];

    internal WriteSession(
        Session session, string schema, Act act, long id, Func<string, IReadOnlyList<RecordGuard>> guards, TimeProvider time)
    {
        (_session, _schema, _act, Id, _guards, _time) = (session, schema, act, id, guards, time);
        // PostgreSQL keeps microseconds: what we answer is what is stored.
        var now = time.GetUtcNow();
        At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>The moment that every row of the act carries.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The number of the act.</summary>
    public long Id { get; }

    public Act Act => _act;

    /// <summary>For a system's own tables beside its resources; in the same transaction.</summary>
    public Session Session => _session;

    internal IReadOnlyList<JournalRow> Journal => _journal;

    internal IReadOnlyList<(string Key, int Version)> Written => _written;

    /// <summary>
    /// The changes go to the server together, when something is read or at the end with the journal: few round trips
    /// for an act that has read all that it needs. Whoever uses <see cref="Session"/> beside it calls <see cref="Send"/> first.
    /// </summary>
    public bool Gathers { get; set; }

    /// <summary>A statement of the system's own tables, to go with the next ones that are sent.</summary>
    public void Later(Sql statement) => _waiting.Add(statement);

    internal void Later(IEnumerable<Sql> statements) => _waiting.AddRange(statements);

    /// <summary>Sends what waits, in one message.</summary>
    public async Task Send(CancellationToken cancel = default)
    {
        if (_waiting.Count > 0)
        {
            await _session.Together(_waiting, cancel);
            _waiting.Clear();
        }
    }

    private Task Run(Sql statement, CancellationToken cancel)
    {
        if (!Gathers)
        {
            return _session.Run(statement, cancel);
        }

        Later(statement);
        return Task.CompletedTask;
    }

    public async Task<Record?> Get(ResourceDefinition resource, string key, CancellationToken cancel = default)
    {
        await Send(cancel);
        var plan = Of(resource);
        var record = await _session.One(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)}
            where {Sql.Trusted(plan.KeyColumn)} = {key} for update
            """,
            plan.Read,
            cancel);
        if (record is not null)
        {
            _held.Add((resource.Id, record.Key));
        }

        return record;
    }

    public async Task<IReadOnlyList<Record>> List(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default)
    {
        await Send(cancel);
        var plan = Of(resource);
        var sql = QuerySql.Select(plan, query).Value;
        return await _session.List(query.AsOf is null && query.ValidOn is null ? sql + Sql.Trusted(" for update") : sql, plan.Read, cancel);
    }

    /// <summary>Asks once what the inserts of an act that knows its many new keys beforehand would each ask on their own.</summary>
    /// <param name="keys">As the platform writes them.</param>
    public async Task Foresee(ResourceDefinition resource, IEnumerable<string> keys, CancellationToken cancel = default)
    {
        await Send(cancel);
        var next = await _session.List(
            $"select key, ({Exists(Of(resource), Sql.Trusted("asked.key"))}), ({Last(resource, Sql.Trusted("asked.key"))}) from unnest({keys.ToArray()}) as asked (key)",
            row => (Key: row.GetString(0), Next: Next(row, 1)),
            cancel);
        foreach (var (key, known) in next)
        {
            _foreseen[(resource.Id, key)] = known;
        }
    }

    /// <summary>Serialises all acts that lock the same words, until the end of the transaction.</summary>
    public Task Lock(string words, CancellationToken cancel = default) =>
        _session.Run($"select pg_advisory_xact_lock(hashtextextended({_schema + ":" + words}, 7))", cancel);

    /// <summary>Writes at once inside the transaction; the key that was used, or why the change is refused.</summary>
    public Task<Outcome<string>> Apply(Change change, CancellationToken cancel = default)
    {
        var plan = Of(change.Resource);
        return change switch
        {
            Change.Insert insert => Insert(plan, insert, cancel),
            Change.Update update => Update(plan, update, cancel),
            Change.Delete delete => Delete(plan, delete, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }

    private async Task<Outcome<string>> Insert(Plan plan, Change.Insert insert, CancellationToken cancel)
    {
        var resource = plan.Definition;
        var given = resource.Key is { } keyField && insert.Key.Length > 0 && !insert.Values.ContainsKey(keyField)
            ? new Dictionary<string, object?>(insert.Values, StringComparer.Ordinal) { [keyField] = insert.Key }
            : insert.Values;
        var values = RecordCheck.Whole(resource, given);
        if (!values.Ok)
        {
            return values.Refusals;
        }

        var key = resource.Key is null
            ? insert.Key.Length > 0 ? insert.Key : Ulid.Next(_time)
            : KeyText(plan, values.Value);
        if (key.Length == 0)
        {
            return new Refusal("REG-F02", resource.Key!, Text.Missing(resource.Field(resource.Key!)!.Label));
        }

        var mayExist = !insert.Fresh && (insert.Key.Length > 0 || resource.Key is not null);
        var (version, exists) = await NextVersion(plan, key, mayExist, cancel);
        if (exists)
        {
            return new Refusal("REG-W01", resource.Key ?? "", Text.AlreadyThere);
        }

        var record = new Record(resource, key, values.Value)
        {
            Version = version,
            Act = Id,
            ChangedAt = At,
            ValidFrom = resource.ValidTime ? insert.ValidFrom ?? At.Local().Day() : null,
            ValidTo = resource.ValidTime ? insert.ValidTo : null,
            Sources = Sources(plan, null, values.Value),
        };
        var refusals = await Judge(plan, null, record, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        var columns = Sql.Trusted(string.Join(", ", plan.Stored));
        await Run($"insert into {Sql.Trusted(plan.Table)} ({columns}) values ({Sql.Join(", ", Stored(plan, record))})", cancel);
        Note(record, RecordDigest.Inserted, version);
        return key;
    }

    private async Task<Outcome<string>> Update(Plan plan, Change.Update update, CancellationToken cancel)
    {
        var resource = plan.Definition;
        if ((update.Before ?? await Get(resource, update.Key, cancel)) is not { } before)
        {
            return new Refusal("REG-W02", "", Text.Gone);
        }

        if (update.Expected is { } expected && expected != before.Version)
        {
            return new Refusal("REG-W03", "", Text.Conflict);
        }

        var values = RecordCheck.Changed(resource, before.Values, update.Values);
        if (!values.Ok)
        {
            return values.Refusals;
        }

        if (resource.Key is not null && KeyText(plan, values.Value) != before.Key)
        {
            return new Refusal("REG-W04", resource.Key, Text.KeyChanged);
        }

        var validFrom = resource.ValidTime ? update.ValidFrom ?? before.ValidFrom : null;
        var validTo = resource.ValidTime ? update.OpenEnded ? null : update.ValidTo ?? before.ValidTo : null;
        if (before.Values.SequenceEqual(values.Value) && validFrom == before.ValidFrom && validTo == before.ValidTo)
        {
            return before.Key;
        }

        var record = new Record(resource, before.Key, values.Value)
        {
            Version = before.Version + 1,
            Act = Id,
            ChangedAt = At,
            ValidFrom = validFrom,
            ValidTo = validTo,
            Sources = Sources(plan, before, values.Value),
        };
        var refusals = await Judge(plan, before, record, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        await Supersede(plan, before.Key, validFrom > before.ValidFrom ? validFrom : null, cancel);
        var columns = plan.Stored.Zip(Stored(plan, record), (column, value) => Sql.Of($"{Sql.Trusted(column)} = {value}"));
        await Run(
            $"update {Sql.Trusted(plan.Table)} set {Sql.Join(", ", columns)} where {Sql.Trusted(plan.KeyColumn)} = {before.Key}", cancel);
        Note(record, RecordDigest.Updated, record.Version);
        return before.Key;
    }

    private async Task<Outcome<string>> Delete(Plan plan, Change.Delete delete, CancellationToken cancel)
    {
        if (await Get(plan.Definition, delete.Key, cancel) is not { } before)
        {
            return new Refusal("REG-W02", "", Text.Gone);
        }

        if (delete.Expected is { } expected && expected != before.Version)
        {
            return new Refusal("REG-W03", "", Text.Conflict);
        }

        var refusals = await Judge(plan, before, null, cancel);
        if (refusals.Any)
        {
            return refusals;
        }

        await Supersede(plan, before.Key, null, cancel);
        await Run($"delete from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = {before.Key}", cancel);
        Note(before, RecordDigest.Deleted, before.Version + 1);
        _held.Remove((plan.Definition.Id, before.Key));
        _foreseen.Remove((plan.Definition.Id, before.Key));
        return before.Key;
    }

    private async Task<Refusals> Judge(Plan plan, Record? before, Record? after, CancellationToken cancel)
    {
        var refusals = after is null ? Refusals.None : await Constraints(plan, before, after, cancel);
        foreach (var guard in _guards(plan.Definition.Id))
        {
            refusals = refusals.And(await guard.Judge(this, before, after, cancel));
        }

        return refusals;
    }

    private async Task<Refusals> Constraints(Plan plan, Record? before, Record after, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        if (after.ValidTo < after.ValidFrom)
        {
            refusals.Add(new("REG-W08", "valid_to", Text.EndsBefore));
        }

        for (var i = 0; i < plan.Fields.Length; i++)
        {
            var (field, value) = (plan.Fields[i], after.Values[i]);
            if (value is null || Equals(value, before?.Values[i]))
            {
                continue;
            }

            if (field.Unique && field.Name != plan.Definition.Key && await Exists(plan, field, value, after.Key, cancel))
            {
                refusals.Add(new("REG-W05", field.Name, Text.NotUnique(field.Label)));
            }

            // A link within the system must lead somewhere; links into other systems are checked by their readers.
            if (field.Target is { } target && target.StartsWith(plan.Definition.Id.Split('/')[0] + "/", StringComparison.Ordinal)
                && _targets?.Invoke(target) is { } resource && !_held.Contains((resource.Id, (string)value)) && await Get(resource, (string)value, cancel) is null)
            {
                refusals.Add(new("REG-W06", field.Name, Text.NoTarget(field.Label)));
            }

            if (field.Type.Name == FieldKind.File && !await _session.Scalar<bool>(
                $"select exists (select 1 from registry.file where sha256 = {(string)value})", cancel))
            {
                refusals.Add(new("REG-F22", field.Name, Text.NoFile(field.Label)));
            }
        }

        return new(refusals);
    }

    private Func<string, ResourceDefinition?>? _targets;

    internal WriteSession Knowing(Func<string, ResourceDefinition?> targets)
    {
        _targets = targets;
        return this;
    }

    private async Task<bool> Exists(Plan plan, FieldDefinition field, object value, string key, CancellationToken cancel)
    {
        await Send(cancel);
        return await _session.Scalar<bool>(
            $"""
            select exists (select 1 from {Sql.Trusted(plan.Table)}
                where {Sql.Name(field.Name)} = {Sql.Value(value, field.Type.DbType)} and {Sql.Trusted(plan.KeyColumn)} <> {key})
            """,
            cancel);
    }

    // A key that stood here before, and was deleted, goes on counting: history has one line.
    private async Task<(int Version, bool Exists)> NextVersion(Plan plan, string key, bool mayExist, CancellationToken cancel)
    {
        if (!mayExist)
        {
            return (1, false);
        }

        // What was foreseen holds for one change of this act.
        if (_foreseen.Remove((plan.Definition.Id, key), out var known))
        {
            return known;
        }

        await Send(cancel);
        return await _session.One($"select ({Exists(plan, Sql.Of($"{key}"))}), ({Last(plan.Definition, Sql.Of($"{key}"))})", row => Next(row, 0), cancel);
    }

    private static (int Version, bool Exists) Next(NpgsqlDataReader row, int column) =>
        (row.IsDBNull(column + 1) ? 1 : row.GetInt32(column + 1) + 1, row.GetBoolean(column));

    private static Sql Exists(Plan plan, Sql key) =>
        Sql.Of($"select exists (select 1 from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = {key})");

    private Sql Last(ResourceDefinition resource, Sql key) =>
        Sql.Of($"select max(version) from {Sql.Name(_schema, "journal")} as journal where journal.resource = {resource.Id} and journal.key = {key}");

    private Task Supersede(Plan plan, string key, DateOnly? supersededFrom, CancellationToken cancel)
    {
        var columns = Sql.Trusted(string.Join(", ", plan.Stored));
        return Run(
            $"""
            insert into {Sql.Trusted(plan.Past)} ({columns}, _ended_at, _ended_act, _superseded_from)
            select {columns}, {At}, {Id}, {Sql.Value(supersededFrom, NpgsqlDbType.Date)}
            from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = {key}
            """,
            cancel);
    }

    private static IEnumerable<Sql> Stored(Plan plan, Record record)
    {
        if (plan.Definition.Key is null)
        {
            yield return Sql.Value(record.Key, NpgsqlDbType.Text);
        }

        yield return Sql.Value(record.Version, NpgsqlDbType.Integer);
        yield return Sql.Value(record.Act, NpgsqlDbType.Bigint);
        yield return Sql.Value(record.ChangedAt, NpgsqlDbType.TimestampTz);
        if (plan.Definition.ValidTime)
        {
            yield return Sql.Value(record.ValidFrom, NpgsqlDbType.Date);
            yield return Sql.Value(record.ValidTo, NpgsqlDbType.Date);
        }

        if (plan.Definition.Provenance)
        {
            yield return Sql.Value(Provenance.Write(record.Sources), NpgsqlDbType.Jsonb);
        }

        for (var i = 0; i < plan.Fields.Length; i++)
        {
            yield return Sql.Value(record.Values[i], plan.Fields[i].Type.DbType);
        }
    }

    private Dictionary<string, string> Sources(Plan plan, Record? before, object?[] values)
    {
        if (!plan.Definition.Provenance)
        {
            return [];
        }

        var changed = plan.Fields.Where((_, i) => before is null ? values[i] is not null : !Equals(values[i], before.Values[i]));
        return Provenance.After(
            before?.Sources ?? new Dictionary<string, string>(StringComparer.Ordinal),
            changed.Select(field => field.Name),
            _act.Source ?? _act.Who.Office);
    }

    private static string KeyText(Plan plan, object?[] values)
    {
        var position = plan.Position(plan.Definition.Key!);
        return plan.Fields[position].Type.Write(plan.Fields[position], values[position]);
    }

    private void Note(Record record, char operation, int version)
    {
        _journal.Add(new(record.Definition.Id, record.Key, version, operation, RecordDigest.Of(record, operation, version)));
        _written.Add((record.Key, version));
        _held.Add((record.Definition.Id, record.Key));
    }

    private Plan Of(ResourceDefinition resource) => resource.Schema == _schema
        ? Plan.Of(resource)
        : throw new ArgumentException($"An act writes one schema: {_schema}, not {resource.Schema}.", nameof(resource));
}

/// <summary>One line of the journal before it is numbered.</summary>
internal sealed record JournalRow(string Resource, string Key, int Version, char Operation, byte[] Digest);
