using System.Collections.Concurrent;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>How many cards of each kind; withdrawn ones do not count.</summary>
/// <param name="Group">Code of the office, type, stage or rule.</param>
public sealed record CardCount(string Group, long Warnings, long Yellow, long Red, long Proposals, long Withdrawn, long Appealed);

/// <summary>How the clocks that run stand at this moment.</summary>
public sealed record OpenClocks(long Running, long DueToday, long LatePromise, long LateLegal, long LateStep, long Provisional);

/// <summary>Clocks that ended in a time, by what they measure.</summary>
public sealed record KeptCount(string Group, long Kept, long Missed)
{
    public decimal? Share => Kept + Missed == 0 ? null : Math.Round(100m * Kept / (Kept + Missed), 1);
}

/// <summary>The figures of the board and of the statistics, counted from the records each time.</summary>
public sealed class SupervisionBoard(Db db, TimeProvider time)
{
    private const int GroupsMax = 200;

    private static readonly string[] Groups = ["office", "type", "stage", "rule"];

    public async Task<OpenClocks> Open(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var tomorrow = new DateTimeOffset(now.Local().Day().AddDays(1).ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        return (await db.One(
            $"""
            select count(*), count(*) filter (where due_at > {now} and due_at <= {tomorrow}),
                count(*) filter (where kind = 'promised' and due_at <= {now}), count(*) filter (where kind = 'legal' and due_at <= {now}),
                count(*) filter (where kind = 'step' and due_at <= {now}), count(*) filter (where provisional)
            from casework.clock where ended_at is null
            """,
            row => new OpenClocks(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancel))!;
    }

    /// <param name="by">office, type, stage or rule.</param>
    public Task<List<CardCount>> Cards(Caller who, CardQuery query, string by, CancellationToken cancel = default)
    {
        var column = Sql.Name(Groups.Contains(by) ? by : throw new ArgumentOutOfRangeException(nameof(by), by, "No such grouping."));
        return db.List(
            $"""
            select coalesce({column}, ''), count(*) filter (where kind = 'warning' and state <> 'withdrawn'),
                count(*) filter (where kind = 'yellow' and state <> 'withdrawn'), count(*) filter (where kind = 'red' and state <> 'withdrawn'),
                count(*) filter (where kind = 'proposal' and state <> 'withdrawn'), count(*) filter (where state = 'withdrawn'),
                count(*) filter (where state = 'appealed')
            from casework.card where {CardReader.Where(who, query)}
            group by 1 order by 4 desc, 3 desc, 2 desc, 1 limit 200
            """,
            row => new CardCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
            cancel);
    }

    /// <summary>Counts the days of the year that are over before somebody asks for them.</summary>
    public Task CountAhead(CancellationToken cancel = default) => Kept(new DateOnly(time.Today().Year, 1, 1), time.Today(), "office", cancel);

    /// <summary>How limits were kept that ended on these days, by office or type.</summary>
    public async Task<List<KeptCount>> Kept(DateOnly from, DateOnly to, string by, CancellationToken cancel = default)
    {
        var byOffice = by is "office" or "type" ? by == "office" : throw new ArgumentOutOfRangeException(nameof(by), by, "No such grouping.");
        var counted = await Days(from, to, cancel);
        return
        [
            .. counted.GroupBy(day => byOffice ? day.Office : day.Type, StringComparer.Ordinal)
                .Select(group => new KeptCount(group.Key, group.Sum(day => day.Kept), group.Sum(day => day.Missed)))
                .OrderByDescending(group => group.Missed).ThenByDescending(group => group.Kept).ThenBy(group => group.Group, StringComparer.Ordinal).Take(GroupsMax),
        ];
    }

    /// <summary>
    /// A limit that has ended stays as it ended: a day that is over is counted once by this node, the last two each time.
    /// A year of five million limits would cost seconds at every look.
    /// </summary>
    private async Task<IEnumerable<DayKept>> Days(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var over = time.Today().AddDays(-1);
        var days = Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).ToList();
        var missing = days.Where(day => day >= over || !_days.ContainsKey(day)).ToList();
        var fresh = missing.Count == 0 ? null : (await db.Unhurried.List(
            $"""
            select (ended_at at time zone 'UTC' + interval '8 hours')::date, office, type, count(*) filter (where ended_at < due_at), count(*) filter (where ended_at >= due_at)
            from casework.clock where ended_at >= {Midnight(missing[0])} and ended_at < {Midnight(missing[^1].AddDays(1))} and kind <> 'step'
            group by 1, 2, 3
            """,
            row => (Day: row.GetFieldValue<DateOnly>(0), Kept: new DayKept(row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))),
            cancel)).ToLookup(row => row.Day, row => row.Kept);
        var counted = new List<DayKept>();
        foreach (var day in days)
        {
            if (day < over && _days.TryGetValue(day, out var known))
            {
                counted.AddRange(known);
                continue;
            }

            DayKept[] sums = [.. fresh![day]];
            counted.AddRange(sums);
            if (day < over)
            {
                _days[day] = sums;
            }
        }

        return counted;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();

    private readonly ConcurrentDictionary<DateOnly, DayKept[]> _days = new();

    private sealed record DayKept(string Office, string Type, long Kept, long Missed);
}
