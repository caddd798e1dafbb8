using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>缴款书: all fees of a case on one bill, paid once, split to the accounts of the offices.</summary>
[Resource("ledger/bill", "缴款书", Clause = "S11", Owner = "finance", Key = nameof(Number), Title = nameof(Number), Editable = false,
    Subject = nameof(PayerPerson), ScopeField = nameof(Office), Theme = "非税收入", Rhythm = UpdateRhythm.RealTime,
    BasisAct = "个人信息保护法", BasisArticle = "第二十五条")]
public sealed record Bill
{
    [Field("缴款书号", LengthMax = 20)]
    public required string Number { get; init; }

    [Field("校验码", LengthMax = 8, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string CheckCode { get; init; }

    [Field("状态", CodeList = "bill-state", Indexed = true)]
    public required string State { get; init; }

    [Field("办件编号", LengthMax = 60, Indexed = true)]
    public required string Case { get; init; }

    [Field("开单单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("缴款人", LengthMax = 120, Grade = Grade.Sensitive, Mask = MaskShape.Name)]
    public required string PayerName { get; init; }

    [Field("缴款人（人口库）", LengthMax = 60, Indexed = true)]
    public string? PayerPerson { get; init; }

    [Field("缴款人（组织机构代码）", LengthMax = 60, Indexed = true)]
    public string? PayerEntity { get; init; }

    [Field("应缴金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("已减免金额", Type = FieldKind.Money, Note = "应缴金额已经减去它")]
    public decimal? Relieved { get; init; }

    [Field("已退金额", Type = FieldKind.Money)]
    public required decimal Refunded { get; init; }

    [Field("开具时间", Indexed = true)]
    public required DateTimeOffset IssuedAt { get; init; }

    [Field("缴款期限", Indexed = true)]
    public required DateOnly ExpiresOn { get; init; }

    [Field("缴款时间")]
    public DateTimeOffset? PaidAt { get; init; }

    [Field("支付单号", LengthMax = 40)]
    public string? Payment { get; init; }

    [Field("说明", LengthMax = 300)]
    public string? Note { get; init; }

    [Field("换开自", LengthMax = 20, Note = "原缴款书号：它失效或者作废，由这一张代替")]
    public string? Replaces { get; init; }

    internal Money Owed => Money.OfYuan(Amount);
}

/// <summary>The states of a bill; permanent.</summary>
public static class BillState
{
    public const string Issued = "issued";

    /// <summary>A payer was sent to a channel and its answer is not there yet. Others may still pay.</summary>
    public const string Paying = "paying";
    public const string Paid = "paid";
    public const string RefundedInPart = "refunded-in-part";
    public const string Refunded = "refunded";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";

    /// <summary>All of it was let off: there is nothing to pay.</summary>
    public const string Waived = "waived";

    /// <summary>May money be applied to it?</summary>
    public static bool IsOpen(string state) => state is Issued or Paying;

    public static bool IsPaid(string state) => state is Paid or RefundedInPart;
}

/// <summary>One fee on a bill, for one office.</summary>
[Resource("ledger/bill-line", "缴款书明细", Clause = "S11", Owner = "finance", Title = nameof(Name), Editable = false,
    ScopeField = nameof(Office), Theme = "非税收入", Rhythm = UpdateRhythm.RealTime)]
public sealed record BillLine
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("缴款书号", Target = "ledger/bill", Indexed = true)]
    public required string Bill { get; init; }

    [Field("序号")]
    public required long Ordinal { get; init; }

    [Field("收款单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("收费编码", LengthMax = 40, Indexed = true)]
    public required string FeeItem { get; init; }

    [Field("收费项目", LengthMax = 120)]
    public required string Name { get; init; }

    [Field("收费依据", LengthMax = 400)]
    public required string Basis { get; init; }

    [Field("数量", Scale = 3)]
    public required decimal Quantity { get; init; }

    [Field("计费单位", LengthMax = 20)]
    public required string Unit { get; init; }

    [Field("收费标准", Type = FieldKind.Money)]
    public required decimal Price { get; init; }

    [Field("金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("已退金额", Type = FieldKind.Money)]
    public required decimal Refunded { get; init; }

    [Field("所属分项", LengthMax = 200, Note = "办件的哪一个分项，由开单的系统定义；空：办件本身")]
    public string? Part { get; init; }

    [Field("减免金额", Type = FieldKind.Money, Note = "金额已经减去它")]
    public decimal? Relieved { get; init; }

    [Field("减免申请", LengthMax = 40)]
    public string? Relief { get; init; }

    [Field("减免说明", LengthMax = 600, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public string? ReliefNote { get; init; }

    /// <summary>In yuan, by the standard: before anything was let off.</summary>
    public decimal Gross => Amount + (Relieved ?? 0);

    internal Money Left => Money.OfYuan(Amount - Refunded);
}
