using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>A marriage registered by civil affairs; at most one without an end for each spouse (民法典 art. 1042).</summary>
[Resource("population/marriage", "婚姻登记信息", Clause = "D1", Owner = "civil-affairs", Title = nameof(Certificate), Subject = nameof(A),
    Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Marriage : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("当事人一", Target = "population/person", Indexed = true)]
    public required string A { get; init; }

    [Field("当事人二", Target = "population/person", Indexed = true)]
    public required string B { get; init; }

    [Field("结婚登记日期")]
    public required DateOnly From { get; init; }

    [Field("终止日期")]
    public DateOnly? To { get; init; }

    [Field("终止原因", CodeList = "marriage-end")]
    public string? End { get; init; }

    [Field("证号", LengthMax = 60)]
    public string? Certificate { get; init; }
}
