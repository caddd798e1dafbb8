using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Shali.Platform.Audit;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Platform.Identity;

/// <summary>The part of OpenID Connect that is ours to decide: who may have a token, as whom and for what.</summary>
internal static class ConnectRoutes
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connect/token", Token).DisableAntiforgery().Public("客户端在此出示自己的凭据");
        routes.MapGet("/connect/authorize", Consent.Ask).Public("未登录的先转到登录页");
        routes.MapPost("/connect/authorize", Consent.Answer).Public("未登录的先转到登录页");
        routes.MapMethods("/connect/userinfo", ["GET", "POST"], UserInfo).DisableAntiforgery().Public("凭访问令牌回答持有者本人的信息");
    }

    /// <summary>What a token says: who, as whom, for what. Rights are looked up when it is used.</summary>
    public static ClaimsPrincipal Principal(Caller caller, string actingAs, IEnumerable<string> scopes)
    {
        var identity = Identity();
        identity.SetClaim(Claims.Subject, caller.Id)
            .SetClaim(Claims.Name, caller.Name)
            .SetClaim("office", caller.Office)
            .SetClaim("office_name", caller.OfficeName)
            .SetClaim(Claims.Role, caller.Role)
            .SetClaim(BearerTokens.ActingAsClaim, actingAs);
        identity.SetScopes(scopes);
        identity.SetDestinations(claim => claim.Type switch
        {
            BearerTokens.ActingAsClaim => [Destinations.AccessToken],
            Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            _ when claim.Subject!.HasScope(Scopes.Profile) => [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [Destinations.AccessToken],
        });
        return new ClaimsPrincipal(identity);
    }

    public static IResult Refuse(string error, string sentence) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = sentence,
        }),
        [Scheme]);

    public static IResult SignIn(ClaimsPrincipal principal) => Results.SignIn(principal, null, Scheme);

    private static ClaimsIdentity Identity() => new(Scheme, Claims.Name, Claims.Role);

    private static async Task<IResult> Token(
        HttpContext context, Clients clients, Accounts accounts, Identities identities, AuditLog log)
    {
        var request = context.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The authentication middleware has not seen the request.");
        var cancel = context.RequestAborted;
        if (await clients.Find(request.ClientId ?? "", cancel) is not { Disabled: false } client)
        {
            return Refuse(Errors.InvalidClient, IdentityText.ClientDisabled);
        }

        return request.IsClientCredentialsGrantType()
            ? await ForClient(context, request, client, log)
            : await ForPerson(context, client, accounts, identities);
    }

    private static async Task<IResult> ForClient(HttpContext context, OpenIddictRequest request, Client client, AuditLog log)
    {
        var asked = request.GetScopes();
        if (asked.FirstOrDefault(scope => !client.MayAsk(scope)) is { } refused)
        {
            return Refuse(Errors.InvalidScope, IdentityText.ScopeNotAllowed(refused));
        }

        // An office's programs ask for tokens all day long: the log keeps who asked, once for each token.
        var caller = new Caller
        {
            Id = $"client:{client.Id}",
            Name = client.Name,
            Kind = CallerKind.Client,
            Office = client.Office,
            Address = CallerOrigin.Of(context),
        };
        await log.Append(new AuditEntry("login", caller) { Note = string.Join(' ', asked) }, context.RequestAborted);
        var identity = Identity();
        identity.SetClaim(Claims.Subject, client.Id).SetClaim(Claims.Name, client.Name).SetClaim("office", client.Office);
        identity.SetScopes(asked.Length > 0 ? asked : client.Scopes);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        return SignIn(new ClaimsPrincipal(identity));
    }

    /// <summary>A code or a refresh token is exchanged: the person must still be who he was when he gave it.</summary>
    private static async Task<IResult> ForPerson(HttpContext context, Client client, Accounts accounts, Identities identities)
    {
        var old = (await context.AuthenticateAsync(Scheme)).Principal;
        var actingAs = old?.GetClaim(BearerTokens.ActingAsClaim) ?? "";
        if (old is null || client.Kind != Client.Application
            || await accounts.Find(old.GetClaim(Claims.Subject) ?? "", context.RequestAborted) is not { DisabledAt: null } account
            || await identities.Resolve(account, actingAs, context.RequestAborted) is not { } caller)
        {
            return Refuse(Errors.InvalidGrant, IdentityText.NoLongerActs);
        }

        var principal = Principal(caller, actingAs, old.GetScopes());
        principal.SetAuthorizationId(old.GetAuthorizationId());
        return SignIn(principal);
    }

    private static async Task<IResult> UserInfo(HttpContext context, Accounts accounts)
    {
        var caller = context.Caller();
        if (caller.Kind is CallerKind.Anonymous or CallerKind.Client || await accounts.Find(caller.Id, context.RequestAborted) is null)
        {
            return Results.Challenge(null, [Scheme]);
        }

        return Results.Json(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Claims.Subject] = caller.Id,
            [Claims.Name] = caller.Name,
            ["office"] = caller.Office,
            ["office_name"] = caller.OfficeName,
            [Claims.Role] = caller.Role,
        });
    }
}
