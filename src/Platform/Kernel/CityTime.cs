namespace Shali.Platform.Kernel;

/// <summary>
/// The city's clock: one zone for the whole country (China Standard Time, no summer time). Moments are stored as
/// UTC; days are the days of this zone.
/// </summary>
public static class CityTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Offset).DateTime);

    /// <summary>The day of a moment that is already local.</summary>
    public static DateOnly Day(this DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime);

    public static DateTimeOffset Local(this DateTimeOffset moment) => moment.ToOffset(Offset);

    /// <summary>2026年11月23日</summary>
    public static string InWords(this DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>2026年11月23日 08:05</summary>
    public static string InWords(this DateTimeOffset moment) =>
        $"{DateOnly.FromDateTime(moment.Local().DateTime).InWords()} {moment.Local():HH\\:mm}";
}
