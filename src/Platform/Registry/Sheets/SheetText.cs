using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Shali.Platform.Registry.Sheets;

/// <summary>
/// Text on its way into a spreadsheet and back. What begins like a formula gets an apostrophe in front, the sign by
/// which spreadsheet programs themselves mark text (CWE-1236); reading takes it away again, so that a file that we
/// gave out comes back unchanged.
/// </summary>
public static partial class SheetText
{
    // Spreadsheets of Chinese systems also take the wide signs for the narrow ones.
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static string Harmless(string text) => LooksLikeFormula(text) && !IsNumber(text) ? "'" + text : text;

    public static string Plain(string text) => text.Length > 1 && text[0] == '\'' && LooksLikeFormula(text) ? text[1..] : text;

    /// <summary>A character that XML cannot hold stands in a workbook as <c>_xHHHH_</c> (ECMA-376 part 1, 22.9.2.19).</summary>
    public static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, found => ((char)ushort.Parse(found.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    /// <summary>Whether such an escape begins at this place.</summary>
    internal static bool IsEscape(string text, int at) => text[at] == '_' && Escape().IsMatch(text.AsSpan(at, Math.Min(7, text.Length - at)));

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escape();

    // An apostrophe before such a sign counts as well: else it would be taken for ours on the way back.
    private static bool LooksLikeFormula(string text)
    {
        var first = text.AsSpan().TrimStart('\'');
        return first.Length > 0 && Starts.Contains(first[0], StringComparison.Ordinal);
    }

    private static bool IsNumber(string text) =>
        text.Length > 1 && text[0] is '-' or '+' && text.AsSpan(1).IndexOfAnyExcept(Digits) < 0;
}
