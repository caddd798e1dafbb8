namespace Shali.Platform.Audit;

/// <summary>
/// Every kind of record, with its name for people. Kinds are permanent: a record written today is read in twenty
/// years. docs/audit-events.md lists them.
/// </summary>
public static class AuditKinds
{
    /// <summary>A write transaction of the registry, sealed with the digest of its rows.</summary>
    public const string Act = "act";

    public const string Search = "audit.search";
    public const string Export = "audit.export";

    /// <summary>The text of lapsed records was removed; says exactly of which.</summary>
    public const string Removal = "audit.removal";

    /// <summary>In the order of docs/audit-events.md.</summary>
    public static readonly IReadOnlyList<AuditKind> All =
    [
        new(Act, "写入数据", "一次写入事务：操作人、行为编号、行数、变更明细的散列。"),
        new("record.read", "查看记录", "查看了一条记录：哪个人、哪些字段、什么目的。", Lapses: true),
        new("record.list", "查看列表", "在列表中看到了一批记录。", Lapses: true),
        new("record.history", "查看历史", "查看了一条记录的各个版本。", Lapses: true),
        new("record.reveal", "查看明文", "查看了本应遮蔽的字段的明文，须说明目的。", Lapses: true),
        new("record.feed", "读取变更", "接口客户端读取了变更数据。", Lapses: true),
        new("export", "导出", "导出了一批记录。", Lapses: true),
        new("load", "批量导入", "一次批量导入结束：成功、部分成功或者失败。"),
        new("login", "登录", "登录成功。", Lapses: true),
        new("login.failed", "登录失败", "口令或者第二因素不正确。", Lapses: true),
        new("login.locked", "登录被锁定", "连续失败达到限定次数，账号被锁定。", Lapses: true),
        new("login.second-factor", "第二因素", "出示了第二因素：动态口令或者通行密钥。", Lapses: true),
        new("login.identity", "切换身份", "登录后选择了以哪个身份办理业务。", Lapses: true),
        new("logout", "退出登录", "本人退出。", Lapses: true),
        new("session.end", "结束登录", "结束了一台设备上的登录。", Lapses: true),
        new("password.change", "更换密码", "本人更换密码。"),
        new("password.reset", "重置密码", "管理员重置了密码。"),
        new("second-factor.enrol", "设置第二因素", "设置了验证器或者通行密钥。"),
        new("second-factor.reset", "重置第二因素", "管理员重置了第二因素。"),
        new("setup", "首位管理员", "用一次性代码建立首位系统管理员。"),
        new("account.create", "建立账号", "管理员建立了账号。"),
        new("account.register", "注册账号", "居民或者法定代表人注册账号。"),
        new("account.disable", "停用账号", "账号被停用。"),
        new("account.enable", "启用账号", "账号被重新启用。"),
        new("permission.grant", "授予权限", "任职、角色权限被授予。"),
        new("permission.revoke", "收回权限", "任职、角色权限被收回。"),
        new("office.save", "登记机构", "机构的设立、变更或者撤销。"),
        new("client.create", "建立接口客户端", "为一个机构建立了接口客户端。"),
        new("client.secret", "更换客户端密钥", "接口客户端的密钥被更换。"),
        new("client.disable", "停用接口客户端", "接口客户端被停用。"),
        new("client.enable", "启用接口客户端", "接口客户端被重新启用。"),
        new("consent", "授权应用", "本人同意一个应用以自己的名义访问。"),
        new("second-factor.remove", "移除第二因素", "本人移除了一个通行密钥。"),
        new("seal.use", "使用电子印章", "为一个办件用了一个单位的印章：谁、哪个办件、哪份文书、印章证书、待签文件的散列。"),
        new("document.verify", "核验文书", "公众核验了一份文书，结果写在附注中。"),
        new("exchange.receipt", "签发数据交换回执", "前置机提供或取得一批数据：回执编号和回执的散列。"),
        new("exchange.manifest", "签发导出文件的清单", "一个文件整体导出：清单编号和清单的散列。"),
        new("service.call", "调用业务服务", "部门的程序经网关调用其他部门的业务服务：哪个操作、路径、状态、依据哪项授权；应答的字节数和散列。", Lapses: true),
        new("service.end", "业务服务应答结束", "较长的应答结束或者中断：对应哪一次调用、字节数和散列。", Lapses: true),
        new(Search, "检索审计日志", "审计管理员检索了审计日志，检索条件写在附注中。", Lapses: true),
        new(Export, "导出审计日志", "审计管理员导出了审计日志的检索结果。"),
        new(Removal, "删除到期记录", "保存期满的查阅和登录记录的正文被删除：哪一段、多少条、散列的摘要。"),
    ];

    /// <summary>Those whose records lose their text when <see cref="AuditSettings.Keep"/> is over.</summary>
    public static readonly IReadOnlyList<string> Lapsing = [.. All.Where(kind => kind.Lapses).Select(kind => kind.Code)];

    private static readonly Dictionary<string, AuditKind> ByCode = All.ToDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The kind's name; a kind of another version of the platform is shown by its code.</summary>
    public static string Label(string code) => ByCode.TryGetValue(code, out var kind) ? kind.Label : code;
}

/// <summary>A kind of record in the log.</summary>
/// <param name="Lapses">
/// Kept for a time and no longer (个人信息保护法 art. 19): who read what, who signed on. Acts, changes of rights and of
/// accounts, and what was done to the log itself are kept for good: the rest of the log is proved by them.
/// </param>
public sealed record AuditKind(string Code, string Label, string Meaning, bool Lapses = false);
