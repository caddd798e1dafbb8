using Shali.Platform.Registry;

namespace Shali.Platform.Calendar;

/// <summary>
/// One day that a yearly notice of the State Council makes different from its weekday: a day off, or a weekend day on
/// which people work (全国年节及纪念日放假办法; the days are decided anew each year and follow no rule).
/// </summary>
[Resource("calendar/day", "节假日和调休安排", Clause = "P2", Owner = "data", Match = [nameof(Date)], Title = nameof(Name),
    Note = "国务院办公厅每年发布的放假和调休安排。工作日按“先看调休上班、再看放假、最后看星期”的顺序判断；修改或者导入后，未办结事项的时限自动重算。",
    Open = true, Sharing = SharingClass.Unconditional, Base = "department", Theme = "工作日历", Rhythm = UpdateRhythm.Yearly)]
public sealed record CalendarDay
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("日期", Unique = true, Grade = Grade.Public)]
    public required DateOnly Date { get; init; }

    /// <summary><see cref="DayOff"/> or <see cref="MakeUp"/>.</summary>
    [Field("安排", CodeList = "calendar-day-kind", Grade = Grade.Public)]
    public required string Kind { get; init; }

    [Field("节日名称", LengthMax = 20, Grade = Grade.Public)]
    public required string Name { get; init; }

    /// <summary>The year that the notice is about; a notice may change the last days of the year before.</summary>
    [Field("通知年度", Min = "1990", Max = "2199", Indexed = true, Grade = Grade.Public)]
    public required int Year { get; init; }

    [Field("通知文号", LengthMax = 60, Grade = Grade.Public, Note = "留空表示文号未核实")]
    public string? Notice { get; init; }

    [Field("发布日期", Grade = Grade.Public)]
    public DateOnly? PublishedOn { get; init; }

    public const string DayOff = "off";
    public const string MakeUp = "makeup";
}
