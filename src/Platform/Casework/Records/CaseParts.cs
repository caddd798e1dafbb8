using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What codes look like: fields with a pattern are compared byte by byte.</summary>
internal static class Pattern
{
    public const string Number = "[0-9]{16}";
    public const string Code = "[0-9A-Za-z.:_-]{1,100}";
}

/// <summary>One step that was taken in a case: who, when, from where to where, with what. Never changed, never deleted.</summary>
[Resource("casework/event", "办件环节记录", Clause = "P3", Owner = "data", Title = nameof(Step), Editable = false,
    Subject = nameof(Person), ScopeField = nameof(Office), Sharing = SharingClass.Conditional,
    Conditions = "限办理本部门法定职责事项、效能监察时使用，须注明办件编号", Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record CaseEvent
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("序号")]
    public required int Ordinal { get; init; }

    [Field("步骤", LengthMax = 60)]
    public required string Step { get; init; }

    [Field("步骤名称", LengthMax = 100)]
    public required string Label { get; init; }

    [Field("原环节", LengthMax = 60)]
    public string? Before { get; init; }

    [Field("新环节", LengthMax = 60)]
    public required string After { get; init; }

    [Field("时间")]
    public required DateTimeOffset At { get; init; }

    [Field("人员账号", LengthMax = 60)]
    public required string Who { get; init; }

    [Field("人员", LengthMax = 100)]
    public required string WhoName { get; init; }

    [Field("单位", LengthMax = 60)]
    public string? Office { get; init; }

    [Field("第二名人员", LengthMax = 100)]
    public string? Second { get; init; }

    [Field("意见", Type = FieldKind.LongText, LengthMax = 4000, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Opinion { get; init; }

    [Field("理由", Type = FieldKind.LongText, LengthMax = 4000, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Reason { get; init; }

    [Field("依据", LengthMax = 400)]
    public string? Basis { get; init; }

    [Field("文书", LengthMax = 400, Note = "文书编号")]
    public string? Document { get; init; }

    [Field("文书文件", Type = FieldKind.File)]
    public string? File { get; init; }

    [Field("决定内容", Type = FieldKind.LongText, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Note = "各项决定内容，JSON")]
    public string? Details { get; init; }

    [Field("转往", LengthMax = 200, Note = "交给的人员、单位或者办件")]
    public string? Towards { get; init; }

    [Field("申请人人口主键", LengthMax = 60, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Person { get; init; }
}

/// <summary>One time limit of one case with all that its deadline follows from.</summary>
[Resource("casework/clock", "办件时限", Clause = "P3", Owner = "data", Title = nameof(Rule), Editable = false,
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限效能监察时使用，须注明办件编号",
    Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record CaseClock
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("办件类型", LengthMax = 100)]
    public required string Type { get; init; }

    [Field("类型版本")]
    public required int TypeVersion { get; init; }

    [Field("承办单位", LengthMax = 60)]
    public required string Office { get; init; }

    [Field("时限", LengthMax = 60)]
    public required string Rule { get; init; }

    [Field("种类", CodeList = "clock-kind")]
    public required string Kind { get; init; }

    [Field("起算时间")]
    public required DateTimeOffset StartedAt { get; init; }

    [Field("中止", Type = FieldKind.LongText, Note = "各次中止的种类、起止、文书，JSON")]
    public string? Pauses { get; init; }

    [Field("延长", Type = FieldKind.LongText, Note = "延长的长度、批准人、理由，JSON")]
    public string? Extension { get; init; }

    [Field("固定的截止日", Note = "不按长度计算的时限，如许可有效期届满之日")]
    public DateOnly? Until { get; init; }

    [Field("截止时间")]
    public required DateTimeOffset DueAt { get; init; }

    [Field("终止时间")]
    public DateTimeOffset? EndedAt { get; init; }

    [Field("下次判断时间", Indexed = true)]
    public DateTimeOffset? NextJudgement { get; init; }

    [Field("暂定", Note = "所涉年份的放假安排尚未公布")]
    public required bool Provisional { get; init; }
}

/// <summary>A paper of a case and how it was had. A later file is a later version of the same record.</summary>
[Resource("casework/material", "办件材料", Clause = "P3", Owner = "data", Title = nameof(Name), Editable = false,
    Subject = nameof(Person), Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时使用，须注明办件编号",
    Theme = "政务服务", Rhythm = UpdateRhythm.RealTime)]
public sealed record CaseMaterial
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("材料代号", LengthMax = 60, Note = "空：类型没有规定的附件")]
    public string? Code { get; init; }

    [Field("名称", LengthMax = 200)]
    public required string Name { get; init; }

    [Field("来源方式", CodeList = "material-source")]
    public required string How { get; init; }

    [Field("来源", LengthMax = 200, Note = "数据或者证照的来源")]
    public string? Source { get; init; }

    [Field("承诺补交日期", Note = "容缺受理：最迟在这一天补交")]
    public DateOnly? PromisedFor { get; init; }

    [Field("文件", Type = FieldKind.File, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? File { get; init; }

    [Field("文件名", LengthMax = 200)]
    public string? FileName { get; init; }

    [Field("审核", CodeList = "material-state")]
    public required string State { get; init; }

    [Field("问题", LengthMax = 1000)]
    public string? Fault { get; init; }

    [Field("提交人", LengthMax = 100)]
    public required string ByName { get; init; }

    [Field("申请人人口主键", LengthMax = 60, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? Person { get; init; }
}

/// <summary>The codes of <c>material-source</c>: how a paper was had.</summary>
public static class MaterialSource
{
    public const string Uploaded = "uploaded";

    /// <summary>Seen on paper at the window.</summary>
    public const string Paper = "paper";

    /// <summary>The government had it: nothing was asked for.</summary>
    public const string Data = "data";
    public const string Licence = "licence";

    /// <summary>The application form itself, made of what was filled in.</summary>
    public const string Filled = "filled";

    /// <summary>To be handed in later (容缺受理).</summary>
    public const string Promised = "promised";

    /// <summary>Nobody had to bring it (国务院关于在线政务服务的若干规定 art. 7).</summary>
    public static bool IsSaved(string how) => how is Data or Licence;
}

/// <summary>The codes of <c>material-state</c>.</summary>
public static class MaterialState
{
    public const string Unchecked = "unchecked";
    public const string Good = "good";
    public const string Faulty = "faulty";
}

/// <summary>A link from a case to another case or to a record of any resource.</summary>
[Resource("casework/link", "办件关联", Clause = "P3", Owner = "data", Title = nameof(Target), Editable = false,
    Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时使用，须注明办件编号", Theme = "政务服务")]
public sealed record CaseLink
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("关系", CodeList = "case-link")]
    public required string Kind { get; init; }

    [Field("关联资源", LengthMax = 100)]
    public required string Resource { get; init; }

    [Field("关联记录", Indexed = true, Pattern = Pattern.Code)]
    public required string Target { get; init; }

    [Field("说明", LengthMax = 400)]
    public string? Note { get; init; }

    [Field("关联人", LengthMax = 100)]
    public required string ByName { get; init; }
}

/// <summary>The codes of <c>case-link</c>.</summary>
public static class LinkKind
{
    public const string Related = "related";
    public const string Repeated = "repeated";
    public const string Merged = "merged";
    public const string Concerns = "concerns";
}

/// <summary>A word among colleagues about a case. The applicant does not see it.</summary>
[Resource("casework/comment", "办件批注", Clause = "P3", Owner = "data", Title = nameof(Words), Editable = false,
    ScopeField = nameof(Office), Sharing = SharingClass.Conditional, Conditions = "限办理该办件的单位使用", Theme = "政务服务")]
public sealed record CaseComment
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", Indexed = true, Pattern = Pattern.Number)]
    public required string Case { get; init; }

    [Field("内容", Type = FieldKind.LongText, LengthMax = 2000, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string Words { get; init; }

    [Field("时间")]
    public required DateTimeOffset At { get; init; }

    [Field("人员账号", LengthMax = 60)]
    public required string Who { get; init; }

    [Field("人员", LengthMax = 100)]
    public required string WhoName { get; init; }

    [Field("单位", LengthMax = 60)]
    public required string Office { get; init; }
}
