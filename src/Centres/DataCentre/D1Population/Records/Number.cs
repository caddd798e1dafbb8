using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A citizen number that a person holds or has held, with its days. The number in use also stands on
/// <see cref="Person"/>; a corrected one stays here, so that old papers still lead to the person.
/// </summary>
[Resource("population/number", "公民身份号码历史", Clause = "D1", Owner = "police", Title = nameof(Value), Subject = nameof(Person),
    Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Number : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("号码", Name = "number", Indexed = true, LengthMax = 40, Grade = Grade.HighlySensitive, Mask = MaskShape.Identifier,
        Note = "照登记的原样，可能通不过校验")]
    public required string Value { get; init; }

    [Field("启用日期")]
    public required DateOnly From { get; init; }

    [Field("停用日期", Note = "不再使用的第一天；空：在用")]
    public DateOnly? To { get; init; }

    [Field("原因", CodeList = "number-reason")]
    public required string Reason { get; init; }

    [Field("号码状态", CodeList = "number-state")]
    public required string State { get; init; }
}
