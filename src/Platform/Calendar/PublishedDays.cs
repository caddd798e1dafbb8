using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Calendar;

/// <summary>
/// The lists of 2024 to 2026 as they were published, for a city that starts. From then on the register is what
/// counts: an administrator edits it and loads the notices of later years.
/// </summary>
public static class PublishedDays
{
    private const string File = "Calendar/Data/days.csv";

    public static readonly IReadOnlyList<CalendarDay> All =
    [
        .. Resource.Lines(typeof(PublishedDays).Assembly, File).Skip(1).Select(line => line.Split(',')).Select(cells => new CalendarDay
        {
            Date = Day(cells[0])!.Value,
            Kind = cells[1],
            Name = cells[2],
            Year = int.Parse(cells[3], CultureInfo.InvariantCulture),
            Notice = cells[4].Length == 0 ? null : cells[4],
            PublishedOn = Day(cells[5]),
        }),
    ];

    private static DateOnly? Day(string cell) =>
        cell.Length == 0 ? null : DateOnly.ParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
