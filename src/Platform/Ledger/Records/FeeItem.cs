using Shali.Platform.Registry;

namespace Shali.Platform.Ledger;

/// <summary>
/// A published fee (收费项目). Nothing is charged that does not stand here, in force on the day (行政许可法 art. 58-59).
/// A new standard is a new version with its first day; bills of earlier days keep the old one.
/// </summary>
[Resource("ledger/fee-item", "收费项目", Clause = "S11", Owner = "finance", Key = nameof(Code), Title = nameof(Name), ValidTime = true,
    Open = true, Sharing = SharingClass.Unconditional, Theme = "非税收入", Rhythm = UpdateRhythm.AsNeeded)]
public sealed record FeeItem
{
    [Field("收费编码", LengthMax = 40, Pattern = "[A-Z0-9-]+")]
    public required string Code { get; init; }

    [Field("收费项目名称", LengthMax = 120, Indexed = true)]
    public required string Name { get; init; }

    [Field("执收单位", LengthMax = 60, Indexed = true, Note = "机构代码；款项入该单位账户")]
    public required string Office { get; init; }

    [Field("设定依据", LengthMax = 200, Note = "法律、行政法规的名称")]
    public required string BasisAct { get; init; }

    [Field("条款", LengthMax = 100)]
    public required string BasisArticle { get; init; }

    [Field("标准文号", LengthMax = 120, Note = "批准收费标准的文件")]
    public required string StandardNumber { get; init; }

    [Field("收费标准", Type = FieldKind.Money, Min = "0.01")]
    public required decimal Price { get; init; }

    [Field("计费单位", LengthMax = 20)]
    public required string Unit { get; init; }

    [Field("状态", CodeList = "fee-state")]
    public required string State { get; init; }

    [Field("减免规定", LengthMax = 500)]
    public string? Relief { get; init; }
}

/// <summary>A draft is not charged; publishing takes a second person.</summary>
public static class FeeState
{
    public const string Draft = "draft";
    public const string Published = "published";
    public const string Ended = "ended";
}
