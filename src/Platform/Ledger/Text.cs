using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Ledger;

/// <summary>Chinese sentences of the ledger.</summary>
internal static class Text
{
    public const string System = "收费和账簿";

    // Accounts and memos
    public const string UnappliedAccount = "其他应付款——待处理款项";
    public const string RefundsAccount = "其他应付款——待退付";
    public const string BankAccount = "银行存款——财政专户";
    public const string ChargeMemo = "开具缴款书，应收各项收费";
    public const string PaidMemo = "缴款到账，分解至各收款单位";
    public const string CancelledMemo = "缴款书作废，冲回应收";
    public const string ExpiredMemo = "缴款书逾期，冲回应收";
    public const string RefundMemo = "退付，应退缴款人";
    public const string ReturnMemo = "待处理款项退回缴款人";
    public const string PaidOutMemo = "渠道已退付";
    public const string TransferMemo = "渠道不能退付，改为银行转账";
    public const string AdjustMemo = "对账差异调账";
    public const string ReversalMemo = "红字冲销";

    // Entries
    public const string NoTransfers = "凭证至少要有一笔分录。";
    public const string NotPositive = "金额应大于零。";
    public const string ReasonMissing = "请写明理由。";
    public const string NoSeal = "凭证不属于任何记账批次：是绕过平台添加的。";
    public const string NoEntry = "分录没有对应的凭证，或者记账日与凭证不符。";
    public const string SumsDiffer = "账户当日发生额与分录之和不符。";
    public const string TotalDiffers = "凭证的合计或分录数与分录不符。";
    public const string SealBroken = "批次内的凭证与封存的散列不符：有分录被改动、添加或者删除。";

    // Bills
    public const string NoBill = "没有这张缴款书，或者校验码不对。";
    public const string PayerMissing = "缺少缴款人名称。";
    public const string NoLine = "缴款书上没有这一项。";
    public const string NoChannel = "没有这个支付渠道。";
    public const string BadAnswer = "渠道答复缺少支付单号、流水号或者金额。";

    // Reliefs
    public const string ReliefMemo = "依法减免，冲减应收";
    public const string NoRelief = "这项收费没有这条现行已公布的减免规定，不得减免。";
    public const string RelievedBefore = "这项收费已经减免，或者已有减免申请等待审核。";
    public const string NoProof = "请写明证明材料的名称和编号，不超过 200 字。";
    public const string ReliefAlone = "减免由执收单位的负责人审核，提出申请的人不能自己审核。";
    public const string NoOpenRelief = "没有这项等待审核的减免申请。";
    public const string ReliefPaying = "有人正在支付这张缴款书，请在渠道答复以后再审核。";
    public const string OpinionLong = "审核意见不超过 300 字。";

    public const string ReadPurpose = "收费办理";
    public const string NotByHand = "只有未冲销的调账凭证可以手工冲销；其他凭证请通过作废或退付办理。";

    // Payers' pages
    public const string PayTitle = "缴款";
    public const string PayLead = "凭缴款书号和校验码查看费用明细并缴款。收费项目都有公布的依据，一张单子缴清各单位的费用。";
    public const string PayingNow = "有人已经发起支付，渠道尚未答复。若是您本人，请稍候再看，以免重复缴款；重复缴的款会退回。";
    public const string ToChannel = "支付在渠道自己的网页上进行。请核对网址，支付后回到这里查看结果。";
    public const string NoChannels = "目前没有开通的支付渠道，请到收费窗口缴款。";
    public const string PayerProblem = "收到一笔款项，但与缴款书不符或者重复，收费人员正在处理；多收的款项会原路退回。";
    public const string ReceiptHint = "每个收款单位开具一张票据。请妥善保管票据号和校验码，他人凭此可以查验真伪。";
    public const string NoReceipt = "没有这张票据，或者校验码不对。请核对后再查；仍查不到的，这张票据可能不是本市开具的。";
    public const string CheckTitle = "查验票据";
    public const string CheckLead = "输入票据号和校验码，查看票据是否由本市收费单位开具、是否退付或冲销。";
    public const string OwnTitle = "我的缴款书";
    public const string OwnLead = "您名下待缴和已缴的费用。";
    public const string OwnNone = "您名下没有缴款书。";

    // Desk pages
    public const string NoProblems = "没有需要处理的款项。";
    public const string ProblemsLead = "渠道的答复与缴款书对不上的款项，以及对账差异。每一项都要有处理结果和理由。";
    public const string NoReconciliations = "最近 90 天没有对账记录。";
    public const string ReconcileHint = "渠道在次日提供对账文件。平台每天自动索取；也可以在此上传。";
    public const string CloseHint = "结至某日之前，各渠道须对过账、差异须处理完。日结后不能再向这些日子记账，渠道款划入财政专户。";
    public const string NoStatementYet = "渠道还没有准备好这一天的对账文件，请稍后再试。";
    public const string BadDay = "请填写日期。";
    public const string BadAmount = "金额应为大于零的数，最多两位小数。";
    public const string AmountOfAll = "全部退付时不填金额；只退一部分请选择具体的收费项目。";
    public const string TrialHint = "余额列在各账户增加的一方；负数表示余额在另一方。";
    public const string BooksSound = "账簿完好：每一批凭证都与封存的散列相符，各账户的发生额等于分录之和。";
    public const string TestChannelLead = "这里扮演银行。选择这次支付怎样进行，看缴款平台如何应对。演示城市以外没有这个渠道。";

    // Problems, statements, closing
    public const string NoProblem = "没有这一项。";
    public const string SettledBefore = "这一项已经处理，不能再处理。";
    public const string NotThisWay = "这种情形不能这样处理。";
    public const string NoStatement = "不是对账文件：首行应写明渠道、日期、笔数和净额。";
    public const string StatementAltered = "对账文件的散列与内容不符：文件不完整或者被改动过。";
    public const string StatementSums = "对账文件首行的笔数或净额与明细不符。";
    public const string OtherFile = "该日已用另一份对账文件对过账。渠道更正文件的，请联系渠道说明差异。";
    public const string DayNotOver = "当天尚未结束，请在次日对账和日结。";

    // Fee items
    public const string PublishAlone = "收费项目和减免规定须由另一人复核公布，起草人不能自己公布。";
    public const string NotDeleted = "收费项目和减免规定不能删除；停用请把状态改为“已停收”。";
    public const string StandardFixed = "已公布的收费标准和减免规定不能直接改动；调整请填写新的生效日期。";

    // Test channel
    public const string TestChannel = "演示支付渠道";
    public const string TestRefusal = "演示渠道按退付理由中的字样拒绝了这笔退付。";

    public static string OrderStory(string state) => state switch
    {
        PaymentState.Succeeded => "款项已到账，票据已经开具。",
        PaymentState.Failed => "支付没有成功，没有扣款。您可以重新缴款。",
        PaymentState.Unapplied => "渠道已扣款，但这笔款项与缴款书不符或者重复，收费人员会处理，多收的款项原路退回。",
        PaymentState.Ended => "渠道没有收到这笔支付。您可以重新缴款。",
        _ => "渠道还没有答复。通常几秒钟就有结果；如果已经扣款而迟迟没有结果，平台会主动向渠道查询，不会漏记。",
    };

    public static string ReceiptStory(string state) => state switch
    {
        ReceiptState.Valid => "票据真实有效。",
        ReceiptState.RefundedInPart => "票据真实，款项已部分退付。",
        _ => "票据真实，但款项已全部退付，票据已冲销。",
    };

    public static string ProblemStory(string kind) => kind switch
    {
        ProblemKind.UnknownOrder => "渠道通知了一笔平台没有发起的支付，款项已记入待处理款项。",
        ProblemKind.OtherBill => "渠道通知中的缴款书号与支付单不一致，款项没有核销任何缴款书，已记入待处理款项。",
        ProblemKind.WrongAmount => "渠道收到的金额与应缴金额不同，款项没有核销缴款书，已记入待处理款项。",
        ProblemKind.PaidTwice => "缴款书已经缴清，又收到一笔款项，已记入待处理款项，应当退回。",
        ProblemKind.PaidLate => "缴款书作废或逾期之后款项才到账，已记入待处理款项。",
        ProblemKind.Contradiction => "渠道先说支付成功，后说失败。账簿没有变动，请与渠道核实。",
        ProblemKind.RefundFailed => "渠道没有退成，款项仍欠缴款人。",
        ProblemKind.MissingHere => "渠道对账文件中有这笔款项，账簿中没有。",
        ProblemKind.MissingThere => "账簿中有这笔款项，渠道对账文件中没有。",
        ProblemKind.AmountDiffers => "同一笔流水，渠道与账簿金额不同。",
        _ => "",
    };

    public static string WayNote(string way) => way switch
    {
        Resolution.Refund => "款项按原来的渠道退给缴款人。",
        Resolution.Apply => "用这笔款项缴清原缴款书，分解到各收款单位。",
        Resolution.Book => "属于本平台支付单或退付单的，按渠道答复补记；其余差额记入待处理款项，使渠道账户与对账文件一致。",
        Resolution.Retry => "再次请渠道退付。",
        Resolution.Transfer => "由财政专户转账给缴款人，理由中写明转账凭证号。",
        Resolution.Explain => "账簿不变动，写明差异的原因。",
        _ => "",
    };

    public static string ClosedUpto(DateOnly upto) => upto.Year > 2000 ? $"账簿已日结至{upto.InWords()}。" : "账簿尚未日结。";

    public static string Balanced(Money total) => $"借贷平衡：本期借方、贷方发生额均为 {total}。";

    public static string BooksDamaged(int count) => string.Create(CultureInfo.InvariantCulture, $"发现 {count} 处异常，账簿可能被绕过平台改动。请立即报告审计管理员。");

    public static string DueOf(string office) => $"应收账款——{office}";

    public static string AssessedOf(string office) => $"待缴收入——{office}";

    public static string RevenueOf(string office) => $"应缴财政款——{office}";

    public static string ChannelOf(string channel) => $"其他货币资金——{channel}";

    public static string UnappliedMemo(string kind) => $"收到款项待处理：{Codes.ProblemKinds.Find(kind)?.Label}";

    public static string SettlementMemo(string channel, DateOnly day) => $"{channel}结算款划入财政专户，至{day.InWords()}";

    public static string BillSubject(string number) => $"缴款书 {number}";

    public static string EntryTooLong(int max) => $"凭证的请求号、事由号和摘要各不超过 {max} 字。";

    public static string SameAccount(string account) => $"借方和贷方不能是同一账户（{account}）。";

    public static string NoAccount(string account) => $"没有账户“{account}”。";

    public static string AccountClosed(string account) => $"账户“{account}”已销户。";

    public static string OtherContent(string request) => $"请求“{request}”已经记账，但内容不同。";

    public static string NotReversible(long id) => $"第 {id} 号凭证不存在，或者冲销的分录与它不逐笔相反。";

    public static string ReversedBefore(long id) => $"第 {id} 号凭证已经冲销过。";

    public static string NotCovered(string account) => $"账户“{account}”余额不足。";

    public static string LineCount(int max) => $"一张缴款书应有 1 至 {max} 项收费。";

    public static string ExpiresRange(int days) => $"缴款期限应在今天之后、{days} 天以内。";

    public static string NoOffice(string code) => $"没有机构“{code}”。";

    public static string NoFeeItem(string code) => $"“{code}”不是现行已公布的收费项目，不得收取。";

    public static string BadQuantity(string item) => $"“{item}”的数量应大于零、小于一百万，最多三位小数。";

    public static string NoReliefNow(string state) => $"缴款书{state}，不能办理减免。";

    public static string ReliefReason(string name, string ground) => $"{name}，依据：{ground}";

    public static string CannotEnd(string state) => $"缴款书{state}，不能作废。";

    public static string NotPayable(string state) => state switch
    {
        BillState.Cancelled => "缴款书已作废，不用缴款。",
        BillState.Waived => "费用已全部减免，不用缴款。",
        BillState.Expired => "缴款书已过缴款期限，请向开单单位重新申请。",
        _ => "缴款书已经缴款，不用再缴。",
    };

    public static string NotRefundable(string state) => $"缴款书{state}，没有可以退付的款项。";

    public static string MoreThanPaid(Money left) => $"退付金额超过该项尚余的 {left}。";

    public static string OtherStatement(string channel, string day) => $"这是渠道“{channel}”{day} 的对账文件，与所选渠道或日期不符。";

    public static string StatementLine(int line) => $"对账文件第 {line} 行不能识别，或者与前面的流水号重复。";

    public static string DayClosed(DateOnly upto) => $"已日结至{upto.InWords()}。";

    public static string NotReconciled(string channel, DateOnly day) => $"渠道“{channel}”{day.InWords()}尚未对账。";

    public static string NotBalanced(Money debits, Money credits) => $"借方合计 {debits} 与贷方合计 {credits} 不等，账簿可能被改动，请先核对账簿。";

    public static string DifferencesOpen(long count) => string.Create(CultureInfo.InvariantCulture, $"还有 {count} 项对账差异没有处理。");
}
