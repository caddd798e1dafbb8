using System.Globalization;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>Values as PostgreSQL's log writes them: text, in the settings of <see cref="ChangeStream"/>.</summary>
internal static class LogText
{
    // A decimal holds every number of so many digits.
    private const int DigitsMost = 28;

    private static readonly string[] Moments = ["yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd"];

    /// <summary>
    /// The very value that an ordinary read of the column gives. Null: the text does not say it beyond doubt (infinite dates, lists, numbers
    /// beyond all size); then the row is read in the ordinary way.
    /// </summary>
    /// <param name="type">Of the values that an ordinary read gives.</param>
    public static object? Value(string text, Type? type) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? text switch { "t" => true, "f" => false, _ => null }
        : type == typeof(short) || type == typeof(int) || type == typeof(long) || type == typeof(uint)
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null
        : type == typeof(decimal)
            ? text.Count(char.IsAsciiDigit) <= DigitsMost && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null
        : type == typeof(double) ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) && double.IsFinite(wide) ? wide : null
        : type == typeof(float) ? float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var narrow) && float.IsFinite(narrow) ? narrow : null
        : type == typeof(DateOnly) ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null
        : type == typeof(DateTime) ? MomentOf(text)
        : type == typeof(TimeOnly) ? TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null
        : type == typeof(TimeSpan) ? TimeSpan.TryParseExact(text, ["hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFF"], CultureInfo.InvariantCulture, out var span) ? span : null
        : type == typeof(Guid) ? Guid.TryParseExact(text, "D", out var id) ? id : null
        : type == typeof(byte[]) ? text.StartsWith("\\x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2)) : null
        : null;

    private static DateTime? MomentOf(string text)
    {
        var (local, kind) = text.EndsWith("+00", StringComparison.Ordinal) ? (text[..^3], DateTimeKind.Utc) : (text, DateTimeKind.Unspecified);
        return DateTime.TryParseExact(local, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? DateTime.SpecifyKind(moment, kind) : null;
    }
}
