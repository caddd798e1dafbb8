using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// 减免规定: who pays less of a published fee or nothing, on what ground. Nobody is let off anything that does not stand
/// here, in force on the day. It is published as fee items are: by a second person.
/// </summary>
[Resource("ledger/relief", "收费减免规定", Clause = "S11", Owner = "finance", Key = nameof(Code), Title = nameof(Name), ValidTime = true,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "非税收入", Rhythm = UpdateRhythm.AsNeeded)]
public sealed record Relief
{
    [Field("减免编码", LengthMax = 40, Pattern = "[A-Z0-9-]+")]
    public required string Code { get; init; }

    [Field("减免对象", LengthMax = 120, Note = "例如：小微企业")]
    public required string Name { get; init; }

    [Field("收费编码", LengthMax = 40, Indexed = true, Target = "ledger/fee-item")]
    public required string FeeItem { get; init; }

    [Field("减免比例（%）", Min = "1", Max = "100", Note = "100 为免收")]
    public required int Percent { get; init; }

    [Field("依据", LengthMax = 200, Note = "法律、法规或者文件的名称、文号")]
    public required string BasisAct { get; init; }

    [Field("条款", LengthMax = 100)]
    public required string BasisArticle { get; init; }

    [Field("证明材料", LengthMax = 200, Note = "凭什么确认是减免对象")]
    public required string Proof { get; init; }

    [Field("状态", CodeList = "fee-state")]
    public required string State { get; init; }

    internal string Ground => $"{BasisAct}{(BasisArticle.Length > 0 ? " " : "")}{BasisArticle}";
}

/// <summary>减免申请: a clerk found that a payer is entitled; the head of the office that charges the fee decides.</summary>
[Resource("ledger/relief-request", "收费减免申请", Clause = "S11", Owner = "finance", Title = nameof(Name), Editable = false,
    ScopeField = nameof(Office), Theme = "非税收入", Rhythm = UpdateRhythm.RealTime)]
public sealed record ReliefRequest
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("办件编号", LengthMax = 60, Indexed = true)]
    public required string Case { get; init; }

    [Field("缴款书号", Target = "ledger/bill", Indexed = true)]
    public required string Bill { get; init; }

    [Field("缴款书明细", LengthMax = 60)]
    public required string Line { get; init; }

    [Field("收费编码", LengthMax = 40)]
    public required string FeeItem { get; init; }

    [Field("收费项目", LengthMax = 120)]
    public required string FeeName { get; init; }

    [Field("执收单位", LengthMax = 60, Indexed = true)]
    public required string Office { get; init; }

    [Field("减免规定", LengthMax = 40, Target = "ledger/relief")]
    public required string Relief { get; init; }

    [Field("减免对象", LengthMax = 120, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public required string Name { get; init; }

    [Field("减免比例（%）")]
    public required int Percent { get; init; }

    [Field("依据", LengthMax = 400)]
    public required string Ground { get; init; }

    [Field("减免金额", Type = FieldKind.Money)]
    public required decimal Amount { get; init; }

    [Field("证明材料", LengthMax = 200, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Note = "名称和编号")]
    public required string Document { get; init; }

    [Field("证明材料文件", Type = FieldKind.File)]
    public string? File { get; init; }

    [Field("状态", CodeList = "relief-state", Indexed = true)]
    public required string State { get; init; }

    [Field("申请人员账号", LengthMax = 60)]
    public required string AskedBy { get; init; }

    [Field("申请人员", LengthMax = 100)]
    public required string AskedByName { get; init; }

    [Field("申请时间")]
    public required DateTimeOffset AskedAt { get; init; }

    [Field("审核人员账号", LengthMax = 60)]
    public string? DecidedBy { get; init; }

    [Field("审核人员", LengthMax = 100)]
    public string? DecidedByName { get; init; }

    [Field("审核时间")]
    public DateTimeOffset? DecidedAt { get; init; }

    [Field("审核意见", LengthMax = 300)]
    public string? Opinion { get; init; }
}

/// <summary>The codes of <c>relief-state</c>.</summary>
public static class ReliefState
{
    public const string Asked = "asked";
    public const string Granted = "granted";
    public const string Refused = "refused";
}
