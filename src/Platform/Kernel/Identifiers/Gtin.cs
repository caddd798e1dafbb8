namespace Shali.Platform.Kernel.Identifiers;

/// <summary>商品条码, GB 12904 (GTIN-8, -12, -13, -14): the GS1 check. Stored as written, compared with 14 digits.</summary>
public sealed class Gtin : Identifier
{
    public static readonly Gtin Kind = new();

    private Gtin()
    {
    }

    public override string Name => "gtin";

    public override string Label => "商品条码";

    public override string Standard => "GB 12904";

    public override string Pattern => "^(?:[0-9]{8}|[0-9]{12,14})$";

    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length is 8 or 12 or 13 or 14 && !number.ContainsAnyExceptInRange('0', '9') && CheckDigits.Gs1(number);

    /// <summary>Fourteen digits with leading zeros.</summary>
    public static string Long(string number) => number.PadLeft(14, '0');

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

        return number.Length is 8 or 12 or 13 or 14
            ? [new(Flaws.Check, FlawKind.Checksum, Text.Check(Label))]
            : [new(Flaws.Length, FlawKind.Shape, Text.Length(Label, "8、12、13 或 14", number.Length))];
    }
}
