namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 行政区划代码, GB/T 2260 (province, prefecture, county) and GB/T 10114 (street or town), with the three digits of
/// the statistics code for village or community. The normal form is the shortest: 41, 4111, 411102, 411102001,
/// 411102001001; the padded forms 410000, 411100 and 411102000000 are folded to it. Whether a code exists, and since
/// when, is told by the table of regions.
/// </summary>
public sealed class RegionCode : Identifier
{
    public static readonly RegionCode Kind = new();

    private static readonly bool[] Provinces = Table(
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
        61, 62, 63, 64, 65, 71, 81, 82);

    private RegionCode()
    {
    }

    public override string Name => "region";

    public override string Label => "行政区划代码";

    public override string Standard => "GB/T 2260, GB/T 10114-2003";

    public override string Pattern => "^[1-8][0-9](?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?$";

    public override string Normalise(string text)
    {
        var code = Folding.Fold(text);
        if (code.Length is not (6 or 9 or 12) || code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return code;
        }

        var length = code.Length;
        length = length == 12 && code.EndsWith("000", StringComparison.Ordinal) ? 9 : length;
        length = length == 9 && code[6..9] == "000" ? 6 : length;
        length = length == 6 && code[4..6] == "00" ? 4 : length;
        length = length == 4 && code[2..4] == "00" ? 2 : length;
        return code[..length];
    }

    /// <summary>The code padded with zeros to six or twelve digits, as other systems write it.</summary>
    public static string Padded(string code, int digits) => code.PadRight(digits, '0');

    /// <summary>The code of the level above; null for a province.</summary>
    public static string? Parent(string code) => code.Length switch
    {
        12 => code[..9],
        9 => code[..6],
        6 => code[..4],
        4 => code[..2],
        _ => null,
    };

    /// <summary>
    /// Whether the two digits name a province. In personal numbers 83 stands for Taiwan residents (国办发〔2018〕81号).
    /// </summary>
    public static bool IsProvince(char first, char second, bool residencePermit = false)
    {
        unchecked
        {
            var code = ((first - '0') * 10) + second - '0';
            return (uint)code < 100 && (Provinces[code] || (residencePermit && code == 83));
        }
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (number.Length is not (2 or 4 or 6 or 9 or 12) || number.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return [new(Flaws.Form, FlawKind.Shape, Text.RegionForm)];
        }

        return IsProvince(number[0], number[1])
            ? Sound
            : [new(Flaws.Region, FlawKind.Fact, Text.Region(Label, number))];
    }

    private static bool[] Table(params ReadOnlySpan<int> codes)
    {
        var table = new bool[100];
        foreach (var code in codes)
        {
            table[code] = true;
        }

        return table;
    }
}
