using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Services;

/// <summary>
/// An existing web service of an office (REST, SOAP, whatever its body), reached by others through the gateway under grants. The catalogue
/// shows it as <c>services/{code}</c>; a grant names those of its operations that may be called.
/// </summary>
[Resource("exchange/service", "部门业务服务", Clause = "S06", Owner = "data", Key = nameof(Code), Title = nameof(Name), Editable = false, ScopeField = nameof(Office),
    Sharing = SharingClass.Conditional, Conditions = "政务数据共享主管部门和服务所属部门履行职责时使用", Theme = "数据共享",
    Rhythm = UpdateRhythm.RealTime, Note = "各部门登记的既有业务服务：地址、允许的操作、限额、共享条件、由谁批准、是否开通。凭据不在其中。")]
public sealed record ExchangeService
{
    /// <summary>Code of the office and a number: <c>police-s1</c>. Permanent; it stands in the address of each call.</summary>
    [Field("服务代码", LengthMax = 80, Pattern = "[a-z0-9][a-z0-9.-]*-s[0-9]{1,4}")]
    public required string Code { get; init; }

    [Field("名称", LengthMax = 80)]
    public required string Name { get; init; }

    [Field("所属部门", Indexed = true, Target = "identity/office")]
    public required string Office { get; init; }

    /// <summary>What it answers: the data items of the catalogue's entry (art. 13).</summary>
    [Field("说明", Type = FieldKind.LongText, LengthMax = 2000)]
    public required string Note { get; init; }

    /// <summary>Where it runs, without a slash at the end.</summary>
    [Field("服务地址", LengthMax = 500, Grade = Grade.Sensitive)]
    public required string Address { get; init; }

    /// <summary>One a line, as <see cref="ServiceOperation"/> reads them.</summary>
    [Field("允许的操作", Type = FieldKind.LongText, LengthMax = 8000)]
    public required string Operations { get; init; }

    [Field("共享类型", CodeList = "exchange-service-sharing")]
    public required string Sharing { get; init; }

    [Field("共享条件", LengthMax = 400)]
    public string? Conditions { get; init; }

    [Field("含个人信息", Type = FieldKind.YesNo)]
    public required bool Personal { get; init; }

    /// <summary>What the assessment of the impact on persons found (art. 13); there must be one where it answers personal data.</summary>
    [Field("个人信息保护影响评估", Type = FieldKind.LongText, LengthMax = 4000)]
    public string? Impact { get; init; }

    /// <summary>Seconds without any sign of the service after which a call is given up.</summary>
    [Field("超时（秒）", Min = "1", Max = "300")]
    public required int Timeout { get; init; }

    /// <summary>Most megabytes of one answer.</summary>
    [Field("应答上限（MB）", Min = "1", Max = "1024")]
    public required int Megabytes { get; init; }

    /// <summary>Most calls at once on one node: what an old machine can bear.</summary>
    [Field("同时调用上限", Min = "1", Max = "200")]
    public required int Concurrent { get; init; }

    [Field("认证方式", CodeList = "exchange-service-credential")]
    public required string Credential { get; init; }

    /// <summary>The user of basic authentication, or the header that carries the secret.</summary>
    [Field("用户名或者请求头", LengthMax = 100)]
    public string? CredentialName { get; init; }

    /// <summary>What the test of the connection asks for.</summary>
    [Field("测试路径", LengthMax = 300)]
    public required string CheckPath { get; init; }

    [Field("状态", CodeList = "exchange-service-state")]
    public required string State { get; init; }

    [Field("最近处理的理由", LengthMax = 400)]
    public string? Reason { get; init; }

    /// <summary>Account of him who registered or changed it last: another one approves.</summary>
    [Field("最近登记人账号", LengthMax = 200)]
    public required string ChangedById { get; init; }

    [Field("最近登记人", LengthMax = 200)]
    public required string ChangedBy { get; init; }

    [Field("批准人", LengthMax = 200)]
    public string? ApprovedBy { get; init; }

    [Field("批准时间")]
    public DateTimeOffset? ApprovedAt { get; init; }
}

/// <summary>The codes of <c>exchange-service-state</c>.</summary>
public static class ServiceState
{
    /// <summary>Registered or changed: a second person has not yet approved it.</summary>
    public const string Waiting = "waiting";

    /// <summary>The second person wants something changed.</summary>
    public const string Returned = "returned";
    public const string Open = "open";
    public const string Suspended = "suspended";

    /// <summary>For good.</summary>
    public const string Closed = "closed";

    public static readonly CodeList Codes = new(
        "exchange-service-state", "部门业务服务状态", "",
        [new(Waiting, "等待批准"), new(Returned, "退回修改"), new(Open, "已开通"), new(Suspended, "已暂停"), new(Closed, "已关闭")]);
}

/// <summary>The codes of <c>exchange-service-sharing</c>: what is not shared is not registered.</summary>
public static class ServiceSharing
{
    public const string Unconditional = "unconditional";
    public const string Conditional = "conditional";

    public static readonly CodeList Codes = new(
        "exchange-service-sharing", "部门业务服务共享类型", "政务数据共享条例第十四条", [new(Unconditional, "无条件共享"), new(Conditional, "有条件共享")]);
}

/// <summary>The codes of <c>exchange-service-credential</c>: how the gateway proves to the service who it is.</summary>
public static class ServiceCredential
{
    public const string None = "none";
    public const string Basic = "basic";
    public const string Header = "header";

    public static readonly CodeList Codes = new(
        "exchange-service-credential", "部门业务服务认证方式", "", [new(None, "不需要"), new(Basic, "用户名和密码（Basic）"), new(Header, "固定的请求头")]);
}

/// <summary>Rights over services.</summary>
public static class ServiceRights
{
    /// <summary>Sees those of the own office; of all for the authority for sharing.</summary>
    public const string See = "exchange.service.see";

    /// <summary>Registers, changes and closes those of the own office.</summary>
    public const string Manage = "exchange.service.manage";

    /// <summary>Approves what another has registered.</summary>
    public const string Approve = "exchange.service.approve";
}
