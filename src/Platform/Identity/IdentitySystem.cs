using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Identity;

/// <summary>
/// Who is who and who may do what: the offices of the city as a tree, people and their posts, roles and rights,
/// sign-on for people and programs. The platform's own title page (clause P1).
/// </summary>
public sealed class IdentitySystem : CitySystem
{
    /// <summary>Found and close offices, make and disable accounts and clients.</summary>
    public const string ManageOffices = "identity.office.manage";
    public const string ManageAccounts = "identity.account.manage";
    public const string ManageClients = "identity.client.manage";

    /// <summary>Give and end posts, change what roles may do.</summary>
    public const string ManagePosts = "identity.post.manage";
    public const string ManageRoles = "identity.role.manage";

    /// <summary>See all of it, without changing any.</summary>
    public const string Look = "identity.admin.look";

    public override string Clause => "P1";

    public override string Name => "统一身份与权限";

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => IdentityResources.All;

    public override IReadOnlyList<CodeList> CodeLists =>
        [IdentityResources.OfficeKinds, IdentityResources.RoleCodes, IdentityResources.Scopes];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(ManageOffices, "管理机构", Roles.SystemAdministrator),
        Permission.For(ManageAccounts, "管理账号", Roles.SystemAdministrator),
        Permission.For(ManageClients, "管理接口客户端", Roles.SystemAdministrator),
        Permission.For(ManagePosts, "管理任职", Roles.SystemAdministrator, Roles.SecurityAdministrator),
        Permission.For(ManageRoles, "管理角色权限", Roles.SecurityAdministrator),
        Permission.For(Look, "查看机构、人员和权限", Roles.SystemAdministrator, Roles.SecurityAdministrator, Roles.AuditAdministrator),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
    [
        new("ID-R01", "系统管理员、安全管理员、审计管理员由三人分别担任", Separation.Basis),
        new("ID-R02", "任何人不能给自己授予职务", Separation.Basis),
        new("ID-R03", "只有安全管理员可以授予职务、调整角色权限；尚无安全管理员时，由系统管理员授予第一位", Separation.Basis),
        new("ID-R10", "三类管理员不能获得业务数据的权限", Separation.Basis),
        new("ID-P03", "密码须由多种字符组成、定期更换，不得与近期用过的相同", FactorBasis),
        new("ID-S02", "连续登录失败达到限定次数后锁定", FactorBasis),
        new("ID-S07", "工作人员未通过第二因素验证的，不能以工作身份办理业务", FactorBasis),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Admin, "机构", "/admin/offices", Look, "机构的设立、变更和撤销"),
        new(MenuPlace.Admin, "人员账号", "/admin/people", Look, "开立、停用账号，重置密码"),
        new(MenuPlace.Admin, "任职", "/admin/posts", Look, "谁在哪个机构任什么职"),
        new(MenuPlace.Admin, "角色权限", "/admin/roles", Look, "每个角色可以做什么"),
        new(MenuPlace.Admin, "接口客户端", "/admin/clients", Look, "各单位调用接口的程序"),
        new(MenuPlace.Me, "切换身份", "/me/identity", Note: "以居民、任职或者企业代表的身份办理"),
        new(MenuPlace.Me, "账号安全", OwnSpaceRoutes.SecurityPage, Note: "更换密码，设置第二重验证"),
        new(MenuPlace.Me, "登录设备", "/me/sessions", Note: "您在哪些设备上登录，可以退出其他设备"),
    ];

    private static readonly Basis FactorBasis = new("GB/T 22239-2019 信息安全技术 网络安全等级保护基本要求", "8.1.4.1");
}
