using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>Every sentence about the one bill of a case.</summary>
internal static class Text
{
    public const string BillComing = "本件的缴款书正在开具，请稍候再办理这一步。";
    public const string NothingToIssueAgain = "本件没有失效后需要重新开具的缴款书。";
    public const string BillSubject = "请缴纳办理费用";
    public const string NoteTitle = "缴费";
    public const string Pay = "去缴费";
    public const string See = "查看缴款书和票据";
    public const string Again = "重新开具缴款书";
    public const string AgainTitle = "重新开具缴款书";
    public const string AgainLead = "原缴款书已经失效，款项没有收取。重新开具后，请在新的期限内缴纳。";
    public const string ToCase = "返回办件";
    public const string Lines = "收费明细";

    public static string NotPaid(string number, Money amount, DateOnly until) =>
        $"本件的缴款书 {number}（{amount}）尚未缴纳，缴款后才能送达结果。缴款期限至{until.InWords()}。";

    public static string BillDead(string number) => $"本件的缴款书 {number} 已经失效，重新开具并缴款后才能送达结果。";

    public static string BillWords(string title, string number, string bill, string code, Money amount, DateOnly until) =>
        $"您申请的“{title}”（{number}）已受理。各单位费用共 {amount}，合为一张缴款书 {bill}，校验码 {code}，请于{until.InWords()}以前一次缴清。除此之外不收取任何费用。";

    public static string SettledBecause(string title, string how) => $"“{title}”{how}";

    public static string NoteIssued(string number, Money amount, DateOnly until) => $"已开具缴款书 {number}，{amount}，缴款期限至{until.InWords()}。";

    public static string NotePaid(string number, Money amount) => $"缴款书 {number} 已缴款 {amount}。";

    public static string NoteExpired(string number) => $"缴款书 {number} 逾期没有缴纳，已失效；可以申请重新开具。";

    public static string NoteCancelled(string number, string why) => $"缴款书 {number} 已作废：{why}";

    public static string NoteRefunded(string number, Money amount) => $"缴款书 {number} 已退付 {amount}。";

    public static string ToPay(string number, Money amount, DateOnly until) => $"缴款书 {number}，共 {amount}，请于{until.InWords()}以前缴纳。各单位的费用合在一张缴款书上，一次缴清。";

    public static string Paid(string number, Money amount) => $"缴款书 {number} 已缴款 {amount}。";

    public static string Refunded(string number, Money amount, Money back) => $"缴款书 {number} 共 {amount}，已退付 {back}。";

    public static string Dead(string number) => $"缴款书 {number} 已失效，款项没有收取。";
}
