using System.Data.Common;
using System.Globalization;
using Npgsql;
using Npgsql.PostgresTypes;
using NpgsqlTypes;
using Shali.FrontNode.Databases;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>A table of a PostgreSQL whose changes are followed; here it is read in the ordinary way, and asked about its log.</summary>
internal sealed class ReplicatedTable(Engine engine, DbConnection connection, PlaceSettings place) : TableSource(engine, connection, place.Table)
{
    private const string Seen = "select pg_current_snapshot()::text, (pg_current_wal_insert_lsn() - '0/0')::text";

    private const string State =
        """
        select current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('wal_level'), coalesce(current_setting('max_slot_wal_keep_size', true), '-1'),
               coalesce((select rolreplication or rolsuper from pg_roles where rolname = current_user), false), current_user::text, current_database()::text,
               c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, c.relpersistence = 'p', c.relreplident::text,
               array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                     where i.indrelid = c.oid and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident)),
               (select to_jsonb(p)::text from pg_publication p where p.pubname = @p1),
               (select to_jsonb(t)::text from pg_publication_tables t where t.pubname = @p1 and t.schemaname = n.nspname and t.tablename = c.relname),
               (select to_jsonb(s)::text from pg_replication_slots s where s.slot_name = @p2),
               (case when pg_is_in_recovery() then 0 else pg_current_wal_flush_lsn() - '0/0' end)::text,
               coalesce((select case when pg_is_in_recovery() then 0 else pg_current_wal_lsn() - s.restart_lsn end from pg_replication_slots s where s.slot_name = @p2), 0)::bigint
        from (select to_regclass(@p0) as id) as named left join pg_class c on c.oid = named.id left join pg_namespace n on n.oid = c.relnamespace
        """;

    private const int FreeTries = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What the last look at all rows saw.</summary>
    public Moment? Looked { get; private set; }

    /// <summary>Transactions that were taken already: a look at all rows has to see them too.</summary>
    public IReadOnlyList<uint> MustSee { get; set; } = [];

    private ChangesSettings Settings => place.Changes!;

    public static async Task<ReplicatedTable> OpenAt(PlaceSettings place, CancellationToken cancel)
    {
        var engine = Engine.Find(place.Kind)!;
        return new(engine, await engine.Open(place, cancel), place);
    }

    public async Task<SourceState> Ask(CancellationToken cancel)
    {
        await using var command = Engine.Command(Connection, null, State, Engine.Table(Table), Settings.Publication, Settings.Slot);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        string? Word(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new()
        {
            Version = reader.GetInt32(0),
            IsStandby = reader.GetBoolean(1),
            WalLevel = reader.GetString(2),
            KeptMost = reader.GetString(3),
            MayReplicate = reader.GetBoolean(4),
            Role = reader.GetString(5),
            Database = reader.GetString(6),
            Table = reader.IsDBNull(7) ? null : (uint)reader.GetInt64(7),
            Schema = Word(8) ?? "",
            Name = Word(9) ?? "",
            Kind = Word(10) ?? "",
            IsLogged = !reader.IsDBNull(11) && reader.GetBoolean(11),
            Identity = Word(12) ?? "",
            IdentityColumns = reader.GetFieldValue<string[]>(13),
            Publication = Word(14),
            Published = Word(15),
            SlotRow = Word(16),
            Place = ulong.Parse(reader.GetString(17), CultureInfo.InvariantCulture),
            Held = reader.GetInt64(18),
        };
    }

    /// <summary>The table as its catalogue has it now.</summary>
    public async Task<TableLayout> Layout(SourceState state, IReadOnlyList<string> wanted, IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var values = await Values(wanted, cancel);
        var columns = new Dictionary<string, LayoutColumn>(StringComparer.Ordinal);
        await using var command = Engine.Command(
            Connection, null, "select attname::text, atttypid::bigint, atttypmod, attgenerated <> '' from pg_attribute where attrelid = @p0 and attnum > 0 and not attisdropped", (long)state.Table!.Value);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var name = reader.GetString(0);
            columns[name] = new(name, (uint)reader.GetInt64(1), reader.GetInt32(2), reader.GetBoolean(3), values.GetValueOrDefault(name));
        }

        return new(state.Table.Value, state.Schema, state.Name, [.. wanted.Select(name => columns[name])], [.. keys.Select(key => wanted.ToList().IndexOf(key))]);
    }

    /// <summary>Waits for transactions that began earlier; what is committed from then on is told.</summary>
    public async Task MakeSlot(CancellationToken cancel)
    {
        try
        {
            await using var command = Engine.Command(Connection, null, "select pg_create_logical_replication_slot(@p0, 'pgoutput')", Settings.Slot);
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ConfigurationLimitExceeded or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            throw new FlowStopped(Text.CannotMakeSlot(Settings.Slot, refused.MessageText));
        }
    }

    public async Task DropSlot(CancellationToken cancel)
    {
        await Free(cancel);
        await using var command = Engine.Command(Connection, null, "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = @p0", Settings.Slot);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Waits a little for the end of a connection that has just been closed.</summary>
    /// <exception cref="SourceAwayException">Somebody else uses the slot.</exception>
    public async Task<SourceState> Free(CancellationToken cancel)
    {
        for (var tries = 0; tries < FreeTries; tries++)
        {
            var state = await Ask(cancel);
            if (state.Slot is not { IsActive: true })
            {
                return state;
            }

            await Task.Delay(Pause, cancel);
        }

        throw new SourceAwayException(Text.SlotInUse(Settings.Slot));
    }

    /// <summary>Single rows, all at one moment; null: there is none any more.</summary>
    /// <param name="rows">What names them, as the log writes it.</param>
    /// <param name="transactions">Those that told of them: the moment is after them.</param>
    public async Task<(Moment Moment, IReadOnlyList<ReadRow?> Rows)> Again(
        IReadOnlyList<string> wanted, IReadOnlyList<string> keys, IReadOnlyList<string[]> rows, IReadOnlyCollection<uint> transactions, CancellationToken cancel)
    {
        while (true)
        {
            await using var transaction = await Connection.BeginTransactionAsync(Engine.OneMoment, cancel);
            var moment = await MomentOf(transaction, cancel);
            if (transactions.All(moment.Sees))
            {
                return (moment, await Named(wanted, keys, rows, transaction, cancel));
            }

            // The log is a moment ahead of what others see.
            await transaction.RollbackAsync(cancel);
            await Task.Delay(Pause, cancel);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SourceAwayException">It does not see yet what the log has told already.</exception>
    protected override async Task Begun(DbTransaction transaction, CancellationToken cancel)
    {
        var moment = await MomentOf(transaction, cancel);
        Looked = MustSee.All(moment.Sees) ? moment : throw new SourceAwayException(Text.LogAhead);
    }

    private async Task<Moment> MomentOf(DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = Engine.Command(Connection, transaction, Seen);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new(reader.GetString(0), ulong.Parse(reader.GetString(1), CultureInfo.InvariantCulture));
    }

    private async Task<IReadOnlyList<ReadRow?>> Named(IReadOnlyList<string> wanted, IReadOnlyList<string> keys, IReadOnlyList<string[]> rows, DbTransaction transaction, CancellationToken cancel)
    {
        var found = new List<ReadRow?>();
        await using var command = Engine.Command(
            Connection, transaction,
            $"select {string.Join(", ", wanted.Select(Engine.Quote))} from {Engine.Table(Table)} where {string.Join(" and ", keys.Select((key, i) => string.Create(CultureInfo.InvariantCulture, $"{Engine.Quote(key)} = @p{i}")))} limit 1",
            new object?[keys.Count]);
        foreach (NpgsqlParameter parameter in command.Parameters)
        {
            // The server reads the text as the column's own kind.
            parameter.NpgsqlDbType = NpgsqlDbType.Unknown;
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i];
            }

            await using var reader = await command.ExecuteReaderAsync(cancel);
            found.Add(await reader.ReadAsync(cancel) ? Read(reader, wanted.Count, marked: false) : null);
        }

        return found;
    }

    /// <summary>What an ordinary read gives for each column.</summary>
    private async Task<Dictionary<string, Type>> Values(IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        var values = new Dictionary<string, Type>(StringComparer.Ordinal);
        await using var command = Engine.Command(Connection, null, $"select {string.Join(", ", wanted.Select(Engine.Quote))} from {Engine.Table(Table)} where 1 = 0");
        await using var reader = (NpgsqlDataReader)await command.ExecuteReaderAsync(cancel);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            try
            {
                // Words of a list that the department made itself are read as texts.
                values[reader.GetName(i)] = reader.GetPostgresType(i) is PostgresEnumType ? typeof(string) : reader.GetFieldType(i);
            }
            catch (Exception unknown) when (unknown is InvalidCastException or NotSupportedException)
            {
                // A kind that the driver does not know: its rows are read in the ordinary way, which says so.
            }
        }

        return values;
    }
}
