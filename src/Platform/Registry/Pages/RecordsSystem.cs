using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Design;
using Shali.Platform.Systems;

namespace Shali.Platform.Registry.Pages;

/// <summary>The registry's title page (C1, the data centre): who may define resources, and where its pages stand.</summary>
public sealed class RecordsSystem : CitySystem
{
    private static readonly Basis SharingLaw = new("政务数据共享条例", "第十五条");

    public override string Clause => Designer.Clause;

    public override string Name => "数据资源登记";

    public override string Owner => "data";

    public override IReadOnlyList<Permission> Permissions { get; } =
    [
        Permission.For(Designer.Permission, "定义本部门的数据资源", Roles.InformationOfficer, Roles.Clerk),
    ];

    public override IReadOnlyList<RuleEntry> Rules { get; } =
    [
        new("REG-P10", "修改和删除记录应说明事由或办件编号", null),
        new("REG-A03", "查看脱敏内容的原文应说明用途或办件编号", new("个人信息保护法", "第六条")),
        new("REG-P13", "只能由业务办理产生的记录不能直接修改", null),
        new("REG-P14", "记录应在操作人的数据范围内", null),
        new("REG-D11", "只能定义和修改本部门的数据资源", null),
        new("REG-D17", "有条件共享应写明共享条件", SharingLaw),
        new("REG-D18", "不予共享应写明依据", SharingLaw),
    ];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, Text.Records, "/records", Note: "查询、登记、导入和导出有权使用的数据"),
        new(MenuPlace.Desk, Text.FromSpreadsheet, "/admin/definitions/upload", Designer.Permission, "上传一张表格，生成一项新的信息资源"),
        new(MenuPlace.Admin, Text.Definitions, "/admin/definitions", Designer.Permission, "信息资源有哪些字段，谁可以看"),
        new(MenuPlace.Admin, Text.CodeLists, "/admin/definitions/code-lists", Designer.Permission, "代码字段可以取的值"),
    ];
}
