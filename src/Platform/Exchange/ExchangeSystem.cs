using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Exchange.Files;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Exchange.Pages;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Exchange.Tracing;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Exchange;

/// <summary>
/// 数据交换 (S06, GB/T 21062): the centre's side of the exchange with front nodes. Who may read what stands in grants; here is how data
/// comes and goes, and the evidence of it.
/// </summary>
public sealed partial class ExchangeSystem : CitySystem
{
    public const string Nodes = "/exchange/nodes";
    public const string Services = "/exchange/services";
    public const string Trace = "/exchange/trace";
    public const string ReceiptList = "/exchange/receipts";

    public override string Clause => "S06";

    public override string Name => NodeText.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => [NodeDesk.Resource, ServiceBook.Resource];

    public override IReadOnlyList<CodeList> CodeLists => [NodeState.Codes, ServiceState.Codes, ServiceSharing.Codes, ServiceCredential.Codes];

    public override IReadOnlyList<Permission> Permissions =>
    [
        Permission.For(NodeRights.Manage, "登记、停用前置机，查看其运行情况", Roles.InformationOfficer, Roles.SystemAdministrator),
        Permission.For(ServiceRights.See, "查看登记的业务服务，测试连接", Roles.InformationOfficer, Roles.Head),
        Permission.For(ServiceRights.Manage, "登记、变更、暂停和关闭本部门的业务服务", Roles.InformationOfficer),
        Permission.For(ServiceRights.Approve, "批准业务服务开通，暂停和恢复", Roles.Head),
    ];

    public override IReadOnlyList<ApiOperation> Operations => ServiceGateway.Operations;

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, NodeText.Nodes, Nodes, NodeRights.Manage, NodeText.NodesNote),
        new(MenuPlace.Desk, TraceText.Title, Trace, NodeRights.Manage, TraceText.Note),
        new(MenuPlace.Desk, ServiceText.Services, Services, ServiceRights.See, ServiceText.ServicesNote),
        new(MenuPlace.Portal, NodeText.ReceiptTitle, ReceiptList, null, NodeText.ReceiptLead),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<NodeBook>()
        .AddSingleton<NodeDesk>()
        .AddSingleton<MessageNumbers>()
        .AddSingleton<NodeCalls>()
        .AddSingleton<NodeEnrolLimit>()
        .AddSingleton<MessageTrace>()
        .AddSingleton<NodeDependents>()
        .AddSingleton<GiveDesk>()
        .AddSingleton<TakeDesk>()
        .AddSingleton<Reconciliations>()
        .AddSingleton<NodeViews>()
        .AddHttpForwarder()
        .AddSingleton<ServiceDesk>()
        .AddSingleton<ServiceCheck>()
        .AddSingleton<ServiceGateway>()
        .AddHostedService<NodeBook.Opening>()
        .Periodically<MessageNumbers>("old message numbers of front nodes", NodeCalls.Window, (numbers, cancel) => numbers.Forget(cancel));

    public override void Map(IEndpointRouteBuilder routes)
    {
        // What nodes ask: the signature of the message is the right to it.
        routes.MapPost("/exchange/enrol", NodeDoor.Enrol).Public(NodeText.EnrolPublic).DisableAntiforgery();
        routes.MapPost("/exchange/give", NodeDoor.Give).Public(NodeText.CentrePublic).DisableAntiforgery();
        routes.MapGet("/exchange/take", NodeDoor.Take).Public(NodeText.CentrePublic);
        routes.MapPost("/exchange/confirm", NodeDoor.Confirm).Public(NodeText.CentrePublic).DisableAntiforgery();
        routes.MapPost("/exchange/compare", NodeDoor.Compare).Public(NodeText.CentrePublic).DisableAntiforgery();
        routes.MapPost("/exchange/detail", NodeDoor.Detail).Public(NodeText.CentrePublic).DisableAntiforgery();
        routes.MapGet("/exchange/definition", NodeDoor.Definition).Public(NodeText.CentrePublic);
        routes.MapPost("/exchange/report", NodeDoor.Report).Public(NodeText.CentrePublic).DisableAntiforgery();

        routes.MapGet(Nodes, NodePages.List).Needs(NodeRights.Manage);
        routes.MapPost(Nodes, NodePages.Invite).Needs(NodeRights.Manage);
        routes.MapGet(Nodes + "/{code}", NodePages.Show).Needs(NodeRights.Manage);
        routes.MapPost(Nodes + "/{code}/code", NodePages.NewCode).Needs(NodeRights.Manage);
        routes.MapPost(Nodes + "/{code}/revoke", NodePages.Revoke).Needs(NodeRights.Manage);

        routes.MapGet(Trace, TracePages.Show).Needs(NodeRights.Manage);

        routes.MapGet(Services, ServicePages.List).Needs(ServiceRights.See);
        routes.MapGet(Services + "/new", ServicePages.AskNew).Needs(ServiceRights.Manage);
        routes.MapPost(Services + "/new", ServicePages.Register).Needs(ServiceRights.Manage);
        routes.MapGet(Services + "/{code}", ServicePages.Show).Needs(ServiceRights.See);
        routes.MapGet(Services + "/{code}/edit", ServicePages.AskChange).Needs(ServiceRights.Manage);
        routes.MapPost(Services + "/{code}/edit", ServicePages.Change).Needs(ServiceRights.Manage);
        routes.MapPost(Services + "/{code}/test", ServicePages.Test).Needs(ServiceRights.See);
        routes.MapPost(Services + "/{code}/{act}", ServicePages.Take).Needs(ServiceRights.See);

        // What programs call: token and grant are asked for in the gateway.
        routes.MapMethods(
            "/api/services/{code}/{**path}", ServiceGateway.Methods,
            (HttpContext context, ServiceGateway gateway, string code, string? path) => gateway.Answer(context, code, "/" + path)).Public(ServiceText.GatewayPublic);

        routes.MapGet(Manifests.Address + "{number}", Manifests.Show).Public(NodeText.ManifestPublic);
        routes.MapGet(ReceiptList, ReceiptPages.Ask).Public(NodeText.ReceiptPublic);
        routes.MapGet(ReceiptList + "/check", ReceiptChecker.Show).Public(NodeText.ReceiptPublic);
        routes.MapGet(ReceiptList + "/{number}", ReceiptPages.Show).Public(NodeText.ReceiptPublic);
        routes.MapGet(ReceiptList + "/{number}/file", ReceiptPages.File).Public(NodeText.ReceiptPublic);
    }
}
