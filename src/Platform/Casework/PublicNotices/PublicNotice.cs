using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// 公示: what an office is about to decide, shown to everybody for a time, so that whoever knows better can object. When
/// the time is over nobody of the public reads it any more: it names people, and has served its purpose
/// (个人信息保护法 art. 19).
/// </summary>
[OpenUntil(nameof(ShownUntil), "个人信息保护法", "第十九条")]
[OpenUntil(nameof(TakenDownOn), "个人信息保护法", "第十九条", Through = false)]
[Resource("casework/public-notice", "办件公示", Clause = "P3", Owner = "data", Title = nameof(Title), Editable = false, Open = true,
    ScopeField = nameof(Office), Sharing = SharingClass.Unconditional, Base = "theme", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record PublicNotice
{
    /// <summary>Number of the case and of the step that published it.</summary>
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("事项", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("公示内容", Type = FieldKind.LongText, LengthMax = PublicNotices.TextMost)]
    public required string Words { get; init; }

    [Field("公示依据", LengthMax = 400)]
    public required string Basis { get; init; }

    [Field("公示日期")]
    public required DateOnly ShownFrom { get; init; }

    [Field("公示截止日期", Indexed = true, Note = "当日24时止")]
    public required DateOnly ShownUntil { get; init; }

    [Field("撤下日期", Note = "空：没有提前撤下")]
    public DateOnly? TakenDownOn { get; init; }

    [Field("公示结束时间", Note = "空：正在公示")]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It ran for the whole of its time.</summary>
    public bool IsComplete() => EndedAt is not null && TakenDownOn is null;
}

/// <summary>异议: what somebody has against what a notice announces, and what the office found. Only the office reads it.</summary>
[Resource("casework/objection", "公示异议", Clause = "P3", Owner = "data", Title = nameof(At), Editable = false, Subject = nameof(Person),
    ScopeField = nameof(Office), Sharing = SharingClass.NotShared, BasisAct = "个人信息保护法", BasisArticle = "第六条", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record Objection
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("公示", Target = "casework/public-notice", Indexed = true)]
    public required string Notice { get; init; }

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("单位", LengthMax = 60)]
    public required string Office { get; init; }

    [Field("异议内容", Type = FieldKind.LongText, LengthMax = PublicNotices.WordsMost)]
    public required string Words { get; init; }

    [Field("提出时间")]
    public required DateTimeOffset At { get; init; }

    /// <summary>Null: it came by word, letter or telephone, and the office wrote it down.</summary>
    [Field("账号", LengthMax = 60, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Account { get; init; }

    [Field("人口主键", LengthMax = 60, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Person { get; init; }

    [Field("姓名", LengthMax = 100, Mask = MaskShape.Name)]
    public required string Name { get; init; }

    [Field("结论", CodeList = "objection-finding")]
    public string? Finding { get; init; }

    [Field("答复", Type = FieldKind.LongText, LengthMax = PublicNotices.WordsMost)]
    public string? Answer { get; init; }

    [Field("答复人员", LengthMax = 100)]
    public string? AnsweredBy { get; init; }

    [Field("答复时间")]
    public DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>The codes of <c>objection-finding</c>.</summary>
public static class ObjectionFinding
{
    public const string Sustained = "sustained";
    public const string Dismissed = "dismissed";

    public static readonly CodeList Codes = new("objection-finding", "异议核查结论", "", [new(Sustained, "异议成立"), new(Dismissed, "异议不成立")]);
}
