using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 机动车号牌, GA 36-2018: seven characters, new-energy cars eight (small: the letter first; large: the letter last).
/// </summary>
public sealed partial class Plate : Identifier
{
    public static readonly Plate Kind = new();

    private Plate()
    {
    }

    public override string Name => "plate";

    public override string Label => "号牌号码";

    public override string Standard => "GA 36-2018";

    public override string Pattern => Form().ToString();

    public override string Normalise(string text) => Folding.Without(Folding.Fold(text), " -·•.");

    /// <summary>Whether it is a new-energy plate: eight characters.</summary>
    public static bool IsNewEnergy(ReadOnlySpan<char> plate) => plate.Length == 8;

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today) =>
        Form().IsMatch(number) ? Sound : [new(Flaws.Form, FlawKind.Shape, Text.PlateForm)];

    [GeneratedRegex(
        "^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
        + "(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
