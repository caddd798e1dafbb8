using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Shali.Platform.Identity;

/// <summary>Sets up OpenID Connect: which flows, which addresses, how long things live.</summary>
internal static class OpenIdServer
{
    public static void Add(IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, SigningKeys>();
        services.AddOpenIddict()
            .AddCore(Stores)
            .AddServer(server => Server(server, settings))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.EnableTokenEntryValidation();
                validation.EnableAuthorizationEntryValidation();
            });
    }

    private static void Stores(OpenIddictCoreBuilder core)
    {
        core.SetDefaultApplicationEntity<OpenIdApplication>()
            .SetDefaultAuthorizationEntity<OpenIdAuthorization>()
            .SetDefaultScopeEntity<OpenIdScope>()
            .SetDefaultTokenEntity<OpenIdToken>();
        core.ReplaceApplicationStore<OpenIdApplication, ApplicationStore>(ServiceLifetime.Singleton)
            .ReplaceAuthorizationStore<OpenIdAuthorization, AuthorizationStore>(ServiceLifetime.Singleton)
            .ReplaceScopeStore<OpenIdScope, ScopeStore>(ServiceLifetime.Singleton)
            .ReplaceTokenStore<OpenIdToken, TokenStore>(ServiceLifetime.Singleton);
        core.ReplaceApplicationManager<OpenIdApplication, ClientSecrets>();
    }

    private static void Server(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetRevocationEndpointUris("connect/revoke")
            .SetIntrospectionEndpointUris("connect/introspect")
            .SetUserInfoEndpointUris("connect/userinfo");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow().AllowRefreshTokenFlow();

        // Resources are scopes and may be defined at run time: the token handler checks scopes against the client.
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.RegisterScopes(TokenScopes.Read, TokenScopes.Write, "openid", "profile", "offline_access");
        server.RegisterClaims("sub", "name", "office", "office_name", "role");

        // Whoever serves the interfaces can check a token without asking; it carries no secrets.
        server.DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(settings.AccessTokenLifetime)
            .SetRefreshTokenLifetime(settings.RefreshTokenLifetime)
            .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(2));
        if (settings.PublicAddress is { } address)
        {
            server.SetIssuer(address);
        }

        var aspNet = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough();
        if (settings.PublicAddress is not { Scheme: "https" })
        {
            // A demo city on the loopback address, or a node behind a proxy that ends TLS.
            aspNet.DisableTransportSecurityRequirement();
        }

        server.AddEventHandler<HandleRevocationRequestContext>(handler => handler
            .UseScopedHandler<AnnounceRevocation>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 1));
    }

    /// <summary>A token that was revoked stops working on every node within a second.</summary>
    public sealed class AnnounceRevocation(Revocations revocations) : IOpenIddictServerHandler<HandleRevocationRequestContext>
    {
        public async ValueTask HandleAsync(HandleRevocationRequestContext context)
        {
            if (context.IsRejected || context.GenericTokenPrincipal is not { } principal)
            {
                return;
            }

            List<string> marks = [];
            if (OpenIddict.Abstractions.OpenIddictExtensions.GetTokenId(principal) is { } token)
            {
                marks.Add($"token:{token}");
            }

            if (OpenIddict.Abstractions.OpenIddictExtensions.GetAuthorizationId(principal) is { } authorization)
            {
                marks.Add($"authorization:{authorization}");
            }

            if (marks.Count > 0)
            {
                await revocations.Announce(context.CancellationToken, [.. marks]);
            }
        }
    }
}
