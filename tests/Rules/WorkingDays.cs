using System.Globalization;
using Shali.Platform.Calendar;

namespace Shali.Tests.Rules;

/// <summary>The calendar against what was counted from the published notices of 2024, 2025 and 2026.</summary>
public sealed class WorkingDays
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Of(PublishedDays.All);

    [Theory]
    [InlineData("2024-02-08", 1, "2024-02-09")]
    [InlineData("2024-02-08", 5, "2024-02-21")]
    [InlineData("2024-04-26", 1, "2024-04-28")]
    [InlineData("2024-04-30", 20, "2024-05-30")]
    [InlineData("2024-09-30", 5, "2024-10-12")]
    [InlineData("2025-01-24", 5, "2025-02-07")]
    [InlineData("2025-01-27", 20, "2025-03-03")]
    [InlineData("2025-04-25", 2, "2025-04-28")]
    [InlineData("2025-09-26", 10, "2025-10-16")]
    [InlineData("2025-09-30", 20, "2025-11-04")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 7, "2026-03-02")]
    [InlineData("2026-02-13", 10, "2026-03-05")]
    [InlineData("2026-02-13", 20, "2026-03-19")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-04-30", 5, "2026-05-11")]
    [InlineData("2026-09-18", 1, "2026-09-20")]
    [InlineData("2026-09-24", 20, "2026-10-29")]
    [InlineData("2026-09-30", 20, "2026-11-03")]
    [InlineData("2026-10-09", 1, "2026-10-10")]
    public void The_nth_working_day_after_a_day(string start, int days, string expected)
    {
        Assert.Equal(Day(expected), Calendar.Add(Day(start), days));
        Assert.Equal(days, Calendar.Between(Day(start), Day(expected)));
    }

    [Theory]
    [InlineData(2024, "22 18 21 22 21 19 23 22 21 19 21 22", 251)]
    [InlineData(2025, "19 19 21 22 19 20 23 21 23 18 20 23", 248)]
    [InlineData(2026, "21 16 22 21 19 21 23 21 22 18 21 23", 248)]
    public void Working_days_of_each_month(int year, string months, int sum)
    {
        var counted = Enumerable.Range(1, 12).Select(month =>
            Calendar.Between(new DateOnly(year, month, 1).AddDays(-1), new DateOnly(year, month, 1).AddMonths(1).AddDays(-1))).ToList();
        Assert.Equal(months, string.Join(' ', counted));
        Assert.Equal(sum, counted.Sum());
    }

    [Fact]
    public void A_make_up_day_comes_before_a_day_off_and_a_day_off_before_the_weekday()
    {
        Assert.True(Calendar.IsWorkingDay(Day("2026-02-14")));
        Assert.False(Calendar.IsWorkingDay(Day("2026-02-16")));
        Assert.True(Calendar.IsWorkingDay(Day("2024-02-09")));
        Assert.False(Calendar.IsWorkingDay(Day("2026-02-21")));
    }

    [Fact]
    public void A_year_without_a_notice_is_provisional_and_counts_by_weekday()
    {
        Assert.Equal([2024, 2025, 2026], Calendar.Published);
        Assert.False(Calendar.Provisional(Day("2026-12-31")));
        Assert.True(Calendar.Provisional(Day("2027-01-01")));
        Assert.True(Calendar.IsWorkingDay(Day("2027-01-01")));
        Assert.True(Calendar.Provisional(Day("2026-12-30"), Day("2027-01-04")));
    }

    [Fact]
    public void A_notice_that_changes_the_last_days_of_the_year_before_belongs_to_its_own_year()
    {
        var more = WorkCalendar.Of([.. PublishedDays.All, new() { Date = Day("2026-12-31"), Kind = CalendarDay.DayOff, Name = "元旦", Year = 2027 }]);
        Assert.False(more.IsWorkingDay(Day("2026-12-31")));
        Assert.False(more.Provisional(Day("2027-01-04")));
    }

    [Fact]
    public void Days_beyond_the_tables_are_a_fault_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.IsWorkingDay(new DateOnly(2200, 1, 1)));

    internal static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
