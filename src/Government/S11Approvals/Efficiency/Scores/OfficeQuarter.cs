using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>What an office did in a quarter, counted from the log.</summary>
/// <param name="Ended">Cases that ended.</param>
/// <param name="Kept">Legal and promised limits that ended in time.</param>
/// <param name="Grades">Ratings of those cases by grade, from the best.</param>
public sealed record OfficeQuarter(
    string Office, int Ended, int Kept, int Missed, int Yellow, int Red, int Proposals, IReadOnlyList<int> Grades, int NotRated)
{
    public int Rated => Grades.Sum();

    /// <summary>
    /// Counts a quarter, office by office. Pure: the same records give the same counts, in whatever order they come.
    /// </summary>
    public static IReadOnlyList<OfficeQuarter> Count(
        Quarter quarter, IEnumerable<Case> cases, IEnumerable<CaseClock> clocks, IEnumerable<Card> cards, IEnumerable<Rating> ratings)
    {
        var ended = cases.Where(of => IsServed(of, quarter)).ToLookup(of => of.Office, StringComparer.Ordinal);
        var limits = clocks.Where(clock => Counts(clock, quarter)).ToLookup(clock => clock.Office, StringComparer.Ordinal);
        var drawn = cards.Where(card => Counts(card, quarter)).ToLookup(card => card.Office, StringComparer.Ordinal);
        var rated = ratings.Where(rating => quarter.Has(rating.ClosedAt)).ToLookup(rating => rating.Office, StringComparer.Ordinal);
        var offices = ended.Select(group => group.Key).Concat(limits.Select(group => group.Key)).Concat(drawn.Select(group => group.Key));
        return
        [
            .. from office in offices.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
               let counted = rated[office].Where(rating => rating.Handling != RatingHandling.Excluded).ToList()
               let answered = rated[office].Select(rating => rating.Case).ToHashSet(StringComparer.Ordinal)
               select new OfficeQuarter(
                   office,
                   ended[office].Count(),
                   limits[office].Count(IsKept),
                   limits[office].Count(clock => !IsKept(clock)),
                   drawn[office].Count(card => card.Kind == CardKind.Yellow),
                   drawn[office].Count(card => card.Kind == CardKind.Red),
                   drawn[office].Count(card => card.Kind == CardKind.Proposal),
                   [.. RatingGrade.Codes.Codes.Select(grade => counted.Count(rating => rating.Grade == grade.Value))],
                   ended[office].Count(of => of.Parent is null && !answered.Contains(of.Number))),
        ];
    }

    internal static bool IsServed(Case of, Quarter quarter) => of.MergedInto is null && of.Result is not null && quarter.Has(of.ClosedAt);

    internal static bool Counts(CaseClock clock, Quarter quarter) => clock.Kind != "step" && quarter.Has(clock.EndedAt);

    internal static bool Counts(Card card, Quarter quarter) =>
        card.State != CardState.Withdrawn && card.Kind != CardKind.Warning && quarter.Has(card.Moment);

    internal static bool IsKept(CaseClock clock) => clock.EndedAt < clock.DueAt;
}
