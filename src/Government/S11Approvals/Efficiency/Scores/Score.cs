using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>The score of an office as it was when its quarter was closed; never changed afterwards.</summary>
[Resource("approvals/score", "行政效能季度评分", Clause = "S11", Owner = "data", Key = nameof(Number), Title = nameof(Office), Editable = false, Open = true,
    Sharing = SharingClass.Unconditional, Theme = "效能监察", Rhythm = UpdateRhythm.Quarterly,
    Note = "由办件、时限、监察牌和好差评记录计算，关账后不再变动；可以按关账时的记录重新计算核对。")]
public sealed record Score
{
    [Field("编号", Pattern = "[0-9]{4}Q[1-4]-[0-9A-Za-z.-]{1,60}", Grade = Grade.Public)]
    public required string Number { get; init; }

    [Field("季度", Pattern = "[0-9]{4}Q[1-4]", Indexed = true, Grade = Grade.Public)]
    public required string Quarter { get; init; }

    [Field("单位", LengthMax = 60, Indexed = true, Grade = Grade.Public)]
    public required string Office { get; init; }

    [Field("得分", Scale = 1, Grade = Grade.Public)]
    public required decimal Total { get; init; }

    [Field("等次", CodeList = "score-band", Grade = Grade.Public)]
    public required string Band { get; init; }

    [Field("按期办结", Scale = 1, Grade = Grade.Public)]
    public decimal? Limits { get; init; }

    [Field("监察牌", Scale = 1, Grade = Grade.Public)]
    public required decimal Cards { get; init; }

    [Field("好差评", Scale = 1, Grade = Grade.Public)]
    public decimal? Ratings { get; init; }

    [Field("办结件数", Grade = Grade.Public)]
    public required int Ended { get; init; }

    [Field("按期的时限", Grade = Grade.Public)]
    public required int Kept { get; init; }

    [Field("超期的时限", Grade = Grade.Public)]
    public required int Missed { get; init; }

    [Field("黄牌", Grade = Grade.Public)]
    public required int Yellow { get; init; }

    [Field("红牌", Grade = Grade.Public)]
    public required int Red { get; init; }

    [Field("监察建议书", Grade = Grade.Public)]
    public required int Proposals { get; init; }

    [Field("各等次评价件数", LengthMax = 60, Pattern = "[0-9]+(,[0-9]+){4}", Closed = true, Note = "从非常满意到非常不满意")]
    public required string Grades { get; init; }

    [Field("未评价件数", Closed = true)]
    public required int NotRated { get; init; }

    /// <summary>The records as they stood at this moment were counted.</summary>
    [Field("计算所依据的时点", Grade = Grade.Public)]
    public required DateTimeOffset KnownAt { get; init; }

    internal static Score Of(Quarter quarter, OfficeScore score, DateTimeOffset known) => new()
    {
        Number = $"{quarter.Code}-{score.Facts.Office}",
        Quarter = quarter.Code,
        Office = score.Facts.Office,
        Total = score.Total,
        Band = score.Band,
        Limits = score.Limits,
        Cards = score.Cards,
        Ratings = score.Ratings,
        Ended = score.Facts.Ended,
        Kept = score.Facts.Kept,
        Missed = score.Facts.Missed,
        Yellow = score.Facts.Yellow,
        Red = score.Facts.Red,
        Proposals = score.Facts.Proposals,
        Grades = string.Join(',', score.Facts.Grades),
        NotRated = score.Facts.NotRated,
        KnownAt = known,
    };

    internal OfficeScore AsScore() => new(
        new(Office, Ended, Kept, Missed, Yellow, Red, Proposals, [.. Grades.Split(',').Select(each => int.Parse(each, System.Globalization.CultureInfo.InvariantCulture))], NotRated),
        Limits, Cards, Ratings, Total, Band);
}
