namespace Shali.Centres.Demo;

/// <summary>
/// Chance that can be repeated: the same seed gives the same city on every machine and every runtime (SplitMix64).
/// </summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            return Mix(_state);
        }
    }

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)(((UInt128)Bits() * (uint)bound) >> 64);

    public int Between(int low, int high) => low + Next(high - low + 1);

    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    /// <summary>About normally distributed.</summary>
    public double Normal(double mean, double deviation) =>
        mean + (deviation * (Share() + Share() + Share() + Share() - 2) * 1.732);

    public T Pick<T>(IReadOnlyList<T> list) => list[Next(list.Count)];

    /// <summary>Scatters neighbouring numbers over all 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

/// <summary>Picks by weight in constant time (alias method).</summary>
public sealed class Weighted<T>
{
    private readonly T[] _items;
    private readonly double[] _keep;
    private readonly int[] _other;

    public Weighted(IEnumerable<(T Item, double Weight)> given)
    {
        var list = given.ToList();
        _items = [.. list.Select(pair => pair.Item)];
        _other = new int[list.Count];
        var mean = list.Sum(pair => pair.Weight) / list.Count;
        _keep = [.. list.Select(pair => pair.Weight / mean)];
        var small = new Stack<int>(Enumerable.Range(0, list.Count).Where(i => _keep[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, list.Count).Where(i => _keep[i] >= 1));
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _other[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        foreach (var left in small.Concat(large))
        {
            _keep[left] = 1;
        }
    }

    public T Pick(Dice dice)
    {
        var i = dice.Next(_items.Length);
        return dice.Share() < _keep[i] ? _items[i] : _items[_other[i]];
    }
}
