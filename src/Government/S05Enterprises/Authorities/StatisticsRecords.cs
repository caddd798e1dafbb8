using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A firm in the directory of statistical units: which it is and how large, never what it reported (统计法 art. 25).</summary>
[Resource("enterprises/statistical-unit", "统计基本单位名录库", Clause = "S05", Owner = "statistics", Key = nameof(UnitCode), Title = nameof(Name), Match = [nameof(UnitCode)],
    Sharing = SharingClass.Conditional, Conditions = "限核对基本单位名录时使用，不得用于对企业的处罚和检查", Base = "legal-entities", Theme = "统计", Rhythm = UpdateRhythm.Monthly)]
public sealed record StatisticalUnit
{
    [Field("单位代码", LengthMax = 18, Note = "组织机构代码")]
    public required string UnitCode { get; init; }

    [Field("单位详细名称", LengthMax = 120)]
    public required string Name { get; init; }

    [Field("运营状态", CodeList = "operating-state")]
    public required string State { get; init; }

    [Field("单位规模", CodeList = "size-class", Standard = "统计上大中小微型企业划分办法（2017）")]
    public string? SizeClass { get; init; }

    [Field("规模以上")]
    public required bool AboveThreshold { get; init; }

    [Field("行业代码", CodeList = "industry", Standard = "GB/T 4754-2017")]
    public string? Industry { get; init; }

    [Field("从业人员期末人数", Min = "0")]
    public long? Employees { get; init; }

    [Field("调查时点")]
    public required DateOnly SurveyedOn { get; init; }
}
