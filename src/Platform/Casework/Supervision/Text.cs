using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>Sentences of supervision.</summary>
internal static class Text
{
    public const string System = "效能监察";
    public const string Platform = "平台";
    public const string PassPurpose = "判断到期的时限和整改";
    public const string SilencePurpose = "期限届满未作处理，依法视为已作决定";
    public const string RecountPurpose = "放假安排变更，重算未办结事项的期限";

    public const string NeverDeleted = "监察牌不能删除，只能由监察人员撤销。";
    public const string OwnActsOnly = "监察牌只能通过效能监察的反馈、申诉和决定办理。";
    public const string EvidenceStands = "已发出的监察牌，其规则、时间、责任和证据不能更改。";
    public const string SupervisorOnly = "只有监察人员可以发牌、处理申诉和撤牌。";
    public const string RecipientOnly = "只有收到该牌的单位可以反馈整改和申诉。";
    public const string NoCorrection = "请写明已经采取的整改措施。";
    public const string NoGrounds = "请写明申诉的事实和理由。";
    public const string NoDecision = "请写明决定的理由。";
    public const string NoEvidence = "请写明查明的事实和来源。";
    public const string AppealedOnce = "已经申诉过一次，不能再次申诉。";
    public const string NoAppeal = "没有待处理的申诉。";
    public const string OwnOffice = "不能对本单位的监察牌作决定，请由其他监察人员办理。";
    public const string NoSuchRule = "请选择监察规则；时限类规则由平台自动判断，不能人工发牌。";
    public const string NoSuchCase = "没有这个编号的办件。";
    public const string NoOffice = "请填写办件编号，或者选择责任单位。";
    public const string NoSuchCard = "没有这张监察牌。";

    public const string BoardLead = "所有时间以平台记录为准。监察牌的每个数字都可以点开，直到具体办件。";
    public const string OpenTitle = "未办结时限";
    public const string CardsTitle = "监察牌";
    public const string Received = "收到的监察牌";
    public const string ReceivedLead = "本单位收到的预警、黄牌和红牌。黄牌须在整改期限内反馈；认为有误的，可以申诉一次。";
    public const string ThresholdTitle = "效能监察标准";
    public const string StatisticsTitle = "效能统计";
    public const string NewCard = "发牌";
    public const string NewCardLead = "依据投诉、检查等查明的事实发牌。时限类违规由平台自动判断。";
    public const string Export = "导出";
    public const string ByOffice = "按单位";
    public const string ByType = "按事项";
    public const string ByStage = "按环节";
    public const string ByRule = "按规则";
    public const string Office = "责任单位";
    public const string Type = "事项";
    public const string Stage = "环节";
    public const string Rule = "监察规则";
    public const string Counted = "不含预警和已撤的牌";
    public const string Trigger = "系统规则";
    public const string Kind = "牌别";
    public const string State = "状态";
    public const string Case = "办件";
    public const string CaseNumber = "办件编号";
    public const string Moment = "违规时间";
    public const string Issued = "发出";
    public const string Person = "责任人";
    public const string NoPerson = "尚未确定经办人";
    public const string Evidence = "证据";
    public const string EvidenceHint = "写明事实、时间和来源，例如投诉编号。";
    public const string CorrectBy = "整改期限";
    public const string Correction = "整改反馈";
    public const string Appeal = "申诉";
    public const string Decision = "监察决定";
    public const string Basis = "依据";
    public const string Cause = "由此牌升级";
    public const string Replay = "按当前日历和记录重新判断";
    public const string SendCorrection = "提交整改反馈";
    public const string SendAppeal = "提交申诉";
    public const string Withdraw = "撤牌";
    public const string Uphold = "维持";
    public const string SendDecision = "作出决定";
    public const string SendCard = "发牌";
    public const string Words = "内容";
    public const string Grounds = "事实和理由";
    public const string Reason = "决定理由";
    public const string DecisionKind = "决定";
    public const string From = "自";
    public const string To = "至";
    public const string Show = "查看";
    public const string All = "全部";
    public const string Kept = "按期完成";
    public const string Missed = "超期完成";
    public const string Share = "按期率";
    public const string Running = "计时中";
    public const string DueToday = "今日届满";
    public const string LatePromise = "已超承诺时限";
    public const string LateLegal = "已超法定时限";
    public const string LateStep = "环节已超时";
    public const string Provisional = "期限暂定";
    public const string Open = "未整改";
    public const string NothingEnded = "这段时间没有办结的时限。";
    public const string NoCards = "没有符合条件的监察牌。";
    public const string BadDay = "日期应形如 2026-11-25，起不晚于止，最长十年。";
    public const string BadKind = "没有这样的筛选条件。";
    public const string Number = "牌号";
    public const string NoCase = "不针对某一办件";
    public const string WithdrawNote = "撤牌后不计入统计，记录永久保留。";
    public const string UpholdNote = "维持原牌；未整改的重新计算整改期限。";

    public static string NothingToCorrect(string state) => state == CardState.Withdrawn ? "该牌已经撤销。" : "该牌已经反馈整改。";

    public static string TooLong(int max) => $"内容不能超过 {max} 字。";

    public static string NotAnswered(DateTimeOffset issued, DateTimeOffset until) => $"黄牌于{issued.InWords()}发出，整改期限至{until.AddTicks(-1).InWords()}，未反馈。";

    public static string StepTaken(CaseEvent step) => $"{step.At.InWords()}，{step.WhoName}办理“{step.Label}”"
        + (step.Document is null ? "" : $"，文书：{step.Document}") + (step.Reason is null ? "" : $"，理由：{step.Reason}") + "。";

    public static string MessageTitle(Card card) => $"您有一张{KindOf(card.Kind)}：{SupervisionRules.Find(card.Rule)?.Name}";

    public static string MessageText(Card card) =>
        $"{card.Title}（{card.Case}）：{SupervisionRules.Find(card.Rule)?.Sentence}"
        + (card.CorrectBy is { } until ? $"请于{until.AddTicks(-1).InWords()}前整改并反馈。" : "") + "认为有误的，可以申诉。";

    public static string KindOf(string kind) => kind switch
    {
        CardKind.Warning => "预警",
        CardKind.Yellow => "黄牌",
        CardKind.Red => "红牌",
        _ => "监察建议书",
    };

    public static string StateOf(string state) => state switch
    {
        CardState.Corrected => "已整改",
        CardState.Appealed => "申诉中",
        CardState.Upheld => "申诉后维持",
        CardState.Withdrawn => "已撤牌",
        _ => "已发出",
    };

    public static string CardTitle(Card card) => $"{KindOf(card.Kind)}：{SupervisionRules.Find(card.Rule)?.Name}";
}
