using System.Globalization;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 公民身份号码, GB 11643-1999: address code of the first registration, birth date, sequence (odd for men), check by
/// ISO 7064 MOD 11-2. Also borne by the residence permit for Hong Kong, Macao and Taiwan residents (81, 82, 83).
/// Unique and lifelong (居民身份证法 art. 3); the address code may be one that is long abolished.
/// </summary>
public sealed class CitizenNumber : Identifier
{
    public static readonly CitizenNumber Kind = new();

    private const int OldestAge = 130;

    private CitizenNumber()
    {
    }

    public override string Name => "citizen-number";

    public override string Label => "公民身份号码";

    public override string Standard => "GB 11643-1999";

    public override string Pattern => "^[1-8][0-9]{16}[0-9X]$";

    /// <summary>Folds, and upgrades the 15-digit form of before 1999-10-01 to 18.</summary>
    public override string Normalise(string text)
    {
        var number = Folding.Fold(text);
        return number.Length == 15 && !number.AsSpan().ContainsAnyExceptInRange('0', '9') ? Upgrade(number) : number;
    }

    /// <summary>
    /// The 18-character form of a 15-digit number. Sequences 996 to 999 were given to those born in the 1800s.
    /// </summary>
    public static string Upgrade(ReadOnlySpan<char> old)
    {
        var century = old[12..15] is "996" or "997" or "998" or "999" ? "18" : "19";
        var body = string.Concat(old[..6], century, old[6..]);
        return body + CheckDigits.Mod112(body);
    }

    /// <summary>Whether nothing at all is wrong with a normalised number. For millions of rows: no allocation.</summary>
    public static bool IsValid(ReadOnlySpan<char> number, DateOnly today)
    {
        if (number.Length != 18)
        {
            return false;
        }

        for (var i = 0; i < 17; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                return false;
            }
        }

        return number[17] == CheckDigits.Mod112(number)
            && RegionCode.IsProvince(number[0], number[1], residencePermit: true)
            && BirthDate(number) is { } birth
            && birth <= today
            && birth.Year >= today.Year - OldestAge;
    }

    /// <summary>The birth date that the number says; null when there is no such day.</summary>
    public static DateOnly? BirthDate(ReadOnlySpan<char> number)
    {
        if (number.Length < 14)
        {
            return null;
        }

        unchecked
        {
            var year = ((number[6] - '0') * 1000) + ((number[7] - '0') * 100) + ((number[8] - '0') * 10) + number[9] - '0';
            var month = ((number[10] - '0') * 10) + number[11] - '0';
            var day = ((number[12] - '0') * 10) + number[13] - '0';
            return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
                ? new DateOnly(year, month, day)
                : null;
        }
    }

    /// <summary>GB/T 2261.1: 1 male, 2 female, by the seventeenth digit.</summary>
    public static string Sex(ReadOnlySpan<char> number) => (number[16] - '0') % 2 == 1 ? "1" : "2";

    /// <summary>The county code of the first registration, by the code table of that time.</summary>
    public static string Region(string number) => number[..6];

    /// <summary>The number of a person: the sequence says the sex, the last character follows.</summary>
    public static string Compose(ReadOnlySpan<char> region, DateOnly birth, int sequence)
    {
        Span<char> number = stackalloc char[18];
        region.CopyTo(number);
        var date = (birth.Year * 10000) + (birth.Month * 100) + birth.Day;
        date.TryFormat(number[6..], out _, "D8", CultureInfo.InvariantCulture);
        sequence.TryFormat(number[14..], out _, "D3", CultureInfo.InvariantCulture);
        number[17] = CheckDigits.Mod112(number);
        return new string(number);
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (IsValid(number, today))
        {
            return Sound;
        }

        if (number.Length != 18)
        {
            return [new(Flaws.Length, FlawKind.Shape, Text.Length(Label, "18", number.Length))];
        }

        var body = number.AsSpan(0, 17);
        if (body.ContainsAnyExceptInRange('0', '9') || !(char.IsAsciiDigit(number[17]) || number[17] == 'X'))
        {
            return [new(Flaws.Characters, FlawKind.Shape, Text.Characters(Label, "数字（末位可为 X）"))];
        }

        return [.. Facts(number, today)];
    }

    private IEnumerable<Flaw> Facts(string number, DateOnly today)
    {
        var digits = number[6..14];
        switch (BirthDate(number))
        {
            case null:
                yield return new(Flaws.Date, FlawKind.Fact, Text.NoSuchDay(digits));
                break;
            case { } birth when birth > today:
                yield return new(Flaws.Future, FlawKind.Fact, Text.Future(digits));
                break;
            case { } birth when birth.Year < today.Year - OldestAge:
                yield return new(Flaws.Age, FlawKind.Fact, Text.Age(digits));
                break;
        }

        if (!RegionCode.IsProvince(number[0], number[1], residencePermit: true))
        {
            yield return new(Flaws.Region, FlawKind.Fact, Text.Region(Label, number[..6]));
        }

        if (number[17] != CheckDigits.Mod112(number))
        {
            yield return new(Flaws.Check, FlawKind.Checksum, Text.Check(Label));
        }
    }
}
