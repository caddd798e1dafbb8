using Microsoft.AspNetCore.Routing;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Documents;

/// <summary>
/// S04 数字证书与电子签章: the certificates of seals, the documents issued under them, and the page where anybody has a
/// document checked.
/// </summary>
public sealed class DocumentSystem : CitySystem
{
    public const string ManageSeals = "documents.seal.manage";

    public static readonly CodeList Uses = new(
        "certificate-use", "证书用途", "",
        [
            new(CertificateUse.Root, "根证书"), new(CertificateUse.Issuing, "签发证书"), new(CertificateUse.Seal, "机构电子印章"),
            new(CertificateUse.TimeStamp, "时间戳"), new(CertificateUse.Exchange, "数据交换"),
        ]);

    public override string Clause => "S04";

    public override string Name => Text.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources { get; } = [Definition.Of<Document>(), Definition.Of<Certificate>()];

    public override IReadOnlyList<CodeList> CodeLists => [DocumentState.List, Uses, RevocationReasons.List];

    public override IReadOnlyList<Permission> Permissions => [Permission.For(ManageSeals, Text.SealUse, Roles.SecurityAdministrator)];

    public override IReadOnlyList<RuleEntry> Rules =>
    [
        new("DOC-S01", Text.CaseMissing, new Basis("中华人民共和国电子签名法", "第十三条")),
        new("DOC-S06", Text.RevocationReasonMissing, new Basis("中华人民共和国行政许可法", "第六十九条")),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuPlace.Portal, Text.CheckTitle, "/verify", Note: Text.CheckNote) { Order = 30 },
        new(MenuPlace.Admin, Text.SealsTitle, "/admin/seals", ManageSeals),
    ];

    public override void Map(IEndpointRouteBuilder routes) => DocumentRoutes.Map(routes);
}
