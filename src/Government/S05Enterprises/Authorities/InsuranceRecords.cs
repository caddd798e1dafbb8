using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A unit that insures its staff, under the insurer's own number; newer ones carry the credit code beside it.</summary>
[Resource("enterprises/insured-unit", "社会保险参保单位库", Clause = "S05", Owner = "labour", Key = nameof(UnitNumber), Title = nameof(Name), Match = [nameof(UnitNumber)],
    Sharing = SharingClass.Conditional, Conditions = "限办理登记注销、劳动监察、税务征收等法定职责事项时按企业查询", Base = "legal-entities", Theme = "社会保障",
    Rhythm = UpdateRhythm.Daily)]
public sealed record InsuredUnit
{
    [Field("单位编号", LengthMax = 20, Note = "社会保险登记号")]
    public required string UnitNumber { get; init; }

    [Field("统一社会信用代码", LengthMax = 18, Indexed = true, Pattern = NumberShape.Any)]
    public string? CreditCode { get; init; }

    [Field("单位名称", LengthMax = 120)]
    public required string Name { get; init; }

    [Field("参保状态", CodeList = "insurance-state")]
    public required string State { get; init; }

    [Field("参保人数", Min = "0")]
    public required long Insured { get; init; }

    [Field("参保登记日期")]
    public required DateOnly RegisteredOn { get; init; }

    [Field("缴费至")]
    public DateOnly? PaidThrough { get; init; }
}
