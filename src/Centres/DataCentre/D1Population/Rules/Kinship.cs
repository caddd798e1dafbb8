namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Whether two persons may not marry because of blood (民法典 art. 1048), as far as the register knows.</summary>
public static class Kinship
{
    /// <summary>
    /// In direct line, or within three generations of a common ancestor: counted from the ancestors that both have
    /// among themselves, their parents and their grandparents.
    /// </summary>
    public static bool Prohibited(Facts facts, string one, string other) =>
        one != other && (Line(facts, one, int.MaxValue).Contains(other) || Line(facts, other, int.MaxValue).Contains(one)
            || Line(facts, one, 2).Overlaps(Line(facts, other, 2)));

    /// <summary>The ancestors up to so many generations back.</summary>
    private static HashSet<string> Line(Facts facts, string person, int generations)
    {
        var line = new HashSet<string>(StringComparer.Ordinal);
        var next = new List<string> { person };
        for (var i = 0; i < generations && next.Count > 0; i++)
        {
            next = [.. next.SelectMany(facts.ParentsOf).Where(line.Add)];
        }

        return line;
    }
}
