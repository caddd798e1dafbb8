using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Three months: <c>2026Q4</c>.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}Q{Number}");

    public string Label => $"{Year}年第{"一二三四"[Number - 1]}季度";

    public DateOnly First => new(Year, (3 * Number) - 2, 1);

    public DateOnly Last => First.AddMonths(3).AddDays(-1);

    public DateTimeOffset Begin => new(First.ToDateTime(TimeOnly.MinValue), CityTime.Offset);

    /// <summary>The midnight after its last day.</summary>
    public DateTimeOffset End => new(Last.AddDays(1).ToDateTime(TimeOnly.MinValue), CityTime.Offset);

    public Quarter Before => Number == 1 ? new(Year - 1, 4) : this with { Number = Number - 1 };

    public bool Has(DateTimeOffset? moment) => moment >= Begin && moment < End;

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month + 2) / 3);

    public static Quarter? Read(string? code) =>
        code is { Length: 6 } && code[4] is 'Q' && code[5] is >= '1' and <= '4' && int.TryParse(code[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2190
            ? new Quarter(year, code[5] - '0') : null;
}
