using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>A spell of living somewhere in the city, whether registered there or not; at most one open a person.</summary>
[Resource("population/residence", "居住信息", Clause = "D1", Owner = "police", Title = nameof(Address), Subject = nameof(Person),
    ScopeField = nameof(Village), Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Residence : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("居住村（社区）", Type = FieldKind.Region, Indexed = true)]
    public required string Village { get; init; }

    [Field("居住地址", LengthMax = 200, Mask = MaskShape.Address)]
    public string? Address { get; init; }

    [Field("起始日期")]
    public required DateOnly From { get; init; }

    [Field("终止日期", Note = "不再住在此的第一天；空：仍住在此")]
    public DateOnly? To { get; init; }

    [Field("居住事由", CodeList = "residence-ground")]
    public required string Ground { get; init; }

    [Field("申报日期")]
    public DateOnly? ReportedOn { get; init; }
}
