using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Api;

/// <summary>
/// Moments and intervals as addresses write them (RFC 3339). A day without an hour is the city's day. A plus sign in
/// an address arrives as a space when it was not encoded; both are understood.
/// </summary>
internal static class Moments
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK",
    ];

    public static bool TryInstant(string text, out DateTimeOffset moment)
    {
        moment = default;
        var written = text.Length > 20 && text[^6] == ' ' ? $"{text[..^6]}+{text[^5..]}" : text;
        if (written.Length is < 19 or > 40 || !written.EndsWith('Z') && !written.EndsWith('z') && !HasOffset(written))
        {
            return false;
        }

        return DateTimeOffset.TryParseExact(
                written.ToUpperInvariant(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
            && (moment = moment.ToUniversalTime()).Year is > 1 and < 9999;
    }

    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is > 1 and < 9999;

    /// <summary>The first moment of a day in the city, and the first moment after it.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Of(DateOnly day)
    {
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        return (start, start.AddDays(1));
    }

    /// <summary>An instant, or a day, which stands for its end: "as it was known on that day".</summary>
    public static bool TryAsOf(string text, out DateTimeOffset moment)
    {
        if (TryDay(text, out var day))
        {
            moment = Of(day).End.AddTicks(-TimeSpan.TicksPerMicrosecond);
            return true;
        }

        return TryInstant(text, out moment);
    }

    /// <summary>An instant, a day, or <c>start/end</c> where either may be open (<c>..</c> or nothing).</summary>
    public static bool TrySpan(string text, out Span span)
    {
        span = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            if (!TryBound(text, out var start, out var end))
            {
                return false;
            }

            span = new(start, end, true);
            return true;
        }

        var (left, right) = (text[..slash], text[(slash + 1)..]);
        var openLeft = left is "" or "..";
        var openRight = right is "" or "..";
        if (openLeft && openRight)
        {
            return false;
        }

        DateTimeOffset from = default, to = default;
        if ((!openLeft && !TryBound(left, out from, out _)) || (!openRight && !TryBound(right, out _, out to)))
        {
            return false;
        }

        span = new(openLeft ? null : from, openRight ? null : to, false);
        return openLeft || openRight || from <= to;
    }

    private static bool HasOffset(string text) => text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':';

    private static bool TryBound(string text, out DateTimeOffset start, out DateTimeOffset end)
    {
        if (TryDay(text, out var day))
        {
            (start, end) = Of(day);
            end = end.AddTicks(-TimeSpan.TicksPerMicrosecond);
            return true;
        }

        var good = TryInstant(text, out start);
        end = start;
        return good;
    }

    /// <summary>From and to, both included; null is open.</summary>
    internal readonly record struct Span(DateTimeOffset? From, DateTimeOffset? To, bool Single);
}
