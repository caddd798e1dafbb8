using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>邮政编码: six digits.</summary>
public static partial class PostalCode
{
    public static readonly PatternIdentifier Kind = new("postal-code", "邮政编码", "YZ/T 0133", "6 位数字", Form());

    [GeneratedRegex("^[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
