namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Keeps small numbers out of public tables: no figure below ten, and not one that could be worked out as what is
/// missing from the total (个人信息保护法 art. 4: what is made anonymous must stay so).
/// </summary>
public static class Suppression
{
    public const long Smallest = 10;

    /// <summary>The figures that may be shown, in the same order; null for those that may not.</summary>
    public static IReadOnlyList<long?> Of(IReadOnlyList<long> figures)
    {
        var shown = figures.Select(figure => figure is 0 or >= Smallest ? figure : (long?)null).ToArray();
        if (shown.Count(figure => figure is null) == 1)
        {
            // One gap is the total less the rest: the next smallest goes too.
            var next = Enumerable.Range(0, shown.Length).Where(i => shown[i] is > 0).OrderBy(i => shown[i]).Cast<int?>().FirstOrDefault();
            if (next is { } position)
            {
                shown[position] = null;
            }
        }

        return shown;
    }
}
