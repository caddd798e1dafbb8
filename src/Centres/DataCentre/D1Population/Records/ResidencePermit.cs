using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

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

    [Field("签注有效期至", Indexed = true, Note = "逾期未签注的，使用功能中止")]
    public required DateOnly EndorsedUntil { get; init; }

    [Field("最近签注日期", Note = "空：签发后还没有签注过")]
    public DateOnly? EndorsedOn { get; init; }

    [Field("居住年限起算日期", Note = "逾期补办签注的，自补办之日起重新连续计算；空：自签发之日")]
    public DateOnly? YearsFrom { get; init; }

    [Field("状态", CodeList = "permit-state", Indexed = true)]
    public required string State { get; init; }

    /// <summary>Before the day in the year up to which it is endorsed: from then on the next endorsement may be made.</summary>
    public DateOnly EndorsableFrom => EndorsedUntil.AddMonths(-1);

    /// <summary>What it is on a day, by its dates alone. Art. 10: what is not endorsed in time serves no more.</summary>
    public string StateOn(DateOnly day) => State == PermitState.Ended ? PermitState.Ended
        : day > EndorsedUntil ? PermitState.Suspended
        : PermitState.Valid;
}
