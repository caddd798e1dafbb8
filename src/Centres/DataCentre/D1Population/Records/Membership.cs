using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A spell of registration (户籍): one person in one household from a day on, until the day before
/// <see cref="To"/>. A person has at most one open spell (户口登记条例 art. 6: one place of registration).
/// </summary>
[Resource("population/membership", "户籍成员", Clause = "D1", Owner = "police", Title = nameof(Relation), Subject = nameof(Person),
    ScopeField = nameof(Village), Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Membership : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("户", Target = "population/household", Indexed = true)]
    public required string Household { get; init; }

    [Field("所在村（社区）", Type = FieldKind.Region, Indexed = true, Note = "户在这一时段所在的村；迁移时旧段关闭、另开新段")]
    public required string Village { get; init; }

    [Field("与户主关系", CodeList = "family-relation", Standard = "GB/T 4761-2008")]
    public required string Relation { get; init; }

    [Field("起始日期")]
    public required DateOnly From { get; init; }

    [Field("终止日期", Note = "不再登记在此的第一天；空：仍登记在此")]
    public DateOnly? To { get; init; }

    [Field("起始事由", CodeList = "life-event")]
    public required string OpenedBy { get; init; }

    [Field("终止事由", CodeList = "life-event")]
    public string? ClosedBy { get; init; }
}
