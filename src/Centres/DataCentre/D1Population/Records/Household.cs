using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A household of the register (户): people of one family under a head, or a collective household of people who are
/// not related (户口登记条例 art. 5).
/// </summary>
[Resource("population/household", "户信息", Clause = "D1", Owner = "police", Title = nameof(Address), Subject = nameof(Head),
    ScopeField = nameof(Village), Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Household : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("户类型", CodeList = "household-kind")]
    public required string Kind { get; init; }

    [Field("户主", Target = "population/person", Indexed = true, Note = "集体户可以没有户主，由单位协管")]
    public string? Head { get; init; }

    [Field("地址", LengthMax = 200, Mask = MaskShape.Address)]
    public required string Address { get; init; }

    [Field("所在村（社区）", Type = FieldKind.Region, Indexed = true)]
    public required string Village { get; init; }

    [Field("立户日期")]
    public required DateOnly Established { get; init; }

    [Field("销户日期", Note = "最后一人离开之日")]
    public DateOnly? Dissolved { get; init; }
}
