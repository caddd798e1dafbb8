using System.Globalization;
using MySqlConnector;

namespace Shali.FrontNode.Databases;

/// <summary>A value of a database as text that kinds of fields read, and back.</summary>
internal static class Cell
{
    public static string? Text(object value) => value switch
    {
        DBNull => null,
        string text => text,
        MySqlDateTime zero => zero.IsValidDateTime ? Moment(zero.GetDateTime()) : "0000-00-00",
        DateTime moment => Moment(moment),
        DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A mark as it is kept between two looks; null for kinds that do not grow.</summary>
    public static string? Mark(object value) => value switch
    {
        MySqlDateTime { IsValidDateTime: true } moment => Mark(moment.GetDateTime()),
        DateTime moment => string.Create(CultureInfo.InvariantCulture, $"t{(int)moment.Kind}{moment.Ticks}"),
        DateTimeOffset moment => string.Create(CultureInfo.InvariantCulture, $"o{moment.UtcTicks}"),
        DateOnly day => string.Create(CultureInfo.InvariantCulture, $"d{day.DayNumber}"),
        sbyte or byte or short or ushort or int or uint or long => "n" + Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        ulong or decimal => "m" + Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        string text => "s" + text,
        _ => null,
    };

    /// <summary>The value from which is read again: the mark, less the overlap where one can count back.</summary>
    public static object Since(string mark, int overlap)
    {
        var rest = mark.AsSpan(1);
        return mark[0] switch
        {
            't' => new DateTime(Math.Max(0, long.Parse(rest[1..], CultureInfo.InvariantCulture) - (overlap * TimeSpan.TicksPerSecond)), (DateTimeKind)(rest[0] - '0')),
            'o' => new DateTimeOffset(Math.Max(0, long.Parse(rest, CultureInfo.InvariantCulture) - (overlap * TimeSpan.TicksPerSecond)), TimeSpan.Zero),
            'd' => DateOnly.FromDayNumber(Math.Max(0, int.Parse(rest, CultureInfo.InvariantCulture) - (overlap / 86_400) - 1)),
            'n' => long.Parse(rest, CultureInfo.InvariantCulture) - overlap,
            'm' => decimal.Parse(rest, CultureInfo.InvariantCulture) - overlap,
            _ => rest.ToString(),
        };
    }

    private static string Moment(DateTime moment) => moment.TimeOfDay == TimeSpan.Zero && moment.Kind != DateTimeKind.Utc
        ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
