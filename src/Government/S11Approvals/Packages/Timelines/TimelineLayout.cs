namespace Shali.Government.S11Approvals.Packages.Timelines;

/// <summary>Where things stand in the drawing of a timeline: days from left to right, one row a part.</summary>
internal sealed class TimelineLayout
{
    public const int Width = 1080;
    /// <summary>Room between the edge and the names.</summary>
    public const int Margin = 12;
    public const int Left = 312;
    public const int Right = 24;
    public const int Top = 44;
    public const int Row = 46;
    public const int BarHeight = 18;
    private const int TicksMost = 12;
    private const int NameMost = 15;

    private readonly DateOnly _first;
    private readonly double _day;

    public TimelineLayout(PackageTimeline timeline)
    {
        Timeline = timeline;
        _first = timeline.Begun;
        var last = timeline.Bars.Select(bar => bar.To > bar.PlannedTo ? bar.To : bar.PlannedTo).Append(timeline.Over ? timeline.Begun : timeline.Today).Max();
        Days = Math.Max(5, last.DayNumber - _first.DayNumber + 1);
        _day = (double)(Width - Left - Right) / Days;
    }

    public PackageTimeline Timeline { get; }

    public int Days { get; }

    public int Height => Top + (Timeline.Bars.Count * Row) + 12;

    /// <summary>Days that are written above: not more than fit.</summary>
    public IReadOnlyList<DateOnly> Ticks
    {
        get
        {
            var pace = Math.Max(1, (Days + TicksMost - 1) / TicksMost);
            return [.. Enumerable.Range(0, (Days + pace - 1) / pace).Select(at => _first.AddDays(at * pace))];
        }
    }

    public static int Y(int row) => Top + (row * Row);

    /// <summary>The beginning of a day.</summary>
    public int X(DateOnly day) => Left + (int)Math.Round((day.DayNumber - _first.DayNumber) * _day);

    /// <summary>From the beginning of one day to the end of another, wide enough to be seen.</summary>
    public int Wide(DateOnly from, DateOnly to) => Math.Max(6, X(to.AddDays(1)) - X(from));

    /// <summary>As much of a name as fits beside the bars; the table beneath has the whole.</summary>
    public static string Short(string name) => name.Length <= NameMost ? name : name[..(NameMost - 1)] + "…";
}
