using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>The ledger's code lists. Values are permanent.</summary>
public static class Codes
{
    public static readonly CodeList AccountKinds = new(
        "account-kind", "会计要素", "",
        [new(AccountKind.Asset, "资产"), new(AccountKind.Liability, "负债"), new(AccountKind.Income, "收入"), new(AccountKind.Expense, "费用")]);

    public static readonly CodeList FeeStates = new(
        "fee-state", "收费项目状态", "",
        [new(FeeState.Draft, "草稿"), new(FeeState.Published, "已公布"), new(FeeState.Ended, "已停收")]);

    public static readonly CodeList BillStates = new(
        "bill-state", "缴款书状态", "",
        [
            new(BillState.Issued, "待缴款"), new(BillState.Paying, "支付中"), new(BillState.Paid, "已缴款"), new(BillState.RefundedInPart, "部分退付"),
            new(BillState.Refunded, "全额退付"), new(BillState.Cancelled, "已作废"), new(BillState.Expired, "已逾期失效"), new(BillState.Waived, "免缴"),
        ]);

    public static readonly CodeList ReliefStates = new(
        "relief-state", "减免申请状态", "",
        [new(ReliefState.Asked, "待审核"), new(ReliefState.Granted, "已同意"), new(ReliefState.Refused, "未同意")]);

    public static readonly CodeList PaymentStates = new(
        "payment-state", "支付状态", "",
        [
            new(PaymentState.Asked, "等待渠道答复"), new(PaymentState.Succeeded, "支付成功"), new(PaymentState.Failed, "支付失败"),
            new(PaymentState.Unapplied, "已收款待处理"), new(PaymentState.Ended, "未支付"),
        ]);

    public static readonly CodeList ReceiptStates = new(
        "receipt-state", "票据状态", "",
        [new(ReceiptState.Valid, "有效"), new(ReceiptState.RefundedInPart, "部分退付"), new(ReceiptState.Void, "已冲销")]);

    public static readonly CodeList RefundStates = new(
        "refund-state", "退付状态", "",
        [
            new(RefundState.Asked, "退付中"), new(RefundState.Done, "已退付"), new(RefundState.Failed, "渠道退付失败"),
            new(RefundState.Transferred, "已转账退付"),
        ]);

    public static readonly CodeList ProblemKinds = new(
        "problem-kind", "款项异常情形", "",
        [
            new(ProblemKind.UnknownOrder, "支付单不存在"), new(ProblemKind.OtherBill, "答复属于另一缴款书"), new(ProblemKind.WrongAmount, "金额不符"),
            new(ProblemKind.PaidTwice, "重复缴款"), new(ProblemKind.PaidLate, "缴款书失效后到账"), new(ProblemKind.Contradiction, "渠道答复前后矛盾"),
            new(ProblemKind.RefundFailed, "退付失败"), new(ProblemKind.MissingHere, "渠道有、账面无"), new(ProblemKind.MissingThere, "账面有、渠道无"),
            new(ProblemKind.AmountDiffers, "金额差异"),
        ]);

    public static readonly CodeList ProblemStates = new(
        "problem-state", "处理状态", "", [new(ProblemState.Open, "待处理"), new(ProblemState.Settled, "已处理")]);

    public static readonly CodeList Resolutions = new(
        "problem-resolution", "处理方式", "",
        [
            new(Resolution.Refund, "原路退回"), new(Resolution.Apply, "核销缴款书"), new(Resolution.Book, "补记入账"), new(Resolution.Retry, "再次向渠道退付"),
            new(Resolution.Transfer, "转账退付"), new(Resolution.Explain, "说明原因"),
        ]);

    public static IReadOnlyList<CodeList> All { get; } =
        [AccountKinds, FeeStates, BillStates, ReliefStates, PaymentStates, ReceiptStates, RefundStates, ProblemKinds, ProblemStates, Resolutions];
}
