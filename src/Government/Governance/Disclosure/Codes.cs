using Shali.Platform.Registry;

namespace Shali.Government.Governance.Disclosure;

/// <summary>Columns, attributes, states and steps of disclosure. The values are permanent.</summary>
public static class Codes
{
    /// <summary>The fifteen classes of art. 20, in its order, and those that art. 21 adds for cities, counties and townships.</summary>
    public static readonly CodeList Class = new("disclosure-class", "主动公开栏目", "政府信息公开条例第二十条、第二十一条", [
        new("01", "行政法规、规章和规范性文件"), new("02", "机关职能、机构设置和联系方式"), new("03", "规划、计划和政策"),
        new("04", "国民经济和社会发展统计信息"), new("05", "行政许可和其他对外管理服务事项"), new("06", "行政处罚和行政强制"),
        new("07", "财政预算、决算"), new("08", "行政事业性收费"), new("09", "政府集中采购"),
        new("10", "重大建设项目"), new("11", "扶贫、教育、医疗、社会保障和就业"), new("12", "突发公共事件应急"),
        new("13", "环境、卫生、安全、食品药品和产品质量监督检查"), new("14", "公务员招考"), new("15", "其他应当主动公开的信息"),
        new("21", "市政建设和公共服务"), new("22", "土地房屋征收"), new("23", "社会救助和社会治安"), new("24", "乡镇事务"),
    ]);

    public static readonly CodeList Genre = new("disclosure-genre", "体裁", "", [
        new("notice", "通知"), new("announcement", "公告"), new("notification", "通告"), new("opinion", "意见"), new("decision", "决定"),
        new("plan", "方案"), new("report", "报告"), new("guide", "办事指南"), new("table", "目录、清单"), new("statistics", "统计资料"),
        new("budget", "预算决算"), new("draft", "征求意见稿"), new("outcome", "意见采纳情况"), new("other", "其他"),
    ]);

    public static readonly CodeList Attribute = new("disclosure-attribute", "公开属性", "政府信息公开条例", [
        new(Attributes.Proactive, "主动公开"), new(Attributes.OnRequest, "依申请公开"), new(Attributes.Withheld, "不予公开"),
    ]);

    public static readonly CodeList State = new("disclosure-state", "公开审查状态", "", [
        new(DraftState.Writing, "起草"), new(DraftState.Department, "待单位审查"), new(DraftState.Office, "待公开机构审核"),
        new(DraftState.Published, "已公开"), new(DraftState.Kept, "已登记（不主动公开）"), new(DraftState.Withdrawn, "已撤下"),
    ]);

    public static readonly CodeList Step = new("disclosure-step", "公开审查步骤", "", [
        new(DraftStep.Submit, "提交审查"), new(DraftStep.Pass, "单位审查通过"), new(DraftStep.Return, "退回修改"),
        new(DraftStep.Publish, "公开"), new(DraftStep.Keep, "登记"), new(DraftStep.Withdraw, "撤下"), new(DraftStep.Validity, "变更有效性"),
        new(DraftStep.Assess, "重新评估"),
    ]);

    public static readonly CodeList Validity = new("disclosure-validity", "有效性", "", [
        new("valid", "有效"), new("repealed", "废止"), new("lapsed", "失效"),
    ]);

    public static readonly CodeList Handling = new("consultation-handling", "意见处理", "", [
        new("adopted", "采纳"), new("partly", "部分采纳"), new("not", "未采纳"),
    ]);

    public static readonly IReadOnlyList<CodeList> All = [Class, Genre, Attribute, State, Step, Validity, Handling, .. RequestType.CodeLists];

    public static string Label(CodeList list, string? code) => code is null ? "" : list.Find(code)?.Label ?? code;
}

/// <summary>Whether information is published, given on request, or withheld.</summary>
public static class Attributes
{
    public const string Proactive = "proactive";
    public const string OnRequest = "on-request";
    public const string Withheld = "withheld";
}

/// <summary>Where a draft stands.</summary>
public static class DraftState
{
    public const string Writing = "writing";
    public const string Department = "department";
    public const string Office = "office";
    public const string Published = "published";
    public const string Kept = "kept";
    public const string Withdrawn = "withdrawn";
}

/// <summary>What can be done with a draft.</summary>
public static class DraftStep
{
    public const string Submit = "submit";
    public const string Pass = "pass";
    public const string Return = "return";
    public const string Publish = "publish";
    public const string Keep = "keep";
    public const string Withdraw = "withdraw";
    public const string Validity = "validity";
    public const string Assess = "assess";
}
