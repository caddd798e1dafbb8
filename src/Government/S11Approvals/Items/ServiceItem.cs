using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Items;

/// <summary>
/// 政务服务事项: everything about one thing that the government does on application. The guide, the register of items,
/// the case type, the questions and the list of materials all come from this one record. The elements are those of
/// GB/T 39046-2020 table 4 and 行政许可法 art. 30.
/// </summary>
public sealed record ServiceItem
{
    /// <summary>Permanent: part of the address of the guide and of the code of the case type.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public ItemKind Kind { get; init; } = ItemKind.Licence;

    /// <summary>The office that decides, by its code; a city office's code is its function.</summary>
    public required string Office { get; init; }

    /// <summary>Offices that take part (联办).</summary>
    public IReadOnlyList<string> JointOffices { get; init; } = [];

    public ItemLevel Level { get; init; } = ItemLevel.City;

    /// <summary>基本编码 and 实施编码, as the upper lists give them; kept as text, their length differs by list.</summary>
    public string? BasicCode { get; init; }

    public string? ImplementationCode { get; init; }

    /// <summary>What it is for, in the words of somebody who needs it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>设定依据: acts and articles by which the item exists.</summary>
    public IReadOnlyList<Basis> Bases { get; init; } = [];

    /// <summary>服务对象.</summary>
    public Applicants Applicants { get; init; } = Applicants.Everyone;

    /// <summary>Whether parents may apply on line for their minor children.</summary>
    public Wards Wards { get; init; } = Wards.None;

    /// <summary>受理条件, one sentence each.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>数量限制; empty: none.</summary>
    public string Quota { get; init; } = "";

    public FlowKind Flow { get; init; } = FlowKind.Promise;

    public TimeLimit? Legal { get; init; }

    /// <summary>Null: the legal limit is the promise; for <see cref="FlowKind.AtOnce"/>: the same day.</summary>
    public TimeLimit? Promised { get; init; }

    /// <summary>Limits of single stages, in the unit of the promise.</summary>
    public IReadOnlyList<StageLimit> StageLimits { get; init; } = [];

    /// <summary>特别程序: codes of the kinds of 行政许可法 art. 45 that this item may need.</summary>
    public IReadOnlyList<string> Specials { get; init; } = [];

    public ItemExtension? Extension { get; init; }

    /// <summary>The substance of what is declared is checked: two officers (行政许可法 art. 34 para. 3).</summary>
    public bool ChecksSubstance { get; init; }

    /// <summary>初审: a lower office reviews first and passes its opinion on (行政许可法 art. 43); null: the office does all itself.</summary>
    public FirstReview? FirstReview { get; init; }

    /// <summary>Somebody comes and looks. The time of it counts.</summary>
    public bool SiteVisit { get; init; }

    /// <summary>公示: what is about to be granted is announced first. The time of it counts; null: nothing is.</summary>
    public PublicNoticeRule? PublicNotice { get; init; }

    public Commitment? Commitment { get; init; }

    /// <summary>Days that an applicant has for his corrections; then the case ends without a decision.</summary>
    public int CorrectionDays { get; init; } = 30;

    public IReadOnlyList<ItemQuestion> Questions { get; init; } = [];

    public IReadOnlyList<ItemMaterial> Materials { get; init; } = [];

    /// <summary>What it costs; none: it is free.</summary>
    public IReadOnlyList<ItemFee> Fees { get; init; } = [];

    public ItemResult? Result { get; init; }

    /// <summary>服务主题: codes of <see cref="ItemCodes.Themes"/>.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>What people call it.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>办理形式.</summary>
    public IReadOnlyList<ServiceWay> Ways { get; init; } = [];

    /// <summary>通办范围.</summary>
    public Reach Reach { get; init; } = Reach.City;

    /// <summary>A visit can be booked.</summary>
    public bool Appointment { get; init; }

    public IReadOnlyList<ServicePlace> Places { get; init; } = [];

    public IReadOnlyList<CommonQuestion> CommonQuestions { get; init; } = [];

    /// <summary>What is still licensed under AL rules: clocks and notices of the licensing law hold.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLicence => Kind == ItemKind.Licence;

    /// <summary>The code of its case type.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string CaseType => CaseTypeOf(Code);

    /// <summary>What the applicant is promised: the promise, else the legal limit.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeLimit? Limit => Promised ?? (Flow == FlowKind.AtOnce ? null : Legal);

    public static string CaseTypeOf(string code) => "approvals/item-" + code;
}

/// <summary>事项类型, GB/T 39046-2020 A.1.</summary>
public enum ItemKind
{
    Licence,
    Levy,
    Benefit,
    Confirmation,
    Reward,
    Ruling,
    OtherPower,
    PublicService,
}

/// <summary>办件类型 and the way it goes.</summary>
public enum FlowKind
{
    /// <summary>即办件: decided at once where it is received.</summary>
    AtOnce,

    /// <summary>承诺件: received, examined, decided within a promised time.</summary>
    Promise,

    /// <summary>联办件: several offices, one lead, one clock.</summary>
    Joint,

    /// <summary>告知承诺: decided at once on the applicant's word, checked afterwards.</summary>
    Commitment,
}

/// <summary>行使层级, GB/T 39046-2020 A.2.</summary>
public enum ItemLevel
{
    National,
    Province,
    City,
    County,
    Town,
    Village,
    Grades,
}

/// <summary>办理形式, GB/T 39046-2020 A.5.</summary>
public enum ServiceWay
{
    Window,
    Online,
    Mobile,
    Courier,
}

/// <summary>通办范围: how far away from home it can be done.</summary>
public enum Reach
{
    None,
    County,
    City,
    Province,
    Country,
}
