using System.Text.RegularExpressions;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// Numbers of people in running text that is to become public: citizen numbers, bank cards, mobile phones. Full-width
/// digits, spaces and hyphens between them hide nothing.
/// </summary>
public static partial class PersonalNumbers
{
    /// <summary>Labels of the kinds found, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Find(string? text)
    {
        var found = new List<string>();
        foreach (Match run in Runs().Matches(string.Concat((text ?? "").Where(letter => letter is not ('\u200B' or '\uFEFF' or '\u200E' or '\u200F')).Select(Folding.Narrow))))
        {
            var digits = Folding.Without(run.Value, " -.·").ToUpperInvariant();
            if (KindOf(digits) is { } kind && !found.Contains(kind, StringComparer.Ordinal))
            {
                found.Add(kind);
            }
        }

        return found;
    }

    // A citizen number is one by its form alone: a mistyped check character still tells who is meant.
    private static string? KindOf(string digits) =>
        Citizen().IsMatch(digits) || OldCitizen().IsMatch(digits) ? CitizenNumber.Kind.Label
        : digits.Length is >= 16 and <= 19 && digits.All(char.IsAsciiDigit) && CheckDigits.Luhn(digits) ? BankCard.Kind.Label
        : Mobile().IsMatch(digits) ? Phone.Kind.Label
        : null;

    [GeneratedRegex("[0-9](?:[ .·-]{0,2}[0-9]){9,20}(?:[ .·-]{0,2}[Xx])?")]
    private static partial Regex Runs();

    [GeneratedRegex("^[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$")]
    private static partial Regex Citizen();

    [GeneratedRegex("^[1-8][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}$")]
    private static partial Regex OldCitizen();

    [GeneratedRegex("^(?:86)?1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();
}
