using System.Globalization;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Full-text search among the cases that somebody's office has, or all for supervisors.</summary>
public sealed class CaseSearch(Db db, TimeProvider time)
{
    public const int Shown = 100;

    /// <summary>What is common is found among the newest; only what is rare is looked for in all years.</summary>
    private const int Recent = 3;

    /// <summary>Newest first; at most <see cref="Shown"/> and one more, by which the page sees that there are others.</summary>
    /// <param name="open">Only open ones, only ended ones, or both.</param>
    public async Task<IReadOnlyList<Case>> Find(Caller who, string words, bool? open, CancellationToken cancel = default)
    {
        if (CaseNumbers.Read(words) is null && !SearchWords.Cut(words).Any() && !words.EnumerateRunes().Any(System.Text.Rune.IsLetter))
        {
            return [];
        }

        var marks = new List<string>();
        if (!who.May(CaseworkSystem.Supervise))
        {
            marks.Add(SearchWords.Office(who.Office));
        }

        if (open is { } state)
        {
            marks.Add(SearchWords.State(state));
        }

        var months = Enumerable.Range(0, Recent).Select(back => SearchWords.Month(time.Today().AddMonths(-back).ToString("yyyyMM", CultureInfo.InvariantCulture))).ToArray();
        var found = await Rows(words, marks, months, cancel);
        return found.Count > Shown ? found : await Rows(words, marks, [], cancel);
    }

    private Task<List<Case>> Rows(string words, IReadOnlyList<string> marks, IReadOnlyList<string> months, CancellationToken cancel)
    {
        var plan = Plan.Of(CaseResources.Case);
        return db.List(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where number in (
                select case_no from casework.search where words @@ {SearchWords.Query(words, marks, months)}::tsquery order by case_no desc limit {Shown + 1})
            order by number desc
            """,
            row => Typed<Case>.Of(plan.Read(row)),
            cancel);
    }
}
