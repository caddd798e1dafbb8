using Shali.Platform.Registry;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A natural person whom the city's population base knows: registered here, living here, or both. The key is the
/// platform's; the citizen number is a business key that can be missing, wrong or held twice, each a reviewable state.
/// Where a household or a residence is said here, it repeats the open spell of <see cref="Membership"/> or
/// <see cref="Residence"/>, which is what counts.
/// </summary>
[Resource("population/person", "人口基本信息", Clause = "D1", Owner = "police", Title = nameof(Name),
    Match = [nameof(CitizenNumber)], Provenance = true, Subject = "", ScopeField = nameof(Village),
    Sharing = SharingClass.Conditional, Conditions = "限办理本部门法定职责事项时按人查询核验，须注明用途",
    Base = "population", Theme = "人口", Rhythm = UpdateRhythm.RealTime,
    Note = "常住户口人口和来漯居住人口的基本信息，由公安、民政、卫生健康、人社、教育等部门按职责分工维护。")]
public sealed record Person : IKeyed
{
    [RecordKey]
    public string Key { get; init; } = "";

    [Field("公民身份号码", Type = FieldKind.CitizenNumber, Lenient = true, Indexed = true, Standard = "GB 11643-1999", Element = "DE00001",
        Authority = Authorities.Police, Note = "不要求唯一：重号由重复核查处理")]
    public string? CitizenNumber { get; init; }

    [Field("原登记号码", Grade = Grade.HighlySensitive, Mask = MaskShape.Identifier, LengthMax = 40, Authority = Authorities.Police,
        Note = "证件上的号码不成形（位数、日期不对）时，照原样记在这里，待核查；只是校验位不符的仍记在公民身份号码")]
    public string? RecordedNumber { get; init; }

    [Field("姓名", Indexed = true, LengthMax = 60, Mask = MaskShape.Name, Authority = Authorities.Police, Standard = "GA 214")]
    public required string Name { get; init; }

    [Field("曾用名", LengthMax = 60, Mask = MaskShape.Name, Authority = Authorities.Police)]
    public string? FormerName { get; init; }

    [Field("性别", CodeList = "sex", Standard = "GB/T 2261.1-2003", Authority = Authorities.Police)]
    public required string Sex { get; init; }

    [Field("民族", CodeList = "nationality", Standard = "GB/T 3304-1991", Authority = Authorities.Police)]
    public string? Nationality { get; init; }

    [Field("出生日期", Grade = Grade.Sensitive, Authority = Authorities.Police)]
    public required DateOnly BirthDate { get; init; }

    [Field("死亡日期", Authority = Authorities.Health)]
    public DateOnly? DeathDate { get; init; }

    [Field("出生地", Type = FieldKind.Region, Authority = Authorities.Health)]
    public string? BirthPlace { get; init; }

    [Field("户口类型", CodeList = "registration-kind", Authority = Authorities.Police)]
    public required string RegistrationKind { get; init; }

    [Field("户籍地址", LengthMax = 200, Mask = MaskShape.Address, Authority = Authorities.Police)]
    public string? RegisteredAddress { get; init; }

    [Field("户籍所在村（社区）", Type = FieldKind.Region, Authority = Authorities.Police, Note = "12位代码；户口不在本市的为空")]
    public string? RegisteredVillage { get; init; }

    [Field("户号", Indexed = true, LengthMax = 40, Authority = Authorities.Police, Note = "本市户口所在户的主键")]
    public string? Household { get; init; }

    [Field("与户主关系", CodeList = "family-relation", Standard = "GB/T 4761-2008", Authority = Authorities.Police)]
    public string? RelationToHead { get; init; }

    [Field("现居住村（社区）", Type = FieldKind.Region, Authority = Authorities.Police, Note = "12位代码；不在本市居住的为空")]
    public string? ResidenceVillage { get; init; }

    [Field("现居住地址", LengthMax = 200, Mask = MaskShape.Address, Authority = Authorities.Police)]
    public string? ResidenceAddress { get; init; }

    [Field("现居住起始日期", Authority = Authorities.Police)]
    public DateOnly? ResidenceSince { get; init; }

    [Field("管辖村（社区）", Type = FieldKind.Region, Indexed = true, Authority = Authorities.Police,
        Note = "户口在本市的为户籍所在村，否则为现居住村；按它判断辖区")]
    public string? Village { get; init; }

    [Field("婚姻状况", CodeList = "marital-status", Standard = "GB/T 2261.2-2003", Authority = Authorities.CivilAffairs)]
    public string? MaritalStatus { get; init; }

    [Field("文化程度", CodeList = "education", Standard = "GB/T 4658-2006", Authority = Authorities.Education)]
    public string? Education { get; init; }

    [Field("职业", LengthMax = 60, Authority = Authorities.Labour)]
    public string? Occupation { get; init; }

    [Field("工作单位", LengthMax = 120, Authority = Authorities.Labour)]
    public string? Employer { get; init; }

    [Field("参加社会保险", Authority = Authorities.Labour)]
    public bool? Insured { get; init; }

    [Field("联系电话", Type = FieldKind.Phone, Authority = Authorities.Police)]
    public string? Phone { get; init; }

    [Field("照片", Type = FieldKind.File, Grade = Grade.HighlySensitive, Mask = MaskShape.Whole, Authority = Authorities.Police)]
    public string? Photo { get; init; }

    [Field("失踪日期", Grade = Grade.Sensitive, Authority = Authorities.Police)]
    public DateOnly? MissingSince { get; init; }

    [Field("人员状态", CodeList = "person-state", Authority = Authorities.Police)]
    public required string State { get; init; }

    [Field("号码状态", CodeList = "number-state", Authority = Authorities.Police, Note = "空：未核查；写入时自动判定")]
    public string? NumberState { get; init; }
}

/// <summary>The departments whose word counts for a field (数源部门).</summary>
public static class Authorities
{
    public const string Police = "police";
    public const string CivilAffairs = "civil-affairs";
    public const string Health = "health";
    public const string Labour = "labour";
    public const string Education = "education";
}

/// <summary>A record that has a key in the register.</summary>
public interface IKeyed
{
    /// <summary>The platform's key; empty until stored.</summary>
    string Key { get; }
}
