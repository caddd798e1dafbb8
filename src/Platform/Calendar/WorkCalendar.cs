using System.Collections.Frozen;

namespace Shali.Platform.Calendar;

/// <summary>
/// Working days as the published lists make them. A day is a working day when it is on the make-up list; else when it
/// is not on the list of days off and no Saturday or Sunday. Immutable: a changed list makes a new calendar.
/// Counting looks two tables up and takes the same time for any length.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>The first and the last day that can be counted; others throw.</summary>
    public static readonly DateOnly First = new(1990, 1, 1);

    public static readonly DateOnly Last = new(2199, 12, 31);

    /// <summary>Weekdays only, nothing published.</summary>
    public static readonly WorkCalendar Bare = Of([]);

    // How many working days there are from First up to and with each day, and which day the n-th of them is.
    private readonly int[] _upTo;
    private readonly int[] _days;
    private readonly FrozenDictionary<DateOnly, CalendarDay> _named;
    private readonly FrozenSet<int> _published;

    private WorkCalendar(int[] upTo, int[] days, FrozenDictionary<DateOnly, CalendarDay> named, FrozenSet<int> published) =>
        (_upTo, _days, _named, _published) = (upTo, days, named, published);

    public static WorkCalendar Of(IEnumerable<CalendarDay> days)
    {
        var named = days.Where(day => day.Date >= First && day.Date <= Last).ToFrozenDictionary(day => day.Date);
        var length = Last.DayNumber - First.DayNumber + 1;
        var upTo = new int[length];
        var working = new List<int>(length);
        for (var i = 0; i < length; i++)
        {
            var day = First.AddDays(i);
            if (Works(day, named.GetValueOrDefault(day)))
            {
                working.Add(i);
            }

            upTo[i] = working.Count;
        }

        return new(upTo, [.. working], named, named.Values.Select(day => day.Year).ToFrozenSet());
    }

    /// <summary>The years whose notice is known, oldest first.</summary>
    public IReadOnlyList<int> Published => [.. _published.Order()];

    public bool IsWorkingDay(DateOnly day) => Index(day) is var i && _upTo[i] > (i == 0 ? 0 : _upTo[i - 1]);

    /// <summary>True while the notice of the day's year is not known: the answer may change when it is loaded.</summary>
    public bool Provisional(DateOnly day) => !_published.Contains(day.Year);

    /// <summary>Whether any day of the years from one day to another is provisional.</summary>
    public bool Provisional(DateOnly from, DateOnly to)
    {
        for (var year = from.Year; year <= to.Year; year++)
        {
            if (!_published.Contains(year))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The n-th working day after the day, which is itself not counted (民法典 art. 201). 0 gives the day.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        return workingDays == 0 ? day : DayOf(UpTo(day) + workingDays);
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when it lies before.</summary>
    public int Between(DateOnly from, DateOnly to) => UpTo(to) - UpTo(from);

    /// <summary>The day itself when it is a working day, else the next one (民法典 art. 203).</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : DayOf(UpTo(day) + 1);

    /// <summary>What the notice says of the day; null when its weekday decides.</summary>
    public CalendarDay? Notice(DateOnly day) => _named.GetValueOrDefault(day);

    /// <summary>What notices say of the days after one day up to and with another, in order.</summary>
    public IEnumerable<CalendarDay> Notices(DateOnly after, DateOnly to)
    {
        for (var day = after.AddDays(1); day <= to; day = day.AddDays(1))
        {
            if (_named.TryGetValue(day, out var named))
            {
                yield return named;
            }
        }
    }

    /// <summary>How many working days there are since <see cref="First"/>, up to and with the day.</summary>
    internal int UpTo(DateOnly day) => _upTo[Index(day)];

    /// <summary>The working day with that number.</summary>
    internal DateOnly DayOf(int number) => number >= 1 && number <= _days.Length
        ? First.AddDays(_days[number - 1])
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Beyond the years that the calendar counts.");

    private static bool Works(DateOnly day, CalendarDay? named) => named?.Kind switch
    {
        CalendarDay.MakeUp => true,
        CalendarDay.DayOff => false,
        _ => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
    };

    private static int Index(DateOnly day) => day >= First && day <= Last
        ? day.DayNumber - First.DayNumber
        : throw new ArgumentOutOfRangeException(nameof(day), day, "Beyond the years that the calendar counts.");
}
