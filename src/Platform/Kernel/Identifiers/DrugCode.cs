using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>国家药品本位码: fourteen digits: country 86, class 9, ten of firm and product, a check that is not public.</summary>
public static partial class DrugCode
{
    public static readonly PatternIdentifier Kind = new("drug-code", "药品本位码", "", "以 869 开头的 14 位数字", Form());

    [GeneratedRegex("^869[0-9]{11}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
