using Shali.Platform.Casework.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>Pages for those who have signed in: own space, desk, board, administration.</summary>
internal static class OwnRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", Me).NeedsSignIn();
        routes.MapGet("/desk", Desk).NeedsSignIn();
        routes.MapGet("/board", Board).Needs(PortalSystem.BoardPermission);
        routes.MapGet("/admin", (HttpContext context) => context.Show<AdminPage>()).NeedsSignIn();
    }

    private static async Task<IResult> Me(HttpContext context, OwnTasks tasks, TimeProvider time, CancellationToken cancel) =>
        context.Show<MePage>(new { Tasks = await tasks.Of(context.Caller(), cancel), Today = time.Today() });

    private static IResult Desk(HttpContext context, ResourceRegistry registry, GovernedReader governed)
    {
        var caller = context.Caller();
        var usable = registry.All
            .Select(resource => (Resource: resource, Access: governed.AccessOf(caller, resource)))
            .Where(pair => pair.Access is { Read: true })
            .Select(pair => new UsableResource(pair.Resource, pair.Access!))
            .OrderByDescending(usable => usable.Resource.Owner == caller.Office)
            .ThenByDescending(usable => usable.Access.Write)
            .ThenBy(usable => usable.Resource.Id, StringComparer.Ordinal)
            .ToList();
        return context.Show<DeskPage>(new { Usable = usable });
    }

    private static async Task<IResult> Board(
        HttpContext context, IEnumerable<BoardPanel> panels, ILogger<PortalSystem> log, CancellationToken cancel)
    {
        var caller = context.Caller();
        var allowed = panels.Where(panel => panel.Permission is null || caller.May(panel.Permission)).OrderBy(panel => panel.Order);
        var shown = await Task.WhenAll(allowed.Select(panel => Read(panel, caller, log, cancel)));
        return context.Show<BoardPage>(new { Panels = shown });
    }

    /// <summary>A panel that fails leaves its place and a sentence: the others still show.</summary>
    private static async Task<ShownPanel> Read(BoardPanel panel, Caller caller, ILogger log, CancellationToken cancel)
    {
        try
        {
            return new(panel.Title, await panel.Read(caller, cancel));
        }
        catch (Npgsql.NpgsqlException failed)
        {
            log.LogError(failed, "Board panel {Panel} failed", panel.GetType().Name);
            return new(panel.Title, null);
        }
    }
}

/// <summary>A resource that the caller may read, and what else he may do with it.</summary>
public sealed record UsableResource(ResourceDefinition Resource, Access Access);

/// <summary>A panel with its content; null when it could not be read.</summary>
public sealed record ShownPanel(string Title, BoardContent? Content);
