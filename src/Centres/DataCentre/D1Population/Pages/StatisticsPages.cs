using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using RegionTable = Shali.Platform.Regions.Regions;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>The three counts for those who work with them, and what everybody may know.</summary>
internal static class StatisticsPages
{
    private const int PageSize = 50;

    private static readonly Dictionary<string, (CountKind Kind, string Label)> Kinds = new(StringComparer.Ordinal)
    {
        ["registered"] = (CountKind.Registered, "户籍人口"),
        ["usual"] = (CountKind.Usual, "常住人口"),
        ["present"] = (CountKind.Present, "实有人口"),
        ["away-for-long"] = (CountKind.AwayForLong, "户籍在此、外出半年以上"),
        ["here-for-long"] = (CountKind.HereForLong, "户籍在外、来此半年以上"),
        ["away-now"] = (CountKind.AwayNow, "户籍在此、现居他处"),
        ["here-now"] = (CountKind.HereNow, "户籍在外、现居此处"),
    };

    public static async Task<IResult> Show(
        HttpContext context, CountReader counts, Tally tally, TimeProvider time, CancellationToken cancel, string? area = null, string? day = null)
    {
        var (where, on, refusals) = await Read(counts, time, area, day, cancel);
        var figures = await counts.Of(where, on, cancel);
        var model = new StatisticsModel(NameOf(where), on, figures[0], [.. figures.Skip(1)], await Groups(counts, where, on, CountKind.Registered, cancel))
        {
            Between = where.Length == 4 ? await counts.Between(on, cancel) : null,
            Behind = await tally.IsBehind(cancel),
        };
        return context.Show<StatisticsPage>(new { Model = model, Refusals = refusals }, refusals.Any ? 422 : 200);
    }

    public static async Task<IResult> Persons(
        HttpContext context, CountReader counts, CountedPersons counted, PersonReading reading, TimeProvider time, CancellationToken cancel,
        string? area = null, string? day = null, string? kind = null, int from = 0)
    {
        var (where, on, refusals) = await Read(counts, time, area, day, cancel);
        var (wanted, label) = Kinds.GetValueOrDefault(kind ?? "", Kinds["registered"]);
        if (where.Length < 9)
        {
            refusals = refusals.And(Refusals.Of(new Refusal("D1-T03", "area", Text.SmallerArea)));
        }

        if (refusals.Any)
        {
            return context.Show<CountedPersonsPage>(new { Name = NameOf(where), KindName = label, Day = on, Refusals = refusals }, 422);
        }

        var keys = await counted.Of(where, on, wanted, cancel);
        var page = keys.Skip(Math.Max(from, 0)).Take(PageSize).ToList();
        var persons = page.Count == 0 ? [] : await reading.List(context.Caller(), Resources.Person, new Filter.KeyIn(page), Text.StatisticsPurpose, false, cancel);
        var next = from + PageSize < keys.Count ? $"/population/statistics/persons?area={where}&day={Iso(on)}&kind={kind}&from={from + PageSize}" : null;
        return context.Show<CountedPersonsPage>(new { Name = NameOf(where), KindName = label, Day = on, Persons = persons, Total = keys.Count, Next = next });
    }

    public static async Task<IResult> Public(HttpContext context, CountReader counts, TimeProvider time, CancellationToken cancel)
    {
        var today = time.Today();
        if (await counts.City(cancel) is not { } city)
        {
            return context.Show<PublicStatisticsPage>(new { Day = today, Whole = Counts.None(""), Parts = Array.Empty<(string, long?, long?)>() });
        }

        var figures = await counts.Of(city, today, cancel);
        var parts = figures.Skip(1).ToList();
        var registered = Suppression.Of([.. parts.Select(part => part.Registered)]);
        var usual = Suppression.Of([.. parts.Select(part => part.Usual)]);
        return context.Show<PublicStatisticsPage>(new
        {
            Day = today,
            Whole = figures[0],
            Parts = (IReadOnlyList<(string, long?, long?)>)[.. parts.Select((part, i) => (NameOf(part.Area), registered[i], usual[i]))],
            Groups = Suppress(await Groups(counts, city, today, CountKind.Usual, cancel)),
        });
    }

    /// <summary>Its own name, or its code when the table does not have it.</summary>
    public static string NameOf(string area) => RegionTable.Short(area) ?? area;

    private static async Task<(string Area, DateOnly Day, Refusals Refusals)> Read(
        CountReader counts, TimeProvider time, string? area, string? day, CancellationToken cancel)
    {
        var today = time.Today();
        var on = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : (DateOnly?)null;
        var refusals = Refusals.Of(
            !string.IsNullOrEmpty(day) && on is null ? new Refusal("D1-T01", "day", Text.NotADate("日期")) : null,
            on > today ? new Refusal("D1-T04", "day", Text.NotYet) : null,
            !string.IsNullOrEmpty(area) && !Area.IsCode(area) ? new Refusal("D1-T02", "area", Text.NotAnArea) : null);
        var where = !string.IsNullOrEmpty(area) && Area.IsCode(area) ? area : await counts.City(cancel) ?? "0000";
        return (where, on is { } given && given <= today ? given : today, refusals);
    }

    private static async Task<IReadOnlyList<AgeGroup>> Groups(CountReader counts, string area, DateOnly day, CountKind kind, CancellationToken cancel)
    {
        var rows = await counts.Pyramid(area, day, kind, cancel);
        return rows.Count == 0 ? [] : [.. Enumerable.Range(0, 20).Select(group => new AgeGroup(
            group == 19 ? "95+" : $"{group * 5}–{(group * 5) + 4}",
            Sum(rows, day, group, Sex.Male),
            Sum(rows, day, group, Sex.Female)))];
    }

    private static long Sum(IEnumerable<(int Sex, int Born, long Persons)> rows, DateOnly day, int group, string sex) => rows
        .Where(row => row.Sex == int.Parse(sex, CultureInfo.InvariantCulture) && Math.Min(Math.Max(day.Year - row.Born, 0) / 5, 19) == group)
        .Sum(row => row.Persons);

    private static IReadOnlyList<AgeGroup> Suppress(IReadOnlyList<AgeGroup> groups) =>
        [.. groups.Select(group => new AgeGroup(group.Label, group.Male < Suppression.Smallest ? 0 : group.Male, group.Female < Suppression.Smallest ? 0 : group.Female))];

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What the page of statistics shows.</summary>
public sealed record StatisticsModel(string Name, DateOnly Day, Counts Whole, IReadOnlyList<Counts> Parts, IReadOnlyList<AgeGroup> Groups)
{
    /// <summary>Registered nowhere that day, on the way or overdue; for the whole city only.</summary>
    public (long InTransit, long Overdue)? Between { get; init; }

    /// <summary>A bulk load is still being counted.</summary>
    public bool Behind { get; init; }

    public string Iso => StatisticsPages.Iso(Day);
}
