namespace Shali.Government.S11Approvals.Demo;

/// <summary>Words of the demo city's cases.</summary>
internal static class Text
{
    public const string FileName = "演示材料.txt";
    public const string FileWords = "演示城市的材料示例，没有实际内容。\n";
    public const string Somebody = "王经办";
    public const string Nation = "汉族";
    public const string Phone = "0395-3100000";
    public const string Mobile = "13800000000";
    public const string AsAttached = "按所附材料";
    public const string Fault = "材料第二页缺少签字和日期；场所证明已经过期，请提供现行有效的。";
    public const string Examined = "材料齐全、真实，符合法定条件，建议准予。";
    public const string ExaminedBadly = "经核查，不符合法定条件，建议不予。";
    public const string Agreed = "同意。";
    public const string RefusedReason = "现场核查时设施与申报的不一致，不符合规定的条件。";
    public const string RefusedBasis = "《行政许可法》第三十八条第二款";
    public const string NotAcceptedReason = "申请事项依法不需要取得行政许可。";
    public const string NotAcceptedBasis = "《行政许可法》第三十二条第一款第一项";
    public const string SpecialReason = "涉及专业技术问题，需要进行特别程序。";
    public const string SpecialDone = "特别程序已经结束，意见附后。";
    public const string ExtendReason = "情况复杂，需要进一步核实。";
    public const string WithdrawReason = "计划有变，暂不办理。";
    public const string TerminateReason = "申请的标的已不存在。";
    public const string TerminateBasis = "《行政许可法》第七十条";
    public const string Urging = "已超过承诺时限，请说明原因，抓紧办结。";
    public const string CheckPassed = "现场核查与承诺一致。";
    public const string CorrectedCard = "已向申请人说明情况，安排专人当日办理，并将此类办件每日核对一次。";
    public const string AppealedCard = "申请人请求推迟现场核查，有书面记录，请求撤销。";
    public const string Withdrawn = "经查阅记录，延误由申请人提出，撤销此牌。";
    public const string Upheld = "推迟没有书面记录，维持。";
    public const string Verified = "经核实，评价所述情况属实，请整改。";
    public const string Reported = "已调整窗口排班，增加一名工作人员，并向窗口人员重申服务规范。";
    public const string Called = "已电话回访，对整改情况表示认可。";
    public const string Excluded = "经核实，评价所述与本单位无关，属于误评。";

    public const string ReliefGranted = "证明材料属实，同意减免。";
    public const string ReliefRefused = "证明材料已过有效期，不符合减免条件。";
    public const string AnswerFault = "与所附证明材料载明的不一致，请核对后更正。";
    public const string Corrected = "已按告知书逐项补正，请查收。";
    public const string CorrectedFile = "演示材料（补正）.txt";
    public const string CorrectedWords = "演示城市的补正材料示例，没有实际内容。\n";

    public static readonly IReadOnlyList<string> Faults =
    [
        "第二页缺少签字和日期，请补齐后重新提交。", "已经过期，请提供现行有效的。", "扫描不清楚，无法辨认内容，请重新提交。", "缺少附页，请提交完整的材料。",
    ];

    public static readonly IReadOnlyList<string> Names = ["李明", "王芳", "张伟", "刘洋", "陈静", "赵敏"];

    /// <summary>By grade, from the best.</summary>
    public static readonly IReadOnlyList<string?>[] Ratings =
    [
        [null, "办得很快，态度好。", "材料一次就交齐了。", null],
        [null, "比较顺利。", null, "提前两天办好了。"],
        ["过程还可以，等候时间有点长。", null],
        ["跑了两次才把材料说清楚。", "电话打不通。"],
        ["窗口态度不好，问三句答一句。", "超过承诺的时间才办好。"],
    ];

    public static string ProofNumber(int turn) => $"证明编号 {2026_0000 + turn}";

    public static string Street(int number) => $"黄河路{number}号";

    public static string Shop(string name) => $"沙澧{name[..1]}记商行";

    public static string Project(int number) => $"沙澧新区{number}期项目";

    public static string FirmTitle(string firm, string item) => $"{firm}：{item}";

    public static string NoticeWords(string item) => $"经审查，申请人符合“{item}”的条件，拟准予。公示期内有异议的，请向本单位提出。";
}
