using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Identity;

/// <summary>
/// What a route demands of its caller. Every route declares one of the three; the host does not start otherwise.
/// </summary>
public sealed record RouteAccess(string? Permission, string? PublicReason, bool SignedIn)
{
    /// <summary>Placeholder in a permission that is filled from the route: <c>{resource}.read</c>.</summary>
    public const string ResourceHole = "{resource}";
}

public static class RouteAccessExtensions
{
    /// <summary>Only callers who hold the permission. <c>{resource}.read</c> takes the resource from the address.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, string permission)
        where TBuilder : IEndpointConventionBuilder => With(route, new RouteAccess(permission, null, false));

    /// <summary>Anyone who has signed in; the handler shows only what is the caller's own.</summary>
    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => With(route, new RouteAccess(null, null, true));

    /// <summary>Everyone, for the reason given. The handler may still ask what the caller may see.</summary>
    public static TBuilder Public<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => With(route, new RouteAccess(null, reason, false));

    /// <summary>Who asks. Set by the identity middleware before any handler runs.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Items.TryGetValue(typeof(Caller), out var caller) ? (Caller)caller! : Identity.Caller.Anonymous;

    private static TBuilder With<TBuilder>(TBuilder route, RouteAccess access)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(access));
        return route;
    }
}
