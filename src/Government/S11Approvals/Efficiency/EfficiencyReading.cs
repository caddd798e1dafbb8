using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Cards of one trigger.</summary>
public sealed record TriggerCount(string Trigger, long Yellow, long Red, long Proposals)
{
    public long All => Yellow + Red + Proposals;
}

/// <summary>How the approvals stand today.</summary>
public sealed record TodayCount(long Received, long Ended, long Open, long Kept, long Missed, long Yellow, long Red, long Rated, long Poor, long Waiting)
{
    /// <summary>Per cent of the limits that ended in the quarter in time; null: none ended.</summary>
    public decimal? Share => Kept + Missed == 0 ? null : Math.Round(100m * Kept / (Kept + Missed), 1);
}

/// <summary>The figures of the supervisor's desk and of the board, counted from the records each time.</summary>
public sealed class EfficiencyReading(Db db, ApprovalCases cases, TimeProvider time)
{
    private const int ExportMax = 20_000;
    private const int ListMax = 500;

    public async Task<IReadOnlyList<TriggerCount>> Triggers(DateTimeOffset from, DateTimeOffset until, string? office, CancellationToken cancel = default)
    {
        var at = office is null ? Sql.Empty : Sql.Of($" and office = {office}");
        var counted = (await db.List(
            $"""
            select trigger, count(*) filter (where kind = 'yellow'), count(*) filter (where kind = 'red'), count(*) filter (where kind = 'proposal')
            from casework.card where trigger is not null and state <> 'withdrawn' and kind <> 'warning'
              and moment >= {from.ToUniversalTime()} and moment < {until.ToUniversalTime()}{at} group by 1
            """,
            row => new TriggerCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancel)).ToDictionary(row => row.Trigger, StringComparer.Ordinal);
        return [.. ApprovalTriggers.All.Select(one => counted.GetValueOrDefault(one.Code) ?? new(one.Code, 0, 0, 0))];
    }

    /// <summary>Cards of the triggers, newest first, for a sheet.</summary>
    public IAsyncEnumerable<Card> Cards(DateTimeOffset from, DateTimeOffset until, string? office, CancellationToken cancel = default)
    {
        var plan = Plan.Of(Platform.Casework.Supervision.Cards.Resource);
        var at = office is null ? Sql.Empty : Sql.Of($" and office = {office}");
        return db.Stream(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where trigger is not null
              and moment >= {from.ToUniversalTime()} and moment < {until.ToUniversalTime()}{at} order by moment desc, number limit {ExportMax}
            """,
            row => Typed<Card>.Of(plan.Read(row)),
            cancel);
    }

    public async Task<TodayCount> Today(CancellationToken cancel = default)
    {
        var today = time.Today();
        var midnight = new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        var (quarter, types) = (Quarter.Of(today).Begin.ToUniversalTime(), cases.Types);
        var of = await db.One(
            $"""
            select count(*) filter (where received_at >= {midnight}), count(*) filter (where closed_at >= {midnight}), count(*) filter (where state <> 'ended')
            from casework."case" where type = any({types}) and (state <> 'ended' or closed_at >= {midnight})
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancel);
        var limits = await db.One(
            $"""
            select count(*) filter (where ended_at < due_at), count(*) filter (where ended_at >= due_at)
            from casework.clock where type = any({types}) and kind <> 'step' and ended_at >= {quarter}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancel);
        var cards = await db.One(
            $"""
            select count(*) filter (where kind = 'yellow'), count(*) filter (where kind = 'red')
            from casework.card where type = any({types}) and state <> 'withdrawn' and moment >= {quarter}
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancel);
        var ratings = await db.One(
            $"""
            select count(*) filter (where handling is distinct from 'excluded'), count(*) filter (where grade in ('4', '5') and handling is distinct from 'excluded'),
                count(*) filter (where handling in ('waiting', 'open'))
            from approvals.rating where given_at >= {quarter}
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancel);
        return new(of.Item1, of.Item2, of.Item3, limits.Item1, limits.Item2, cards.Item1, cards.Item2, ratings.Item1, ratings.Item2, ratings.Item3);
    }

    /// <summary>The newest cases that a figure of today counts.</summary>
    /// <param name="figure">received, ended or open.</param>
    public Task<List<FigureCase>> TodayCases(string figure, CancellationToken cancel = default)
    {
        var midnight = new DateTimeOffset(time.Today().ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        var condition = figure switch
        {
            "received" => Sql.Of($"received_at >= {midnight} and (state <> 'ended' or closed_at >= {midnight})"),
            "ended" => Sql.Of($"closed_at >= {midnight}"),
            _ => Sql.Of($"state <> 'ended'"),
        };
        return db.List(
            $"""
            select number, title, coalesce(closed_at, received_at) from casework."case"
            where type = any({cases.Types}) and {condition} order by number desc limit {ListMax}
            """,
            row => new FigureCase(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)),
            cancel);
    }

    /// <summary>Ratings of one office as it may see them: neither case nor day.</summary>
    public Task<List<Rating>> Of(string office, int limit, CancellationToken cancel = default)
    {
        var plan = Plan.Of(Definition.Of<Rating>());
        return db.List(
            $"select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where office = {office} order by given_at desc limit {limit}",
            row => Typed<Rating>.Of(plan.Read(row)) with { Case = "" },
            cancel);
    }
}
