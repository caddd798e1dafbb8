using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Shali.FrontNode;

/// <summary>How a flow stands at the node.</summary>
public sealed record FlowRow(string Flow)
{
    /// <summary>Id of this life of its state; another begins when the state was lost or does not fit the centre's.</summary>
    public string Stream { get; init; } = "";

    /// <summary>Number of the last batch that was put into the outbox.</summary>
    public long Batch { get; init; }

    /// <summary>Highest watermark that was read.</summary>
    public string? Mark { get; init; }

    /// <summary>JSON of the source's columns as they were.</summary>
    public string? Shape { get; init; }

    /// <summary>When everything was compared last.</summary>
    public DateTimeOffset? FullAt { get; init; }

    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>Rows that were accepted so far, and when the last were.</summary>
    public long Rows { get; init; }

    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>A batch that waits to be sent.</summary>
public sealed record Waiting(string Flow, long Batch, byte[] Body, DateTimeOffset At);

/// <summary>A row that was not accepted, kept with its reasons until its source is corrected.</summary>
public sealed record KeptReject(string Flow, string Key, string Reasons, string Row, DateTimeOffset At);

/// <summary>A line of the node's log.</summary>
public sealed record LogLine(DateTimeOffset At, string Flow, string Sentence);

/// <summary>
/// Everything that the node remembers, in one SQLite file: what it has given (a digest for each row), what waits, what was not accepted.
/// What belongs together changes together, so a killed node goes on where it was.
/// </summary>
public sealed class NodeStore : NodeFile
{
    private const int LogLines = 5_000;
    private const int ReceiptsKept = 20_000;
    private const int NumberBlock = 10_000;
    private const int UnsaidMost = 200;

    private const string Tables =
        """
        create table if not exists meta (key text primary key, value text not null) without rowid;
        create table if not exists flow (
            flow text primary key, stream text not null, batch integer not null, mark text, shape text, full_at text, compared_at text,
            rows integer not null default 0, last_at text) without rowid;
        create table if not exists known (flow text not null, key text not null, digest blob not null, primary key (flow, key)) without rowid;
        create table if not exists outbox (flow text not null, batch integer not null, bytes integer not null, body blob not null, at text not null, primary key (flow, batch));
        create table if not exists reject (
            flow text not null, key text not null, reasons text not null, row text not null, at text not null, sent integer not null, primary key (flow, key)) without rowid;
        create table if not exists receipt (flow text not null, stream text not null, batch integer not null, at text not null, body blob not null, seal blob not null, primary key (flow, stream, batch));
        create table if not exists log (id integer primary key autoincrement, at text not null, flow text not null, sentence text not null);
        """;

    private readonly List<LogLine> _unsaid = [];
    private long _number;
    private long _numbersUpTo;

    /// <exception cref="SqliteException">The disk is full, or cannot be written (<see cref="NodeFile.IsFull"/>).</exception>
    public NodeStore(string folder)
        : this(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Made(folder), "node.db"), Pooling = false })
    {
    }

    private NodeStore(SqliteConnectionStringBuilder place)
        : base(place, Tables)
    {
    }

    /// <summary>Remembers nothing beyond this process: for a node whose disk takes nothing, so that it can say so.</summary>
    public static NodeStore InMemory() => new(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });

    /// <summary>Does several things as one, or none of them.</summary>
    public Task<T> Together<T>(Func<NodeStore, T> work, CancellationToken cancel = default) => Alone(() => InTransaction(() => work(this)), cancel);

    public Task Together(Action<NodeStore> work, CancellationToken cancel = default) => Together(
        store =>
        {
            work(store);
            return 0;
        },
        cancel);

    public string? Meta(string key) => Scalar("select value from meta where key = @p0", key) as string;

    public void Meta(string key, string value) => Run("insert into meta values (@p0, @p1) on conflict (key) do update set value = excluded.value", key, value);

    public void Unmeta(string key) => Run("delete from meta where key = @p0", key);

    /// <summary>The values of all keys that begin so.</summary>
    public List<string> Metas(string prefix) => List("select value from meta where substr(key, 1, length(@p0)) = @p0 order by key", row => row.GetString(0), prefix);

    /// <summary>Makes the flow when it is not there yet.</summary>
    public FlowRow Flow(string flow)
    {
        Run("insert into flow (flow, stream, batch) values (@p0, @p1, 0) on conflict do nothing", flow, NewStream());
        return One(
            "select stream, batch, mark, shape, full_at, compared_at, rows, last_at from flow where flow = @p0",
            row => new FlowRow(flow)
            {
                Stream = row.GetString(0),
                Batch = row.GetInt64(1),
                Mark = Text(row, 2),
                Shape = Text(row, 3),
                FullAt = Moment(row, 4),
                ComparedAt = Moment(row, 5),
                Rows = row.GetInt64(6),
                LastAt = Moment(row, 7),
            },
            flow)!;
    }

    public void Save(FlowRow flow) => Run(
        "update flow set stream = @p1, batch = @p2, mark = @p3, shape = @p4, full_at = @p5, compared_at = @p6, rows = @p7, last_at = @p8 where flow = @p0",
        flow.Flow, flow.Stream, flow.Batch, flow.Mark, flow.Shape, Moment(flow.FullAt), Moment(flow.ComparedAt), flow.Rows, Moment(flow.LastAt));

    /// <summary>Everything of the flow is given anew, in another stream: the centre's position does not fit ours.</summary>
    public void Restart(string flow)
    {
        Save(Flow(flow) with { Stream = NewStream(), Batch = 0, Mark = null, FullAt = null });
        Run("delete from outbox where flow = @p0", flow);
        Run("delete from known where flow = @p0", flow);
        Run("delete from reject where flow = @p0", flow);
    }

    public byte[]? Digest(string flow, string key) => Scalar("select digest from known where flow = @p0 and key = @p1", flow, key) as byte[];

    public void Digest(string flow, string key, byte[] digest) =>
        Run("insert into known values (@p0, @p1, @p2) on conflict (flow, key) do update set digest = excluded.digest", flow, key, digest);

    public void Forget(string flow, string key) => Run("delete from known where flow = @p0 and key = @p1", flow, key);

    public long KnownRows(string flow) => (long)Scalar("select count(*) from known where flow = @p0", flow)!;

    /// <summary>Keys and digests after a key, some at a time.</summary>
    public List<(string Key, byte[] Digest)> Known(string flow, string after, int limit) => List(
        "select key, digest from known where flow = @p0 and key > @p1 order by key limit @p2", row => (row.GetString(0), (byte[])row.GetValue(1)), flow, after, limit);

    public void Queue(Waiting batch) => Run(
        "insert into outbox values (@p0, @p1, @p2, @p3, @p4)", batch.Flow, batch.Batch, batch.Body.Length, batch.Body, Moment(batch.At));

    public Waiting? Next(string flow) => One(
        "select batch, body, at from outbox where flow = @p0 order by batch limit 1",
        row => new Waiting(flow, row.GetInt64(0), (byte[])row.GetValue(1), Moment(row, 2)!.Value), flow);

    public void Sent(string flow, long batch) => Run("delete from outbox where flow = @p0 and batch = @p1", flow, batch);

    public long WaitingBytes() => (long)Scalar("select coalesce(sum(bytes), 0) from outbox")!;

    public (long Batches, long Bytes, DateTimeOffset? Oldest) WaitingOf(string flow) => One<(long, long, DateTimeOffset?)>(
        "select count(*), coalesce(sum(bytes), 0), min(at) from outbox where flow = @p0", row => (row.GetInt64(0), row.GetInt64(1), Moment(row, 2)), flow);

    /// <param name="sent">The centre refused it; else it was not even sent.</param>
    public void Reject(string flow, string key, string reasons, string row, DateTimeOffset at, bool sent) => Run(
        "insert into reject values (@p0, @p1, @p2, @p3, @p4, @p5) on conflict (flow, key) do update set reasons = excluded.reasons, row = excluded.row, at = excluded.at, sent = excluded.sent",
        flow, key, reasons, row, Moment(at), sent ? 1 : 0);

    public void Accept(string flow, string key) => Run("delete from reject where flow = @p0 and key = @p1", flow, key);

    /// <summary>A look at everything begins: what cannot be sent is found anew.</summary>
    public void ForgetUnsent(string flow) => Run("delete from reject where flow = @p0 and sent = 0", flow);

    /// <summary>A row was read again: why it could not be sent before is over.</summary>
    public void ForgetUnsent(string flow, string key) => Run("delete from reject where flow = @p0 and key = @p1 and sent = 0", flow, key);

    public bool IsRejected(string flow, string key) => Scalar("select 1 from reject where flow = @p0 and key = @p1", flow, key) is not null;

    public long Rejects(string flow) => (long)Scalar("select count(*) from reject where flow = @p0", flow)!;

    public List<KeptReject> RejectsOf(string flow, int limit) => List(
        "select key, reasons, row, at from reject where flow = @p0 order by at desc limit @p1",
        row => new KeptReject(flow, row.GetString(0), row.GetString(1), row.GetString(2), Moment(row, 3)!.Value), flow, limit);

    /// <summary>Rows that the centre refused are tried again: what it demands has changed.</summary>
    public void TryRejectsAgain(string flow)
    {
        Run("delete from known where flow = @p0 and key in (select key from reject where flow = @p0 and sent = 1)", flow);
        Run("delete from reject where flow = @p0", flow);
    }

    public void Receipt(string flow, string stream, long batch, byte[] body, byte[] seal, DateTimeOffset at)
    {
        Run("insert into receipt values (@p0, @p1, @p2, @p3, @p4, @p5) on conflict do nothing", flow, stream, batch, Moment(at), body, seal);
        Run("delete from receipt where flow = @p0 and batch <= @p1", flow, batch - ReceiptsKept);
    }

    public long Receipts(string flow) => (long)Scalar("select count(*) from receipt where flow = @p0", flow)!;

    public byte[]? LastReceipt(string flow) => Scalar("select body from receipt where flow = @p0 order by at desc, batch desc limit 1", flow) as byte[];

    /// <summary>A line of the log. While the disk takes nothing it is kept in memory, and written with the next one that finds room.</summary>
    public async Task Say(string flow, string sentence, DateTimeOffset at)
    {
        LogLine[] lines = [];
        lock (_unsaid)
        {
            _unsaid.Add(new(at, flow, sentence));
        }

        try
        {
            await Together(each =>
            {
                lock (_unsaid)
                {
                    lines = [.. _unsaid.TakeLast(UnsaidMost)];
                    _unsaid.Clear();
                }

                foreach (var line in lines)
                {
                    each.Log(line.Flow, line.Sentence, line.At);
                }
            });
        }
        catch (SqliteException)
        {
            lock (_unsaid)
            {
                _unsaid.InsertRange(0, lines);
            }
        }
    }

    public void Log(string flow, string sentence, DateTimeOffset at)
    {
        Run("insert into log (at, flow, sentence) values (@p0, @p1, @p2)", Moment(at), flow, sentence);
        Run("delete from log where id <= (select max(id) from log) - @p0", LogLines);
    }

    /// <summary>The newest first, also those that the disk did not take yet.</summary>
    public List<LogLine> LogLinesOf(int limit)
    {
        LogLine[] unsaid;
        lock (_unsaid)
        {
            unsaid = [.. _unsaid];
        }

        var written = List("select at, flow, sentence from log order by id desc limit @p0", row => new LogLine(Moment(row, 0)!.Value, row.GetString(1), row.GetString(2)), limit);
        return [.. unsaid.Reverse().Concat(written).Take(limit)];
    }

    /// <summary>A number that no message of this node ever had. Taken from the file in blocks.</summary>
    public Task<long> Number(DateTimeOffset now, CancellationToken cancel) => Alone(
        () =>
        {
            if (_number >= _numbersUpTo)
            {
                // A node whose file was lost goes on above what it can have used: numbers rise with the clock too.
                var kept = Meta("numbers") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
                _number = Math.Max(Math.Max(kept, _number), now.ToUnixTimeMilliseconds() * 100);
                _numbersUpTo = _number + NumberBlock;
                try
                {
                    Meta("numbers", _numbersUpTo.ToString(CultureInfo.InvariantCulture));
                }
                catch (SqliteException full) when (IsFull(full))
                {
                    // The centre is told of the full disk by messages too. Their numbers rise with the clock; should one come twice, the
                    // centre refuses it and the next one serves.
                    _numbersUpTo = _number + 1;
                }
            }

            return ++_number;
        },
        cancel);

    /// <summary>For tests of a full disk: the file may have so many pages of 4 KB.</summary>
    internal void PagesMost(int pages) => Run($"pragma max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");

    private static string Made(string folder) =>
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private static string NewStream() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(13));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    private static string? Moment(DateTimeOffset? moment) => moment?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
