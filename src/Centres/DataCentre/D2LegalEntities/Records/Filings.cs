using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>One step in the life of an entity, as the registrar decided it. The list of them is its file.</summary>
[Resource("legal-entities/filing", "法人登记事项办理记录", Clause = "D2", Owner = "market-regulation", Title = nameof(Kind),
    Editable = false, Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人",
    Rhythm = UpdateRhythm.RealTime, Note = "设立、变更、歇业、清算、注销、撤销等每一次登记的内容和前后状态。")]
public sealed record Filing
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("事项", CodeList = "filing-kind")]
    public required string Kind { get; init; }

    [Field("日期")]
    public required DateOnly On { get; init; }

    [Field("文号", LengthMax = 60)]
    public string? Document { get; init; }

    [Field("原状态", CodeList = "entity-state")]
    public string? Before { get; init; }

    [Field("新状态", CodeList = "entity-state")]
    public required string After { get; init; }

    [Field("内容", LengthMax = 1000, Closed = true, Note = "可能写有个人信息，不公开")]
    public string? Details { get; init; }
}

/// <summary>A number by which the entity was known before or is known elsewhere.</summary>
[Resource("legal-entities/old-number", "法人号码对照", Clause = "D2", Owner = "market-regulation", Title = nameof(Number),
    Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.Daily,
    Note = "注册号、税务登记号、社会保险登记号等旧号码与组织机构代码的对照。")]
public sealed record OldNumber
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("号码种类", CodeList = "entity-number-kind")]
    public required string Kind { get; init; }

    [Field("号码", Indexed = true, LengthMax = 40)]
    public required string Number { get; init; }

    [Field("停用日期")]
    public DateOnly? Until { get; init; }
}

/// <summary>Who holds how much of an entity: a person or another entity.</summary>
[Resource("legal-entities/shareholder", "股东及出资信息", Clause = "D2", Owner = "market-regulation", Title = nameof(HolderName),
    Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.RealTime)]
public sealed record Shareholder
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("股东名称", LengthMax = 120)]
    public required string HolderName { get; init; }

    [Field("股东人口主键", LengthMax = 40, Indexed = true, Grade = Grade.Sensitive, Mask = MaskShape.Whole, Closed = true)]
    public string? HolderPerson { get; init; }

    [Field("股东组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public string? HolderEntity { get; init; }

    [Field("出资比例（%）", Type = FieldKind.Decimal, Scale = 4, Min = "0", Max = "100")]
    public required decimal Percent { get; init; }

    [Field("认缴出资额（万元）", Type = FieldKind.Decimal, Scale = 4, Min = "0")]
    public decimal? Subscribed { get; init; }

    [Field("起始日期")]
    public required DateOnly From { get; init; }

    [Field("截止日期", Note = "不再持有之日")]
    public DateOnly? To { get; init; }
}
