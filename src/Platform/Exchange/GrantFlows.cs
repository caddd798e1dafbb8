using System.Collections.Concurrent;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange;

/// <summary>What went out by one grant and way.</summary>
/// <param name="Position">Place of the feed up to which it was read; -1: not by the feed.</param>
public sealed record GrantFlow(string Grant, string Way, long Requests, long Records, long Position, DateTimeOffset LastAt);

/// <summary>Counts what goes out by grants. Nobody waits for it: figures are gathered here and written every few seconds.</summary>
public sealed class GrantFlows(Db db, TimeProvider time)
{
    private ConcurrentDictionary<(string Grant, DateOnly Day, string Way), Tally> _tallies = new();

    internal void Note(string grant, string way, int records, long position = -1) =>
        _tallies.GetOrAdd((grant, time.Today(), way), static _ => new()).Add(records, position, time.GetUtcNow());

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task Flush(CancellationToken cancel = default)
    {
        foreach (var ((grant, day, way), tally) in Interlocked.Exchange(ref _tallies, new()))
        {
            var (requests, records, position, at) = tally.Read();
            await db.Run(
                $"""
                insert into push.flow (grant_no, day, way, requests, records, position, last_at) values ({grant}, {day}, {way}, {requests}, {records}, {position}, {at})
                on conflict (grant_no, day, way) do update set requests = push.flow.requests + excluded.requests, records = push.flow.records + excluded.records,
                    position = greatest(push.flow.position, excluded.position), last_at = greatest(push.flow.last_at, excluded.last_at)
                """,
                cancel);
        }
    }

    /// <summary>By grant and way, since a day.</summary>
    public Task<List<GrantFlow>> Since(DateOnly day, CancellationToken cancel = default) => db.List(
        $"select grant_no, way, sum(requests)::bigint, sum(records)::bigint, max(position), max(last_at) from push.flow where day >= {day} group by grant_no, way",
        row => new GrantFlow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel);

    private sealed class Tally
    {
        private readonly Lock _lock = new();
        private long _requests;
        private long _records;
        private long _position = -1;
        private DateTimeOffset _at;

        public void Add(int records, long position, DateTimeOffset at)
        {
            lock (_lock)
            {
                (_requests, _records, _position, _at) = (_requests + 1, _records + records, Math.Max(_position, position), at);
            }
        }

        public (long Requests, long Records, long Position, DateTimeOffset At) Read()
        {
            lock (_lock)
            {
                return (_requests, _records, _position, _at);
            }
        }
    }
}
