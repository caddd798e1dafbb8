using System.Threading.Channels;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>
/// Which numbers nodes have used within the window of time, for all hosts: in the database. Numbers that wait while some are written go
/// together with the next ones, as in the audit log: a statement costs the same for one and for thirty.
/// </summary>
public sealed class MessageNumbers : IAsyncDisposable
{
    private const int Most = 256;

    private readonly Db _db;
    private readonly TimeProvider _time;
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task _loop;

    public MessageNumbers(Db db, TimeProvider time)
    {
        (_db, _time) = (db, time);
        _loop = Task.Run(Loop);
    }

    /// <summary>Whether the node uses this number for the first time. From now on it has been used.</summary>
    public Task<bool> First(string node, long number)
    {
        var waiting = new Waiting(node, number);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(waiting), this);
        return waiting.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task Loop()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            await Task.Yield();
            group.Clear();
            while (group.Count < Most && _queue.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            try
            {
                await Write(group);
            }
            catch (Exception broken)
            {
                group.ForEach(one => one.Done.TrySetException(broken));
            }
        }
    }

    private async Task Write(List<Waiting> group)
    {
        var fresh = new HashSet<(string, long)>();

        // The disk is not waited for. Should the database die within that moment, a message of that moment could be sent again: what it
        // gives has its place in the stream all the same, and what it reads is on record once more.
        await _db.Ask(
        [
            new($"select set_config('synchronous_commit', 'off', true)", static _ => { }),
            new(
                $"""
                insert into exchange.message (node, number, at)
                select node, number, {_time.GetUtcNow()} from unnest(
                    {Sql.Value(group.Select(one => one.Node).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)},
                    {Sql.Value(group.Select(one => one.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)}) as t(node, number)
                on conflict do nothing returning node, number
                """,
                row => fresh.Add((row.GetString(0), row.GetInt64(1)))),
        ]);

        // Of two with the same number in one group the first is the first.
        group.ForEach(one => one.Done.TrySetResult(fresh.Remove((one.Node, one.Number))));
    }

    private sealed class Waiting(string node, long number)
    {
        public string Node { get; } = node;

        public long Number { get; } = number;

        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
