using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// What an office that has no authority over a field thinks should stand there (更正建议): kept for the office that
/// has, which accepts or declines it.
/// </summary>
[Resource("population/suggestion", "更正建议", Clause = "D1", Owner = "police", Title = nameof(FieldName), Subject = nameof(Person),
    Sharing = SharingClass.Conditional, Conditions = "限数源部门和建议部门处理", Base = "population", Theme = "人口",
    Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record Suggestion : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("信息项", LengthMax = 60)]
    public required string FieldName { get; init; }

    [Field("建议值", LengthMax = 200, Mask = MaskShape.Whole)]
    public required string Proposed { get; init; }

    [Field("理由", LengthMax = 400)]
    public required string Grounds { get; init; }

    [Field("建议单位", LengthMax = 40)]
    public required string Office { get; init; }

    [Field("数源部门", LengthMax = 40, Indexed = true)]
    public required string Authority { get; init; }

    [Field("提出日期")]
    public required DateOnly MadeOn { get; init; }

    [Field("状态", CodeList = "suggestion-state")]
    public required string State { get; init; }

    [Field("答复", LengthMax = 400)]
    public string? Answer { get; init; }
}
