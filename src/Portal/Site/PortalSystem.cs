using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Portal.Site;

/// <summary>The portal (P4): home, search, disclosure, own space, desk, board, administration.</summary>
public sealed class PortalSystem : CitySystem
{
    /// <summary>Who may see the leaders' board.</summary>
    public const string BoardPermission = "portal.board.read";

    public override string Clause => "P4";

    public override string Name => "政府门户";

    public override string Owner => "data";

    public override IReadOnlyList<Permission> Permissions { get; } =
    [
        Permission.For(BoardPermission, "查看领导看板", Roles.Leader, Roles.Head, Roles.InformationOfficer),
        Permission.For(Metrics.Permission, "读取运行指标", Roles.SystemAdministrator),
        Permission.For(Metrics.Permission, "读取运行指标", Roles.Client).At("data"),
    ];

    public override IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new(MenuPlace.Board, Text.Board, "/board", BoardPermission),
    ];

    public override void Register(IServiceCollection services) => services
        .AddSingleton<LivingFigures>()
        .AddSingleton<SearchSource, PageSearch>()
        .AddSingleton<BoardPanel, PlatformPanel>();

    public override void Map(IEndpointRouteBuilder routes)
    {
        PublicRoutes.Map(routes);
        OwnRoutes.Map(routes);
    }
}
