namespace Shali.Platform.Identity;

/// <summary>
/// A right that a system declares. Codes are permanent: <c>population.event.register</c>. Each resource has, without
/// declaring them, <c>{address}.read</c>, <c>.clear</c> (see masked values, for a purpose), <c>.write</c>,
/// <c>.load</c>, <c>.export</c>.
/// </summary>
/// <param name="Roles">Roles that hold it by default, in the offices named.</param>
/// <param name="Offices">Office codes; empty: in every office.</param>
public sealed record Permission(string Code, string Label, IReadOnlyList<string> Roles, IReadOnlyList<string> Offices)
{
    public static Permission For(string code, string label, params string[] roles) => new(code, label, roles, []);

    public Permission At(params string[] offices) => this with { Offices = offices };
}

/// <summary>The roles that a post can carry. Three administrators are kept apart (GB/T 22239, 三员分立).</summary>
public static class Roles
{
    public const string Clerk = "clerk";
    public const string Head = "head";
    public const string InformationOfficer = "information-officer";
    public const string Leader = "leader";
    public const string SystemAdministrator = "system-administrator";
    public const string SecurityAdministrator = "security-administrator";
    public const string AuditAdministrator = "audit-administrator";
    public const string Resident = "resident";
    public const string Representative = "representative";
    public const string Client = "client";

    public static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Clerk] = "经办人员",
        [Head] = "科室负责人",
        [InformationOfficer] = "信息员",
        [Leader] = "领导",
        [SystemAdministrator] = "系统管理员",
        [SecurityAdministrator] = "安全管理员",
        [AuditAdministrator] = "审计管理员",
        [Resident] = "个人",
        [Representative] = "法定代表人",
        [Client] = "接口客户端",
    };
}
