namespace Shali.Tests.Support;

/// <summary>
/// Deadlines worked out a second time, by somebody who did not read the first: a calendar on the wall, one day after
/// the other crossed out, local wall-clock times, nothing looked up in tables. Slow, and easy to believe.
/// </summary>
internal sealed class NaiveClock(char unit, int limit, DateTime started)
{
    // The notices, read for themselves: days off as spans, working weekend days one by one.
    private static readonly string[] Off =
    [
        "2024-01-01", "2024-02-10..2024-02-17", "2024-04-04..2024-04-06", "2024-05-01..2024-05-05", "2024-06-10",
        "2024-09-15..2024-09-17", "2024-10-01..2024-10-07",
        "2025-01-01", "2025-01-28..2025-02-04", "2025-04-04..2025-04-06", "2025-05-01..2025-05-05", "2025-05-31..2025-06-02",
        "2025-10-01..2025-10-08",
        "2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-04-04..2026-04-06", "2026-05-01..2026-05-05",
        "2026-06-19..2026-06-21", "2026-09-25..2026-09-27", "2026-10-01..2026-10-07",
    ];

    private const string Worked =
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 " +
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 " +
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10";

    private static readonly HashSet<DateTime> Free = [.. Off.SelectMany(Span)];
    private static readonly HashSet<DateTime> Busy = [.. Worked.Split(' ').Select(Date)];

    /// <summary>One stand-still: from, the end that was told, the end that came.</summary>
    private readonly List<(DateTime From, DateTime Told, DateTime? Came)> _still = [];

    private int _more;

    public DateTime? Done { get; private set; }

    private int Whole => limit + _more;

    /// <summary>All that can be said of the clock at a moment, as one line.</summary>
    public string Say(DateTime now, int warnAt)
    {
        var walk = Walk();
        var at = Done ?? now;
        var late = at >= walk.Due;
        var still = Done is null && _still.Any(pause => now >= pause.From && now < End(pause));
        var state = (Done is not null, late, still) switch
        {
            (true, true, _) => "Missed",
            (true, false, _) => "Kept",
            (_, true, _) => "Overdue",
            (_, _, true) => "Paused",
            _ => "Running",
        };
        var near = Done < walk.Warn(warnAt) || walk.Warn(warnAt) >= walk.Due ? "-" : $"{walk.Warn(warnAt):yyyyMMdd HH:mm}";
        var over = Done < walk.Due ? "-" : $"{walk.Due:yyyyMMdd HH:mm}";
        return $"{state} {walk.Due:yyyyMMdd HH:mm} {walk.LastDay:yyyyMMdd} {Left(walk, at):0.####} {near} {over}";
    }

    public int Length => Whole;

    public bool Suspend(DateTime now, int days)
    {
        if (Done is not null || days < 1 || now < started || now >= Walk().Due || _still.Any(pause => now < End(pause)))
        {
            return false;
        }

        _still.Add((now, Told(now, days), null));
        return true;
    }

    public bool Resume(DateTime now)
    {
        if (Done is not null || _still.Count == 0 || _still[^1] is not { Came: null } last || now >= End(last) || now < last.From)
        {
            return false;
        }

        _still[^1] = last with { Came = now };
        return true;
    }

    public bool Extend(DateTime now, int days, int most)
    {
        if (Done is not null || _more > 0 || days < 1 || days > most || now >= Walk().Due)
        {
            return false;
        }

        _more = days;
        return true;
    }

    public bool Finish(DateTime now)
    {
        if (Done is not null || now < started)
        {
            return false;
        }

        Done = now;
        return true;
    }

    private static bool Works(DateTime day) =>
        Busy.Contains(day) || (!Free.Contains(day) && day.DayOfWeek != DayOfWeek.Saturday && day.DayOfWeek != DayOfWeek.Sunday);

    /// <summary>The first moment after the stand-still that was told to the applicant.</summary>
    private DateTime Told(DateTime from, int days)
    {
        if (unit == 'h')
        {
            return from.AddHours(24 * days);
        }

        var day = from.Date;
        while (days > 0)
        {
            day = day.AddDays(1);
            if (unit == 'c' || Works(day))
            {
                days--;
            }
        }

        return day.AddDays(1);
    }

    private static DateTime End((DateTime From, DateTime Told, DateTime? Came) pause) =>
        pause.Came is { } came && came < pause.Told ? came : pause.Told;

    /// <summary>The day on which somebody resumed is the last that is left out; the day of the beginning is not.</summary>
    private bool LeftOut(DateTime day)
    {
        foreach (var (from, told, came) in _still)
        {
            var last = came is { } back && back < told ? back.Date : told.AddDays(-1);
            if (day > from.Date && day <= last)
            {
                return true;
            }
        }

        return false;
    }

    private Walked Walk()
    {
        var crossed = new List<DateTime>();
        if (unit == 'h')
        {
            // A quarter of an hour at a time: all moments of the cases lie on quarters.
            var moment = started;
            while (crossed.Count < Whole * 4)
            {
                if (!_still.Any(pause => moment >= pause.From && moment < End(pause)))
                {
                    crossed.Add(moment.AddMinutes(15));
                }

                moment = moment.AddMinutes(15);
            }

            return new(crossed, crossed[^1], crossed[^1].Date, Hours: true);
        }

        var day = started.Date;
        while (crossed.Count < Whole)
        {
            day = day.AddDays(1);
            if ((unit == 'c' || Works(day)) && !LeftOut(day))
            {
                crossed.Add(day);
            }
        }

        while (!Works(day))
        {
            day = day.AddDays(1);
            crossed.Add(day);
        }

        return new(crossed, day.AddDays(1), day, Hours: false);
    }

    private decimal Left(Walked walk, DateTime at)
    {
        if (unit == 'h')
        {
            return at >= walk.Due ? -(decimal)(at - walk.Due).TotalMinutes / 60 : walk.Crossed.Count(end => end > at) / 4m;
        }

        if (at.Date <= walk.LastDay)
        {
            return walk.Crossed.Count(day => day > at.Date);
        }

        var over = 0;
        for (var day = walk.LastDay.AddDays(1); day <= at.Date; day = day.AddDays(1))
        {
            over += unit == 'c' || Works(day) ? 1 : 0;
        }

        return -over;
    }

    private static IEnumerable<DateTime> Span(string span)
    {
        var ends = span.Split("..");
        for (var day = Date(ends[0]); day <= Date(ends[^1]); day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static DateTime Date(string day) => DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Walked(List<DateTime> Crossed, DateTime Due, DateTime LastDay, bool Hours)
    {
        /// <summary>When no more than so many of what is crossed out are still to come.</summary>
        public DateTime Warn(int left) => Hours ? Crossed[Crossed.Count - 1 - (left * 4)] : Crossed[Crossed.Count - 1 - left];
    }
}
