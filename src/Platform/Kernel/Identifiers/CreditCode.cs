namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 统一社会信用代码, GB 32100-2015: registering department, category, region of the registry, organisation code,
/// check modulo 31 over an alphabet without I, O, S, V, Z.
/// </summary>
public sealed class CreditCode : Identifier
{
    public static readonly CreditCode Kind = new();

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    // Departments and categories of GB 32100 table 1; others occur (54, 55 for village committees): a warning.
    private static readonly HashSet<string> Categories =
    [
        "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52", "53", "59",
        "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93", "A1", "A9", "N1", "N2", "N3", "N9", "Y1",
    ];

    private static readonly sbyte[] Values = Table();

    private CreditCode()
    {
    }

    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    public override string Name => "credit-code";

    public override string Label => "统一社会信用代码";

    public override string Standard => "GB 32100-2015";

    public override string Pattern => "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$";

    public override string Normalise(string text) => Folding.Without(Folding.Fold(text), " -");

    /// <summary>Places 9 to 17.</summary>
    public static string Organisation(string code) => code[8..17];

    /// <summary>The check character of the first seventeen; '?' when one of them is not of the alphabet.</summary>
    public static char CheckOf(ReadOnlySpan<char> body)
    {
        unchecked
        {
            var sum = 0;
            var weights = Weights;
            for (var i = 0; i < weights.Length; i++)
            {
                var value = body[i] < 128 ? Values[body[i]] : (sbyte)-1;
                if (value < 0)
                {
                    return '?';
                }

                sum += value * weights[i];
            }

            return Alphabet[(31 - (sum % 31)) % 31];
        }
    }

    /// <summary>Both checks fit and the region is digits.</summary>
    public static bool IsValid(ReadOnlySpan<char> code) =>
        code.Length == 18
        && CheckOf(code) == code[17]
        && !code[2..8].ContainsAnyExceptInRange('0', '9')
        && OrganisationCode.IsValid(code[8..17]);

    /// <summary>The code of an entity: two letters of department and category, region, organisation code.</summary>
    public static string Compose(string category, string region, string organisation)
    {
        var body = category + region + organisation;
        return body + CheckOf(body);
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (number.Length != 18)
        {
            return [new(Flaws.Length, FlawKind.Shape, Text.Length(Label, "18", number.Length))];
        }

        for (var i = 0; i < 18; i++)
        {
            if (number[i] >= 128 || Values[number[i]] < 0)
            {
                return [new(Flaws.Characters, FlawKind.Shape, Text.CharacterAt(Label, i + 1, number[i]))];
            }
        }

        var flaws = new List<Flaw>();
        if (number.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9'))
        {
            flaws.Add(new(Flaws.Characters, FlawKind.Shape, Text.CreditRegionDigits));
        }
        else if (number[2..4] != "10" && !RegionCode.IsProvince(number[2], number[3]))
        {
            flaws.Add(new(Flaws.Region, FlawKind.Warning, Text.CreditRegion(number[2..8])));
        }

        if (!Categories.Contains(number[..2]))
        {
            flaws.Add(new(Flaws.Category, FlawKind.Warning, Text.Category(number[0], number[1])));
        }

        if (CheckOf(number) != number[17])
        {
            flaws.Add(new(Flaws.Check, FlawKind.Checksum, Text.Check(Label)));
        }
        else if (!OrganisationCode.IsValid(number.AsSpan(8, 9)))
        {
            flaws.Add(new(Flaws.InnerCheck, FlawKind.Checksum, Text.InnerCheck));
        }

        return flaws;
    }

    private static sbyte[] Table()
    {
        var table = new sbyte[128];
        Array.Fill(table, (sbyte)-1);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            table[Alphabet[i]] = (sbyte)i;
        }

        return table;
    }
}
