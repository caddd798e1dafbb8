using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Authorities;

/// <summary>A firm as the registrar's own database keeps it: what its word counts for, the base of legal entities takes from here.</summary>
[Resource("enterprises/registration", "市场主体登记库", Clause = "S05", Owner = "market-regulation", Key = nameof(CreditCode), Title = nameof(Name),
    Match = [nameof(CreditCode)], Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.RealTime,
    Note = "市场监督管理部门业务库中的登记信息，经前置机汇集；设立、变更、注销随即推送各有关部门。")]
public sealed record Registration
{
    [Field("统一社会信用代码", Type = FieldKind.CreditCode, Lenient = true, Standard = "GB 32100-2015")]
    public required string CreditCode { get; init; }

    [Field("注册号", LengthMax = 20, Indexed = true, Pattern = NumberShape.Any, Note = "2015年10月以前的登记号码")]
    public string? RegistrationNumber { get; init; }

    [Field("市场主体名称", LengthMax = 120, Indexed = true)]
    public required string Name { get; init; }

    [Field("市场主体类型", CodeList = "registration-type")]
    public required string Type { get; init; }

    [Field("登记状态", CodeList = "registration-state", Indexed = true)]
    public required string State { get; init; }

    [Field("法定代表人（负责人、经营者）", LengthMax = 60)]
    public string? Representative { get; init; }

    [Field("法定代表人身份证件号码", Type = FieldKind.CitizenNumber, Lenient = true, Indexed = true, Grade = Grade.Sensitive, Mask = MaskShape.Identifier)]
    public string? RepresentativeNumber { get; init; }

    [Field("注册资本（万元）", Type = FieldKind.Decimal, Scale = 4, Min = "0")]
    public decimal? Capital { get; init; }

    [Field("行业代码", CodeList = "industry", Standard = "GB/T 4754-2017")]
    public string? Industry { get; init; }

    [Field("成立日期", Indexed = true)]
    public required DateOnly EstablishedOn { get; init; }

    [Field("核准日期")]
    public DateOnly? ApprovedOn { get; init; }

    [Field("注吊销日期")]
    public DateOnly? EndedOn { get; init; }

    [Field("住所（经营场所）", LengthMax = 200)]
    public string? Address { get; init; }

    [Field("联系电话", Type = FieldKind.Phone, Lenient = true, Indexed = true)]
    public string? Phone { get; init; }

    [Field("隶属企业统一社会信用代码", LengthMax = 18, Indexed = true, Pattern = NumberShape.Any)]
    public string? ParentCode { get; init; }

    [Field("登记机关", LengthMax = 60)]
    public string? Registrar { get; init; }
}

/// <summary>
/// A licence for an industrial product. Quality supervision has been the market regulator's since 2018; its database is
/// still one of its own, and knows firms by the organisation code.
/// </summary>
[Resource("enterprises/product-licence", "工业产品生产许可证库", Clause = "S05", Owner = "market-regulation", Key = nameof(LicenceNumber), Title = nameof(HolderName),
    Match = [nameof(LicenceNumber)], Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "质量监督", Rhythm = UpdateRhythm.Daily)]
public sealed record ProductLicence
{
    [Field("许可证编号", LengthMax = 40)]
    public required string LicenceNumber { get; init; }

    [Field("组织机构代码", LengthMax = 18, Indexed = true, Pattern = NumberShape.Any)]
    public required string HolderCode { get; init; }

    [Field("企业名称", LengthMax = 120)]
    public required string HolderName { get; init; }

    [Field("产品名称", LengthMax = 120)]
    public required string Product { get; init; }

    [Field("发证日期")]
    public required DateOnly IssuedOn { get; init; }

    [Field("有效期至")]
    public DateOnly? ValidTo { get; init; }

    [Field("证书状态", CodeList = "business-permit-state")]
    public required string State { get; init; }
}
