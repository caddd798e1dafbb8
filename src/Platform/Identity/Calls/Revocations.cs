using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// Tells every node, within a second, that something it remembers no longer holds. Each announcement is a numbered
/// row; the number comes from one counter row in the same transaction, so numbers become visible in their order and
/// a node that reads "greater than the last" misses none. Marks: <c>session:id</c>, <c>account:id</c>,
/// <c>token:id</c>, <c>authorization:id</c>, <c>client:id</c>, <c>rights</c>, <c>offices</c>, <c>grants</c>, <c>services</c>.
/// </summary>
public sealed class Revocations(Db db, TimeProvider time, ILogger<Revocations> log) : PeriodicWork(Rhythm, time, log)
{
    public const string Rights = "rights";
    public const string Offices = "offices";

    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private ImmutableArray<Func<IReadOnlyList<string>, Task>> _listeners = [];
    private readonly SemaphoreSlim _reading = new(1, 1);
    private long _position = -1;
    private long _readAt;
    private long _prunedAt;

    /// <summary>The last announcement that this node has acted on.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Called with the marks of each batch, in their order, before <see cref="Position"/> moves past them.</summary>
    public void Listen(Func<IReadOnlyList<string>, Task> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));

    /// <summary>Takes effect with the commit of the session's transaction.</summary>
    public static Task Announce(Session session, CancellationToken cancel, params string[] marks) => session.Run(
        $"""
        with next as (
            update identity.generation set value = value + {marks.Length} returning value - {marks.Length} as before)
        insert into identity.change (generation, mark, at)
        select next.before + m.ordinal, m.mark, now()
        from next, unnest({marks}) with ordinality as m(mark, ordinal)
        """,
        cancel);

    /// <summary>Announces, and acts on it here at once; other nodes follow within a second.</summary>
    public async Task Announce(CancellationToken cancel, params string[] marks)
    {
        await db.InTransaction(session => Announce(session, cancel, marks), cancel);
        await Read(cancel);
    }

    /// <summary>
    /// What this node remembers is at most a second old when this returns. Costs nothing while the background
    /// reading keeps its rhythm; otherwise waits for one reading that all waiting requests share.
    /// </summary>
    public ValueTask Fresh(CancellationToken cancel) =>
        Stopwatch.GetElapsedTime(Volatile.Read(ref _readAt)) < StaleAfter && Position >= 0 ? ValueTask.CompletedTask : Catch(cancel);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Read(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Acts on everything announced so far.</summary>
    public async Task Read(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            await ReadOnce(cancel);
        }
        finally
        {
            _reading.Release();
        }
    }

    protected override async Task Pass(CancellationToken cancel)
    {
        await Read(cancel);
        await Prune(cancel);
    }

    private async ValueTask Catch(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _readAt)) >= StaleAfter || Position < 0)
            {
                await ReadOnce(cancel);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadOnce(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        if (_position < 0)
        {
            var position = await db.Scalar<long>($"select value from identity.generation", cancel);
            await Tell([Rights, Offices, Exchange.Services.ServiceBook.Mark, Exchange.GrantBook.Mark]);
            Volatile.Write(ref _position, position);
        }
        else
        {
            var marks = await db.List(
                $"select generation, mark from identity.change where generation > {_position} order by generation",
                row => (Generation: row.GetInt64(0), Mark: row.GetString(1)),
                cancel);
            if (marks.Count > 0)
            {
                await Tell([.. marks.Select(each => each.Mark)]);
                Volatile.Write(ref _position, marks[^1].Generation);
            }
        }

        Volatile.Write(ref _readAt, began);
    }

    private async Task Tell(IReadOnlyList<string> marks)
    {
        foreach (var listener in _listeners)
        {
            await listener(marks);
        }
    }

    private async Task Prune(CancellationToken cancel)
    {
        if (_prunedAt != 0 && Stopwatch.GetElapsedTime(_prunedAt) < Kept)
        {
            return;
        }

        _prunedAt = Stopwatch.GetTimestamp();
        await db.Run($"delete from identity.change where at < {Time.GetUtcNow() - Kept}", cancel);
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }
}
