namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 银行卡号: sixteen to nineteen digits with the Luhn check of ISO/IEC 7812-1. Passbook accounts are no card numbers
/// and may fail it: a definition for such accounts is lenient.
/// </summary>
public sealed class BankCard : Identifier
{
    public static readonly BankCard Kind = new();

    private BankCard()
    {
    }

    public override string Name => "bank-card";

    public override string Label => "银行卡号";

    public override string Standard => "ISO/IEC 7812-1";

    public override string Pattern => "^[0-9]{16,19}$";

    public override string Normalise(string text) => Folding.Without(Folding.Fold(text), " -");

    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length is >= 16 and <= 19 && !number.ContainsAnyExceptInRange('0', '9') && CheckDigits.Luhn(number);

    public override string Show(string number) =>
        string.Join(' ', Enumerable.Range(0, (number.Length + 3) / 4)
            .Select(group => number[(group * 4)..Math.Min(number.Length, (group * 4) + 4)]));

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (IsValid(number))
        {
            return Sound;
        }

        if (number.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return [new(Flaws.Characters, FlawKind.Shape, Text.Characters(Label, "数字"))];
        }

        return number.Length is < 16 or > 19
            ? [new(Flaws.Length, FlawKind.Shape, Text.Length(Label, "16 至 19", number.Length))]
            : [new(Flaws.Check, FlawKind.Checksum, Text.Check(Label))];
    }
}
