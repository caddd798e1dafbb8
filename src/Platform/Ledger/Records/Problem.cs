using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// Something about money that a person must look at: an answer that does not fit, a difference to the channel's
/// statement. It stands on the cashier's list until it is settled, with a reason.
/// </summary>
[Resource("ledger/problem", "待处理款项", Clause = "S11", Owner = "finance", Title = nameof(Kind), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.RealTime)]
public sealed record Problem
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("情形", CodeList = "problem-kind", Indexed = true)]
    public required string Kind { get; init; }

    [Field("状态", CodeList = "problem-state", Indexed = true)]
    public required string State { get; init; }

    [Field("支付渠道", LengthMax = 40)]
    public required string Channel { get; init; }

    [Field("所属日", Indexed = true)]
    public required DateOnly Day { get; init; }

    [Field("发生时间")]
    public required DateTimeOffset At { get; init; }

    /// <summary>What the channel says.</summary>
    [Field("渠道金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    /// <summary>What we expected; empty when nothing was expected.</summary>
    [Field("账面金额", Type = FieldKind.Money)]
    public decimal? Expected { get; init; }

    [Field("缴款书号", LengthMax = 60, Indexed = true)]
    public string? Bill { get; init; }

    [Field("支付单号", LengthMax = 60)]
    public string? Order { get; init; }

    [Field("渠道流水号", LengthMax = 60)]
    public string? Transaction { get; init; }

    [Field("处理方式", CodeList = "problem-resolution")]
    public string? Resolution { get; init; }

    [Field("处理理由", LengthMax = 300)]
    public string? Reason { get; init; }

    [Field("处理时间")]
    public DateTimeOffset? SettledAt { get; init; }

    [Field("处理人", LengthMax = 60)]
    public string? SettledBy { get; init; }
}

/// <summary>What can be wrong; permanent.</summary>
public static class ProblemKind
{
    public const string UnknownOrder = "unknown-order";
    public const string OtherBill = "other-bill";
    public const string WrongAmount = "wrong-amount";
    public const string PaidTwice = "paid-twice";
    public const string PaidLate = "paid-late";
    public const string Contradiction = "contradiction";
    public const string RefundFailed = "refund-failed";
    public const string MissingHere = "missing-here";
    public const string MissingThere = "missing-there";
    public const string AmountDiffers = "amount-differs";

    /// <summary>Money came that no bill took: it stands on the account of unapplied money.</summary>
    public static bool IsUnapplied(string kind) => kind is UnknownOrder or OtherBill or WrongAmount or PaidTwice or PaidLate;
}

/// <summary>How something was settled; permanent.</summary>
public static class Resolution
{
    /// <summary>The money goes back by the way that it came.</summary>
    public const string Refund = "refund";

    /// <summary>The money pays the bill after all.</summary>
    public const string Apply = "apply";

    /// <summary>What the statement says and the books lack is booked.</summary>
    public const string Book = "book";

    /// <summary>Tried again at the channel.</summary>
    public const string Retry = "retry";

    /// <summary>Paid by bank transfer.</summary>
    public const string Transfer = "transfer";

    /// <summary>Nothing moves; the reason says why it is right.</summary>
    public const string Explain = "explain";
}

public static class ProblemState
{
    public const string Open = "open";
    public const string Settled = "settled";
}

/// <summary>One day of one channel, compared with its statement file.</summary>
[Resource("ledger/reconciliation", "渠道对账", Clause = "S11", Owner = "finance", Key = nameof(Code), Title = nameof(Code), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.Daily)]
public sealed record Reconciliation
{
    [Field("对账单号", LengthMax = 60)]
    public required string Code { get; init; }

    [Field("支付渠道", LengthMax = 40, Indexed = true)]
    public required string Channel { get; init; }

    [Field("对账日", Indexed = true)]
    public required DateOnly Day { get; init; }

    [Field("账面笔数")]
    public required long OurCount { get; init; }

    [Field("账面净额", Type = FieldKind.Money)]
    public required decimal OurSum { get; init; }

    [Field("渠道笔数")]
    public required long TheirCount { get; init; }

    [Field("渠道净额", Type = FieldKind.Money)]
    public required decimal TheirSum { get; init; }

    [Field("相符笔数")]
    public required long Matched { get; init; }

    [Field("差异笔数")]
    public required long Differences { get; init; }

    [Field("对账文件散列", LengthMax = 64)]
    public required string FileDigest { get; init; }

    [Field("对账时间")]
    public required DateTimeOffset At { get; init; }
}

/// <summary>The closing of the books up to a day (日结): from then on nothing is written into it.</summary>
[Resource("ledger/closing", "日结", Clause = "S11", Owner = "finance", Key = nameof(Code), Title = nameof(Code), Editable = false,
    Theme = "非税收入", Rhythm = UpdateRhythm.Daily)]
public sealed record Closing
{
    [Field("日结号", LengthMax = 8)]
    public required string Code { get; init; }

    [Field("日结日")]
    public required DateOnly Day { get; init; }

    [Field("期初已结至")]
    public required DateOnly After { get; init; }

    [Field("凭证数")]
    public required long Entries { get; init; }

    [Field("借方合计", Type = FieldKind.Money)]
    public required decimal Debits { get; init; }

    [Field("贷方合计", Type = FieldKind.Money)]
    public required decimal Credits { get; init; }

    [Field("日结时间")]
    public required DateTimeOffset At { get; init; }
}
