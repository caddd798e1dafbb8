using System.Globalization;
using System.Text;

namespace Shali.Platform.Registry.Load;

/// <summary>Column headings as people type them, folded so that equal headings compare equal.</summary>
internal static class ColumnNames
{
    /// <summary>Full width to half width, no spaces, no marks of punctuation, lower case; an explanation in brackets goes.</summary>
    public static string Fold(string heading)
    {
        var folded = new StringBuilder(heading.Length);
        var depth = 0;
        foreach (var c in heading.Normalize(NormalizationForm.FormKC))
        {
            if (c is '(' or '[' or '【' or '〔' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '】' or '〕' or '}')
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0 && (char.IsLetterOrDigit(c) || c == '_'))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.Length > 0 ? folded.ToString() : Plain(heading);
    }

    private static string Plain(string heading) => string.Concat(
        heading.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit).Select(c => char.ToLower(c, CultureInfo.InvariantCulture)));
}
