using System.Text;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// The words of a case for full-text search. Chinese has no spaces: text is cut into pairs of neighbouring characters,
/// letters and digits stay words. Two characters or more are found exactly, wherever they stand.
/// </summary>
public static class SearchWords
{
    private const int WordsMax = 400;

    internal static Sql Insert(Case of) => Sql.Of(
        $"insert into casework.search (case_no, words) values ({of.Number}, array_to_tsvector({Words(of)}))");

    internal static Sql Update(Case of) => Sql.Of(
        $"update casework.search set words = array_to_tsvector({Words(of)}) where case_no = {of.Number}");

    /// <summary>What a case is found by: title, applicant, what was answered in words; and the marks that narrow.</summary>
    public static string[] Words(Case of)
    {
        var words = new HashSet<string>(StringComparer.Ordinal) { Office(of.Office), State(of.State != CaseState.Ended) };
        foreach (var text in new[] { of.Title, of.EntityName, of.PersonName, of.Number }.Concat(CaseRules.AnswersOf(of).Values))
        {
            words.UnionWith(Cut(text ?? "").Take(WordsMax - words.Count));
        }

        return [.. words];
    }

    /// <summary>All words of what somebody searches for must be there, and the marks.</summary>
    public static Sql Query(string typed, IEnumerable<string> marks) =>
        Sql.Value(string.Join(" & ", marks.Concat(Cut(typed)).Select(Quoted).Concat(Single(typed))), NpgsqlDbType.Text);

    public static string Office(string code) => "@" + code;

    public static string State(bool open) => open ? "#open" : "#ended";

    private static string Quoted(string word) =>
        "'" + word.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal) + "'";

    /// <summary>Pairs of characters, whole words of letters and digits.</summary>
    public static IEnumerable<string> Cut(string text)
    {
        var word = new StringBuilder();
        Rune? before = null;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (IsHan(rune))
            {
                if (word.Length > 0)
                {
                    yield return Take(word);
                }

                if (before is { } first)
                {
                    yield return first.ToString() + rune;
                }

                before = rune;
                continue;
            }

            before = null;
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (word.Length > 0)
            {
                yield return Take(word);
            }
        }

        if (word.Length > 0)
        {
            yield return Take(word);
        }
    }

    private static string Take(StringBuilder word)
    {
        var text = word.ToString(0, Math.Min(word.Length, 60));
        word.Clear();
        return text;
    }

    // One character alone is no pair: it is found as the beginning of one.
    private static IEnumerable<string> Single(string typed) =>
        Cut(typed).Any() ? [] : typed.EnumerateRunes().Where(IsHan).Take(1).Select(rune => $"'{rune}':*");

    private static bool IsHan(Rune rune) => rune.Value is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
