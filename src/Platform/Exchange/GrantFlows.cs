using System.Collections.Concurrent;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange;

/// <summary>What went out by one grant and way.</summary>
/// <param name="Position">Place of the feed up to which it was read; -1: not by the feed.</param>
public sealed record GrantFlow(string Grant, string Way, long Requests, long Records, long Position, DateTimeOffset LastAt);

/// <summary>Counts what goes out by grants. Nobody waits for it: figures are gathered here and written every few seconds.</summary>
public sealed class GrantFlows(Db db, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(string Grant, DateOnly Day, string Way), Tally> _tallies = new();
    private readonly SemaphoreSlim _writing = new(1);

    internal void Note(string grant, string way, int records, long position = -1) =>
        _tallies.GetOrAdd((grant, time.Today(), way), static _ => new()).Add(new(1, records, position, time.GetUtcNow()));

    /// <summary>
    /// Writes what was counted since the last time. Behind one that is writing it waits: whoever flushed finds everything written.
    /// What could not be written is written the next time; what was written while the server's answer was lost is then in the figures twice.
    /// </summary>
    public async Task Flush(CancellationToken cancel = default)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            // Of a day that has just ended a last figure may still be on its way.
            var over = time.Today().AddDays(-1);
            foreach (var (key, tally) in _tallies)
            {
                if (tally.Take() is { Requests: > 0 } counted)
                {
                    await Write(key, tally, counted, cancel);
                }
                else if (key.Day < over)
                {
                    _tallies.TryRemove(key, out _);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    /// <summary>By grant and way, since a day.</summary>
    public Task<List<GrantFlow>> Since(DateOnly day, CancellationToken cancel = default) => db.List(
        $"select grant_no, way, sum(requests)::bigint, sum(records)::bigint, max(position), max(last_at) from push.flow where day >= {day} group by grant_no, way",
        row => new GrantFlow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel);

    private async Task Write((string Grant, DateOnly Day, string Way) key, Tally tally, Count counted, CancellationToken cancel)
    {
        try
        {
            await db.Run(
                $"""
                insert into push.flow (grant_no, day, way, requests, records, position, last_at)
                values ({key.Grant}, {key.Day}, {key.Way}, {counted.Requests}, {counted.Records}, {counted.Position}, {counted.At})
                on conflict (grant_no, day, way) do update set requests = push.flow.requests + excluded.requests, records = push.flow.records + excluded.records,
                    position = greatest(push.flow.position, excluded.position), last_at = greatest(push.flow.last_at, excluded.last_at)
                """,
                cancel);
        }
        catch
        {
            tally.Add(counted);
            throw;
        }
    }

    private readonly record struct Count(long Requests, long Records, long Position, DateTimeOffset At);

    private sealed class Tally
    {
        private static readonly Count Nothing = new(0, 0, -1, DateTimeOffset.MinValue);

        private readonly Lock _lock = new();
        private Count _count = Nothing;

        public void Add(Count more)
        {
            lock (_lock)
            {
                _count = new(
                    _count.Requests + more.Requests, _count.Records + more.Records, Math.Max(_count.Position, more.Position),
                    _count.At > more.At ? _count.At : more.At);
            }
        }

        public Count Take()
        {
            lock (_lock)
            {
                var count = _count;
                _count = Nothing;
                return count;
            }
        }
    }
}
