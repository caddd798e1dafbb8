namespace Shali.Government.S05Enterprises.Demo;

/// <summary>Chance that can be repeated: what a seeded <see cref="Random"/> does not say in one word.</summary>
internal static class Chances
{
    public static int Between(this Random dice, int low, int high) => dice.Next(low, high + 1);

    public static bool Chance(this Random dice, double probability) => dice.NextDouble() < probability;

    public static T Pick<T>(this Random dice, IReadOnlyList<T> list) => list[dice.Next(list.Count)];
}
