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

/// <summary>
/// A transfer certificate (迁移证): from the day of moving out until it is surrendered its holder is registered
/// nowhere (户口登记条例 art. 10 and 13); when it expires he is still nobody's and must be followed up.
/// </summary>
[Resource("population/transfer", "户口迁移证", Clause = "D1", Owner = "police", Title = nameof(Certificate), Subject = nameof(Person),
    Sharing = SharingClass.Conditional, Conditions = "限户口登记机关之间核验", Base = "population", Theme = "人口",
    Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Transfer : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("迁移证编号", LengthMax = 40, Indexed = true)]
    public required string Certificate { get; init; }

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("迁出户号", LengthMax = 40)]
    public string? FromHousehold { get; init; }

    [Field("迁出村（社区）", Type = FieldKind.Region)]
    public string? FromVillage { get; init; }

    [Field("迁往地", LengthMax = 200, Mask = MaskShape.Address)]
    public string? Destination { get; init; }

    [Field("迁移原因", LengthMax = 60)]
    public string? Reason { get; init; }

    [Field("签发日期")]
    public required DateOnly Issued { get; init; }

    [Field("有效期至")]
    public required DateOnly Expires { get; init; }

    [Field("缴销日期")]
    public DateOnly? Surrendered { get; init; }

    [Field("状态", CodeList = "transfer-state", Indexed = true)]
    public required string State { get; init; }
}
