using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

/// <summary>Who may do what with an edition of an item.</summary>
internal static class ItemDeskRules
{
    public static readonly IReadOnlyList<RuleEntry> Index =
    [
        new("S11-R26", "事项由实施主体自己编制和公布", ItemLaw.Guide),
        new("S11-R27", "编制人不得审核、公布自己编制的事项", ItemLaw.Guide),
        new("S11-R28", "只有处于相应状态的版本才能修改、提交、审核", null),
        new("S11-R29", "一个事项同时只能有一个版本在编制", null),
        new("S11-R30", "退回和取消事项要写明理由", null),
        new("S11-R31", "事项编码不得重复，也不得更改", null),
        new("S11-R32", "他人已修改的，要先看到最新内容", null),
        new("S11-R33", "导入的表格要有规定的列", null),
        new("S11-R34", "导入的内容要能读懂", null),
        new("S11-R35", "一次最多导入 500 个事项", null),
        new("S11-R36", "听证提前七个工作日通知，在要求听证之日起二十个工作日内举行", ItemLaw.HearingNotice),
        new("S11-R37", "要先经下级机关审查的，要有选择受理机关的问题", new("行政许可法", "第四十三条")),
    ];
}
