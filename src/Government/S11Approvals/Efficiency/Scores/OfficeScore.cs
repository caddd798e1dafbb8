namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// The score of an office for a quarter. Each part runs from 0 to 100; a part of which nothing is known (no limit
/// ended, nobody rated) takes no weight, so that silence is neither praise nor blame.
/// </summary>
/// <param name="Band">One of <see cref="ScoreBand"/>.</param>
public sealed record OfficeScore(OfficeQuarter Facts, decimal? Limits, decimal Cards, decimal? Ratings, decimal Total, string Band)
{
    public static OfficeScore Of(OfficeQuarter facts, Standards standards)
    {
        decimal? limits = facts.Kept + facts.Missed == 0 ? null : 100m * facts.Kept / (facts.Kept + facts.Missed);
        var points = (facts.Yellow * standards[StandardKinds.PointsYellow]) + (facts.Red * standards[StandardKinds.PointsRed])
            + (facts.Proposals * standards[StandardKinds.PointsProposal]);
        var cards = Math.Max(0m, 100m - points);
        decimal? ratings = facts.Rated == 0 ? null
            : RatingGrade.Codes.Codes.Select((grade, i) => facts.Grades[i] * standards[StandardKinds.OfGrade(grade.Value)]).Sum() / facts.Rated;
        var parts = new[]
        {
            (Weight: standards[StandardKinds.WeightLimits], Value: limits),
            (Weight: standards[StandardKinds.WeightCards], Value: cards),
            (Weight: standards[StandardKinds.WeightRatings], Value: ratings),
        }.Where(part => part.Value is not null).ToList();
        var weight = parts.Sum(part => part.Weight);
        var total = weight == 0 ? 0m : Rounded(parts.Sum(part => part.Weight * part.Value!.Value) / weight);
        return new(facts, limits is { } share ? Rounded(share) : null, Rounded(cards), ratings is { } mean ? Rounded(mean) : null, total, ScoreBand.Of(total, standards));
    }

    /// <summary>Best first; equal scores share a place.</summary>
    public static IReadOnlyList<(int Place, OfficeScore Score)> League(IEnumerable<OfficeScore> scores)
    {
        var sorted = scores.OrderByDescending(score => score.Total).ThenBy(score => score.Facts.Office, StringComparer.Ordinal).ToList();
        return [.. sorted.Select(score => (1 + sorted.Count(other => other.Total > score.Total), score))];
    }

    private static decimal Rounded(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}

/// <summary>The four bands; codes are permanent.</summary>
public static class ScoreBand
{
    public const string Excellent = "excellent";
    public const string Good = "good";
    public const string Passing = "passing";
    public const string Failing = "failing";

    public static readonly Platform.Registry.CodeList Codes = new("score-band", "效能等次", "",
        [new(Excellent, "优秀"), new(Good, "良好"), new(Passing, "合格"), new(Failing, "不合格")]);

    public static string Of(decimal total, Standards standards) =>
        total >= standards[StandardKinds.Excellent] ? Excellent
        : total >= standards[StandardKinds.Good] ? Good
        : total >= standards[StandardKinds.Passing] ? Passing
        : Failing;

    public static string Label(string band) => Codes.Find(band)?.Label ?? band;
}
