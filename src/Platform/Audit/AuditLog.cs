using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>The log of everything that was done and seen. Many callers share one commit to disk.</summary>
public sealed class AuditLog : IAsyncDisposable
{
    private readonly Db _db;
    private readonly TimeProvider _time;
    private readonly Channel<LogRecord?> _queue =
        Channel.CreateUnbounded<LogRecord?>(new UnboundedChannelOptions());

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _sequenced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _woken = new(StringComparer.Ordinal);
    private readonly LogWriter _writer;
    private readonly AuditSettings _settings;
    private readonly Lock _starting = new();
    private TaskCompletionSource _grew = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private ITimer? _poll;
    private bool _wokenAll;
    private int _signalled;
    private bool _started;

    /// <param name="schemas">The registry's schemas whose acts are to be sequenced.</param>
    public AuditLog(
        Db db, AuditSettings settings, TimeProvider time, Func<IReadOnlyList<string>> schemas, ILogger<AuditLog> logger)
    {
        _db = db;
        _time = time;
        _settings = settings;
        _writer = new(db, settings, time, schemas, logger) { Grew = OnGrowth };
    }

    /// <summary>The log as this node last knew it to be on disk; null before the first look.</summary>
    public CompactRange? Head => _writer.Head;

    /// <summary>Completes when the entry is on disk; the answer must not leave before. Returns its index in the log.</summary>
    public Task<long> Append(AuditEntry entry, CancellationToken cancel = default)
    {
        Start();
        var record = CanonicalBody.Write(entry, _time.GetUtcNow());
        var taken = _queue.Writer.TryWrite(record);
        ObjectDisposedException.ThrowIf(!taken, this);
        AuditMeasures.Waiting.Add(1);
        return cancel.CanBeCanceled ? record.Durable.WaitAsync(cancel) : record.Durable;
    }

    /// <summary>An act was committed: give it its place in the log now. Never waits.</summary>
    public void Wake(string? schema = null)
    {
        lock (_woken)
        {
            _wokenAll |= schema is null;
            if (schema is not null)
            {
                _woken.Add(schema);
            }
        }

        Start();
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _queue.Writer.TryWrite(null);
        }
    }

    /// <summary>
    /// Completes when acts of the schema have been sequenced after this call, by any node. Take it, look for changes,
    /// and await it only when there were none: so nothing falls between. It may complete without news.
    /// </summary>
    public Task Sequenced(string schema) => _sequenced.GetOrAdd(schema, _ => Signal()).Task;

    /// <summary>Completes when every act of the schema that is committed by now has its place in the log.</summary>
    public async Task Placed(string schema, CancellationToken cancel = default)
    {
        var act = Sql.Name(schema, "act");
        var last = await _db.Scalar<long>($"select coalesce(max(turn), -1) from {act} where position is null", cancel);
        for (var next = Sequenced(schema);
            await _db.Scalar<bool>($"select exists (select from {act} where position is null and turn <= {last})", cancel);
            next = Sequenced(schema))
        {
            Wake(schema);
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Completes when the log is longer than <paramref name="size"/>.</summary>
    public async Task LongerThan(long size, CancellationToken cancel = default)
    {
        while (true)
        {
            var next = Volatile.Read(ref _grew).Task;
            if (Head?.Size > size)
            {
                return;
            }

            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Starts writing, as the first entry does too. The tables must exist.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _started))
        {
            return;
        }

        lock (_starting)
        {
            if (_started)
            {
                return;
            }

            _started = true;
            _loop = Task.Run(Loop);
            _poll = _time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, _settings.Poll);
        }
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (_poll is not null)
        {
            await _poll.DisposeAsync();
        }

        await _loop;
        await _writer.DisposeAsync();
    }

    private async Task Loop()
    {
        var batch = new List<LogRecord>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Whoever is just about to write an entry comes along: a commit costs the same for one and for thirty.
            for (var waiting = -1; _queue.Reader.Count is var now && now > waiting;)
            {
                waiting = now;
                await Task.Yield();
            }

            batch.Clear();
            IReadOnlySet<string>? schemas = Nothing;
            while (batch.Count < _settings.BatchMax && _queue.Reader.TryRead(out var record))
            {
                if (record is null)
                {
                    schemas = Woken();
                }
                else
                {
                    batch.Add(record);
                }
            }

            var more = await _writer.Write(batch, schemas);
            AuditMeasures.Waiting.Add(-batch.Count);
            if (more)
            {
                Wake();
            }
        }
    }

    private static readonly HashSet<string> Nothing = [];

    /// <summary>The schemas that called; null for all.</summary>
    private HashSet<string>? Woken()
    {
        Volatile.Write(ref _signalled, 0);
        lock (_woken)
        {
            var schemas = _wokenAll ? null : new HashSet<string>(_woken, StringComparer.Ordinal);
            _wokenAll = false;
            _woken.Clear();
            return schemas;
        }
    }

    /// <summary>Tells those who wait; null: another node wrote, so it may be any schema.</summary>
    private void OnGrowth(IEnumerable<string>? schemas)
    {
        foreach (var schema in schemas ?? _sequenced.Keys)
        {
            if (_sequenced.TryGetValue(schema, out var signal) && _sequenced.TryUpdate(schema, Signal(), signal))
            {
                signal.TrySetResult();
            }
        }

        Interlocked.Exchange(ref _grew, Signal()).TrySetResult();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
