using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// The papers of residents of Hong Kong, Macao and Taiwan on the mainland. Their residence permit (国办发〔2018〕81号)
/// has the form and check of a citizen number with the address codes 810000, 820000 and 830000.
/// </summary>
public static partial class HongKongMacauTaiwan
{
    /// <summary>港澳居民来往内地通行证: H or M and eight digits, older ones with two more for the renewal.</summary>
    public static readonly PatternIdentifier HongKongMacauPermit = new(
        "hong-kong-macau-permit", "港澳居民来往内地通行证号码", "", "字母 H 或 M 加 8 位数字（旧证另加 2 位）", HongKongMacau());

    /// <summary>台湾居民来往大陆通行证: eight digits, older ones ten and a letter.</summary>
    public static readonly PatternIdentifier TaiwanPermit = new(
        "taiwan-permit", "台湾居民来往大陆通行证号码", "", "8 位数字（旧证为 10 位数字加 1 位字母）", Taiwan());

    /// <summary>Whether a citizen number is that of such a residence permit.</summary>
    public static bool IsResidencePermit(ReadOnlySpan<char> number) =>
        number.Length == 18 && number[..6] is "810000" or "820000" or "830000";

    [GeneratedRegex("^[HM][0-9]{8}(?:[0-9]{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex HongKongMacau();

    [GeneratedRegex("^(?:[0-9]{8}|[0-9]{10}[A-Z])$", RegexOptions.CultureInvariant)]
    private static partial Regex Taiwan();
}
