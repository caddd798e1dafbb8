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

    /// <summary>How limits were kept that ended in the period, by office or type.</summary>
    public Task<List<KeptCount>> Kept(DateTimeOffset from, DateTimeOffset until, string by, CancellationToken cancel = default)
    {
        var column = Sql.Name(by is "office" or "type" ? by : throw new ArgumentOutOfRangeException(nameof(by), by, "No such grouping."));
        return db.List(
            $"""
            select {column}, count(*) filter (where ended_at < due_at), count(*) filter (where ended_at >= due_at)
            from casework.clock
            where ended_at >= {from.ToUniversalTime()} and ended_at < {until.ToUniversalTime()} and kind <> 'step'
            group by 1 order by 3 desc, 2 desc, 1 limit 200
            """,
            row => new KeptCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            cancel);
    }
}
