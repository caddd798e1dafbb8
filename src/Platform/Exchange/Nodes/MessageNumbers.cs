using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>
/// Which numbers nodes have used within the window of time, for all hosts: in the database. Numbers that wait go together, as
/// in the audit log: a statement costs the same for one and for thirty.
/// </summary>
public sealed class MessageNumbers : IAsyncDisposable
{
    private readonly Db _db;
    private readonly TimeProvider _time;
    private readonly Gathering<(string Node, long Number), bool> _numbers;

    public MessageNumbers(Db db, TimeProvider time) => (_db, _time, _numbers) = (db, time, new(Write));

    /// <summary>Whether the node uses this number for the first time. From now on it has been used.</summary>
    public Task<bool> First(string node, long number) => _numbers.Ask((node, number));

    /// <summary>Forgets the numbers of messages whose time is over: the window refuses them by itself.</summary>
    public Task Forget(CancellationToken cancel = default) => _db.Run($"delete from exchange.message where at < {_time.GetUtcNow() - NodeCalls.NumbersKept}", cancel);

    public ValueTask DisposeAsync() => _numbers.DisposeAsync();

    private async Task<IReadOnlyList<bool>> Write(IReadOnlyList<(string Node, long Number)> group)
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
        return [.. group.Select(fresh.Remove)];
    }
}
