using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Ratings of one office or item.</summary>
/// <param name="Group">Code of the office or of the case type.</param>
/// <param name="Grades">Count of each of the five grades, from the best.</param>
/// <param name="NotRated">Ended and not rated: neither good nor bad.</param>
public sealed record RatingCount(string Group, IReadOnlyList<long> Grades, long NotRated)
{
    public long Rated => Grades.Sum();

    public long Poor => Grades[3] + Grades[4];

    /// <summary>Per cent of the rated ones that are at least fairly content; null: nothing was rated.</summary>
    public decimal? Content => Rated == 0 ? null : Math.Round(100m * (Rated - Poor) / Rated, 1);
}

/// <summary>
/// What is made public of ratings. A group with fewer ratings than the threshold shows no figures: who knows the one
/// applicant would know his answer. Sums leave such groups out, so nothing can be subtracted.
/// </summary>
public sealed class RatingResults(Db db, ApprovalCases cases)
{
    /// <param name="by">office or type.</param>
    public async Task<IReadOnlyList<RatingCount>> Count(string by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel = default)
    {
        var column = Sql.Name(by is "office" or "type" ? by : throw new ArgumentOutOfRangeException(nameof(by), by, "No such grouping."));
        var (begin, end, types) = (from.ToUniversalTime(), until.ToUniversalTime(), cases.Types);
        var rated = (await db.List(
            $"""
            select {column}, grade, count(*) filter (where handling is distinct from 'excluded'), count(*)
            from approvals.rating where closed_at >= {begin} and closed_at < {end} group by 1, 2
            """,
            row => (Group: row.GetString(0), Grade: row.GetString(1), Counted: row.GetInt64(2), All: row.GetInt64(3)),
            cancel)).ToLookup(row => row.Group, StringComparer.Ordinal);
        var ended = await db.List(
            $"""
            select {column}, count(*) from casework."case"
            where state = 'ended' and parent is null and merged_into is null and result is not null and type = any({types})
              and closed_at >= {begin} and closed_at < {end}
            group by 1 order by 1
            """,
            row => (Group: row.GetString(0), Cases: row.GetInt64(1)),
            cancel);
        return
        [
            .. ended.Select(row => new RatingCount(
                row.Group,
                [.. RatingGrade.Codes.Codes.Select(code => rated[row.Group].Where(one => one.Grade == code.Value).Sum(one => one.Counted))],
                Math.Max(0, row.Cases - rated[row.Group].Sum(one => one.All)))),
        ];
    }

    /// <summary>Only groups that may be shown; how many were left out.</summary>
    public static (IReadOnlyList<RatingCount> Shown, int Hidden) Public(IReadOnlyList<RatingCount> all, int smallest)
    {
        var shown = all.Where(row => row.Rated >= smallest).ToList();
        return (shown, all.Count - shown.Count);
    }

    /// <summary>Words about one item, newest first, without case or day.</summary>
    public Task<List<(string Grade, string Words, DateTimeOffset At)>> Words(string type, int limit, CancellationToken cancel = default) => db.List(
        $"""
        select grade, words, given_at from approvals.rating
        where type = {type} and words is not null and handling is distinct from 'excluded' order by given_at desc limit {limit}
        """,
        row => (row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)),
        cancel);
}
