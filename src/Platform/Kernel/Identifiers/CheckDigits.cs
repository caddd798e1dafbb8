namespace Shali.Platform.Kernel.Identifiers;

/// <summary>The check rules that several identifiers share. All of them read digits that were tested before.</summary>
public static class CheckDigits
{
    private const string Mod11Signs = "10X98765432";

    private static ReadOnlySpan<byte> CitizenWeights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>ISO 7064 MOD 11-2 (GB/T 17710) over 17 digits: the eighteenth character.</summary>
    public static char Mod112(ReadOnlySpan<char> digits)
    {
        unchecked
        {
            var sum = 0;
            var weights = CitizenWeights;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += (digits[i] - '0') * weights[i];
            }

            return Mod11Signs[sum % 11];
        }
    }

    /// <summary>ISO 7064 MOD 11,10: the digit that follows <paramref name="digits"/>.</summary>
    public static char Mod1110(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            product = (product + digit - '0') % 10;
            product = (product == 0 ? 10 : product) * 2 % 11;
        }

        return (char)('0' + ((11 - product) % 10));
    }

    /// <summary>Luhn (ISO/IEC 7812-1) over the whole number with its check digit.</summary>
    public static bool Luhn(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[number.Length - 1 - i] - '0';
            if (i % 2 == 1)
            {
                digit *= 2;
                digit -= digit > 9 ? 9 : 0;
            }

            sum += digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>GS1: weights 3 and 1 from the right, the check digit makes the sum a multiple of ten.</summary>
    public static bool Gs1(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            sum += (number[number.Length - 1 - i] - '0') * (i % 2 == 1 ? 3 : 1);
        }

        return sum % 10 == 0;
    }
}
