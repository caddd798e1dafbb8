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

    internal static bool IsServed(Case of, Quarter quarter) => of.MergedInto is null && of.Result is not null && quarter.Has(of.ClosedAt);

    internal static bool Counts(CaseClock clock, Quarter quarter) => clock.Kind != "step" && quarter.Has(clock.EndedAt);

    internal static bool Counts(Card card, Quarter quarter) =>
        card.State != CardState.Withdrawn && card.Kind != CardKind.Warning && quarter.Has(card.Moment);

    internal static bool IsKept(CaseClock clock) => clock.EndedAt < clock.DueAt;
}
