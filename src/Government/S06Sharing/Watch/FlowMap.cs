using System.Globalization;

namespace Shali.Government.S06Sharing.Watch;

/// <summary>Who gives to whom, as it is drawn: providers on the left, consumers on the right. Pure.</summary>
public sealed record FlowMap(int Height, IReadOnlyList<FlowMap.Box> Providers, IReadOnlyList<FlowMap.Box> Consumers, IReadOnlyList<FlowMap.Line> Lines)
{
    public const int Width = 760;
    public const int BoxWidth = 220;
    public const int BoxHeight = 36;

    private const int Gap = 12;
    private const int Thickest = 14;

    /// <param name="Y">Of its upper edge.</param>
    public sealed record Box(string Office, int X, int Y);

    /// <param name="Path">As SVG draws it.</param>
    public sealed record Line(string From, string To, int Grants, bool Fails, string Path, string Thickness);

    public static FlowMap Of(IReadOnlyList<WatchedGrant> grants)
    {
        // Whoever gives most stands on top, and each consumer near those who give to him.
        var providers = Column(grants.GroupBy(one => one.Provider, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key), 0);
        var place = providers.Select((box, i) => (box.Office, i)).ToDictionary(one => one.Office, one => one.i, StringComparer.Ordinal);
        var consumers = Column(
            grants.GroupBy(one => one.Consumer, StringComparer.Ordinal).OrderBy(group => group.Average(one => place[one.Provider])).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key),
            Width - BoxWidth);
        var from = providers.ToDictionary(box => box.Office, StringComparer.Ordinal);
        var to = consumers.ToDictionary(box => box.Office, StringComparer.Ordinal);
        var lines = grants.GroupBy(one => (one.Provider, one.Consumer)).Select(group =>
        {
            var (a, b) = (from[group.Key.Provider], to[group.Key.Consumer]);
            var (y1, y2, middle) = (a.Y + (BoxHeight / 2), b.Y + (BoxHeight / 2), Width / 2);
            return new Line(
                group.Key.Provider, group.Key.Consumer, group.Count(), group.Any(one => one.Fails),
                string.Create(CultureInfo.InvariantCulture, $"M{BoxWidth} {y1} C{middle} {y1} {middle} {y2} {Width - BoxWidth} {y2}"),
                Math.Min(Thickest, 1 + group.Count()).ToString(CultureInfo.InvariantCulture));
        }).ToList();
        return new((Math.Max(providers.Count, consumers.Count) * (BoxHeight + Gap)) + Gap, providers, consumers, lines);
    }

    private static List<Box> Column(IEnumerable<string> offices, int x) => [.. offices.Select((office, i) => new Box(office, x, Gap + (i * (BoxHeight + Gap))))];
}
