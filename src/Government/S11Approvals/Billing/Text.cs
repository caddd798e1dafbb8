using Shali.Platform.Kernel;
using Shali.Platform.Ledger;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>Every sentence about the one bill of a case.</summary>
internal static class Text
{
    public const string BillComing = "本件的缴款书正在开具，请稍候再办理这一步。";
    public const string NothingToIssueAgain = "本件没有失效后需要重新开具的缴款书。";
    public const string BillSubject = "请缴纳办理费用";
    public const string ReplacedSubject = "缴款书已换开，请按新的缴纳";
    public const string RelievedSubject = "费用已减免";
    public const string RefundedSubject = "费用退付";
    public const string NothingToPay = "本缴款书不用再缴款。";
    public const string ReliefTitle = "收费减免";
    public const string ReliefLead = "只能按已公布的减免规定办理。经办人凭证明材料提出，本单位负责人审核；同意后缴款书、账簿和办件记录同时变更，已缴的款项退付。";
    public const string ReliefOpen = "有减免申请等待负责人审核。";
    public const string ReliefPossible = "本单位的收费有已公布的减免规定，申请人属于减免对象的，可以办理。";
    public const string ReliefGo = "办理减免";
    public const string ReliefNone = "本单位在这张缴款书上的收费没有已公布的减免规定。";
    public const string ReliefAsk = "提出减免";
    public const string ReliefAskedSubject = "请审核收费减免";
    public const string ReliefDecidedSubject = "收费减免已审核";
    public const string ReliefChoose = "请选择收费项目和适用的减免规定。";
    public const string ReliefAnswerMissing = "请选择同意或者不同意。";
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

    public static string WhereToPay(string address) => $"缴纳：登录后在“我的缴款书”缴纳；不登录的，在 {address} 凭缴款书号和校验码缴纳，也可以到办事大厅缴纳。";

    public static string SettledBecause(string title, string how) => $"“{title}”{how}";

    public static string NoteIssued(string number, Money amount, DateOnly until) => $"已开具缴款书 {number}，{amount}，缴款期限至{until.InWords()}。";

    public static string WhyReplaced(Bill before) => before.State == BillState.Cancelled
        ? $"原缴款书 {before.Number} 已作废（{(before.Note ?? "").TrimEnd('。')}）"
        : $"原缴款书 {before.Number} 逾期没有缴纳，已失效";

    public static string Amounts(Bill before, Bill after) => before.Amount == after.Amount
        ? $"金额仍为 {Money.OfYuan(after.Amount)}"
        : $"金额由 {Money.OfYuan(before.Amount)} 变为 {Money.OfYuan(after.Amount)}";

    public static string NoteReplaced(string number, string why, string amounts, DateOnly until) => $"{why}，换开缴款书 {number}，{amounts}，缴款期限至{until.InWords()}。";

    public static string ReplacedWords(string title, string number, string bill, string code, string why, string amounts, DateOnly until) =>
        $"您申请的“{title}”（{number}）：{why}，现换开缴款书 {bill}，校验码 {code}，{amounts}，请于{until.InWords()}以前缴清。原缴款书不要再缴。";

    public static string NotePaid(string number, Money amount) => $"缴款书 {number} 已缴款 {amount}。";

    public static string NoteExpired(string number) => $"缴款书 {number} 逾期没有缴纳，已失效；可以申请重新开具。";

    public static string NoteCancelled(string number, string why) => $"缴款书 {number} 已作废：{why}";

    public static string NoteRefunded(string number, Money amount) => $"缴款书 {number} 已退付 {amount}。";

    public static string NoteRelieved(string number, Money relieved, Money left) => $"缴款书 {number} 依法减免 {relieved}，{(left > Money.Zero ? $"应缴 {left}" : "不用再缴款")}。";

    public static string Waived(string number, Money relieved) => $"缴款书 {number} 的费用 {relieved} 已全部减免，不用缴款。";

    public static string RelievedWords(string title, string number, string bill, string why, Money relieved) =>
        $"您申请的“{title}”（{number}）的缴款书 {bill} 已依法减免 {relieved}（{why}）。";

    public static string StillToPay(Money left, string code, DateOnly until) => $"还应缴 {left}，校验码 {code}，请于{until.InWords()}以前缴清。";

    public static string RefundedWords(string title, string number, string bill, Money back, Money amount) =>
        $"您申请的“{title}”（{number}）的缴款书 {bill} 共 {amount}，已办理退付 {back}，款项按原渠道退回。原因和进度见缴款书。";

    public static string ReliefChoice(BillLine line, Relief relief) =>
        $"{line.Name} {Money.OfYuan(line.Gross)}：{relief.Name}，{(relief.Percent == 100 ? "免收" : $"减收 {relief.Percent}%")}（{relief.BasisAct}{relief.BasisArticle}；凭{relief.Proof}）";

    public static string NoteReliefAsked(ReliefRequest request) =>
        $"提出减免“{request.FeeName}” {Money.OfYuan(request.Amount)}：{request.Name}，依据：{request.Ground}。待负责人审核。";

    public static string NoteReliefRefused(ReliefRequest request) => $"不同意减免“{request.FeeName}”：{request.Opinion}";

    public static string NoteReliefGranted(ReliefRequest request) => $"同意减免“{request.FeeName}” {Money.OfYuan(request.Amount)}：{request.Name}，依据：{request.Ground}。";

    public static string ToPay(string number, Money amount, DateOnly until) => $"缴款书 {number}，共 {amount}，请于{until.InWords()}以前缴纳。各单位的费用合在一张缴款书上，一次缴清。";

    public static string Paid(string number, Money amount) => $"缴款书 {number} 已缴款 {amount}。";

    public static string Refunded(string number, Money amount, Money back) => $"缴款书 {number} 共 {amount}，已退付 {back}。";

    public static string Dead(string number) => $"缴款书 {number} 已失效，款项没有收取。";
}
