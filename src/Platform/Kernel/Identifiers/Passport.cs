using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>中国护照号码: E with eight digits, or two characters that say the kind of passport with seven.</summary>
public static partial class Passport
{
    public static readonly PatternIdentifier Kind = new(
        "passport", "护照号码", "", "字母 E 加 8 位数字，或两位类别加 7 位数字", Form());

    [GeneratedRegex("^(?:[EDPS][A-Z0-9][0-9]{7}|E[0-9]{8})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
