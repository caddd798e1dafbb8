using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>对象标识符, GB/T 17969: dotted numbers; the second is at most 39 under 0 and 1. China is 1.2.156.</summary>
public sealed partial class Oid : Identifier
{
    public static readonly Oid Kind = new();

    private Oid()
    {
    }

    public override string Name => "oid";

    public override string Label => "对象标识符";

    public override string Standard => "GB/T 17969.1";

    public override string Pattern => Form().ToString();

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today) =>
        Form().IsMatch(number) ? Sound : [new(Flaws.Form, FlawKind.Shape, Text.OidForm)];

    [GeneratedRegex(@"^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
