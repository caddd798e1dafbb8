using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// What an applicant said of one case (好差评): one a case, for ever. It does not say who gave it; the office that
/// was rated sees grade, words and item, not the case.
/// </summary>
[Resource("approvals/rating", "政务服务好差评", Clause = "S11", Owner = "data", Key = nameof(Case), Title = nameof(Item), Editable = false,
    Theme = "政务服务", Rhythm = UpdateRhythm.RealTime, BasisAct = "个人信息保护法", BasisArticle = "第二十五条",
    Note = "每件一次，不能更改。评价人的身份对被评价单位保密。")]
public sealed record Rating
{
    [Field("办件编号", Pattern = "[0-9]{16}")]
    public required string Case { get; init; }

    [Field("办件类型", LengthMax = 100, Indexed = true)]
    public required string Type { get; init; }

    [Field("事项", LengthMax = 200)]
    public required string Item { get; init; }

    [Field("承办单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("评价", CodeList = "rating-grade")]
    public required string Grade { get; init; }

    [Field("渠道", CodeList = "rating-channel")]
    public required string Channel { get; init; }

    [Field("意见", Type = FieldKind.LongText, LengthMax = 500)]
    public string? Words { get; init; }

    [Field("评价时间", Indexed = true)]
    public required DateTimeOffset GivenAt { get; init; }

    [Field("办件办结时间")]
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Its grade is one of the last two and its case is not closed: what the pass has to look at.</summary>
    [Field("核实整改", CodeList = "rating-handling", Indexed = true)]
    public string? Handling { get; init; }

    [Field("核实整改办件", Pattern = "[0-9]{16}")]
    public string? PoorCase { get; init; }
}

/// <summary>The five answers, as GB/T 39046 A.8 numbers them.</summary>
public static class RatingGrade
{
    public const string VeryGood = "1";
    public const string Good = "2";
    public const string Fair = "3";
    public const string Poor = "4";
    public const string VeryPoor = "5";

    public static readonly CodeList Codes = new("rating-grade", "好差评等次", "GB/T 39046-2020 表A.8",
        [new(VeryGood, "非常满意"), new(Good, "满意"), new(Fair, "基本满意"), new(Poor, "不满意"), new(VeryPoor, "非常不满意")]);

    /// <summary>The last two are poor ratings (差评).</summary>
    public static bool IsPoor(string grade) => grade is Poor or VeryPoor;

    public static string Label(string grade) => Codes.Find(grade)?.Label ?? grade;
}

/// <summary>The ways by which a rating comes.</summary>
public static class RatingChannel
{
    public const string Own = "own";
    public const string Link = "link";
    public const string Hall = "hall";

    public static readonly CodeList Codes = new("rating-channel", "评价渠道", "GB/T 39046-2020 表9",
        [new(Own, "我的空间"), new(Link, "二维码和短信链接"), new(Hall, "大厅平板电脑")]);
}

/// <summary>What becomes of a poor rating.</summary>
public static class RatingHandling
{
    /// <summary>Its case is still to be opened.</summary>
    public const string Waiting = "waiting";
    public const string Open = "open";
    public const string Corrected = "corrected";
    public const string Unreached = "unreached";

    /// <summary>Malicious or mistaken, as the supervisor found: it does not count.</summary>
    public const string Excluded = "excluded";

    public static readonly CodeList Codes = new("rating-handling", "差评核实整改", "",
        [new(Waiting, "待核实"), new(Open, "核实整改中"), new(Corrected, "已整改并回访"), new(Unreached, "已整改，回访未联系上"), new(Excluded, "不计入评价")]);
}
