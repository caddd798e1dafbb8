using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Pages;

/// <summary>Moments and days as people write them into the pages: city time, to the minute.</summary>
internal static class Moments
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    /// <summary>
    /// Null when it is not a moment. Without an offset it is city time.
    /// </summary>
    public static DateTimeOffset? Read(string text)
    {
        if (DateTime.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return local.Year is > 1 and < 9999 ? new DateTimeOffset(local, CityTime.Offset) : null;
        }

        var withOffset = text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
        return withOffset && DateTimeOffset.Parse(text.Trim(), CultureInfo.InvariantCulture) is { Year: > 1 and < 9999 } moment
            ? moment
            : null;
    }

    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year > 1
            ? day
            : null;

    /// <summary>2026-11-23 10:00:05, as it goes into addresses and forms.</summary>
    public static string Write(DateTimeOffset moment) =>
        moment.Local().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
