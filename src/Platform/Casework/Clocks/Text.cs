using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>Sentences about time limits.</summary>
internal static class Text
{
    public const string NoDocument = "暂停计时须有书面文书：请填写告知申请人的文书编号。";
    public const string NoPlannedEnd = "请填写暂停所需的天数，并书面告知申请人；天数应在 1 至 3650 之间。";
    public const string AlreadySuspended = "该时限正在暂停中，不能重复暂停。";
    public const string NotSuspended = "该时限没有处于暂停状态，或者暂停期已满、已自动恢复计时。";
    public const string ExtendedOnce = "该时限已经延长过一次，不能再次延长。";
    public const string NoReason = "请填写延长的理由，并告知申请人。";
    public const string NoNotice = "请填写告知申请人延长的文书编号。";

    public const string Rule = "时限";
    public const string Begin = "起算";
    public const string Pause = "暂停";
    public const string Extended = "延长";
    public const string Holiday = "节假日";
    public const string MakeUp = "调休上班";
    public const string DueDay = "届满";
    public const string Standing = "目前";
    public const string Note = "提示";
    public const string Silent = "逾期后果";
    public const string HowCounted = "期限是怎么算的";
    public const string Provisional = "暂定";

    public static string DueOn(ClockVerdict verdict) => verdict.Facts.Rule.Unit == ClockUnit.Hours
        ? $"{verdict.Due.InWords()}届满" : $"{verdict.DueDay.InWords()}届满";

    public static string DatedIsFixed(ClockRule rule) => $"“{rule.Label}”的截止日是固定的一天，按自然日计，不能中止或者延长。";

    public static string FixedDay(ClockRule rule, DateOnly last) => $"{rule.Label}：{last.InWords()}，不因休息日顺延。";

    public static string Unit(ClockUnit unit) => unit switch
    {
        ClockUnit.WorkingDays => "个工作日",
        ClockUnit.CalendarDays => "日（自然日）",
        _ => "小时",
    };

    public static string Kind(ClockKind kind) => kind switch
    {
        ClockKind.Legal => "法定时限",
        ClockKind.Promised => "承诺时限",
        _ => "环节时限",
    };

    public static string Status(ClockStatus status) => status switch
    {
        ClockStatus.Running => "计时中",
        ClockStatus.Paused => "暂停计时",
        ClockStatus.Overdue => "已超期",
        ClockStatus.Kept => "按期完成",
        _ => "超期完成",
    };

    public static string NotSuspensible(ClockRule rule) => rule.Suspensions.Count == 0
        ? $"“{rule.Label}”不能暂停计时：法律没有规定可以扣除的事由。"
        : $"“{rule.Label}”只能因{string.Join("、", rule.Suspensions.Select(code => SuspensionKinds.Find(code)?.Label ?? code))}暂停计时，其他事由所需时间一律计入时限。";

    public static string HasEnded(ClockRule rule) => $"“{rule.Label}”的计时已经结束。";

    public static string HasRunOut(ClockRule rule) => $"“{rule.Label}”已经届满，不能再暂停或者延长。";

    public static string BeforeStart(ClockRule rule) => $"“{rule.Label}”在此时尚未开始计时。";

    public static string NotExtensible(ClockRule rule) => $"“{rule.Label}”不能延长。";

    public static string TooLong(int length, ClockUnit unit) => $"延长的期限应在 1 至 {length}{Unit(unit)}之间。";

    public static string NoApprover(string approver) => approver.Length == 0 ? "延长须经批准：请填写批准人。" : $"延长须经{approver}批准：请填写批准人。";

    public static string NotOfAStep(ClockRule rule) => $"“{rule.Label}”不是环节时限，移交办理不影响其计时。";

    public static string LengthOutOfRange(ClockRule rule) => $"“{rule.Label}”的长度应在 1 至 {ClockRule.LengthMax} 之间。";

    public static string UnknownSuspension(ClockRule rule, string kind) => $"“{rule.Label}”的暂停事由“{kind}”不在法定清单中。";

    public static string ExtensionOutOfRange(ClockRule rule) => $"“{rule.Label}”可延长的长度应在 1 至 {ClockRule.LengthMax} 之间。";

    public static string NoSuchLegal(ClockRule rule) => $"“{rule.Label}”没有对应的法定时限；承诺时限须指明它缩短的是哪一项法定时限。";

    public static string PromiseTooLong(ClockRule rule, ClockRule legal) => $"“{rule.Label}”不得长于“{legal.Label}”。";

    public static string CodeTwice(string code) => $"时限代码“{code}”重复。";
}
