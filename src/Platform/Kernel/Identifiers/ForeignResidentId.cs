using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 外国人永久居留身份证号码. Since 2023-12-01 eighteen characters that begin with 9 (place of application, numeric
/// country of GB/T 2659, birth date, sequence, check as in GB 11643); the edition of 2017 with three letters and
/// twelve digits stays valid until the card expires.
/// </summary>
public sealed partial class ForeignResidentId : Identifier
{
    public static readonly ForeignResidentId Kind = new();

    private ForeignResidentId()
    {
    }

    public override string Name => "foreign-id";

    public override string Label => "外国人永久居留身份证号码";

    public override string Standard => "GA/T 1187-2023";

    public override string Pattern => "^(?:9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12})$";

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (Old().IsMatch(number))
        {
            return Sound;
        }

        if (!Current().IsMatch(number))
        {
            return [new(Flaws.Form, FlawKind.Shape, Text.ForeignForm)];
        }

        return [.. Facts(number, today)];
    }

    private IEnumerable<Flaw> Facts(string number, DateOnly today)
    {
        if (!RegionCode.IsProvince(number[1], number[2]))
        {
            yield return new(Flaws.Region, FlawKind.Fact, Text.Region(Label, number[1..3]));
        }

        if (number[3..6] is "156" or "158" or "344" or "446")
        {
            yield return new(Flaws.Country, FlawKind.Fact, Text.NotForeign(number[3..6]));
        }

        if (CitizenNumber.BirthDate(number) is not { } birth)
        {
            yield return new(Flaws.Date, FlawKind.Fact, Text.NoSuchDay(number[6..14]));
        }
        else if (birth > today)
        {
            yield return new(Flaws.Future, FlawKind.Fact, Text.Future(number[6..14]));
        }

        if (CheckDigits.Mod112(number) != number[17])
        {
            yield return new(Flaws.Check, FlawKind.Checksum, Text.Check(Label));
        }
    }

    [GeneratedRegex("^[A-Z]{3}[0-9]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Old();

    [GeneratedRegex("^9[0-9]{16}[0-9X]$", RegexOptions.CultureInvariant)]
    private static partial Regex Current();
}
