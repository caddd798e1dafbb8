using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Shali.Platform.Identity;

/// <summary>
/// People, offices, roles, permissions and sign-on. A host calls, in this order: <see cref="AddIdentity"/>;
/// <c>app.UseCaller()</c> and <c>app.UseRouteAccess()</c> after routing; <see cref="MapIdentity"/>; and
/// <see cref="RouteAccessCheck.Demand"/> when all routes are mapped.
/// </summary>
public static class IdentityModule
{
    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Revocations>();
        services.AddHostedService(provider => provider.GetRequiredService<Revocations>());
        services.AddHostedService<IdentityUpkeep>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<Offices>();
        services.AddSingleton<Posts>();
        services.AddSingleton<RoleRights>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Totp>();
        services.AddSingleton<Clients>();
        services.AddSingleton<Identities>();
        services.AddSingleton<SignOnFailures>();
        services.AddSingleton<SignOnSteps>();
        services.AddSingleton<Registration>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<DemoAccounts>();
        services.AddSingleton<CallerCache>();
        services.AddSingleton<CallerResolution>();
        services.AddSingleton<BearerTokens>();
        services.TryAddSingleton<PersonDirectory>();
        services.TryAddSingleton<FirmDirectory>();
        services.TryAddSingleton<GuardianDirectory>();
        AddKeys(services);
        AddPasskeys(services, settings);
        OpenIdServer.Add(services, settings);
        services.AddAuthentication();
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormTokenSession>();
        return services;
    }

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder routes)
    {
        ConnectRoutes.Map(routes);
        SignOnRoutes.Map(routes);
        OwnSpaceRoutes.Map(routes);
        AdminRoutes.Map(routes);
        return routes;
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("shali");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<KeyRing>()));
    }

    private static void AddPasskeys(IServiceCollection services, IdentitySettings settings)
    {
        services.AddIdentityCore<Account>();
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddScoped<IUserPasskeyStore<Account>, AccountStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddScoped<Passkeys>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.UserVerificationRequirement = "required";
            options.ServerDomain = settings.PublicAddress?.Host;

            // Made for this very address: what another page, port or host obtained is refused, whatever header it sends.
            options.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin
                && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
                && string.Equals(origin.Authority, settings.PublicAddress?.Authority ?? context.HttpContext.Request.Host.Value, StringComparison.OrdinalIgnoreCase));
        });
    }

    /// <summary>A form token belongs to the session in which it was given: another session's token is refused.</summary>
    private sealed class FormTokenSession : IAntiforgeryAdditionalDataProvider
    {
        public string GetAdditionalData(Microsoft.AspNetCore.Http.HttpContext context) => context.Caller().Session;

        public bool ValidateAdditionalData(Microsoft.AspNetCore.Http.HttpContext context, string additionalData) =>
            string.Equals(additionalData, context.Caller().Session, StringComparison.Ordinal);
    }
}
