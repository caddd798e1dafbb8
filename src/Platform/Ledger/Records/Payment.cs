using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>One attempt of a payer to pay a bill through a channel, by an order number that nobody can guess.</summary>
[Resource("ledger/payment", "支付单", Clause = "S11", Owner = "finance", Key = nameof(Order), Title = nameof(Order), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.RealTime)]
public sealed record Payment
{
    [Field("支付单号", LengthMax = 40)]
    public required string Order { get; init; }

    [Field("缴款书号", Target = "ledger/bill", Indexed = true)]
    public required string Bill { get; init; }

    [Field("支付渠道", LengthMax = 40, Indexed = true)]
    public required string Channel { get; init; }

    [Field("金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("状态", CodeList = "payment-state", Indexed = true)]
    public required string State { get; init; }

    [Field("发起时间")]
    public required DateTimeOffset AskedAt { get; init; }

    [Field("渠道流水号", LengthMax = 60, Indexed = true)]
    public string? Transaction { get; init; }

    [Field("答复时间")]
    public DateTimeOffset? AnsweredAt { get; init; }

    [Field("答复次数")]
    public required long Answers { get; init; }
}

/// <summary>The states of an attempt; permanent.</summary>
public static class PaymentState
{
    public const string Asked = "asked";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    /// <summary>The channel took money that the bill could not take: it stands among the unapplied until it is settled.</summary>
    public const string Unapplied = "unapplied";

    /// <summary>The channel, asked again and again, knows of no payment.</summary>
    public const string Ended = "ended";
}

/// <summary>A receipt (票据) of one office for what it received on a bill.</summary>
[Resource("ledger/receipt", "收费票据", Clause = "S11", Owner = "finance", Key = nameof(Number), Title = nameof(Number), Editable = false,
    ScopeField = nameof(Office), Theme = "非税收入", Rhythm = UpdateRhythm.RealTime, BasisAct = "个人信息保护法", BasisArticle = "第二十五条")]
public sealed record Receipt
{
    [Field("票据号", LengthMax = 20)]
    public required string Number { get; init; }

    [Field("校验码", LengthMax = 8, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string CheckCode { get; init; }

    [Field("缴款书号", Target = "ledger/bill", Indexed = true)]
    public required string Bill { get; init; }

    [Field("开票单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("缴款人", LengthMax = 120, Grade = Grade.Sensitive, Mask = MaskShape.Name)]
    public required string PayerName { get; init; }

    [Field("金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("已退金额", Type = FieldKind.Money)]
    public required decimal Refunded { get; init; }

    [Field("状态", CodeList = "receipt-state")]
    public required string State { get; init; }

    [Field("开票时间")]
    public required DateTimeOffset IssuedAt { get; init; }
}

public static class ReceiptState
{
    public const string Valid = "valid";
    public const string RefundedInPart = "refunded-in-part";
    public const string Void = "void";

    public static string After(decimal amount, decimal refunded) => refunded == 0 ? Valid : refunded < amount ? RefundedInPart : Void;
}

/// <summary>Money that goes back to a payer by the way that it came.</summary>
[Resource("ledger/refund", "退付单", Clause = "S11", Owner = "finance", Key = nameof(Number), Title = nameof(Number), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.RealTime)]
public sealed record Refund
{
    [Field("退付单号", LengthMax = 40)]
    public required string Number { get; init; }

    [Field("缴款书号", Target = "ledger/bill", Indexed = true)]
    public string? Bill { get; init; }

    [Field("支付渠道", LengthMax = 40)]
    public required string Channel { get; init; }

    [Field("支付单号", LengthMax = 60)]
    public required string Order { get; init; }

    [Field("原渠道流水号", LengthMax = 60)]
    public required string Paid { get; init; }

    [Field("金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("原因", LengthMax = 300)]
    public required string Reason { get; init; }

    [Field("状态", CodeList = "refund-state", Indexed = true)]
    public required string State { get; init; }

    [Field("发起时间")]
    public required DateTimeOffset AskedAt { get; init; }

    [Field("退付流水号", LengthMax = 60)]
    public string? Transaction { get; init; }

    [Field("办结时间")]
    public DateTimeOffset? DoneAt { get; init; }

    [Field("说明", LengthMax = 300)]
    public string? Note { get; init; }
}

public static class RefundState
{
    /// <summary>In the books it is owed to the payer; the channel is asked until it answers.</summary>
    public const string Asked = "asked";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>The channel would not; it was paid by bank transfer.</summary>
    public const string Transferred = "transferred";
}
