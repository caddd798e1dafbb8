using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;
using Shali.FrontNode.Databases;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>The connection on which a source tells its changes. A transaction comes when it is committed, whole and in the order of the commits.</summary>
internal sealed class ChangeStream : IAsyncDisposable
{
    // So that the log's texts are those that LogText reads, whatever the server or the role has set.
    private const string Forms = "-c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex -c extra_float_digits=1";

    /// <summary>A server that lives answers within this when it is asked to stop.</summary>
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(3);

    private readonly LogicalReplicationConnection _connection;
    private readonly PlaceSettings _place;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<uint, Mapping> _mappings = [];
    private IAsyncEnumerator<PgOutputReplicationMessage>? _messages;
    private Task<bool>? _next;
    private int _session;

    private ChangeStream(LogicalReplicationConnection connection, PlaceSettings place, TableLayout layout) =>
        (_connection, _place, Layout) = (connection, place, layout);

    public TableLayout Layout { get; }

    private ChangesSettings Settings => _place.Changes!;

    /// <summary>Which server this is, and which life of it.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Up to here the log was read by the source; while <see cref="Next"/> waits, all that it says before was told.</summary>
    public ulong Read => (ulong)_connection.LastReceivedLsn;

    public static async Task<ChangeStream> Open(PlaceSettings place, TableLayout layout, CancellationToken cancel)
    {
        var at = Engine.PostgreSqlAt(place);
        at.Timezone = "UTC";
        at.Options = string.IsNullOrEmpty(at.Options) ? Forms : at.Options + " " + Forms;
        var stream = new ChangeStream(new(at.ConnectionString), place, layout);
        try
        {
            await stream._connection.Open(cancel);
            stream._session = stream._connection.ProcessID;
            var system = await stream._connection.IdentifySystem(cancel);
            stream.Server = $"{system.SystemId}/{system.Timeline.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when there is an entry to take. The same one until it is taken.</summary>
    public Task<bool> Next()
    {
        _messages ??= _connection.StartReplication(
            new PgOutputReplicationSlot(Settings.Slot), new PgOutputReplicationOptions(Settings.Publication, PgOutputProtocolVersion.V1), _end.Token).GetAsyncEnumerator(CancellationToken.None);
        return _next ??= _messages.MoveNextAsync().AsTask();
    }

    /// <summary>The entry for which <see cref="Next"/> has completed.</summary>
    /// <param name="pass">Changes of rows are not wanted.</param>
    public async Task<LogEntry> Take(bool pass, CancellationToken cancel)
    {
        if (!await Next())
        {
            throw new SourceAwayException(Text.StreamEnded);
        }

        _next = null;
        return _messages!.Current switch
        {
            BeginMessage begun => new LogEntry.Begun(begun.TransactionXid, (ulong)begun.TransactionFinalLsn),
            CommitMessage ended => new LogEntry.Ended((ulong)ended.TransactionEndLsn),
            RelationMessage relation => Described(relation),
            InsertMessage insert => await Row(insert, insert.Relation, pass, cancel),
            UpdateMessage update => await Row(update, update.Relation, pass, cancel),
            DeleteMessage delete => await Row(delete, delete.Relation, pass, cancel),
            TruncateMessage truncate when truncate.Relations.Any(IsOurs) => new LogEntry.Emptied(),
            _ => new LogEntry.Other(),
        };
    }

    /// <summary>Everything before this place is kept here: the source need not keep it any more.</summary>
    public async Task Confirm(ulong place, CancellationToken cancel)
    {
        _connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(place));
        await Say(cancel);
    }

    /// <summary>Says where we are; a source that has read further answers with its place.</summary>
    public async Task Say(CancellationToken cancel)
    {
        if (_next is not { IsCompleted: false })
        {
            // It is said with the next message that is waited for.
            return;
        }

        try
        {
            await _connection.SendStatusUpdate(cancel);
        }
        catch (Exception ended) when (ended is InvalidOperationException or NullReferenceException)
        {
            // The connection broke this very moment (the driver then has no timer any more): the next message says why.
        }
    }

    public async ValueTask DisposeAsync()
    {
        var ended = End();
        if (await Task.WhenAny(ended, Task.Delay(Ending)) != ended)
        {
            // Now and then a server that was asked between two messages goes on, and the driver waits for its answer without end.
            await Cut();
            await Task.WhenAny(ended, Task.Delay(Ending));
        }

        // What nobody expected is not kept back.
        if (ended.IsCompleted)
        {
            await ended;
        }
    }

    private async Task End()
    {
        await _end.CancelAsync();
        try
        {
            if (_next is not null)
            {
                await _next;
            }
        }
        catch (Exception ended) when (IsAway(ended) || ended is OperationCanceledException or ObjectDisposedException)
        {
            // That it ends is what was wanted.
        }
        finally
        {
            await _connection.DisposeAsync();
            _end.Dispose();
        }
    }

    /// <summary>Ends our session from another one: a slot that it held on to would stay in use.</summary>
    private async Task Cut()
    {
        try
        {
            await using var another = await Engine.Find(_place.Kind)!.Open(_place, CancellationToken.None);
            await using var command = Engine.Command(another, null, "select pg_terminate_backend(@p0)", _session);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception away) when (IsAway(away) || away is SourceAwayException)
        {
            // The server is away, and our session with it.
        }
    }

    private static bool IsAway(Exception failure) => failure is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException;

    private static LogEntry.Changed Changed(string?[]? old, ReadCells row) =>
        new(old, new(row.Cells, null, null), row.Whole ? null : [.. row.Keys.Select(key => key ?? throw new LookNeededException(Text.KeyNotTold))]);

    private bool IsOurs(RelationMessage relation) => relation.RelationId == Layout.Id || (relation.Namespace == Layout.Schema && relation.RelationName == Layout.Name);

    private LogEntry.Other Described(RelationMessage relation)
    {
        _mappings[relation.RelationId] = Mapping.Of(relation, Layout);
        return new();
    }

    private async Task<LogEntry> Row(PgOutputReplicationMessage message, RelationMessage relation, bool pass, CancellationToken cancel)
    {
        if (!IsOurs(relation))
        {
            return new LogEntry.Other();
        }

        if (pass)
        {
            return new LogEntry.Passed();
        }

        var mapping = Known(relation);
        switch (message)
        {
            case InsertMessage insert:
                return Changed(null, await Row(insert.NewRow, mapping, null, cancel));
            case FullUpdateMessage update:
                var old = await Row(update.OldRow, mapping, null, cancel);
                return Changed(Named(old), await Row(update.NewRow, mapping, old, cancel));
            case IndexUpdateMessage update:
                return Changed(Named(await Row(update.Key, mapping, null, cancel)), await Row(update.NewRow, mapping, null, cancel));
            case UpdateMessage update:
                return Changed(null, await Row(update.NewRow, mapping, null, cancel));
            default:
                var gone = message is FullDeleteMessage full ? full.OldRow : ((KeyDeleteMessage)message).Key;
                return new LogEntry.Changed(Named(await Row(gone, mapping, null, cancel)), null, null);
        }
    }

    /// <summary>Where the columns stand.</summary>
    /// <exception cref="LookNeededException">The table was another one, or another shape of it, when this was written.</exception>
    private Mapping Known(RelationMessage relation) =>
        relation.RelationId == Layout.Id && _mappings.GetValueOrDefault(relation.RelationId) is { Fits: true } mapping ? mapping : throw new LookNeededException(Text.OtherShapeInLog);

    /// <param name="before">The whole old row, where the log tells it: from there comes what it does not repeat.</param>
    private async Task<ReadCells> Row(ReplicationTuple tuple, Mapping mapping, ReadCells? before, CancellationToken cancel)
    {
        var row = new ReadCells(Layout) { Whole = !mapping.Untold };
        var position = 0;
        await foreach (var value in tuple.WithCancellation(cancel))
        {
            var targets = mapping.Targets[position++];
            if (targets.Count == 0)
            {
                continue;
            }

            if (value.IsUnchangedToastedValue)
            {
                row.Keep(before, targets);
                continue;
            }

            row.Set(targets, value.IsDBNull ? null : await value.Get<string>(cancel));
        }

        return row;
    }

    /// <summary>The cells that named a row, all others empty.</summary>
    private string?[] Named(ReadCells row)
    {
        var cells = new string?[row.Cells.Length];
        foreach (var (key, i) in Layout.Keys.Select((key, i) => (key, i)))
        {
            cells[key] = row.Cells[key] ?? (row.Keys[i] is null ? null : throw new LookNeededException(Text.KeyNotTold));
        }

        return cells;
    }

    private sealed class ReadCells(TableLayout layout)
    {
        public string?[] Cells { get; } = new string?[layout.Wanted.Count];

        /// <summary>What names the row, as the log writes it.</summary>
        public string?[] Keys { get; } = new string?[layout.Keys.Count];

        /// <summary>The log says all of it.</summary>
        public bool Whole { get; set; }

        public void Set(IReadOnlyList<int> targets, string? text)
        {
            foreach (var target in targets)
            {
                var value = text is null ? null : LogText.Value(text, layout.Wanted[target].Value);
                Cells[target] = value is null ? null : Cell.Text(value);
                Whole &= text is null || value is not null;
                Name(target, text);
            }
        }

        /// <summary>What the log does not repeat stands in the old row, if anywhere.</summary>
        public void Keep(ReadCells? before, IReadOnlyList<int> targets)
        {
            Whole &= before is { Whole: true };
            if (before is null)
            {
                return;
            }

            foreach (var target in targets)
            {
                Cells[target] = before.Cells[target];
                Name(target, layout.Keys.ToList().IndexOf(target) is >= 0 and var key ? before.Keys[key] : null);
            }
        }

        private void Name(int target, string? text)
        {
            for (var i = 0; i < layout.Keys.Count; i++)
            {
                Keys[i] = layout.Keys[i] == target ? text : Keys[i];
            }
        }
    }

    /// <param name="Targets">For each column of the log, which of the wanted it is.</param>
    /// <param name="Fits">All are there, in the types that they have now.</param>
    /// <param name="Untold">One is wanted that the log never tells.</param>
    private sealed record Mapping(IReadOnlyList<IReadOnlyList<int>> Targets, bool Fits, bool Untold)
    {
        public static Mapping Of(RelationMessage relation, TableLayout layout)
        {
            var told = relation.Columns.Select(column => (column.ColumnName, column.DataTypeId, column.TypeModifier)).ToHashSet();
            return new(
                [.. relation.Columns.Select(column => (IReadOnlyList<int>)[.. Enumerable.Range(0, layout.Wanted.Count).Where(i => layout.Wanted[i].Name == column.ColumnName)])],
                layout.Wanted.All(column => column.Generated || told.Contains((column.Name, column.Type, column.Modifier))),
                layout.Wanted.Any(column => column.Generated));
        }
    }
}
