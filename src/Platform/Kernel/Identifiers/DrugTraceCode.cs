using System.Globalization;

namespace Shali.Platform.Kernel.Identifiers;

/// <summary>
/// 药品追溯码, NMPAB/T 1002-2019: twenty digits whose first seven are the drug id, or a GS1 element string
/// (01 GTIN, 17 expiry, 10 batch, 21 serial). The check of the twenty-digit form is not public: the trace platform
/// is asked, it is not guessed here.
/// </summary>
public sealed class DrugTraceCode : Identifier
{
    public static readonly DrugTraceCode Kind = new();

    private const char Separator = '\u001D';

    private DrugTraceCode()
    {
    }

    public override string Name => "drug-trace";

    public override string Label => "药品追溯码";

    public override string Standard => "NMPAB/T 1002-2019";

    public override string Normalise(string text)
    {
        var code = Folding.Without(Folding.Fold(text), " ");
        return code.StartsWith("(01)", StringComparison.Ordinal) ? Element(code) : code;
    }

    /// <summary>The drug that the code belongs to: seven digits, or the GTIN. Null when it is neither form.</summary>
    public static string? Drug(string code) =>
        IsPlain(code) ? code[..7] : Elements(code)?.GetValueOrDefault("01");

    public override IReadOnlyList<Flaw> Check(string number, DateOnly today)
    {
        if (IsPlain(number))
        {
            return Sound;
        }

        if (Elements(number) is not { } elements)
        {
            return [new(Flaws.Form, FlawKind.Shape, Text.TraceForm)];
        }

        var flaws = new List<Flaw>();
        if (!CheckDigits.Gs1(elements["01"]))
        {
            flaws.Add(new(Flaws.Check, FlawKind.Checksum, Text.Check(Gtin.Kind.Label)));
        }

        if (elements.TryGetValue("17", out var expiry) && !IsDay(expiry))
        {
            flaws.Add(new(Flaws.Date, FlawKind.Fact, Text.TraceDate(expiry)));
        }

        return flaws;
    }

    private static bool IsPlain(string code) => code.Length == 20 && !code.AsSpan().ContainsAnyExceptInRange('0', '9');

    // GS1 allows day 00 for "the end of the month".
    private static bool IsDay(string expiry) => DateOnly.TryParseExact(
        expiry.EndsWith("00", StringComparison.Ordinal) ? expiry[..4] + "01" : expiry,
        "yyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    // (01)...(21)...: brackets become element identifiers; a variable element that is not the last gets a separator.
    private static string Element(string code)
    {
        var parts = code.Split('(', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Replace(")", "", StringComparison.Ordinal)).ToList();
        return string.Concat(parts.Select((part, i) =>
            i < parts.Count - 1 && part[..Math.Min(2, part.Length)] is "10" or "21" ? part + Separator : part));
    }

    private static Dictionary<string, string>? Elements(string code)
    {
        var elements = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = code.AsSpan();
        while (rest.Length >= 2)
        {
            var name = rest[..2].ToString();
            rest = rest[2..];
            var end = rest.IndexOf(Separator);
            var length = name switch { "01" => 14, "11" or "17" => 6, "10" or "21" => end < 0 ? rest.Length : end, _ => -1 };
            if (length < 1 || length > 20 || length > rest.Length
                || (name is "01" or "11" or "17" && rest[..length].ContainsAnyExceptInRange('0', '9'))
                || !elements.TryAdd(name, rest[..length].ToString()))
            {
                return null;
            }

            rest = rest[length..].TrimStart(Separator);
        }

        return rest.IsEmpty && elements.ContainsKey("01") && elements.ContainsKey("21") ? elements : null;
    }
}
