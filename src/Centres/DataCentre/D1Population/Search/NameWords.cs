using System.Globalization;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What a clerk types to find somebody by name: 张伟, zhangwei, zw, 张wei, each with a year or a day of birth beside it
/// when he knows it.
/// </summary>
/// <param name="Letters">Pinyin or initials, lower case; empty when only characters were written.</param>
/// <param name="Characters">What was written in characters; the name begins with it.</param>
/// <param name="From">First and last day of birth.</param>
internal sealed record NameWords(string Letters, string Characters, DateOnly? From, DateOnly? To)
{
    private const int LettersLeast = 2;

    /// <summary>A name in characters, without a year that could be any of its days.</summary>
    public bool IsWhole => Letters.Length == 0 && From == To;

    public static Outcome<NameWords> Read(string text)
    {
        var (letters, characters) = ("", "");
        (DateOnly From, DateOnly To)? born = null;
        var refusals = new List<Refusal>();
        foreach (var word in Words(text))
        {
            if (char.IsAsciiDigit(word[0]))
            {
                born = Born(word);
                if (born is null)
                {
                    refusals.Add(new("D1-S03", "name", Text.NotABirth(word)));
                }
            }
            else
            {
                letters += string.Concat(word.Where(char.IsAsciiLetter));
                characters += string.Concat(word.Where(letter => !char.IsAscii(letter)));
            }
        }

        if (refusals.Count == 0 && characters.Length == 0 && letters.Length < LettersLeast)
        {
            refusals.Add(new("D1-S04", "name", Text.FewLetters));
        }

        return refusals.Count > 0
            ? new Refusals(refusals)
            : new NameWords(characters.Length > 0 && letters.Length > 0 ? Pinyin.Full(characters) + letters : letters, characters, born?.From, born?.To);
    }

    /// <summary>Half-width, lower case; a year may stand right behind the letters.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var plain = string.Concat(text.Select(Folding.Narrow)).ToLowerInvariant().Replace("\0", "", StringComparison.Ordinal);
        var start = 0;
        for (var i = 0; i <= plain.Length; i++)
        {
            var ends = i == plain.Length || plain[i] is ' ' or ',' or '、' or '，' or '\t'
                || (i > start && IsOfDate(plain[i]) != IsOfDate(plain[i - 1]));
            if (!ends)
            {
                continue;
            }

            if (i > start && plain[start..i].Trim(' ', ',', '、', '，', '\t', '-', '\'') is { Length: > 0 } word)
            {
                yield return word;
            }

            start = i;
        }
    }

    private static bool IsOfDate(char letter) => char.IsAsciiDigit(letter) || letter is '-' or '年' or '月' or '日' or '.' or '/';

    private static (DateOnly From, DateOnly To)? Born(string word)
    {
        var numbers = word.Split(['-', '年', '月', '日', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        var digits = numbers.Length == 1 ? numbers[0]
            : numbers[0] + string.Concat(numbers.Skip(1).Select(number => number.PadLeft(2, '0')));
        return digits.Length switch
        {
            4 when Year(digits) is { } year => (new(year, 1, 1), new(year, 12, 31)),
            6 when Day(digits + "01") is { } month => (month, month.AddMonths(1).AddDays(-1)),
            8 when Day(digits) is { } day => (day, day),
            _ => null,
        };
    }

    private static int? Year(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1850 and <= 2200 ? year : null;

    private static DateOnly? Day(string digits) =>
        DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
