namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// Telephone numbers in the form of E.164 (+8613800000000); short service numbers (110, 12345) stay as they are.
/// Fixed lines need their area code: the platform does not guess the city.
/// </summary>
public sealed class Phone : Identifier
{
    public static readonly Phone Kind = new();

    private Phone()
    {
    }

    public override string Name => "phone";

    public override string Label => "电话号码";

    public override string Standard => "ITU-T E.164";

    public override string Pattern => @"^(?:\+[1-9][0-9]{6,14}|1[0-9]{2,4}|9[0-9]{4})$";

    public override string Normalise(string text)
    {
        var number = Folding.Without(Folding.Fold(text), " -().");
        if (number.Length == 11 && IsMobile(number))
        {
            return "+86" + number;
        }

        var national = number.StartsWith("+86", StringComparison.Ordinal) ? number[3..]
            : number.StartsWith("0086", StringComparison.Ordinal) ? number[4..]
            : number.Length == 13 && number.StartsWith("86", StringComparison.Ordinal) ? number[2..]
            : number;
        return IsMobile(national) ? "+86" + national
            : IsFixed(national) ? "+86" + national[1..]
            : IsFixed("0" + national) && national.Length != number.Length ? "+86" + national
            : national.Length == 10 && national[..3] is "400" or "800" && IsDigits(national) ? "+86" + national
            : number;
    }

    /// <summary>As it is dialled at home: 13800000000, 0395-2123456.</summary>
    public override string Show(string number)
    {
        if (!number.StartsWith("+86", StringComparison.Ordinal))
        {
            return number;
        }

        var national = number[3..];
        if (IsMobile(national) || national[..3] is "400" or "800")
        {
            return national;
        }

        var area = national[0] == '2' || national.StartsWith("10", StringComparison.Ordinal) ? 2 : 3;
        return $"0{national[..area]}-{national[area..]}";
    }

    /// <summary>Eleven digits of a mobile number.</summary>
    public static bool IsMobile(ReadOnlySpan<char> national) =>
        national.Length == 11 && national[0] == '1' && national[1] is >= '3' and <= '9' && IsDigits(national);

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        var sound = number.StartsWith("+86", StringComparison.Ordinal) ? IsChinese(number.AsSpan(3))
            : number.StartsWith('+') ? number.Length is >= 8 and <= 16 && number[1] != '0' && IsDigits(number.AsSpan(1))
            : number.Length is >= 3 and <= 5 && number[0] is '1' or '9' && IsDigits(number);
        return sound ? Sound : [new(Flaws.Form, FlawKind.Shape, Text.PhoneForm)];
    }

    private static bool IsChinese(ReadOnlySpan<char> national) =>
        IsMobile(national)
        || (national.Length is 9 or 10 or 11 && national[0] is >= '1' and <= '9' && IsDigits(national));

    // 0, two or three digits of area, seven or eight of the line.
    private static bool IsFixed(ReadOnlySpan<char> national) =>
        national.Length is >= 10 and <= 12 && national[0] == '0' && national[1] is >= '1' and <= '9' && IsDigits(national);

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
