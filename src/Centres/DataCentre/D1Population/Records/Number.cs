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

    [Field("人员一", Target = "population/person", Indexed = true, Note = "两个主键中较小的一个")]
    public required string A { get; init; }

    [Field("人员二", Target = "population/person", Indexed = true)]
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

    [Field("合并留存", Target = "population/person", Note = "合并后仍使用的一人；撤销合并时据此复原")]
    public string? Survivor { get; init; }
}

/// <summary>A residence permit (居住证): half a year in the city and a ground; endorsed yearly (居住证暂行条例 art. 2, 10).</summary>
[Resource("population/residence-permit", "居住证", Clause = "D1", Owner = "police", Title = nameof(PermitNumber), Subject = nameof(Person),
    ScopeField = nameof(Village), Sharing = SharingClass.Conditional, Conditions = "限办理基本公共服务时核验",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime, Editable = false)]
public sealed record ResidencePermit : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("居住证编号", Indexed = true, LengthMax = 40)]
    public required string PermitNumber { get; init; }

    [Field("人员", Target = "population/person", Indexed = true)]
    public required string Person { get; init; }

    [Field("居住村（社区）", Type = FieldKind.Region)]
    public required string Village { get; init; }

    [Field("申领条件", CodeList = "permit-ground")]
    public required string Ground { get; init; }

    [Field("签发日期")]
    public required DateOnly Issued { get; init; }

    [Field("签注有效期至", Note = "满一年未签注的，使用功能中止")]
    public required DateOnly EndorsedUntil { get; init; }

    [Field("状态", CodeList = "permit-state", Indexed = true)]
    public required string State { get; init; }
}
