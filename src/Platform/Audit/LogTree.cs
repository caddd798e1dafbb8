using Shali.Platform.Audit.Merkle;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// The Merkle tree over the records as the database keeps it: leaf hashes in the records, roots of complete
/// subtrees at every eighth level. A proof takes two queries, whatever the size of the log.
/// </summary>
public sealed class LogTree(Db db)
{
    /// <summary>Every eighth level is stored: 1/255 of the leaves.</summary>
    public const int Step = 8;

    public Task<long> Size(CancellationToken cancel = default) =>
        db.Scalar<long>($"select size from audit.head", cancel);

    /// <summary>The root over the first <paramref name="size"/> records.</summary>
    public async Task<byte[]> Root(long size, CancellationToken cancel = default) =>
        size == 0 ? MerkleHash.Empty : (await Hashes([new(0, size)], cancel))[0];

    /// <summary>The leaf hash of a record, and its audit path in the tree of the first <paramref name="size"/> records.</summary>
    public async Task<(byte[] Leaf, IReadOnlyList<byte[]> Path)> Inclusion(
        long index, long size, CancellationToken cancel = default)
    {
        var hashes = await Hashes([new(index, index + 1), .. MerkleProof.Inclusion(index, size)], cancel);
        return (hashes[0], hashes[1..]);
    }

    public async Task<IReadOnlyList<byte[]>> Consistency(long from, long to, CancellationToken cancel = default) =>
        await Hashes(MerkleProof.Consistency(from, to), cancel);

    private async Task<List<byte[]>> Hashes(IReadOnlyList<LeafRange> ranges, CancellationToken cancel)
    {
        var stored = await Stored([.. ranges.SelectMany(range => range.Subtrees()).Distinct()], cancel);
        return [.. ranges.Select(range => range.Subtrees()
            .Select(subtree => Of(subtree, stored))
            .Aggregate((CompactRoots?)null, (roots, next) => new(roots, next))!.Fold())];
    }

    /// <summary>The stored hashes below each subtree, by level and index.</summary>
    private async Task<Dictionary<Subtree, byte[]>> Stored(IReadOnlyList<Subtree> subtrees, CancellationToken cancel)
    {
        var ranges = subtrees.Select(subtree =>
        {
            var up = subtree.Level % Step;
            return (Level: subtree.Level - up, Begin: subtree.Index << up, End: (subtree.Index + 1) << up);
        }).ToList();
        var leaves = ranges.Where(range => range.Level == 0).ToList();
        var nodes = ranges.Where(range => range.Level > 0).ToList();
        var found = await db.List(
            $"""
            select 0 as level, record.index, record.leaf
            from unnest({leaves.Select(r => r.Begin).ToArray()}, {leaves.Select(r => r.End).ToArray()}) as r(low, high)
            join audit.record on record.index >= r.low and record.index < r.high
            union all
            select node.level, node.index, node.hash
            from unnest({nodes.Select(r => r.Level).ToArray()}, {nodes.Select(r => r.Begin).ToArray()},
                {nodes.Select(r => r.End).ToArray()}) as r(level, low, high)
            join audit.node on node.level = r.level and node.index >= r.low and node.index < r.high
            """,
            row => (Subtree: new Subtree(row.GetInt32(0), row.GetInt64(1)), Hash: row.GetFieldValue<byte[]>(2)),
            cancel);
        return found.DistinctBy(node => node.Subtree).ToDictionary(node => node.Subtree, node => node.Hash);
    }

    private static byte[] Of(Subtree subtree, Dictionary<Subtree, byte[]> stored)
    {
        if (subtree.Level % Step != 0)
        {
            return MerkleHash.Node(
                Of(new(subtree.Level - 1, subtree.Index << 1), stored),
                Of(new(subtree.Level - 1, (subtree.Index << 1) + 1), stored));
        }

        return stored.TryGetValue(subtree, out var hash)
            ? hash
            : throw new LogDamagedException(subtree);
    }

    /// <summary>Roots of subtrees side by side; folded from the right they give the node above them all.</summary>
    private sealed record CompactRoots(CompactRoots? Left, byte[] Last)
    {
        public byte[] Fold()
        {
            var hash = Last;
            for (var left = Left; left is not null; left = left.Left)
            {
                hash = MerkleHash.Node(left.Last, hash);
            }

            return hash;
        }
    }
}

/// <summary>A hash of the tree is missing: somebody has taken rows out of the log. <c>verify-log</c> says which.</summary>
public sealed class LogDamagedException(Subtree subtree)
    : Exception($"The log lacks the node of level {subtree.Level} at {subtree.Index}.");
