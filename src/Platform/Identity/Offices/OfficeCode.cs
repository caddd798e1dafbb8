namespace Shali.Platform.Identity;

/// <summary>
/// How offices are named: <c>city</c> the government, <c>police</c> a department of the city, <c>411102</c> a
/// district, <c>411102.police</c> a department of the district, <c>411102001</c> a street or town.
/// </summary>
public static class OfficeCode
{
    public const string City = "city";

    /// <summary>What the office does: <c>police</c> for both <c>police</c> and <c>411102.police</c>; empty for a region.</summary>
    public static string Function(string code)
    {
        var last = code[(code.LastIndexOf('.') + 1)..];
        return last.Length > 0 && !char.IsAsciiDigit(last[0]) ? last : "";
    }

    /// <summary>
    /// Definitions in code name functions, definitions of offices name one office: <c>police</c> means every police
    /// office of the city, <c>411102.police</c> only that one.
    /// </summary>
    public static bool Matches(string named, string office) =>
        named.Length > 0
        && (string.Equals(named, office, StringComparison.Ordinal)
            || string.Equals(named, Function(office), StringComparison.Ordinal));
}
