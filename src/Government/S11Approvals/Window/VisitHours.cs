using Shali.Platform.Calendar;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Window;

/// <summary>
/// When an office's windows can be visited by appointment, and how many at a time. An office without one of its own has
/// the hours of the city's service halls.
/// </summary>
[Resource("approvals/visit-hours", "预约时段安排", Clause = "S11", Owner = "data", Key = nameof(Office), Title = nameof(Office), Open = true,
    Sharing = SharingClass.Unconditional, Theme = "政务服务", Rhythm = UpdateRhythm.AsNeeded, Note = "没有登记的单位，按工作日 9:00—12:00、13:30—17:00、每半小时 2 人。")]
public sealed record VisitHours
{
    [Field("单位", LengthMax = 60, Pattern = "[0-9A-Za-z.:_-]{1,60}", Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("上午自", Grade = Grade.Public)]
    public required TimeOnly MorningFrom { get; init; }

    [Field("上午至", Grade = Grade.Public)]
    public required TimeOnly MorningTo { get; init; }

    [Field("下午自", Grade = Grade.Public)]
    public required TimeOnly AfternoonFrom { get; init; }

    [Field("下午至", Grade = Grade.Public)]
    public required TimeOnly AfternoonTo { get; init; }

    [Field("每个时段的分钟数", Min = "10", Max = "120", Grade = Grade.Public)]
    public required int Minutes { get; init; }

    [Field("每个时段的人数", Min = "1", Max = "100", Grade = Grade.Public)]
    public required int Places { get; init; }

    [Field("可以预约到几个工作日以后", Min = "1", Max = "60", Grade = Grade.Public)]
    public required int DaysAhead { get; init; }

    /// <summary>The hours of the city's service halls.</summary>
    public static VisitHours Usual(string office) => new()
    {
        Office = office,
        MorningFrom = new(9, 0),
        MorningTo = new(12, 0),
        AfternoonFrom = new(13, 30),
        AfternoonTo = new(17, 0),
        Minutes = 30,
        Places = 2,
        DaysAhead = 10,
    };

    /// <summary>The days that can be chosen: working days from tomorrow on.</summary>
    public IReadOnlyList<DateOnly> Days(WorkCalendar calendar, DateOnly today) =>
        [.. Enumerable.Range(1, DaysAhead).Select(ahead => calendar.Add(today, ahead))];

    /// <summary>The moments of a day at which somebody can come; the last one ends with the hours.</summary>
    public IReadOnlyList<TimeOnly> Times => [.. Within(MorningFrom, MorningTo), .. Within(AfternoonFrom, AfternoonTo)];

    private IEnumerable<TimeOnly> Within(TimeOnly from, TimeOnly to)
    {
        for (var at = from; at < to && (to - at).TotalMinutes >= Minutes; at = at.AddMinutes(Minutes))
        {
            yield return at;
        }
    }
}
