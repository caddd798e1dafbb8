using Shali.Platform.Calendar;

namespace Shali.Platform.Casework.Clocks;

/// <summary>
/// The one judge of deadlines: the citizen's promise, the clerk's clock and the supervisor's verdict are the same
/// pure function of facts, calendar and moment. Judging an old moment with the old calendar gives the old answer.
/// </summary>
public static class ClockJudge
{
    public static ClockVerdict Judge(ClockFacts facts, WorkCalendar calendar, DateTimeOffset now)
    {
        var count = new ClockCount(facts, calendar);
        var at = facts.Ended ?? now;
        var due = count.Due;
        var paused = facts.Ended is null ? count.PausedUntil(now) : null;
        var status = facts.Ended is not null ? (at < due ? ClockStatus.Kept : ClockStatus.Missed)
            : at >= due ? ClockStatus.Overdue
            : paused is not null ? ClockStatus.Paused
            : ClockStatus.Running;
        DateTimeOffset? next = facts.Ended is not null || at >= due ? null : paused < due ? paused : due;
        return new(status, due, count.DueDay, count.Remaining(at), count.Provisional, next) { Facts = facts, Calendar = calendar };
    }

    /// <summary>
    /// The first moment at which no more than so much remains: midnight at the beginning of a day, for hours the
    /// moment itself. Never before the start.
    /// </summary>
    public static DateTimeOffset MomentOf(ClockFacts facts, WorkCalendar calendar, int remaining) =>
        new ClockCount(facts, calendar).MomentOf(remaining);

    /// <summary>What of the limit is used up to a moment, without suspended time: whole days, or hours.</summary>
    public static decimal Used(ClockFacts facts, WorkCalendar calendar, DateTimeOffset until) =>
        new ClockCount(facts, calendar).Used(facts.Started, until);

    /// <summary>What an office used of the limit while it had the case, so that the days of all offices sum up.</summary>
    public static decimal Used(ClockFacts facts, WorkCalendar calendar, DateTimeOffset from, DateTimeOffset until) =>
        new ClockCount(facts, calendar).Used(from, until);

    /// <summary>When a suspension ends at the latest: as it was planned, or earlier when it was resumed.</summary>
    public static DateTimeOffset EndOf(Pause pause, ClockUnit unit, WorkCalendar calendar) => ClockCount.EndOf(pause, unit, calendar);
}
