using System.Numerics;

namespace Shali.Platform.Audit.Merkle;

/// <summary>
/// Which hashes prove that a record is in a tree (RFC 6962 section 2.1.1), or that one tree is the beginning of
/// another (2.1.2), and how anyone checks them (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
/// </summary>
public static class MerkleProof
{
    /// <summary>The nodes of the audit path, from the leaf upwards, as the leaves that each covers.</summary>
    public static IReadOnlyList<LeafRange> Inclusion(long index, long size)
    {
        if (index < 0 || index >= size)
        {
            throw new ArgumentOutOfRangeException(nameof(index), "Only a record of the tree has a path.");
        }

        var path = new List<LeafRange>();
        var (begin, end) = (0L, size);
        while (end - begin > 1)
        {
            var middle = begin + Split(end - begin);
            path.Add(index < middle ? new(middle, end) : new(begin, middle));
            (begin, end) = index < middle ? (begin, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The nodes that prove a tree of <paramref name="from"/> leaves to be the beginning of a larger one.</summary>
    public static IReadOnlyList<LeafRange> Consistency(long from, long to)
    {
        if (from < 1 || from > to)
        {
            throw new ArgumentOutOfRangeException(nameof(from), "The older tree has at least one leaf and is not larger.");
        }

        var path = new List<LeafRange>();
        var (begin, end, whole) = (0L, to, true);
        while (from < end)
        {
            var middle = begin + Split(end - begin);
            if (from <= middle)
            {
                path.Add(new(middle, end));
                end = middle;
            }
            else
            {
                path.Add(new(begin, middle));
                begin = middle;
                whole = false;
            }
        }

        if (!whole)
        {
            path.Add(new(begin, end));
        }

        path.Reverse();
        return path;
    }

    /// <summary>True when the path leads from the leaf to the root.</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (place, last, hash) = (index, size - 1, leaf.ToArray());
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((place & 1) == 1 || place == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>True when the path shows both roots, the older as the beginning of the newer.</summary>
    public static bool VerifyConsistency(
        long from, long to, ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer, IReadOnlyList<byte[]> path)
    {
        if (from < 1 || from > to)
        {
            return false;
        }

        if (from == to)
        {
            return path.Count == 0 && older.SequenceEqual(newer);
        }

        var steps = BitOperations.IsPow2(from) ? [older.ToArray(), .. path] : path;
        return steps.Count > 0 && Climb(from, to, older, newer, steps);
    }

    private static bool Climb(
        long from, long to, ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer, IReadOnlyList<byte[]> steps)
    {
        var (place, last) = (from - 1, to - 1);
        while ((place & 1) == 1)
        {
            (place, last) = (place >> 1, last >> 1);
        }

        var (was, now) = (steps[0], steps[0]);
        for (var i = 1; i < steps.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((place & 1) == 1 || place == last)
            {
                was = MerkleHash.Node(steps[i], was);
                now = MerkleHash.Node(steps[i], now);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                now = MerkleHash.Node(now, steps[i]);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && older.SequenceEqual(was) && newer.SequenceEqual(now);
    }

    /// <summary>The largest power of two below the count.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
