using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Exchange.Pages;
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
    public const string ReceiptList = "/exchange/receipts";

    public override string Clause => "S06";

    public override string Name => NodeText.System;

    public override string Owner => "data";

    public override IReadOnlyList<ResourceDefinition> Resources => [NodeDesk.Resource];

    public override IReadOnlyList<CodeList> CodeLists => [NodeState.Codes];

    public override IReadOnlyList<Permission> Permissions =>
        [Permission.For(NodeRights.Manage, "登记、停用前置机，查看其运行情况", Roles.InformationOfficer, Roles.SystemAdministrator)];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Desk, NodeText.Nodes, Nodes, NodeRights.Manage, NodeText.NodesNote),
        new(MenuPlace.Portal, NodeText.ReceiptTitle, ReceiptList, null, NodeText.ReceiptLead),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<NodeBook>()
        .AddSingleton<CentreKeys>()
        .AddSingleton<NodeDesk>()
        .AddSingleton<MessageNumbers>()
        .AddSingleton<NodeCalls>()
        .AddSingleton<NodeEnrolLimit>()
        .AddSingleton<Receipts>()
        .AddSingleton<GiveDesk>()
        .AddSingleton<TakeDesk>()
        .AddSingleton<Reconciliations>()
        .AddSingleton<NodeViews>()
        .AddHostedService<NodeBook.Opening>()
        .AddHostedService<Forgetting>();

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

        routes.MapGet(ReceiptList, ReceiptPages.Ask).Public(NodeText.ReceiptPublic);
        routes.MapGet(ReceiptList + "/{number}", ReceiptPages.Show).Public(NodeText.ReceiptPublic);
        routes.MapGet(ReceiptList + "/{number}/file", ReceiptPages.File).Public(NodeText.ReceiptPublic);
    }

    /// <summary>Numbers of messages whose time is over are forgotten: the window refuses them by itself.</summary>
    private sealed partial class Forgetting(Db db, TimeProvider time, ILogger<Forgetting> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(NodeCalls.Window, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await db.Run($"delete from exchange.message where at < {time.GetUtcNow() - NodeCalls.NumbersKept}", stoppingToken);
                }
                catch (NpgsqlException gone)
                {
                    DatabaseAway(logger, gone.Message);
                }
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "Old message numbers of front nodes could not be removed: {Reason}")]
        private static partial void DatabaseAway(ILogger logger, string reason);
    }
}
