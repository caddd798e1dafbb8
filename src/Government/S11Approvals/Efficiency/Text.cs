using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Sentences of ratings and of the efficiency supervision office.</summary>
internal static class Text
{
    public const string RuleNotByStaff = "好差评由办事人自己作出，工作人员不得代为评价";
    public const string RuleOnce = "每件办件评价一次，评价后不能更改";
    public const string RuleEnded = "办结后才能评价；分项办件随主办件评价";
    public const string RuleInTime = "逾期没有评价的，记为未评价，不记为好评";
    public const string RuleGrade = "评价分非常满意、满意、基本满意、不满意、非常不满意五等，后两等为差评";
    public const string RuleWords = "公开的评价意见中不得有证件、电话、银行卡号码";

    public const string NotByStaff = "工作人员不能评价。请退出工作身份，由办事人本人评价。";
    public const string RatedAlready = "这件事已经评价过。每件评价一次，不能更改。";
    public const string NotEnded = "这件事还没有办结，办结后再请您评价。";
    public const string NoSuchCase = "没有可以评价的办件。请核对编号，或者使用单据上的二维码。";
    public const string ChooseGrade = "请选择一个评价。";
    public const string NeverChanged = "评价不能更改，也不能删除。";
    public const string OwnActsOnly = "评价只能由办事人通过评价页面作出。";
    public const string ScoresStand = "已关账的季度评分不能更改。";

    public const string InviteSubject = "请您评价这次办事";

    public const string Trigger81 = "申请齐全，却没有法定理由不予受理，或者期限内既不受理也不告知。";
    public const string Trigger82 = "超过向社会承诺的办结时限，仍未办结。";
    public const string Trigger83 = "整个办件未超期，但其中一个环节超过了规定的时间。";
    public const string Trigger84 = "下级机关初审后没有按时报送上级机关。";
    public const string Trigger85 = "作出不利于申请人的决定，没有说明理由或者没有依据。";
    public const string Trigger86 = "没有按规定在网上办理，事后补录。";
    public const string Trigger87 = "收取公布的项目以外的费用，或者超过公布的标准。";
    public const string Trigger88 = "第一次能够告知而没有告知的内容再次要求补正，没有文书暂停计时，以及其他违规。";

    public const string CompleteNotAccepted = "申请材料齐全、没有指出问题，不予受理时也没有写明不需要许可或者不属于本单位职权。";
    public const string NoReason = "没有写明理由。";
    public const string NoBasis = "没有写明依据的法律条款。";
    public const string SecondNotice = "第二次要求补正，所指的问题在第一次告知时已经可以看到。";
    public const string NoDocument = "暂停计时没有送达申请人的文书。";

    public const string Rate = "评价这次办事";
    public const string RateLead = "您的身份对办理单位保密。每件评价一次，提交后不能更改。";
    public const string Grade = "您对这次办事满意吗？";
    public const string Words = "还想说些什么";
    public const string WordsHint = "会公开，请不要写姓名、电话、证件号码。最多 500 字。";
    public const string Send = "提交评价";
    public const string Thanks = "谢谢您的评价";
    public const string ThanksPoor = "您的评价已经收到。我们会核实，督促整改，并回访您。";
    public const string ThanksGood = "您的评价已经收到。";
    public const string ToResults = "查看公开的评价结果";
    public const string HallTitle = "大厅评价";
    public const string HallLead = "请输入单据上的办件编号和查询码。";
    public const string Next = "下一步";
    public const string NumberLabel = "办件编号";
    public const string CodeLabel = "查询码";
    public const string NumberHint = "16 位数字，可以带空格或连字符";
    public const string CodeHint = "8 位字母和数字，印在受理单据上";
    public const string Wrong = "编号和查询码不相符。";
    public const string Often = "试错太多，请十分钟后再试。";
    public const string Item = "事项";
    public const string Office = "办理单位";
    public const string ClosedOn = "办结";

    public const string Results = "好差评结果";
    public const string ResultsLead = "近一年办结的审批事项。办事人自己评价，工作人员不能代评；没有评价的单独列出，不算好评。";
    public const string ByOffice = "按单位";
    public const string ByItem = "按事项";
    public const string NotRated = "未评价";
    public const string Rated = "已评价";
    public const string Content = "满意率";
    public const string PoorCount = "差评";
    public const string WordsOf = "评价意见";
    public const string NoResults = "还没有可以公布的评价。";

    public const string System = "审批效能监察";
    public const string SystemLead = "八种情形由平台依据办件记录判断。每个数字都可以点开，直到具体办件。";
    public const string Triggers = "八种监察情形";
    public const string Trigger = "情形";
    public const string Count = "监察牌";
    public const string NoTriggers = "这段时间没有发现。";
    public const string Quarters = "季度评分";
    public const string League = "行政效能季度评分";
    public const string LeagueLead = "由办件、时限、监察牌和好差评记录计算，不由人打分。";
    public const string NoScores = "这个季度还没有评分。";
    public const string Place = "名次";
    public const string Total = "得分";
    public const string Band = "等次";
    public const string Limits = "按期办结";
    public const string CardsPart = "监察牌";
    public const string RatingsPart = "好差评";
    public const string Formula = "怎样计算";
    public const string CloseQuarter = "关账";
    public const string CheckQuarter = "重新计算核对";
    public const string Same = "重新计算的结果与关账时相同。";
    public const string Provisional = "本季度尚未关账，以下为按目前记录计算的结果。";
    public const string Ended = "办结";
    public const string Kept = "按期的时限";
    public const string Missed = "超期的时限";
    public const string Yellow = "黄牌";
    public const string Red = "红牌";
    public const string Proposals = "监察建议书";
    public const string NothingBehind = "没有办件。";
    public const string Case = "办件";
    public const string At = "时间";
    public const string Card = "监察牌";
    public const string PoorTitlePlain = "差评核实整改";
    public const string Received = "本单位收到的评价";
    public const string ReceivedLead = "评价人的身份和所评价的办件对本单位保密。";
    public const string Month = "月份";
    public const string Handling = "核实整改";
    public const string From = "自";
    public const string To = "至";
    public const string Show = "查看";
    public const string AllOffices = "全部单位";
    public const string Export = "导出";
    public const string StandardsTitle = "好差评和效能评分标准";
    public const string Panel = "审批效能";
    public const string Ratings = "评价";
    public const string NoSuchQuarter = "请选择季度。";
    public const string NoData = "无";
    public const string TodayReceived = "今日收件";
    public const string TodayEnded = "今日办结";
    public const string OpenNow = "正在办理";
    public const string Quarter = "季度";
    public const string Rule = "监察规则";
    public const string Kind = "牌别";
    public const string State = "状态";
    public const string Evidence = "证据";

    public static string WordsTooLong(int max) => $"意见不能超过 {max} 字。";

    public static string WordsWithNumbers(string kinds) => $"意见会公开，其中好像有{kinds}。请删去后再提交。";

    public static string TooLate(int days) => $"办结超过 {days} 天，不能再评价。有意见请通过咨询投诉反映。";

    public static string PoorTitle(string item) => $"差评核实整改：{item}";

    public static string InviteText(string title, string address) =>
        $"您的“{title}”已经办结。满意不满意，请您评价：{address} 。评价对办理单位保密，只能由您本人作出。";

    public static string RateThis(DateTimeOffset until) => $"{until.Local().Day().InWords()}前可以评价一次。您的身份对办理单位保密。";

    public static string ClockEvidence(string label, DateTimeOffset due, DateTimeOffset? ended) =>
        $"{label}：{due.AddTicks(-1).Local().Day().InWords()}届满，{(ended is { } at ? $"{at.InWords()}才办完" : "尚未办完")}。";

    public static string EventEvidence(CaseEvent one) => string.Create(
        CultureInfo.InvariantCulture,
        $"第{one.Ordinal}步，{one.At.InWords()}，{one.WhoName}办理“{one.Label}”{(one.Document is null ? "" : $"，文书：{one.Document}")}{(one.Basis is null ? "" : $"，依据：{one.Basis}")}{(one.Reason is null ? "" : $"，理由：{one.Reason}")}{(one.Opinion is null ? "" : $"，意见：{one.Opinion}")}。");

    public static string WholeInMinutes(TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"从登记到决定只用了 {Math.Ceiling(took.TotalMinutes):0} 分钟，各环节为事后补录。");

    public static string BeforeReceipt(string label, DateOnly day, DateTimeOffset received) =>
        $"{label}为{day.InWords()}，早于平台收到申请的{received.Local().Day().InWords()}：申请是事后补录的。";

    public static string BillEvidence(string bill, DateTimeOffset at) => $"缴款书 {bill}，{at.InWords()}开具。";

    public static string NotPublished(string code, string name) => $"“{name}”（{code}）不是当日已公布的收费项目。";

    public static string NotOfThisItem(string code, string name) => $"“{name}”（{code}）不是本事项的收费项目。";

    public static string AboveStandard(string name, decimal amount, decimal standard) => $"“{name}”收取 {amount:0.00} 元，按公布的标准应为 {standard:0.00} 元。";

    public static string QuarterRuns(string quarter) => $"{quarter}还没有结束，不能关账。";

    public static string NothingToScore(string quarter) => $"{quarter}没有可以计分的办件。";

    public static string ClosedAlready(string quarter) => $"{quarter}已经关账。";

    public static string Differs(string offices) => $"与关账时不同：{offices}。";

    public static string Hidden(int groups, int smallest) => $"另有 {groups} 个分组评价不足 {smallest} 件，为保护评价人不公布。";

    public static string FormulaLine(Standards set) =>
        $"得分 =（按期办结 × {set[StandardKinds.WeightLimits]:0.##} + 监察牌 × {set[StandardKinds.WeightCards]:0.##} + 好差评 × {set[StandardKinds.WeightRatings]:0.##}）÷ 有数据各项的权重之和。";

    public static string FormulaCards(Standards set) =>
        $"监察牌 = 100 − 黄牌 × {set[StandardKinds.PointsYellow]:0.##} − 红牌 × {set[StandardKinds.PointsRed]:0.##} − 监察建议书 × {set[StandardKinds.PointsProposal]:0.##}，不低于 0；已撤的牌不计。";

    public static string FormulaRatings(Standards set) =>
        $"好差评 = 已评价各件的平均分（{set[StandardKinds.Grade1]:0.##}、{set[StandardKinds.Grade2]:0.##}、{set[StandardKinds.Grade3]:0.##}、{set[StandardKinds.Grade4]:0.##}、{set[StandardKinds.Grade5]:0.##}）；未评价的不计。";

    public static string FormulaLimits => "按期办结 = 本季度终止的法定时限和承诺时限中按期的百分比。";

    public static string FormulaBands(Standards set) =>
        $"{set[StandardKinds.Excellent]:0.##} 分以上优秀，{set[StandardKinds.Good]:0.##} 分以上良好，{set[StandardKinds.Passing]:0.##} 分以上合格，其余不合格。";

    public static string OfficeTitle(string office, string quarter) => $"{office}{quarter}";
}
