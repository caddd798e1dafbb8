using System.Text;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Pages;

namespace Shali.Platform.Registry.Design;

/// <summary>A code list as people write it: one code a line, <c>code,name</c> and perhaps the day on which it ended.</summary>
public static class CodeLines
{
    public const int CodesMax = 5_000;

    public static string Write(CodeList list)
    {
        var lines = new StringBuilder();
        foreach (var code in list.Codes)
        {
            lines.Append(code.Value).Append(',').Append(code.Label);
            if (code.Until is { } until)
            {
                lines.Append(',').Append(Moments.Write(until));
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }

    public static Outcome<IReadOnlyList<Code>> Read(string text)
    {
        var codes = new List<Code>();
        var refusals = new List<Refusal>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length && refusals.Count < 50; i++)
        {
            if (lines[i].Trim().Length == 0)
            {
                continue;
            }

            var parts = lines[i].Replace('，', ',').Replace('\t', ',').Split(',', 3, StringSplitOptions.TrimEntries);
            var until = parts.Length == 3 && parts[2].Length > 0 ? Moments.ReadDay(parts[2]) : null;
            if (parts.Length < 2 || parts[0].Length is 0 or > 60 || parts[1].Length is 0 or > 100)
            {
                refusals.Add(new("REG-D50", "codes", Text.BadCodeLine(i + 1)));
            }
            else if (parts.Length == 3 && parts[2].Length > 0 && until is null)
            {
                refusals.Add(new("REG-D51", "codes", Text.BadUntil(i + 1)));
            }
            else if (!seen.Add(parts[0]))
            {
                refusals.Add(new("REG-D52", "codes", Text.CodeTwice(parts[0], i + 1)));
            }
            else
            {
                codes.Add(new(parts[0], parts[1], until));
            }
        }

        return refusals.Count > 0 ? new Refusals(refusals)
            : codes.Count == 0 ? new Refusal("REG-D53", "codes", Text.NoCodes)
            : codes.Count > CodesMax ? new Refusal("REG-D54", "codes", Text.TooManyCodes(CodesMax))
            : Outcome.Of<IReadOnlyList<Code>>(codes);
    }
}
