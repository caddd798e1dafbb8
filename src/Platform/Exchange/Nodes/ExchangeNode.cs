using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>
/// A front node (前置机): the program that runs at an office and gives and takes its data. It acts as a program of that office, with its
/// rights and its grants. What it signs it signs with the key of its certificate.
/// </summary>
[Resource("exchange/node", "前置机", Clause = "S06", Owner = "data", Key = nameof(Code), Title = nameof(Name), Editable = false, ScopeField = nameof(Office),
    Sharing = SharingClass.Conditional, Conditions = "政务数据共享主管部门和节点所属部门履行职责时使用", Theme = "数据共享",
    Rhythm = UpdateRhythm.RealTime, Note = "各部门接入数据交换的前置机：属于哪个部门、用哪种密码算法和哪张证书、何时接入、是否停用。")]
public sealed record ExchangeNode
{
    /// <summary>Code of the office and a number: <c>police-1</c>. Permanent; it begins the numbers of its receipts.</summary>
    [Field("节点代码", LengthMax = 80, Pattern = "[a-z0-9][a-z0-9.-]*-[0-9]{1,4}")]
    public required string Code { get; init; }

    [Field("名称", LengthMax = 80)]
    public required string Name { get; init; }

    [Field("所属部门", Indexed = true, Target = "identity/office")]
    public required string Office { get; init; }

    [Field("状态", CodeList = "exchange-node-state")]
    public required string State { get; init; }

    /// <summary>Name of its signature suite; null until it has a certificate.</summary>
    [Field("密码算法", LengthMax = 40)]
    public string? Suite { get; init; }

    /// <summary>Number of its certificate (<c>documents/certificate</c>).</summary>
    [Field("证书序列号", LengthMax = 64, Indexed = true)]
    public string? Serial { get; init; }

    /// <summary>Number of the certificate that it shows in mutual TLS, where that is another: keys of SM2 are not for common TLS.</summary>
    [Field("传输证书序列号", LengthMax = 64)]
    public string? TlsSerial { get; init; }

    [Field("接入时间")]
    public DateTimeOffset? EnrolledAt { get; init; }

    [Field("停用原因", LengthMax = 400)]
    public string? Reason { get; init; }
}

/// <summary>The codes of <c>exchange-node-state</c>.</summary>
public static class NodeState
{
    /// <summary>It has a one-time code, or had one, and no certificate yet.</summary>
    public const string Invited = "invited";
    public const string Active = "active";

    /// <summary>Ended for good: its certificate is revoked.</summary>
    public const string Revoked = "revoked";

    public static readonly CodeList Codes = new(
        "exchange-node-state", "前置机状态", "", [new(Invited, "待接入"), new(Active, "使用中"), new(Revoked, "已停用")]);
}

/// <summary>Rights over front nodes.</summary>
public static class NodeRights
{
    /// <summary>Lets nodes in and ends them: of the own office; of all for the authority for sharing and administrators.</summary>
    public const string Manage = "exchange.node.manage";
}
