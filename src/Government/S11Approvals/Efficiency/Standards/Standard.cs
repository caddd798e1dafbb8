using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// One figure by which ratings and offices are judged, with the day from which it holds. No national rule sets them:
/// the city's administrator does, and an old quarter keeps the figures that held in it.
/// </summary>
[Resource("approvals/standard", "好差评和效能评分标准", Clause = "S11", Owner = "data", Title = nameof(Code), Open = true,
    Sharing = SharingClass.Unconditional, Theme = "效能监察", Rhythm = UpdateRhythm.AsNeeded,
    Note = "没有登记的，按系统默认标准执行。新标准自生效日期起适用，以前的季度不重算。")]
public sealed record Standard
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("标准", CodeList = "efficiency-standard", Indexed = true, Grade = Grade.Public)]
    public required string Code { get; init; }

    [Field("生效日期", Grade = Grade.Public)]
    public required DateOnly From { get; init; }

    [Field("数值", Min = "0", Max = "10000", Grade = Grade.Public)]
    public required decimal Value { get; init; }

    [Field("依据", LengthMax = 200, Grade = Grade.Public, Note = "文件名称和文号")]
    public string? Basis { get; init; }
}

/// <summary>What can be set, and what holds where the city set nothing.</summary>
public sealed record StandardKind(string Code, string Label, string Unit, decimal Default);

/// <summary>The kinds of standards; codes are permanent.</summary>
public static class StandardKinds
{
    public static readonly StandardKind RatingDays = new("rating-days", "办结后可以评价的天数", "天", 30);
    public static readonly StandardKind InviteAgain = new("invite-again-hours", "未评价的，再次邀请的间隔", "小时", 24);
    public static readonly StandardKind PoorDays = new("poor-days", "差评整改期限", "个工作日", 15);
    public static readonly StandardKind SmallCell = new("small-cell", "公布评价结果的最少评价件数", "件", 5);
    public static readonly StandardKind LateEntry = new("late-entry-minutes", "从登记到决定短于此的，视为事后补录", "分钟", 10);
    public static readonly StandardKind WeightLimits = new("weight-limits", "按期办结的权重", "分", 40);
    public static readonly StandardKind WeightCards = new("weight-cards", "监察牌的权重", "分", 30);
    public static readonly StandardKind WeightRatings = new("weight-ratings", "好差评的权重", "分", 30);
    public static readonly StandardKind PointsYellow = new("points-yellow", "每张黄牌扣分", "分", 4);
    public static readonly StandardKind PointsRed = new("points-red", "每张红牌扣分", "分", 10);
    public static readonly StandardKind PointsProposal = new("points-proposal", "每份监察建议书扣分", "分", 2);
    public static readonly StandardKind Grade1 = new("grade-1", "非常满意折合", "分", 100);
    public static readonly StandardKind Grade2 = new("grade-2", "满意折合", "分", 90);
    public static readonly StandardKind Grade3 = new("grade-3", "基本满意折合", "分", 75);
    public static readonly StandardKind Grade4 = new("grade-4", "不满意折合", "分", 30);
    public static readonly StandardKind Grade5 = new("grade-5", "非常不满意折合", "分", 0);
    public static readonly StandardKind Excellent = new("band-excellent", "优秀的最低分", "分", 90);
    public static readonly StandardKind Good = new("band-good", "良好的最低分", "分", 75);
    public static readonly StandardKind Passing = new("band-passing", "合格的最低分", "分", 60);

    public static readonly IReadOnlyList<StandardKind> All =
    [
        RatingDays, InviteAgain, PoorDays, SmallCell, LateEntry, WeightLimits, WeightCards, WeightRatings, PointsYellow, PointsRed,
        PointsProposal, Grade1, Grade2, Grade3, Grade4, Grade5, Excellent, Good, Passing,
    ];

    public static readonly CodeList CodeList = new(
        "efficiency-standard", "好差评和效能评分标准", "", [.. All.Select(kind => new Code(kind.Code, kind.Label))]);

    /// <summary>What an answer of the five is worth.</summary>
    public static StandardKind OfGrade(string grade) => grade switch
    {
        RatingGrade.VeryGood => Grade1,
        RatingGrade.Good => Grade2,
        RatingGrade.Fair => Grade3,
        RatingGrade.Poor => Grade4,
        _ => Grade5,
    };
}

/// <summary>The standards as they hold on one day. Pure.</summary>
public sealed class Standards(IEnumerable<Standard> set, DateOnly on)
{
    private readonly Dictionary<string, decimal> _values = set
        .Where(one => one.From <= on)
        .OrderBy(one => one.From).ThenBy(one => one.Key, StringComparer.Ordinal)
        .GroupBy(one => one.Code, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    public decimal this[StandardKind kind] => _values.GetValueOrDefault(kind.Code, kind.Default);
}

/// <summary>Reads the standards: few records, read where they are needed.</summary>
public sealed class StandardBook(RecordReader reader, TimeProvider time)
{
    public Task<Standards> Today(CancellationToken cancel) => On(time.Today(), null, cancel);

    /// <param name="known">As they were registered at this moment; null: now.</param>
    public async Task<Standards> On(DateOnly day, DateTimeOffset? known, CancellationToken cancel)
    {
        var set = new List<Standard>();
        await foreach (var record in reader.Stream(Definition.Of<Standard>(), new RecordQuery { AsOf = known }, cancel))
        {
            set.Add(Typed<Standard>.Of(record) with { Key = record.Key });
        }

        return new(set, day);
    }
}
