using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Platform.Calendar.Pages;

/// <summary>The year at a glance, and how long a period takes in it.</summary>
internal static class CalendarPages
{
    public const string Address = "/calendar";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, Show).Public(Text.PublicReason);

    private static IResult Show(
        HttpContext context, CurrentCalendar current, TimeProvider time, string? year = null, string? from = null, string? length = null, string? unit = null)
    {
        var calendar = current();
        var shown = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1990 and <= 2190 ? asked : time.Today().Year;
        var refusals = Refusals.None;
        CalendarAnswer? answer = null;
        if (from is not null || length is not null)
        {
            var day = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 1990 and <= 2180 ? read : (DateOnly?)null;
            var days = int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= ClockRule.LengthMax ? count : (int?)null;
            refusals = Refusals.Of(
                day is null ? new("CAL-01", "from", Text.NoSuchDay) : null,
                days is null ? new("CAL-02", "length", Text.NoSuchLength) : null);
            answer = refusals.Any ? null : Answer(calendar, day!.Value, days!.Value, unit == "calendar" ? ClockUnit.CalendarDays : ClockUnit.WorkingDays);
        }

        return context.Show<CalendarPage>(
            new { Model = new CalendarYear(calendar, shown), From = from ?? "", Length = length ?? "", Unit = unit ?? "working", Answer = answer, Refusals = refusals },
            refusals.Any ? 422 : 200);
    }

    private static CalendarAnswer Answer(WorkCalendar calendar, DateOnly from, int length, ClockUnit unit)
    {
        var rule = new ClockRule("asked", Text.Count, unit, length, ClockKind.Legal, new("民法典", "第二百零一条"));
        var facts = ClockFacts.Start(rule, new DateTimeOffset(from.ToDateTime(new TimeOnly(12, 0)), CityTime.Offset));
        return new(ClockJudge.Judge(facts, calendar, facts.Started));
    }
}

/// <summary>One year of the calendar.</summary>
public sealed record CalendarYear(WorkCalendar Calendar, int Year)
{
    public bool Published => Calendar.Published.Contains(Year);

    public int Sum => Calendar.Between(new DateOnly(Year, 1, 1).AddDays(-1), new DateOnly(Year, 12, 31));

    public int MonthSum(int month) => Calendar.Between(First(month).AddDays(-1), First(month).AddMonths(1).AddDays(-1));

    /// <summary>The weeks of a month, Monday first; null where another month stands.</summary>
    public IEnumerable<DateOnly?[]> Weeks(int month)
    {
        var first = First(month);
        var lead = ((int)first.DayOfWeek + 6) % 7;
        var cells = Enumerable.Repeat<DateOnly?>(null, lead)
            .Concat(Enumerable.Range(0, DateTime.DaysInMonth(Year, month)).Select(day => (DateOnly?)first.AddDays(day))).ToList();
        cells.AddRange(Enumerable.Repeat<DateOnly?>(null, (7 - (cells.Count % 7)) % 7));
        return cells.Chunk(7);
    }

    /// <summary>The holidays of the year's notice, each with its days off and the weekend days worked for it.</summary>
    public IEnumerable<CalendarHoliday> Holidays => Calendar.Notices(new DateOnly(Year, 1, 1).AddDays(-15), new DateOnly(Year, 12, 31))
        .Where(day => day.Year == Year)
        .GroupBy(day => day.Name, StringComparer.Ordinal)
        .Select(group => new CalendarHoliday(
            group.Key, [.. group.Where(day => day.Kind == CalendarDay.DayOff)], [.. group.Where(day => day.Kind == CalendarDay.MakeUp)]));

    private DateOnly First(int month) => new(Year, month, 1);
}

public sealed record CalendarHoliday(string Name, IReadOnlyList<CalendarDay> Off, IReadOnlyList<CalendarDay> MakeUp)
{
    public CalendarDay Any => Off.Concat(MakeUp).First();

    /// <summary>Neighbouring days in one piece: 2月15日至2月23日.</summary>
    public static string Days(IReadOnlyList<CalendarDay> days)
    {
        var runs = new List<(DateOnly First, DateOnly Last)>();
        foreach (var day in days.Select(each => each.Date))
        {
            if (runs.Count > 0 && runs[^1].Last.AddDays(1) == day)
            {
                runs[^1] = (runs[^1].First, day);
            }
            else
            {
                runs.Add((day, day));
            }
        }

        return string.Join("、", runs.Select(run => run.First == run.Last ? Short(run.First) : $"{Short(run.First)}至{Short(run.Last)}"));
    }

    private static string Short(DateOnly day) => $"{day.Month}月{day.Day}日";
}

/// <summary>The period that somebody asked for.</summary>
public sealed record CalendarAnswer(ClockVerdict Verdict);
