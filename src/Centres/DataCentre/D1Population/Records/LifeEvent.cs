using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What happened to a person and was registered: the entry that changed the register. An entry is never altered; a
/// correction is an entry of its own that names the one it corrects, so the wrong value stays visible
/// (户口登记条例 art. 17).
/// </summary>
[Resource("population/event", "户口登记事项", Clause = "D1", Owner = "police", Title = nameof(Kind), Subject = nameof(Person),
    ScopeField = nameof(Village), Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record LifeEvent : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("事项", CodeList = "life-event")]
    public required string Kind { get; init; }

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("相对人", Target = "population/person", Indexed = true, Note = "配偶、母亲、收养人等")]
    public string? Other { get; init; }

    [Field("户号", LengthMax = 40, Indexed = true)]
    public string? Household { get; init; }

    [Field("发生日期")]
    public required DateOnly Date { get; init; }

    [Field("申报日期")]
    public required DateOnly ReportedOn { get; init; }

    [Field("逾期申报")]
    public required bool Late { get; init; }

    [Field("地点", Type = FieldKind.Region)]
    public string? Place { get; init; }

    [Field("受理地村（社区）", Type = FieldKind.Region, Indexed = true)]
    public string? Village { get; init; }

    [Field("内容", LengthMax = 4000, Mask = MaskShape.Whole, Note = "申报内容，JSON")]
    public required string Details { get; init; }

    [Field("凭证", LengthMax = 400, Note = "证明材料的名称和编号")]
    public string? Documents { get; init; }

    [Field("登记人")]
    public required string RegisteredBy { get; init; }

    [Field("登记机关", LengthMax = 40)]
    public string? Office { get; init; }

    [Field("登记状态", CodeList = "event-state")]
    public required string State { get; init; }

    [Field("更正的事项", Target = "population/event")]
    public string? Corrects { get; init; }
}
