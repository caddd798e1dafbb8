namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// A Merkle tree as RFC 6962 draws it, with the hash of a suite: a leaf and a node begin with different bytes, so neither
/// passes for the other.
/// </summary>
public sealed class HashTree
{
    private readonly SignatureSuite _suite;
    private readonly List<byte[][]> _levels = [];

    /// <param name="leaves">Hashes made by <see cref="Leaf(SignatureSuite, ReadOnlySpan{byte})"/>.</param>
    public HashTree(SignatureSuite suite, IReadOnlyList<byte[]> leaves)
    {
        _suite = suite;
        _levels.Add([.. leaves]);
        while (_levels[^1] is { Length: > 1 } below)
        {
            var level = new byte[(below.Length + 1) / 2][];
            for (var i = 0; i < level.Length; i++)
            {
                level[i] = (2 * i) + 1 < below.Length ? Node(suite, below[2 * i], below[(2 * i) + 1]) : below[2 * i];
            }

            _levels.Add(level);
        }
    }

    /// <summary>Of the tree without leaves: the hash of nothing.</summary>
    public byte[] Root => _levels[^1].Length == 0 ? _suite.Hash([]) : _levels[^1][0];

    /// <summary>The root alone, worked out in the place of the leaves: for more of them than anybody wants paths of.</summary>
    /// <param name="leaves">One after the other; they are overwritten.</param>
    internal static byte[] RootOf(SignatureSuite suite, Span<byte> leaves)
    {
        const int size = SignatureSuite.HashSize;
        var count = leaves.Length / size;
        if (count == 0)
        {
            return suite.Hash([]);
        }

        for (; count > 1; count = (count + 1) / 2)
        {
            for (var i = 0; i < (count + 1) / 2; i++)
            {
                var left = leaves.Slice(2 * i * size, size);
                if ((2 * i) + 1 < count)
                {
                    Node(suite, left, leaves.Slice(((2 * i) + 1) * size, size), leaves.Slice(i * size, size));
                }
                else
                {
                    left.CopyTo(leaves.Slice(i * size, size));
                }
            }
        }

        return leaves[..size].ToArray();
    }

    /// <summary>What leads from the leaf to the root, from below.</summary>
    public IReadOnlyList<byte[]> Path(int index)
    {
        var path = new List<byte[]>();
        foreach (var level in _levels.SkipLast(1))
        {
            var sibling = index ^ 1;
            if (sibling < level.Length)
            {
                path.Add(level[sibling]);
            }

            index >>= 1;
        }

        return path;
    }

    /// <summary>The root to which the path leads; null when it cannot be a path of this leaf.</summary>
    public static byte[]? Climb(SignatureSuite suite, byte[] leaf, int index, int size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size || path.Any(node => node.Length != SignatureSuite.HashSize))
        {
            return null;
        }

        var (hash, next) = (leaf, 0);
        for (; size > 1; index >>= 1, size = (size + 1) / 2)
        {
            if ((index ^ 1) >= size)
            {
                continue;
            }

            if (next == path.Count)
            {
                return null;
            }

            hash = (index & 1) == 1 ? Node(suite, path[next], hash) : Node(suite, hash, path[next]);
            next++;
        }

        return next == path.Count ? hash : null;
    }

    /// <summary>The hash of a leaf with this content.</summary>
    public static byte[] Leaf(SignatureSuite suite, ReadOnlySpan<byte> content)
    {
        var hash = new byte[SignatureSuite.HashSize];
        Leaf(suite, content, hash);
        return hash;
    }

    /// <inheritdoc cref="Leaf(SignatureSuite, ReadOnlySpan{byte})"/>
    public static void Leaf(SignatureSuite suite, ReadOnlySpan<byte> content, Span<byte> hash)
    {
        const int onStack = 2048;
        var input = content.Length < onStack ? stackalloc byte[content.Length + 1] : new byte[content.Length + 1];
        input[0] = 0;
        content.CopyTo(input[1..]);
        suite.Hash(input, hash);
    }

    private static byte[] Node(SignatureSuite suite, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[SignatureSuite.HashSize];
        Node(suite, left, right, hash);
        return hash;
    }

    private static void Node(SignatureSuite suite, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[1 + (2 * SignatureSuite.HashSize)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + SignatureSuite.HashSize)..]);
        suite.Hash(input, hash);
    }
}
