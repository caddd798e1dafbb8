using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit.Verification;

/// <summary>The stored subtrees, from which proofs are made, must be those of the records.</summary>
internal sealed class NodeCheck(Db db, Findings findings) : IAsyncDisposable
{
    private readonly Queue<(Subtree Subtree, byte[] Hash)> _due = [];
    private readonly Dictionary<int, IAsyncEnumerator<(long Index, byte[] Hash)>> _levels = [];

    public void Expect(int level, long index, byte[] hash)
    {
        if (level % LogTree.Step == 0)
        {
            _due.Enqueue((new(level, index), hash));
        }
    }

    /// <summary>Compares what has become due. Nodes of a level are stored and expected in the same order.</summary>
    public async Task Settle(CancellationToken cancel)
    {
        while (_due.TryDequeue(out var due))
        {
            if (!_levels.TryGetValue(due.Subtree.Level, out var stored))
            {
                stored = db.Stream(
                    $"select index, hash from audit.node where level = {due.Subtree.Level} order by index",
                    row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
                    cancel).GetAsyncEnumerator(cancel);
                _levels.Add(due.Subtree.Level, stored);
                await stored.MoveNextAsync();
            }

            while (stored.Current.Hash is not null && stored.Current.Index < due.Subtree.Index && await stored.MoveNextAsync())
            {
            }

            var place = Text.NodeAt(due.Subtree.Level, due.Subtree.Index);
            if (stored.Current.Hash is null || stored.Current.Index != due.Subtree.Index)
            {
                findings.Add("LOG-06", place, Text.NodeRemoved);
            }
            else if (!stored.Current.Hash.AsSpan().SequenceEqual(due.Hash))
            {
                findings.Add("LOG-06", place, Text.NodeAltered);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var level in _levels.Values)
        {
            await level.DisposeAsync();
        }
    }
}
