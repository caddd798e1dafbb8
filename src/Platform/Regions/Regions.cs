using System.Collections.Frozen;
using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Platform.Regions;

/// <summary>
/// The table of divisions in memory: the whole country down to the counties travels with the program, streets and
/// villages are the city's own and are added when it starts. Lookups take no lock.
/// </summary>
public static class Regions
{
    private const string CountryFile = "Regions/Data/regions.csv";

    private static readonly Lock Adding = new();

    private static Table Current = Table.Of(Read(Resource.Text(typeof(Regions).Assembly, CountryFile)));

    /// <summary>Every division that the table holds, in order of code.</summary>
    public static IReadOnlyList<Region> All => Current.Ordered;

    public static Region? Find(string code) => Current.ByCode.GetValueOrDefault(code);

    /// <summary>Whether the code is in the table and, when a day is given, was in force on it.</summary>
    public static bool Known(string code, DateOnly? on = null) =>
        Find(code) is { } region && (on is not { } day || region.On(day));

    /// <summary>The divisions right below, in force on the day.</summary>
    public static IEnumerable<Region> Below(string code, DateOnly on) =>
        Current.Below.GetValueOrDefault(code, []).Where(region => region.On(on));

    /// <summary>The whole chain: 河南省漯河市源汇区老街街道. Null when the code itself is not in the table.</summary>
    public static string? Name(string code)
    {
        if (Find(code) is not { } region)
        {
            return null;
        }

        var name = region.IsGrouping && code.Length < 6 ? "" : region.Name;
        for (var parent = RegionCode.Parent(code); parent is not null; parent = RegionCode.Parent(parent))
        {
            if (Find(parent) is { IsGrouping: false } above)
            {
                name = above.Name + name;
            }
        }

        return name;
    }

    /// <summary>The division's own name: 老街街道.</summary>
    public static string? Short(string code) => Find(code)?.Name;

    /// <summary>
    /// Whether a code can be. The table does not hold every county that ever was, so an unknown county of a known
    /// province is plausible; below a county whose streets are kept, only those are.
    /// </summary>
    public static RegionStanding Standing(string code)
    {
        var table = Current;
        if (table.ByCode.ContainsKey(code))
        {
            return RegionStanding.Known;
        }

        if (code.Length < 2 || !table.ByCode.ContainsKey(code[..2]))
        {
            return RegionStanding.Unknown;
        }

        return code.Length <= 6 || !table.Below.ContainsKey(code.Length == 9 ? code[..6] : code[..9])
            ? RegionStanding.Plausible
            : RegionStanding.Unknown;
    }

    /// <summary>Adds divisions, such as a city's streets and villages; a code that is there already is replaced.</summary>
    public static void Include(IEnumerable<Region> regions)
    {
        lock (Adding)
        {
            var added = regions.ToDictionary(region => region.Code, StringComparer.Ordinal);
            if (added.Count > 0)
            {
                Current = Table.Of([.. Current.Ordered.Where(region => !added.ContainsKey(region.Code)), .. added.Values]);
            }
        }
    }

    /// <summary>Divisions from a file of the form code,name,valid_from,valid_to,successors.</summary>
    public static IReadOnlyList<Region> Read(string csv)
    {
        var regions = new List<Region>();
        foreach (var line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.TrimEnd('\r').Split(',');
            regions.Add(new(cells[0], cells[1], Day(cells[2]), Day(cells[3]), cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        }

        return regions;
    }

    private static DateOnly? Day(string cell) =>
        cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Table(
        IReadOnlyList<Region> Ordered, FrozenDictionary<string, Region> ByCode, FrozenDictionary<string, Region[]> Below)
    {
        public static Table Of(IReadOnlyList<Region> regions)
        {
            var ordered = regions.OrderBy(region => region.Code, StringComparer.Ordinal).ToList();
            return new(
                ordered,
                ordered.ToFrozenDictionary(region => region.Code, StringComparer.Ordinal),
                ordered.Where(region => region.Code.Length > 2)
                    .GroupBy(region => RegionCode.Parent(region.Code)!, StringComparer.Ordinal)
                    .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal));
        }
    }
}
