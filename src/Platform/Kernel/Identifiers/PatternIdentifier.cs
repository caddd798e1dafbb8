using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>A kind whose only rule is its form: no check digit, no date inside.</summary>
public sealed class PatternIdentifier(string name, string label, string standard, string form, Regex pattern) : Identifier
{
    public override string Name => name;

    public override string Label => label;

    public override string Standard => standard;

    public override string Pattern => pattern.ToString();

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today) =>
        pattern.IsMatch(number) ? Sound : [new(Flaws.Form, FlawKind.Shape, Text.Form(label, form))];
}
