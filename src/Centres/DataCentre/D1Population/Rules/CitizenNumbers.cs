using System.Globalization;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>What a citizen number says of its holder (GB 11643): birth date, sex, and whether its check is right.</summary>
public static class CitizenNumbers
{
    private const string Checks = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static bool CheckIsRight(string number)
    {
        if (number.Length != 18 || !number.AsSpan(0, 17).ContainsOnlyDigits())
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (number[i] - '0') * Weights[i];
        }

        return Checks[sum % 11] == number[17];
    }

    public static DateOnly? BirthDate(string number) =>
        number.Length == 18 && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>The 17th digit is odd for men.</summary>
    public static string Sex(string number) => (number[16] - '0') % 2 == 1 ? D1Population.Sex.Male : D1Population.Sex.Female;

    /// <summary>Whether the number can be this person's. What is not known of him does not count against it.</summary>
    public static bool Fits(string number, DateOnly? birthDate, string? sex) =>
        CheckIsRight(number)
        && (birthDate is null || BirthDate(number) == birthDate)
        && (sex is null || Sex(number) == sex);

    /// <summary>
    /// Born together and numbered one after the other: same place and day in the number, sequences next to each other
    /// or next but one (the parity says the sex).
    /// </summary>
    public static bool Adjacent(string one, string other) =>
        one.Length == 18 && other.Length == 18 && one.AsSpan(0, 14).SequenceEqual(other.AsSpan(0, 14))
        && int.TryParse(one.AsSpan(14, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(other.AsSpan(14, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var second)
        && Math.Abs(first - second) is >= 1 and <= 4;

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return false;
            }
        }

        return true;
    }
}
