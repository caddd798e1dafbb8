using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange;

/// <summary>
/// What opens the tap: one office may use exactly these fields and rows of another office's resource, for one purpose,
/// by these ways, between two days (政务数据共享条例 art. 20 to 22). It comes from a request that was approved and has
/// its number. It stands in the schema of cases, so that approval and grant are one act.
/// </summary>
[Resource("casework/grant", "数据共享授权", Clause = "S06", Owner = "data", Key = nameof(Number), Title = nameof(Scene), Editable = false,
    Sharing = SharingClass.Conditional, Conditions = "提供部门、需求部门和政务数据共享主管部门履行职责时使用", Theme = "数据共享",
    Rhythm = UpdateRhythm.RealTime, RetentionYears = 3, Note = "一个部门可以使用另一部门的哪些数据、用于什么、用到何时。由共享申请的同意产生，不能直接修改。")]
public sealed record Grant
{
    /// <summary>The number of the request that it comes from.</summary>
    [Field("授权编号", Pattern = "[0-9]{16}")]
    public required string Number { get; init; }

    [Field("信息资源", LengthMax = 80, Indexed = true)]
    public required string Resource { get; init; }

    [Field("提供部门", Indexed = true, Target = "identity/office")]
    public required string Provider { get; init; }

    [Field("需求部门", Indexed = true, Target = "identity/office")]
    public required string Consumer { get; init; }

    /// <summary>Names of the fields, separated by commas; of a service, its operations.</summary>
    [Field("信息项", Type = FieldKind.LongText, LengthMax = 8000)]
    public required string Fields { get; init; }

    /// <summary>Those of the fields that are given in clear; the others keep their masks.</summary>
    [Field("提供原文的信息项", Type = FieldKind.LongText, LengthMax = 8000)]
    public string? Clear { get; init; }

    [Field("行条件", Type = FieldKind.LongText, LengthMax = GrantRules.ConditionMax, Note = "CQL2 文本；空：全部记录")]
    public string? Condition { get; init; }

    [Field("使用场景", LengthMax = 400)]
    public required string Scene { get; init; }

    [Field("使用依据", LengthMax = 400)]
    public required string Basis { get; init; }

    /// <summary>Codes of <see cref="GrantWay"/>, separated by commas.</summary>
    [Field("共享方式", LengthMax = 60)]
    public required string Ways { get; init; }

    [Field("每分钟调用上限", Min = "1", Max = "60000")]
    public required int Rate { get; init; }

    [Field("开始日期")]
    public required DateOnly Begins { get; init; }

    [Field("截止日期")]
    public required DateOnly Ends { get; init; }

    [Field("状态", CodeList = "grant-state")]
    public required string State { get; init; }

    [Field("最近处理的理由", Type = FieldKind.LongText, LengthMax = 2000)]
    public string? Reason { get; init; }

    [Field("最近处理人", LengthMax = 200)]
    public string? ChangedBy { get; init; }

    /// <summary>
    /// The system of the city that reads by it (its schema); null: the programs of the consumer's office. Such a grant comes from
    /// the title page of the system.
    /// </summary>
    [Field("使用系统", LengthMax = 60)]
    public string? System { get; init; }

    /// <summary>What became of the data when the use ended (art. 27); null: not yet reported.</summary>
    [Field("数据处置", CodeList = "grant-disposal")]
    public string? Disposal { get; init; }

    [Field("处置情况", Type = FieldKind.LongText, LengthMax = 2000)]
    public string? DisposalWords { get; init; }

    [Field("处置报告人", LengthMax = 200)]
    public string? DisposedBy { get; init; }

    [Field("处置报告时间")]
    public DateTimeOffset? DisposedAt { get; init; }

    /// <summary>When the consumer was last reminded of the end or of the report.</summary>
    [Field("最近提醒日期")]
    public DateOnly? RemindedOn { get; init; }

    /// <summary>The end of what ends with the law that orders it: no day of its own.</summary>
    public static readonly DateOnly Endless = new(2099, 12, 31);

    /// <summary>Until when, in words.</summary>
    public string EndsInWords() => Ends >= Endless ? Text.WithoutEnd : Ends.InWords();

    /// <summary>Where it stands on a day: a state of its own, or what the days make of it.</summary>
    public string StateOn(DateOnly day) =>
        State != GrantState.InForce ? State : day < Begins ? GrantState.Coming : day > Ends ? GrantState.Expired : State;

    public IReadOnlyList<string> FieldNames => Split(Fields);

    public IReadOnlyList<string> ClearNames => Split(Clear);

    public IReadOnlyList<string> WayCodes => Split(Ways);

    internal static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>The codes of <c>grant-state</c>. The last two are never stored: the days say them.</summary>
public static class GrantState
{
    public const string InForce = "in-force";
    public const string Suspended = "suspended";

    /// <summary>Ended for good.</summary>
    public const string Revoked = "revoked";
    public const string Coming = "coming";
    public const string Expired = "expired";

    public static readonly CodeList Codes = new("grant-state", "数据共享授权状态", "",
    [
        new(InForce, "有效"), new(Suspended, "已暂停"), new(Revoked, "已终止"), new(Coming, "尚未开始"), new(Expired, "已到期"),
    ]);
}

/// <summary>The codes of <c>grant-disposal</c>: what became of data whose use ended.</summary>
public static class GrantDisposal
{
    public static readonly CodeList Codes = new("grant-disposal", "共享数据的处置", "政务数据共享条例第二十七条",
    [
        new("destroyed", "已销毁"), new("returned", "已退还提供部门"), new("archived", "已依法归档"), new("kept", "依法继续保存"), new("none", "没有留存"),
    ]);
}

/// <summary>The codes of <c>grant-way</c>: the ways of art. 22, as the platform's doors.</summary>
public static class GrantWay
{
    /// <summary>Asks about the resource, not for its records: whichever way is granted will do.</summary>
    public const string Any = "";
    public const string Query = "query";
    public const string Feed = "feed";
    public const string File = "file";

    /// <summary>The platform sends changes to an address of the consumer.</summary>
    public const string Push = "push";

    /// <summary>The provider's own service is called through the gateway; the only way of a service, and of nothing else.</summary>
    public const string Service = "service";

    /// <summary>Not by the platform's own doors: the provider sets it up and says when it is done.</summary>
    public const string Batch = "batch";

    public static readonly CodeList Codes = new("grant-way", "数据共享方式", "政务数据共享条例第二十二条",
    [
        new(Query, "服务接口（按条件查询）"), new(Feed, "服务接口（变更订阅）"), new(Push, "服务接口（变更推送到回调地址）"), new(File, "文件下载（CSV、XLSX、Parquet 整体导出，附签名的清单）"), new(Batch, "批量交换（由提供部门另行开通）"),
        new(Service, "服务接口（经网关调用提供部门的业务服务）"),
    ]);

    /// <summary>The ways by which this can be had.</summary>
    public static IEnumerable<Code> Of(ResourceDefinition resource) => Codes.Codes.Where(code => (code.Value == Service) == resource.Service);

    public static string Label(string way) => Codes.Find(way)?.Label ?? way;
}

public static class GrantResources
{
    public static readonly ResourceDefinition Grant = Definition.Of<Grant>();
}
