using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>A licence granted to an entity, published within seven working days of the decision (双公示).</summary>
[Resource("legal-entities/licence", "行政许可公示信息", Clause = "D2", Owner = "market-regulation", Title = nameof(Name),
    Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "信用", Rhythm = UpdateRhythm.Daily)]
public sealed record Licence
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("许可文书号", LengthMax = 60, Indexed = true)]
    public required string Number { get; init; }

    [Field("许可名称", LengthMax = 120)]
    public required string Name { get; init; }

    [Field("许可内容", LengthMax = 500)]
    public string? Content { get; init; }

    [Field("许可机关", LengthMax = 60)]
    public required string Office { get; init; }

    [Field("决定日期")]
    public required DateOnly DecidedOn { get; init; }

    [Field("有效期至")]
    public DateOnly? ValidTo { get; init; }

    [Field("状态", CodeList = "licence-state")]
    public required string State { get; init; }
}

/// <summary>
/// A penalty imposed on an entity (双公示). Shown to the public until its disclosure ends: on the day that was set for
/// it, earlier when the entity's credit was repaired, and three years after the decision at the latest.
/// </summary>
[OpenUntil(nameof(ShownUntil), "企业信息公示暂行条例", "第六条")]
[OpenUntil(nameof(DecidedOn), "失信行为纠正后的信用信息修复管理办法（试行）", Years = 3, Since = "2023-05-01")]
[Resource("legal-entities/penalty", "行政处罚公示信息", Clause = "D2", Owner = "market-regulation", Title = nameof(Fact),
    Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "信用", Rhythm = UpdateRhythm.Daily)]
public sealed record Penalty
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("处罚决定书文号", LengthMax = 60, Indexed = true)]
    public required string Number { get; init; }

    [Field("违法事实", LengthMax = 500)]
    public required string Fact { get; init; }

    [Field("处罚依据", LengthMax = 200)]
    public required string Ground { get; init; }

    [Field("处罚内容", LengthMax = 300)]
    public required string Content { get; init; }

    [Field("罚款金额")]
    public decimal? Fine { get; init; }

    [Field("处罚机关", LengthMax = 60)]
    public required string Office { get; init; }

    [Field("决定日期")]
    public required DateOnly DecidedOn { get; init; }

    [Field("公示截止日期")]
    public required DateOnly ShownUntil { get; init; }
}

/// <summary>
/// An entry in the list of abnormal operation or of serious breaches, and its end. Who has left the list of serious
/// breaches is no longer shown as having been there.
/// </summary>
[OpenUntil(nameof(RemovedOn), "市场监督管理严重违法失信名单管理办法", Through = false, When = nameof(List), WhenValue = "serious")]
[Resource("legal-entities/listing", "异常名录和严重违法失信名单", Clause = "D2", Owner = "market-regulation", Title = nameof(Reason),
    Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "信用", Rhythm = UpdateRhythm.RealTime)]
public sealed record Listing
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("名单", CodeList = "entity-list")]
    public required string List { get; init; }

    [Field("列入原因", LengthMax = 300)]
    public required string Reason { get; init; }

    [Field("列入日期")]
    public required DateOnly ListedOn { get; init; }

    [Field("移出日期")]
    public DateOnly? RemovedOn { get; init; }

    [Field("移出原因", LengthMax = 300)]
    public string? RemovedReason { get; init; }
}

/// <summary>The yearly report that an entity publishes between 1 January and 30 June for the year before.</summary>
[Resource("legal-entities/annual-report", "年度报告公示情况", Clause = "D2", Owner = "market-regulation", Title = nameof(Year),
    Open = true, Sharing = SharingClass.Unconditional, Base = "legal-entities", Theme = "法人", Rhythm = UpdateRhythm.Daily)]
public sealed record AnnualReport
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("组织机构代码", Type = FieldKind.OrganisationCode, Indexed = true)]
    public required string Entity { get; init; }

    [Field("年度", Min = "2013", Max = "2100")]
    public required long Year { get; init; }

    [Field("公示日期", Note = "空：尚未公示")]
    public DateOnly? FiledOn { get; init; }
}
