namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 注册号 of a firm before the credit code, GS 15-2006: six digits of the first registry, eight of sequence, a check
/// by ISO 7064 MOD 11,10. Kept for the crosswalk from old papers.
/// </summary>
public sealed class RegistrationNumber : Identifier
{
    public static readonly RegistrationNumber Kind = new();

    private RegistrationNumber()
    {
    }

    public override string Name => "registration-number";

    public override string Label => "注册号";

    public override string Standard => "GS 15-2006";

    public override string Pattern => "^[0-9]{15}$";

    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length == 15
        && !number.ContainsAnyExceptInRange('0', '9')
        && CheckDigits.Mod1110(number[..14]) == number[14];

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (IsValid(number))
        {
            return Sound;
        }

        if (number.Length != 15)
        {
            return [new(Flaws.Length, FlawKind.Shape, Text.Length(Label, "15", number.Length))];
        }

        return number.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? [new(Flaws.Characters, FlawKind.Shape, Text.Characters(Label, "数字"))]
            : [new(Flaws.Check, FlawKind.Checksum, Text.Check(Label))];
    }
}
