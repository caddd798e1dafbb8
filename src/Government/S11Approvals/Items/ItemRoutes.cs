using Microsoft.AspNetCore.Routing;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Items;

/// <summary>Every address of the items, what it demands, and what answers.</summary>
internal static class ItemRoutes
{
    public static IReadOnlyList<MenuEntry> Menu => [];

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
