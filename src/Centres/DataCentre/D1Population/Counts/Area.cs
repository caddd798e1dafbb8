using System.Globalization;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Areas by their statistical codes: 4 digits the city, 6 a district or county, 9 a street or town, 12 a village
/// or community. A shorter code is the beginning of those within it.
/// </summary>
public static class Area
{
    /// <summary>Street or town of a village.</summary>
    public static string Town(string village) => village.Length >= 9 ? village[..9] : village;

    /// <summary>Towns and townships are 100 to 399 of their county, streets are below (GB/T 10114).</summary>
    public static bool IsTownship(string village) =>
        village.Length >= 9 && int.TryParse(village.AsSpan(6, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var unit) && unit is >= 100 and < 400;

    /// <summary>The code as a number; 0 where there is none or it is not one.</summary>
    public static long Number(string? village) =>
        village is { Length: 12 } && long.TryParse(village, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The lengths of codes, from the whole city down.</summary>
    public static readonly IReadOnlyList<int> Levels = [4, 6, 9, 12];

    /// <summary>How long the codes of the areas within this one are; null for a village.</summary>
    public static int? Below(string area) => Levels.Where(level => level > area.Length).Cast<int?>().FirstOrDefault();

    public static bool IsCode(string area) => Levels.Contains(area.Length) && area.All(char.IsAsciiDigit);

    /// <summary>Divides a village number down to codes of this length.</summary>
    public static long Divisor(int length) => length switch { 4 => 100_000_000, 6 => 1_000_000, 9 => 1_000, _ => 1 };
}
