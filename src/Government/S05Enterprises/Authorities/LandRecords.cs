using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A parcel of land that a firm holds.</summary>
[Resource("enterprises/land-parcel", "企业用地登记库", Clause = "S05", Owner = "natural-resources", Key = nameof(ParcelNumber), Title = nameof(HolderName),
    Match = [nameof(ParcelNumber)], Sharing = SharingClass.Conditional, Conditions = "限办理用地、环境、税务等法定职责事项时按企业查询", Base = "legal-entities",
    Theme = "自然资源", Rhythm = UpdateRhythm.Daily)]
public sealed record LandParcel
{
    [Field("宗地代码", LengthMax = 30)]
    public required string ParcelNumber { get; init; }

    [Field("权利人代码", LengthMax = 20, Indexed = true, Pattern = NumberShape.Any, Note = "组织机构代码或者统一社会信用代码")]
    public required string HolderCode { get; init; }

    [Field("权利人", LengthMax = 120)]
    public required string HolderName { get; init; }

    [Field("坐落", LengthMax = 200)]
    public required string Location { get; init; }

    [Field("面积（平方米）", Type = FieldKind.Decimal, Scale = 2, Min = "0")]
    public decimal? Area { get; init; }

    [Field("用途", LengthMax = 40)]
    public string? Use { get; init; }

    [Field("登记日期")]
    public required DateOnly RegisteredOn { get; init; }
}

/// <summary>A house or a part of one in which a firm is: its own or rented. The housing office knows old firms by the registration number.</summary>
[Resource("enterprises/premises", "企业房屋登记备案库", Clause = "S05", Owner = "housing", Key = nameof(UnitNumber), Title = nameof(OccupantName),
    Match = [nameof(UnitNumber)], Sharing = SharingClass.Conditional, Conditions = "限办理房屋、环境、税务等法定职责事项时按企业查询", Base = "legal-entities",
    Theme = "住房城乡建设", Rhythm = UpdateRhythm.Daily)]
public sealed record Premises
{
    [Field("不动产单元号", LengthMax = 40)]
    public required string UnitNumber { get; init; }

    [Field("使用单位代码", LengthMax = 20, Indexed = true, Pattern = NumberShape.Any, Note = "统一社会信用代码，旧记录为注册号")]
    public required string OccupantCode { get; init; }

    [Field("使用单位", LengthMax = 120)]
    public required string OccupantName { get; init; }

    [Field("坐落", LengthMax = 200)]
    public required string Location { get; init; }

    [Field("建筑面积（平方米）", Type = FieldKind.Decimal, Scale = 2, Min = "0")]
    public decimal? FloorArea { get; init; }

    [Field("使用方式", CodeList = "premises-right")]
    public required string Right { get; init; }

    [Field("登记备案日期")]
    public required DateOnly RegisteredOn { get; init; }
}
