using System.Globalization;
using System.Runtime.CompilerServices;
using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>Reads the three counts of any day from the tally.</summary>
public sealed class CountReader(Db db)
{
    /// <summary>The counts of an area and of the areas right within it, by code; the area itself comes first.</summary>
    public async Task<IReadOnlyList<Counts>> Of(string area, DateOnly day, CancellationToken cancel = default)
    {
        var below = Area.Below(area) ?? area.Length;
        var divisor = Area.Divisor(below);
        var (low, high) = Range(area);
        // Two persons who count for the same three areas are one line; what is outside the area keeps only that.
        var flows = await db.List(
            $"""
            select r / {divisor}, u / {divisor}, p / {divisor}, sum(n)::bigint from (
                select case when registered between {low} and {high} then registered else 0 end as r,
                       case when usual between {low} and {high} then usual else 0 end as u,
                       case when present between {low} and {high} then present else 0 end as p, sum(persons) as n
                from population.tally
                where day <= {day} and (registered between {low} and {high} or usual between {low} and {high}
                    or present between {low} and {high})
                group by 1, 2, 3) as village
            group by 1, 2, 3
            """,
            row => new Flow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancel);
        var whole = Sum(area, flows, code => code != 0);
        return below == area.Length
            ? [whole]
            : [whole, .. Parts(flows).Select(part => Sum(Code(part, below), flows, code => code == part))];
    }

    /// <summary>Registered persons of an area by sex and year of birth.</summary>
    public Task<List<(int Sex, int Born, long Persons)>> Pyramid(string area, DateOnly day, CountKind kind, CancellationToken cancel = default)
    {
        var (low, high) = Range(area);
        var column = Sql.Name(kind switch { CountKind.Usual => "usual", CountKind.Present => "present", _ => "registered" });
        return db.List(
            $"""
            select sex, born, sum(persons)::bigint from population.tally
            where day <= {day} and {column} between {low} and {high} group by sex, born having sum(persons) > 0
            """,
            row => ((int)row.GetInt16(0), (int)row.GetInt16(1), row.GetInt64(2)),
            cancel);
    }

    /// <summary>The code of the city whose register this is; null while the register is empty.</summary>
    public Task<string?> City(CancellationToken cancel = default) =>
        db.Scalar<string>($"select left(village, 4) from population.household limit 1", cancel);

    /// <summary>
    /// How many are on the way between two places of registration that day, registered nowhere; and how many of those
    /// with a certificate that had run out by then. By the dates of the certificates, so for any day the same answer.
    /// </summary>
    public async Task<(long InTransit, long Overdue)> Between(DateOnly day, CancellationToken cancel = default) =>
        (await db.One(
            $"""
            select count(*) filter (where expires >= {day}), count(*) filter (where expires < {day}) from population.transfer
            where issued <= {day} and (surrendered is null or surrendered > {day})
            """,
            row => new StrongBox<(long, long)>((row.GetInt64(0), row.GetInt64(1))),
            cancel))!.Value;

    /// <summary>The first and the last village number that an area can hold.</summary>
    internal static (long Low, long High) Range(string area)
    {
        var divisor = Area.Divisor(area.Length);
        var first = long.Parse(area, NumberStyles.None, CultureInfo.InvariantCulture) * divisor;
        return (first, first + divisor - 1);
    }

    private static IEnumerable<long> Parts(IEnumerable<Flow> flows) => flows
        .SelectMany(flow => new[] { flow.Registered, flow.Usual, flow.Present })
        .Where(code => code != 0).Distinct().Order();

    private static Counts Sum(string area, List<Flow> flows, Func<long, bool> within)
    {
        long registered = 0, usual = 0, present = 0, awayForLong = 0, hereForLong = 0, awayNow = 0, hereNow = 0;
        foreach (var flow in flows)
        {
            var (r, u, p) = (within(flow.Registered), within(flow.Usual), within(flow.Present));
            registered += r ? flow.Persons : 0;
            usual += u ? flow.Persons : 0;
            present += p ? flow.Persons : 0;
            awayForLong += r && !u ? flow.Persons : 0;
            hereForLong += u && !r ? flow.Persons : 0;
            awayNow += r && !p ? flow.Persons : 0;
            hereNow += p && !r ? flow.Persons : 0;
        }

        return new(area, registered, usual, present, awayForLong, hereForLong, awayNow, hereNow);
    }

    private static string Code(long number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    private readonly record struct Flow(long Registered, long Usual, long Present, long Persons);
}
