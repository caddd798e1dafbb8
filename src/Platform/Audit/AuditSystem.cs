using Microsoft.AspNetCore.Routing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Audit;

/// <summary>
/// The record of everything that was done and seen, which not even the database administrator can change unnoticed;
/// what each resident can see of it; objections. Part of the security centre (clause C2).
/// </summary>
public sealed class AuditSystem : CitySystem
{
    public const string Search = "audit.search";
    public const string Answer = "audit.objection.answer";

    public override string Clause => "C2";

    public override string Name => "审计与查阅公示";

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => [Objections.Resource];

    public override IReadOnlyList<CodeList> CodeLists => [Objections.States];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(Search, "检索审计日志", Roles.AuditAdministrator),
        Permission.For(Answer, "答复查阅异议", Roles.Head, Roles.InformationOfficer, Roles.SecurityAdministrator),
    ];

    public override IReadOnlyList<RuleEntry> Rules =>
    [
        new("AUD-O01", Text.ReasonMissing, new Basis("中华人民共和国个人信息保护法", "第四十八条")),
        new("AUD-O02", Text.ObjectedAlready, null),
        new("AUD-O03", Text.AnswerMissing, new Basis("中华人民共和国个人信息保护法", "第五十条")),
        new("AUD-O04", Text.AnsweredAlready, null),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Me, "谁查阅了我的信息", AuditRoutes.Access, Note: "查看哪些单位何时、为何查阅过您的信息，并可提出异议"),
        new(MenuPlace.Desk, "查阅异议", AuditRoutes.ObjectionList, Answer, "居民对本单位查阅其信息提出的异议"),
        new(MenuPlace.Admin, "审计日志", AuditRoutes.Admin, Search, "谁在什么时候做了什么、看了什么"),
    ];

    public override void Map(IEndpointRouteBuilder routes) => AuditRoutes.Map(routes);
}
