using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api;

/// <summary>From the address of a collection to the definition behind it.</summary>
internal static class Collections
{
    /// <summary>Null when there is no such collection and the answer has been given.</summary>
    public static async Task<ResourceDefinition?> Find(HttpContext context, ResourceRegistry registry)
    {
        var address = (string)context.Request.RouteValues["collection"]!;
        if (address.Contains('/', StringComparison.Ordinal) || registry.Find(address) is not { } resource)
        {
            await context.Refuse(new Refusal("API-C01", "", Text.NoCollection(address)));
            return null;
        }

        return resource;
    }
}
