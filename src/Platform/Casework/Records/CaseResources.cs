using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>What casework records, and the codes in it.</summary>
public static class CaseResources
{
    public const string Schema = "casework";

    public static readonly ResourceDefinition Case = Definition.Of<Case>();
    public static readonly ResourceDefinition Event = Definition.Of<CaseEvent>();
    public static readonly ResourceDefinition Clock = Definition.Of<CaseClock>();
    public static readonly ResourceDefinition Material = Definition.Of<CaseMaterial>();
    public static readonly ResourceDefinition Link = Definition.Of<CaseLink>();
    public static readonly ResourceDefinition Comment = Definition.Of<CaseComment>();

    public static readonly ResourceDefinition PublicNotice = Definition.Of<PublicNotice>();
    public static readonly ResourceDefinition Objection = Definition.Of<Objection>();

    public static readonly IReadOnlyList<ResourceDefinition> All = [Case, Event, Clock, Material, Link, Comment, PublicNotice, Objection];

    public static readonly IReadOnlyList<CodeList> CodeLists =
    [
        List("case-state", "办件状态", (CaseState.Before, "未受理"), (CaseState.Running, "办理中"), (CaseState.Waiting, "等待中"), (CaseState.Ended, "已办结")),
        List("case-source", "办件来源", (CaseSource.Online, "网上"), (CaseSource.Window, "窗口"), (CaseSource.Hotline, "热线"), (CaseSource.Platform, "平台")),
        List("clock-kind", "时限种类", ("legal", "法定时限"), ("promised", "承诺时限"), ("step", "环节时限")),
        List("material-source", "材料来源方式",
            (MaterialSource.Uploaded, "上传"), (MaterialSource.Paper, "窗口收取"), (MaterialSource.Data, "数据共享免提交"),
            (MaterialSource.Licence, "电子证照免提交"), (MaterialSource.Filled, "由填写内容生成"), (MaterialSource.Promised, "承诺后补")),
        List("material-state", "材料审核", (MaterialState.Unchecked, "待审核"), (MaterialState.Good, "符合要求"), (MaterialState.Faulty, "有问题")),
        AgentRelation.Codes,
        ObjectionFinding.Codes,
        List("case-link", "办件关联关系", (LinkKind.Related, "相关"), (LinkKind.Repeated, "重复"), (LinkKind.Merged, "并入"), (LinkKind.Concerns, "涉及")),
    ];

    private static CodeList List(string name, string label, params (string Value, string Label)[] codes) =>
        new(name, label, "", [.. codes.Select(code => new Code(code.Value, code.Label))]);
}
