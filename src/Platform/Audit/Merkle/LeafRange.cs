using System.Numerics;

namespace Shali.Platform.Audit.Merkle;

/// <summary>The leaves from <paramref name="Begin"/> up to, not including, <paramref name="End"/>.</summary>
public readonly record struct LeafRange(long Begin, long End)
{
    public long Count => End - Begin;

    /// <summary>
    /// The complete subtrees that the range is made of in RFC 6962's tree, from left to right. The range must be
    /// one that this tree has a node for.
    /// </summary>
    public IEnumerable<Subtree> Subtrees()
    {
        for (var begin = Begin; begin < End;)
        {
            var level = BitOperations.Log2((ulong)(End - begin));
            yield return new(level, begin >> level);
            begin += 1L << level;
        }
    }
}

/// <summary>A complete subtree: two to the <paramref name="Level"/> leaves, the first at index times that number.</summary>
public readonly record struct Subtree(int Level, long Index);
