using Shali.Platform.Calendar;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>
/// The arithmetic of one clock. Days have numbers in which the unit counts on by one: the calendar's working days, or
/// all days. A suspension then is a stretch of numbers that is left out, whatever lies in it.
/// </summary>
internal readonly struct ClockCount
{
    private readonly ClockFacts _facts;
    private readonly WorkCalendar _calendar;
    private readonly DateOnly _start;

    public ClockCount(ClockFacts facts, WorkCalendar calendar)
    {
        (_facts, _calendar) = (facts, calendar);
        _start = facts.Started.Local().Day();
        if (facts.Rule.Unit == ClockUnit.Hours)
        {
            Due = After(TimeSpan.FromHours(facts.Length));
            DueDay = Full = Due.Local().Day();
            return;
        }

        Full = Day(facts.Length);
        DueDay = facts is { Rule.Unit: ClockUnit.CalendarDays, Until: null } ? calendar.OnOrAfter(Full) : Full;
        Due = Midnight(DueDay.AddDays(1));
    }

    /// <summary>The day on which the length is complete, before a day of rest moves it.</summary>
    public DateOnly Full { get; }

    public DateTimeOffset Due { get; }

    public DateOnly DueDay { get; }

    public bool Provisional => _facts.Rule.Unit switch
    {
        ClockUnit.WorkingDays => _calendar.Provisional(_start.AddDays(1), DueDay),
        ClockUnit.CalendarDays => _facts.Until is null && _calendar.Provisional(Full, DueDay),
        _ => false,
    };

    /// <summary>The end of the suspension in which the moment lies; null when it lies in none.</summary>
    public DateTimeOffset? PausedUntil(DateTimeOffset moment)
    {
        foreach (var pause in _facts.Pauses)
        {
            if (pause.From <= moment && EndOf(pause, _facts.Rule.Unit, _calendar) is var end && moment < end)
            {
                return end;
            }
        }

        return null;
    }

    public decimal Remaining(DateTimeOffset at)
    {
        if (_facts.Rule.Unit == ClockUnit.Hours)
        {
            return at >= Due ? -Hours(at - Due) : Hours(Unpaused(at, Due));
        }

        var today = at.Local().Day();
        return today > DueDay
            ? Number(DueDay) - Number(today)
            : Days(today, Full) + (DueDay.DayNumber - Math.Max(Full.DayNumber, Math.Min(today.DayNumber, DueDay.DayNumber)));
    }

    public decimal Used(DateTimeOffset from, DateTimeOffset until) => _facts.Rule.Unit == ClockUnit.Hours
        ? Hours(Unpaused(from, until))
        : Days(from.Local().Day(), until.Local().Day());

    public DateTimeOffset MomentOf(int remaining)
    {
        if (_facts.Rule.Unit == ClockUnit.Hours)
        {
            return remaining >= _facts.Length ? _facts.Started : After(TimeSpan.FromHours(_facts.Length - remaining));
        }

        // A last day that was moved leaves days after the full count: they remain too.
        var moved = DueDay.DayNumber - Full.DayNumber;
        if (_facts.Length + moved - remaining <= 0)
        {
            return _facts.Started;
        }

        return Midnight(remaining < moved ? DueDay.AddDays(-remaining) : Day(_facts.Length + moved - remaining));
    }

    public static DateTimeOffset EndOf(Pause pause, ClockUnit unit, WorkCalendar calendar)
    {
        var planned = unit == ClockUnit.Hours
            ? pause.From.AddDays(pause.PlannedDays)
            : Midnight(PlannedDay(pause, unit, calendar).AddDays(1));
        return pause.To < planned ? pause.To.Value : planned;
    }

    /// <summary>The n-th counted day.</summary>
    private DateOnly Day(int n)
    {
        var number = Number(_start) + n;
        var covered = _start;
        foreach (var pause in _facts.Pauses)
        {
            var (from, to) = Stretch(pause, covered);
            if (number <= Number(from))
            {
                break;
            }

            if (to > from)
            {
                number += Number(to) - Number(from);
                covered = to;
            }
        }

        return _facts.Rule.Unit == ClockUnit.WorkingDays ? _calendar.DayOf(number) : DateOnly.FromDayNumber(number);
    }

    /// <summary>Counted days after one day up to and with another.</summary>
    private int Days(DateOnly after, DateOnly to)
    {
        if (to <= after)
        {
            return 0;
        }

        var days = Number(to) - Number(after);
        var covered = after;
        foreach (var pause in _facts.Pauses)
        {
            var (from, end) = Stretch(pause, covered);
            if (end > to)
            {
                end = to;
            }

            if (end > from)
            {
                days -= Number(end) - Number(from);
                covered = end;
            }
        }

        return days;
    }

    /// <summary>The days that a suspension leaves out: those after the first up to and with the second.</summary>
    private (DateOnly From, DateOnly To) Stretch(Pause pause, DateOnly covered)
    {
        var from = pause.From.Local().Day();
        var to = PlannedDay(pause, _facts.Rule.Unit, _calendar);
        if (pause.To is { } resumed && resumed.Local().Day() is var day && day < to)
        {
            to = day;
        }

        return (from < covered ? covered : from, to);
    }

    private static DateOnly PlannedDay(Pause pause, ClockUnit unit, WorkCalendar calendar)
    {
        var from = pause.From.Local().Day();
        return unit == ClockUnit.WorkingDays ? calendar.Add(from, pause.PlannedDays) : from.AddDays(pause.PlannedDays);
    }

    private DateTimeOffset After(TimeSpan length)
    {
        var end = _facts.Started + length;
        var covered = _facts.Started;
        foreach (var pause in _facts.Pauses)
        {
            var from = pause.From > covered ? pause.From : covered;
            if (end <= from)
            {
                break;
            }

            if (EndOf(pause, ClockUnit.Hours, _calendar) is var to && to > from)
            {
                end += to - from;
                covered = to;
            }
        }

        return end;
    }

    private TimeSpan Unpaused(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
        {
            return TimeSpan.Zero;
        }

        var span = to - from;
        var covered = from;
        foreach (var pause in _facts.Pauses)
        {
            var begin = pause.From > covered ? pause.From : covered;
            var end = EndOf(pause, ClockUnit.Hours, _calendar) is var planned && planned < to ? planned : to;
            if (end > begin)
            {
                span -= end - begin;
                covered = end;
            }
        }

        return span;
    }

    private int Number(DateOnly day) => _facts.Rule.Unit == ClockUnit.WorkingDays ? _calendar.UpTo(day) : day.DayNumber;

    private static decimal Hours(TimeSpan span) => (decimal)span.Ticks / TimeSpan.TicksPerHour;

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset);
}
