using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// Two persons of the register who may be one, or who hold one number: a pair for a clerk to judge. The judgement can
/// be taken back; nothing is merged without one.
/// </summary>
[Resource("population/duplicate", "重复核查", Clause = "D1", Owner = "police", Title = nameof(Reason), Subject = nameof(A),
    BasisAct = "个人信息保护法", BasisArticle = "第八条", Base = "population", Theme = "人口",
    Rhythm = UpdateRhythm.RealTime, Editable = false, Note = "工作底稿，不共享")]
public sealed record Duplicate : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("人员一", Indexed = true, Note = "两个主键中较小的一个")]
    public required string A { get; init; }

    [Field("人员二", Indexed = true)]
    public required string B { get; init; }

    [Field("原因", CodeList = "duplicate-reason")]
    public required string Reason { get; init; }

    [Field("相似度", Scale = 3, Min = "0", Max = "1")]
    public required decimal Score { get; init; }

    [Field("状态", CodeList = "duplicate-state", Indexed = true)]
    public required string State { get; init; }

    [Field("发现日期")]
    public required DateOnly FoundOn { get; init; }

    [Field("核查人")]
    public string? DecidedBy { get; init; }

    [Field("核查日期")]
    public DateOnly? DecidedOn { get; init; }

    [Field("核查说明", LengthMax = 400)]
    public string? Grounds { get; init; }

    [Field("合并留存", Note = "合并后仍使用的一人；撤销合并时据此复原")]
    public string? Survivor { get; init; }
}
