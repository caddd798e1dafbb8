using Microsoft.AspNetCore.Routing;

namespace Shali.Platform.Identity;

internal static class AdminRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
