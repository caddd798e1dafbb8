namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// What people and old files do to identifiers: spaces around, full-width digits, small letters, invisible marks.
/// </summary>
public static class Folding
{
    /// <summary>Trimmed, half-width, upper case, without invisible marks. The same object when nothing changes.</summary>
    public static string Fold(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter) && !char.IsAsciiLetterUpper(letter) && letter is < '\u4E00' or > '\u9FFF')
            {
                return Slow(text);
            }
        }

        return text;
    }

    /// <summary>Without the characters that people put between groups.</summary>
    public static string Without(string text, ReadOnlySpan<char> separators)
    {
        if (!text.AsSpan().ContainsAny(separators))
        {
            return text;
        }

        Span<char> kept = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (!separators.Contains(letter))
            {
                kept[length++] = letter;
            }
        }

        return new string(kept[..length]);
    }

    /// <summary>Half-width form of one character: full-width ASCII and the ideographic space.</summary>
    public static char Narrow(char letter) => letter switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
        '\u3000' or '\u00A0' => ' ',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        _ => letter,
    };

    private static string Slow(string text)
    {
        Span<char> folded = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter is '\uFEFF' or '\u200B' or '\u200E' or '\u200F')
            {
                continue;
            }

            folded[length++] = char.ToUpperInvariant(Narrow(letter));
        }

        return new string(((ReadOnlySpan<char>)folded[..length]).Trim());
    }
}
