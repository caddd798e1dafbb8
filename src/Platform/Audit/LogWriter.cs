using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// Puts records into the log: the one loop of each node runs it. A commit is one message to the database that
/// assumes the head to be where this node left it; the database refuses it when another node has moved the head,
/// and then it is done again under a lock. Only what the database has confirmed is acknowledged.
/// </summary>
internal sealed partial class LogWriter(
    Db db, AuditSettings settings, TimeProvider time, Func<IReadOnlyList<string>> schemas, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan[] Pauses =
        [.. new[] { 20, 50, 100, 200, 500 }.Select(pause => TimeSpan.FromMilliseconds(pause))];

    private readonly ActSequence _acts = new();
    private NpgsqlConnection? _connection;
    private CompactRange? _head;
    private CompactRange? _confirmed;
    private long _lockUntil;

    // How long the log was when the listeners last heard of it.
    private long _told;

    /// <summary>Called after each growth with the schemas whose acts were sequenced; null: any.</summary>
    public required Action<IEnumerable<string>?> Grew { get; init; }

    /// <summary>The last state of the log that this node has seen on disk.</summary>
    public CompactRange? Head => Volatile.Read(ref _confirmed);

    /// <summary>
    /// Writes the batch and the acts that wait in <paramref name="woken"/> (null: everywhere). Never throws: a record
    /// that cannot be written fails by itself. True when more acts wait than one commit takes.
    /// </summary>
    public async Task<bool> Write(IReadOnlyList<LogRecord> batch, IReadOnlySet<string>? woken)
    {
        var started = time.GetTimestamp();
        var unsure = (Begin: -1L, Leaf: Array.Empty<byte>());
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (unsure.Begin >= 0 && await Find(unsure.Begin, unsure.Leaf) is { } range)
                {
                    Acknowledge(batch, unsure.Begin, range);

                    // The acts that went with it are not at hand any more: they may be anybody's.
                    Grew(null);
                    return true;
                }

                return await Commit(batch, woken, sent => unsure = sent);
            }
            catch (PostgresException refused) when (HeadMoved(refused))
            {
                // Once is another node. Again and again, under the lock too, is a head that somebody has set back.
                if (attempt > 0)
                {
                    if (time.GetElapsedTime(started) > settings.Patience)
                    {
                        GiveUp(batch, refused);
                        return false;
                    }

                    await Task.Delay(Pauses[Math.Min(attempt - 1, Pauses.Length - 1)], time);
                }

                _head = null;
                _lockUntil = time.GetTimestamp() + time.TimestampFrequency;
            }
            catch (PostgresException refused) when (IsAboutData(refused))
            {
                unsure.Begin = -1;
                if (!await Split(batch, refused))
                {
                    return false;
                }

                batch = [];
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                await Disconnect();
                if (batch.Count == 0 && failure is NpgsqlException)
                {
                    // Nobody waits for it: the next look, a moment later, finds the same acts.
                    LogLater(failure.Message);
                    return false;
                }

                if (batch.Count == 0 || time.GetElapsedTime(started) > settings.Patience)
                {
                    GiveUp(batch, failure);
                    return false;
                }

                await Task.Delay(Pauses[Math.Min(attempt, Pauses.Length - 1)], time);
            }
        }
    }

    public async ValueTask DisposeAsync() => await Disconnect();

    /// <returns>True when more acts wait than this commit took.</returns>
    private async Task<bool> Commit(
        IReadOnlyList<LogRecord> batch, IReadOnlySet<string>? woken, Action<(long, byte[])> sending)
    {
        var connection = await Connect();
        if (time.GetTimestamp() < _lockUntil)
        {
            return await CommitLocked(connection, batch, woken, sending);
        }

        var session = new Session(connection, null);
        if (_head is null)
        {
            OthersWrote(_head = await ReadHead(session, false));
        }

        var acts = await TakeActs(session, woken);
        if (woken is null && await session.Scalar<long>($"select size from audit.head") is var size && size != _head.Size)
        {
            // Acts are read after the head, never before it: another node may have placed those that were read.
            OthersWrote(_head = await ReadHead(session, false));
            acts = await TakeActs(session, woken);
        }

        List<LogRecord> records = [.. batch, .. acts];
        if (records.Count > 0)
        {
            var growth = new LogGrowth(_head, records);
            sending((growth.Begin, records[0].Leaf));
            var began = time.GetTimestamp();
            await session.Together(growth.Statements);
            Acknowledge(records, growth.Begin, growth.Range);
            AuditMeasures.Commit.Record(time.GetElapsedTime(began).TotalSeconds);
        }

        return acts.Count >= ActSequence.Max;
    }

    /// <summary>While several nodes write at once: look at the head and hold it, then write.</summary>
    private async Task<bool> CommitLocked(
        NpgsqlConnection connection, IReadOnlyList<LogRecord> batch, IReadOnlySet<string>? woken, Action<(long, byte[])> sending)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new Session(connection, transaction);
        var head = await ReadHead(session, true);
        var acts = await TakeActs(session, woken);
        List<LogRecord> records = [.. batch, .. acts];
        if (records.Count > 0)
        {
            var growth = new LogGrowth(head, records);
            sending((growth.Begin, records[0].Leaf));
            var began = time.GetTimestamp();
            await session.Together(growth.Statements);
            await transaction.CommitAsync();
            Acknowledge(records, growth.Begin, growth.Range);
            AuditMeasures.Commit.Record(time.GetElapsedTime(began).TotalSeconds);
        }

        return acts.Count >= ActSequence.Max;
    }

    private async Task<List<LogRecord>> TakeActs(Session session, IReadOnlySet<string>? woken) =>
        woken is { Count: 0 }
            ? []
            : [.. (await _acts.Pending(session, [.. woken ?? (IEnumerable<string>)schemas()], default)).Select(CanonicalBody.Write)];

    private void Acknowledge(IReadOnlyList<LogRecord> records, long begin, CompactRange range)
    {
        _head = range;
        Seen(range);
        for (var i = 0; i < records.Count; i++)
        {
            records[i].Complete(begin + i);
            if (records[i].Act is not null)
            {
                AuditMeasures.FeedLag.Record(Math.Max(0, (time.GetUtcNow() - records[i].At).TotalSeconds));
            }
        }

        AuditMeasures.Records.Add(records.Count);

        // What stands between our last record and these another node has written, perhaps acts of any schema.
        var alone = begin == _told;
        _told = range.Size;
        Grew(!alone ? null : records.Where(record => record.Act is not null).Select(record => record.Act!.Value.Schema).ToHashSet(StringComparer.Ordinal));
    }

    private void OthersWrote(CompactRange head)
    {
        Seen(head);
        _told = head.Size;
        Grew(null);
    }

    private void Seen(CompactRange head) => Volatile.Write(ref _confirmed, head);

    /// <summary>
    /// After a connection broke in the middle of a commit: the head, when the commit had come through after all.
    /// Bodies are salted, so that the first leaf is proof enough.
    /// </summary>
    private async Task<CompactRange?> Find(long begin, byte[] leaf)
    {
        var session = new Session(await Connect(), null);
        _head = await ReadHead(session, false);
        var kept = await session.Scalar<byte[]>($"select leaf from audit.record where index = {begin}");
        return kept is not null && kept.AsSpan().SequenceEqual(leaf) ? _head : null;
    }

    /// <summary>One record that the database will not take must not keep out the others: they go one by one.</summary>
    private async Task<bool> Split(IReadOnlyList<LogRecord> batch, Exception refused)
    {
        if (batch.Count <= 1)
        {
            GiveUp(batch, refused);
            return false;
        }

        foreach (var record in batch)
        {
            await Write([record], new HashSet<string>());
        }

        return true;
    }

    private void GiveUp(IReadOnlyList<LogRecord> batch, Exception failure)
    {
        LogFailure(failure, batch.Count);
        AuditMeasures.Refused.Add(batch.Count);
        foreach (var record in batch)
        {
            record.Fail(new AuditUnavailableException(failure));
        }
    }

    /// <summary>The head is not where this node left it: another one has written.</summary>
    private static bool HeadMoved(PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.UniqueViolation
        || refused is { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "record", ColumnName: "index" };

    private static bool IsAboutData(PostgresException refused) => refused.SqlState[..2] is "22" or "23" or "54";

    private static async Task<CompactRange> ReadHead(Session session, bool hold) =>
        await session.One(
            hold ? $"select size, range from audit.head for update" : Sql.Of($"select size, range from audit.head"),
            row => CompactRange.Read(row.GetInt64(0), row.GetFieldValue<byte[]>(1)))
        ?? throw new InvalidOperationException("audit.head has no row: somebody has removed it.");

    private async Task<NpgsqlConnection> Connect()
    {
        if (_connection is null)
        {
            var connection = await db.Source.OpenConnectionAsync();
            try
            {
                // What is acknowledged is on disk, whatever the server's default. The head is one row, but while somebody else's
                // long transaction lasts, all its former states lie beside it: it is found by its index, not among them.
                await new Session(connection, null).Run($"set synchronous_commit = on");
                await new Session(connection, null).Run($"set enable_seqscan = off");
                await new Session(connection, null).Run($"set plan_cache_mode = force_generic_plan");
                _connection = connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        return _connection;
    }

    private async Task Disconnect()
    {
        _head = null;
        if (_connection is { } broken)
        {
            _connection = null;
            try
            {
                // The next one gets it from the pool as it is, and does not plan as the log does.
                await new Session(broken, null).Run($"reset all");
            }
            catch (Exception gone) when (gone is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                // It does not come back.
            }

            await broken.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Acts get their place in the audit log a moment later: {Reason}")]
    private partial void LogLater(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log could not be written; {Count} entries are refused")]
    private partial void LogFailure(Exception failure, int count);
}
