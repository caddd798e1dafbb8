namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 组织机构代码, GB 11714-1997: eight digits or letters and a check by weights 3 7 9 10 5 8 4 2 modulo 11. Stored
/// without the hyphen, as it stands inside the credit code (places 9 to 17); the key of the legal-entity base.
/// </summary>
public sealed class OrganisationCode : Identifier
{
    public static readonly OrganisationCode Kind = new();

    private OrganisationCode()
    {
    }

    private static ReadOnlySpan<byte> Weights => [3, 7, 9, 10, 5, 8, 4, 2];

    public override string Name => "organisation-code";

    public override string Label => "组织机构代码";

    public override string Standard => "GB 11714-1997";

    public override string Pattern => "^[0-9A-Z]{8}[0-9X]$";

    public override string Normalise(string text)
    {
        var code = Folding.Fold(text);
        return code.Length == 10 && code[8] == '-' ? string.Concat(code.AsSpan(0, 8), code.AsSpan(9)) : code;
    }

    public override string Show(string number) =>
        number.Length == 9 ? string.Concat(number.AsSpan(0, 8), "-", number.AsSpan(8)) : number;

    /// <summary>The check character of eight digits or capital letters.</summary>
    public static char CheckOf(ReadOnlySpan<char> body)
    {
        unchecked
        {
            var sum = 0;
            for (var i = 0; i < 8; i++)
            {
                var letter = body[i];
                sum += Weights[i] * (letter <= '9' ? letter - '0' : letter - 'A' + 10);
            }

            return (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var check => (char)('0' + check) };
        }
    }

    public static bool IsValid(ReadOnlySpan<char> code)
    {
        if (code.Length != 9)
        {
            return false;
        }

        foreach (var letter in code[..8])
        {
            if (!char.IsAsciiDigit(letter) && !char.IsAsciiLetterUpper(letter))
            {
                return false;
            }
        }

        return code[8] == CheckOf(code);
    }

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (IsValid(number))
        {
            return Sound;
        }

        var shaped = number.Length == 9
            && number.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter));
        return shaped
            ? [new(Flaws.Check, FlawKind.Checksum, Text.Check(Label))]
            : [new(Flaws.Form, FlawKind.Shape, Text.OrganisationForm)];
    }
}
