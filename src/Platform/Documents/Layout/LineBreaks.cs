using System.Text;
using Shali.Platform.Documents.Pdf;

namespace Shali.Platform.Documents.Layout;

/// <summary>
/// Breaks text into lines as Chinese is set: between any two characters, but no closing mark at the beginning of a
/// line, no opening mark at its end (GB/T 15834), and words and numbers of the Latin script whole where they fit.
/// </summary>
internal static class LineBreaks
{
    private const string NeverFirst = "，。、；：？！）》」』】〉”’…—％·,.;:?!)]}%〕";
    private const string NeverLast = "（《「『【〈“‘([{〔";

    public static IReadOnlyList<string> Break(string text, PdfFont font, double size, double width, double indent = 0)
    {
        var runes = Clean(text);
        var lines = new List<string>();
        for (var start = 0; start < runes.Count;)
        {
            var room = width - (lines.Count == 0 ? indent : 0);
            var end = start;
            for (double used = 0; end < runes.Count; end++)
            {
                used += font.Width(runes[end].Value) * size / 1000;
                if (used > room + 0.01 && end > start)
                {
                    break;
                }
            }

            end = end < runes.Count ? Allowed(runes, start, end) : end;
            lines.Add(string.Concat(runes.Skip(start).Take(end - start).Select(rune => rune.ToString())).TrimEnd(' '));
            for (start = end; start < runes.Count && runes[start].Value == ' '; start++)
            {
            }
        }

        return lines.Count > 0 ? lines : [""];
    }

    public static double Width(string text, PdfFont font, double size, double spacing = 0) =>
        text.EnumerateRunes().Sum(rune => (font.Width(rune.Value) * size / 1000) + spacing);

    /// <summary>
    /// Without what cannot be drawn as a character of its own: controls, and selectors of variants, whose base
    /// character is drawn in its usual form.
    /// </summary>
    public static IReadOnlyList<Rune> Clean(string text) =>
    [
        .. text.Normalize(NormalizationForm.FormC).EnumerateRunes()
            .Select(rune => rune.Value is '\t' or '\n' or '\r' ? new Rune(' ') : rune)
            .Where(rune => !Rune.IsControl(rune) && !IsSelector(rune.Value) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format),
    ];

    public static bool IsSelector(int value) => value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static int Allowed(IReadOnlyList<Rune> runes, int start, int end)
    {
        for (var at = end; at > start + 1 && at > end - 40; at--)
        {
            if (MayBreak(runes[at - 1], runes[at]))
            {
                return at;
            }
        }

        return end;
    }

    private static bool MayBreak(Rune before, Rune after) =>
        !In(NeverFirst, after) && !In(NeverLast, before) && !(IsWord(before) && IsWord(after));

    private static bool In(string marks, Rune rune) => rune.IsBmp && marks.Contains((char)rune.Value, StringComparison.Ordinal);

    private static bool IsWord(Rune rune) => rune.Value is > ' ' and < 0x2000 && !In(NeverFirst, rune) && !In(NeverLast, rune);
}
