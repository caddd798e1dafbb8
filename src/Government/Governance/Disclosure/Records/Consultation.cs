using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>
/// A draft on which the public is asked, for a period. Its text and the summary of what became of the answers are
/// published documents: both went through the same two-person review.
/// </summary>
[Resource("disclosure/consultation", "征求意见", Clause = "P4", Owner = "data", Title = nameof(Title), Editable = false,
    Open = true, Sharing = SharingClass.Unconditional, Base = "theme", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime,
    Note = "面向社会征求意见的事项：征求意见稿、起止日期、收到的意见数和采纳情况。")]
public sealed record Consultation
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("名称", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("单位", Target = "identity/office", Indexed = true)]
    public required string Office { get; init; }

    [Field("征求意见稿", Target = "disclosure/document")]
    public required string Document { get; init; }

    [Field("开始日期")]
    public required DateOnly OpensOn { get; init; }

    [Field("截止日期")]
    public required DateOnly ClosesOn { get; init; }

    [Field("收到意见数")]
    public long? Received { get; init; }

    [Field("采纳意见数")]
    public long? Adopted { get; init; }

    [Field("意见采纳情况", Target = "disclosure/document")]
    public string? Outcome { get; init; }
}

/// <summary>What one resident or firm answered. Only the office that asks reads it; once it is given it stays.</summary>
[Resource("disclosure/consultation-answer", "征求意见的答复", Clause = "P4", Owner = "data", Title = nameof(At), Editable = false, Subject = nameof(Person),
    Sharing = SharingClass.NotShared, BasisAct = "个人信息保护法", BasisArticle = "第六条", Theme = "信息公开", Rhythm = UpdateRhythm.RealTime)]
public sealed record ConsultationAnswer
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("征求意见", Target = "disclosure/consultation", Indexed = true)]
    public required string Consultation { get; init; }

    [Field("意见", LengthMax = 2000, Type = FieldKind.LongText)]
    public required string Words { get; init; }

    [Field("时间")]
    public required DateTimeOffset At { get; init; }

    [Field("账号", LengthMax = 60, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string Account { get; init; }

    [Field("人口主键", Grade = Grade.Sensitive, Mask = MaskShape.Whole, LengthMax = 60)]
    public string? Person { get; init; }

    [Field("处理", CodeList = "consultation-handling")]
    public string? Handling { get; init; }

    [Field("处理说明", LengthMax = 500)]
    public string? Reply { get; init; }
}
