using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// What supervision has to say to an office about one case: a warning, a yellow or red card, a proposal. It names rule,
/// moment, evidence and person, may be appealed against, is withdrawn by the supervisor alone and never deleted.
/// </summary>
[Resource("casework/card", "效能监察牌", Clause = "P3", Owner = "data", Key = nameof(Number), Title = nameof(Title), Editable = false,
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限效能监察和绩效考核时使用", Theme = "效能监察",
    Rhythm = UpdateRhythm.RealTime, Note = "预警、黄牌、红牌和监察建议书。只能申诉和由监察人员撤销，不能删除。")]
public sealed record Card
{
    /// <summary>Case, rule and what it was found in: the same finding has the same number however often it is made.</summary>
    [Field("牌号", Pattern = "[0-9A-Za-z.:_-]{1,160}")]
    public required string Number { get; init; }

    [Field("监察规则", Pattern = "SV-R[0-9]{2,3}", Indexed = true)]
    public required string Rule { get; init; }

    [Field("牌别", CodeList = "card-kind")]
    public required string Kind { get; init; }

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number, Note = "空：不针对某一办件")]
    public string? Case { get; init; }

    [Field("办件类型", LengthMax = 100)]
    public string? Type { get; init; }

    [Field("名称", LengthMax = 200)]
    public required string Title { get; init; }

    [Field("环节", LengthMax = 60)]
    public string? Stage { get; init; }

    [Field("责任单位", Indexed = true, LengthMax = 60)]
    public required string Office { get; init; }

    [Field("责任人账号", LengthMax = 60)]
    public string? Person { get; init; }

    [Field("责任人", LengthMax = 100)]
    public string? PersonName { get; init; }

    [Field("时限记录", LengthMax = 160)]
    public string? Clock { get; init; }

    /// <summary>When the rule was broken in law: midnight after the last day, also where the platform stood still then.</summary>
    [Field("违规时间", Indexed = true)]
    public required DateTimeOffset Moment { get; init; }

    [Field("发出时间")]
    public required DateTimeOffset IssuedAt { get; init; }

    [Field("发出人", LengthMax = 100)]
    public required string IssuedBy { get; init; }

    [Field("证据", Type = FieldKind.LongText, LengthMax = 4000)]
    public required string Evidence { get; init; }

    [Field("状态", CodeList = "card-state", Indexed = true)]
    public required string State { get; init; }

    /// <summary>Until when a yellow card is to be answered; empty once it is, or while an appeal is open.</summary>
    [Field("整改期限", Indexed = true)]
    public DateTimeOffset? CorrectBy { get; init; }

    [Field("整改反馈", Type = FieldKind.LongText, LengthMax = 2000)]
    public string? Correction { get; init; }

    [Field("反馈时间")]
    public DateTimeOffset? CorrectedAt { get; init; }

    [Field("反馈人", LengthMax = 100)]
    public string? CorrectedBy { get; init; }

    [Field("申诉理由", Type = FieldKind.LongText, LengthMax = 2000)]
    public string? Appeal { get; init; }

    [Field("申诉时间")]
    public DateTimeOffset? AppealedAt { get; init; }

    [Field("申诉人", LengthMax = 100)]
    public string? AppealedBy { get; init; }

    [Field("监察决定", Type = FieldKind.LongText, LengthMax = 2000)]
    public string? Decision { get; init; }

    [Field("决定时间")]
    public DateTimeOffset? DecidedAt { get; init; }

    [Field("决定人", LengthMax = 100)]
    public string? DecidedBy { get; init; }

    [Field("起因牌号", LengthMax = 160, Note = "由哪一张牌升级而来")]
    public string? Cause { get; init; }

    /// <summary>The rule of the system whose case it is, where the system has one of its own beside the platform's.</summary>
    [Field("系统规则", Indexed = true, Pattern = "[A-Z]{1,2}[0-9]{1,2}-R[0-9]{2,3}", Note = "该系统自己的监察规则编号，例如 S11-R82")]
    public string? Trigger { get; init; }
}

/// <summary>The codes of <c>card-state</c>.</summary>
public static class CardState
{
    public const string Issued = "issued";
    public const string Corrected = "corrected";
    public const string Appealed = "appealed";
    public const string Upheld = "upheld";
    public const string Withdrawn = "withdrawn";
}
