using System.Text.Json;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Full-text search among the cases that somebody's office has, or all for supervisors.</summary>
public sealed class CaseSearch(Db db)
{
    public const int Shown = 100;

    /// <summary>
    /// What so many are expected to have is met soon enough on the way back from the newest; what is rarer is looked for
    /// in the index, which gives everything that has the words before it is put in order.
    /// </summary>
    private const long Rare = 50_000;

    /// <summary>So far back; the database may expect more than there is.</summary>
    private const int Newest = 300_000;

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

        var query = SearchWords.Query(words, marks);
        if (await Expected(query, cancel) > Rare)
        {
            var found = await Rows(
                Sql.Of(
                    $"""
                    select case_no from (select case_no, words from casework.search order by case_no desc limit {Newest}) newest
                    where words @@ {query}::tsquery limit {Shown + 1}
                    """),
                cancel);
            if (found.Count > Shown)
            {
                return found;
            }
        }

        return await Rows(
            Sql.Of(
                $"""
                with found as materialized (select case_no from casework.search where words @@ {query}::tsquery)
                select case_no from found order by case_no desc limit {Shown + 1}
                """),
            cancel);
    }

    /// <summary>How many the database expects to have the words, from its statistics: a millisecond.</summary>
    private async Task<long> Expected(Sql query, CancellationToken cancel)
    {
        var plan = await db.Scalar<string>($"explain (format json) select 1 from casework.search where words @@ {query}::tsquery", cancel);
        using var json = JsonDocument.Parse(plan!);
        return (long)json.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    private Task<List<Case>> Rows(Sql numbers, CancellationToken cancel)
    {
        var plan = Plan.Of(CaseResources.Case);
        return db.List(
            $"select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where number in ({numbers}) order by number desc",
            row => Typed<Case>.Of(plan.Read(row)),
            cancel);
    }
}
