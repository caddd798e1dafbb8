using System.Numerics;

namespace Shali.Platform.Audit.Merkle;

/// <summary>
/// All that must be remembered of a tree to go on appending to it: the roots of its complete subtrees, largest
/// first, one for each bit that is set in its size.
/// </summary>
public sealed class CompactRange
{
    private readonly List<byte[]> _roots;

    private CompactRange(long size, List<byte[]> roots)
    {
        Size = size;
        _roots = roots;
    }

    public long Size { get; private set; }

    public static CompactRange Empty() => new(0, []);

    /// <summary>From the bytes of <see cref="ToBytes"/>.</summary>
    public static CompactRange Read(long size, ReadOnlySpan<byte> bytes)
    {
        var count = BitOperations.PopCount((ulong)size);
        if (size < 0 || bytes.Length != count * MerkleHash.Size)
        {
            throw new FormatException($"A tree of {size} records has {count} subtrees, not {bytes.Length} bytes.");
        }

        var roots = new List<byte[]>(count);
        for (var i = 0; i < count; i++)
        {
            roots.Add(bytes.Slice(i * MerkleHash.Size, MerkleHash.Size).ToArray());
        }

        return new(size, roots);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[_roots.Count * MerkleHash.Size];
        for (var i = 0; i < _roots.Count; i++)
        {
            _roots[i].CopyTo(bytes.AsSpan(i * MerkleHash.Size));
        }

        return bytes;
    }

    public CompactRange Copy() => new(Size, [.. _roots]);

    /// <summary>
    /// One more leaf. <paramref name="completed"/> hears of each subtree that it completes: level (number of leaves
    /// is two to the level), index among its level, root.
    /// </summary>
    public void Append(byte[] leaf, Action<int, long, byte[]>? completed = null)
    {
        var hash = leaf;
        var level = 0;
        for (; ((Size >> level) & 1) == 1; level++)
        {
            hash = MerkleHash.Node(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
            completed?.Invoke(level + 1, Size >> (level + 1), hash);
        }

        _roots.Add(hash);
        Size++;
    }

    /// <summary>The root of the tree as it stands.</summary>
    public byte[] Root()
    {
        if (Size == 0)
        {
            return MerkleHash.Empty;
        }

        var root = _roots[^1];
        for (var i = _roots.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(_roots[i], root);
        }

        return root;
    }
}
