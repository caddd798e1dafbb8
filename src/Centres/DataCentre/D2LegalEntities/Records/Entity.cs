using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>
/// A legal entity, sole trader or other organisation. The programme keys it by the organisation code; the 18-digit
/// credit code, which carries that code in its positions 9 to 17, stands beside it. Never keyed by name: names are
/// swapped and reused.
/// </summary>
[Resource("legal-entities/entity", "法人单位基础信息", Clause = "D2", Owner = "market-regulation",
    Key = nameof(OrganisationCode), Title = nameof(Name), Provenance = true, ScopeField = nameof(Village), Open = true,
    Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.RealTime,
    Note = "企业、个体工商户、农民专业合作社、机关、事业单位、社会组织等单位的登记信息，由市场监管、编制、民政等登记机关维护。")]
public sealed record Entity
{
    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Standard = "GB 11714-1997", Element = "DE00101")]
    public required string OrganisationCode { get; init; }

    [Field("统一社会信用代码", Type = FieldKind.CreditCode, Unique = true, Standard = "GB 32100-2015", Element = "DE00102")]
    public string? CreditCode { get; init; }

    [Field("名称", Indexed = true, LengthMax = 120)]
    public required string Name { get; init; }

    [Field("单位类别", CodeList = "entity-kind", Indexed = true)]
    public required string Kind { get; init; }

    [Field("登记状态", CodeList = "entity-state", Indexed = true)]
    public required string State { get; init; }

    [Field("登记机关", LengthMax = 60)]
    public string? Registrar { get; init; }

    [Field("成立日期", Indexed = true)]
    public required DateOnly EstablishedOn { get; init; }

    [Field("终止日期", Note = "注销、撤销或迁出之日")]
    public DateOnly? EndedOn { get; init; }

    [Field("营业期限至", Note = "空：长期")]
    public DateOnly? TermTo { get; init; }

    [Field("法定代表人（负责人、经营者）", LengthMax = 60)]
    public string? RepresentativeName { get; init; }

    [Field("法定代表人人口主键", LengthMax = 40, Indexed = true, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Closed = true,
        Note = "与人口基础信息库的对应关系，不公开")]
    public string? RepresentativePerson { get; init; }

    [Field("注册资本（万元）", Type = FieldKind.Decimal, Scale = 4, Min = "0")]
    public decimal? Capital { get; init; }

    [Field("币种", LengthMax = 10)]
    public string? CapitalCurrency { get; init; }

    [Field("行业", CodeList = "industry", Standard = "GB/T 4754-2017")]
    public string? Industry { get; init; }

    [Field("经营（业务）范围", LengthMax = 1000)]
    public string? Scope { get; init; }

    [Field("住所（经营场所）", LengthMax = 200)]
    public string? Address { get; init; }

    [Field("所在村（社区）", Type = FieldKind.Region, Indexed = true)]
    public string? Village { get; init; }

    [Field("隶属单位组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true, Note = "分支机构的设立单位")]
    public string? Parent { get; init; }

    [Field("联系电话", Type = FieldKind.Phone, Closed = true)]
    public string? Phone { get; init; }

    [Field("参保人数", Authority = "labour", Min = "0", Closed = true)]
    public long? Insured { get; init; }

    [Field("最近年报年度", Note = "最近一次公示的年度报告所属年度")]
    public long? ReportedYear { get; init; }

    [Field("在经营异常名录")]
    public bool? Abnormal { get; init; }

    [Field("在严重违法失信名单")]
    public bool? SeriousBreach { get; init; }
}
