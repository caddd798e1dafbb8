using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A taxpayer as the tax office keeps it: old ones under the number of before 2015, capital in yuan.</summary>
[Resource("enterprises/taxpayer", "税务登记库", Clause = "S05", Owner = "tax", Key = nameof(TaxpayerNumber), Title = nameof(Name), Match = [nameof(TaxpayerNumber)],
    Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "税务", Rhythm = UpdateRhythm.Daily,
    Note = "纳税人登记、状态和信用级别；销售收入只供税务机关和依法取得的部门查看原文。")]
public sealed record Taxpayer
{
    [Field("纳税人识别号", LengthMax = 20)]
    public required string TaxpayerNumber { get; init; }

    [Field("纳税人名称", LengthMax = 120, Indexed = true)]
    public required string Name { get; init; }

    [Field("纳税人状态", CodeList = "taxpayer-state")]
    public required string State { get; init; }

    [Field("纳税信用级别", CodeList = "tax-credit-grade")]
    public string? CreditGrade { get; init; }

    [Field("登记日期")]
    public required DateOnly RegisteredOn { get; init; }

    [Field("法定代表人姓名", LengthMax = 60)]
    public string? Representative { get; init; }

    [Field("注册资本（元）", Type = FieldKind.Money)]
    public decimal? RegisteredCapital { get; init; }

    [Field("行业代码", CodeList = "industry", Standard = "GB/T 4754-2017")]
    public string? Industry { get; init; }

    [Field("上年度销售收入", Type = FieldKind.Money, Grade = Grade.Sensitive, Mask = MaskShape.Whole)]
    public decimal? Turnover { get; init; }
}
