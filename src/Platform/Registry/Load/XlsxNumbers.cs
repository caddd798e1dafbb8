using System.Globalization;

namespace Shali.Platform.Registry.Load;

/// <summary>How a number in a workbook is meant.</summary>
internal enum XlsxStyle
{
    Number,
    Day,
    Moment,
    TimeOfDay,
}

/// <summary>Numbers of a workbook as text that people would have written: no exponents, days as ISO dates.</summary>
internal static class XlsxNumbers
{
    /// <summary>A double holds 15 decimal digits for certain; an identifier that is longer has lost its end.</summary>
    public const int SafeDigits = 15;

    public static XlsxStyle Style(int format, string? code)
    {
        if (code is null)
        {
            return format switch
            {
                >= 14 and <= 17 or >= 27 and <= 31 or 36 or >= 50 and <= 54 or 57 or 58 => XlsxStyle.Day,
                22 => XlsxStyle.Moment,
                >= 18 and <= 21 or >= 32 and <= 35 or >= 45 and <= 47 or 55 or 56 => XlsxStyle.TimeOfDay,
                _ => XlsxStyle.Number,
            };
        }

        bool day = false, time = false;
        var quoted = false;
        var bracket = false;
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            var c = char.ToLowerInvariant(code[i]);
            quoted ^= c == '"';
            bracket = (bracket || c == '[') && c != ']';
            if (c == '\\')
            {
                i++;
            }
            else if (!quoted && !bracket)
            {
                day |= c is 'y' or 'd';
                time |= c is 'h' or 's';
            }
        }

        return (day, time) switch
        {
            (true, true) => XlsxStyle.Moment,
            (true, false) => XlsxStyle.Day,
            (false, true) => XlsxStyle.TimeOfDay,
            _ => XlsxStyle.Number,
        };
    }

    /// <summary>Null when the text is no number.</summary>
    public static string? Write(string raw, XlsxStyle style, bool date1904, out bool lost)
    {
        lost = false;
        if (style == XlsxStyle.Number)
        {
            return Plain(raw, out lost);
        }

        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial)
            || serial is < 0 or >= 2_958_466)
        {
            return Plain(raw, out lost);
        }

        // The calendar of 1900 counts a 29 February that never was; the days before it are one off.
        var days = date1904 ? serial + 1462 : serial < 60 && serial >= 1 ? serial + 1 : serial;
        var moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified)
            .AddSeconds(Math.Round(days * 86_400, MidpointRounding.AwayFromZero));
        return style switch
        {
            XlsxStyle.TimeOfDay when serial < 1 => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            XlsxStyle.Day when moment.TimeOfDay == TimeSpan.Zero => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        };
    }

    private static string? Plain(string raw, out bool lost)
    {
        lost = false;
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return null;
        }

        if (number == Math.Floor(number) && Math.Abs(number) < 1e21)
        {
            var whole = decimal.Parse(
                number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
            var text = whole.ToString("0", CultureInfo.InvariantCulture);
            lost = text.Length - (number < 0 ? 1 : 0) > SafeDigits;
            return text;
        }

        // 0.1 is stored as 0.1000000000000000055: fifteen digits are what the person sees.
        var seen = number.ToString("G15", CultureInfo.InvariantCulture);
        return decimal.TryParse(seen, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString(CultureInfo.InvariantCulture)
            : number.ToString("F0", CultureInfo.InvariantCulture);
    }
}
