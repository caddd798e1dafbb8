using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using Shali.Platform.Audit;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Shali.Platform.Identity;

/// <summary>
/// A person lets an application act for him: he sees which application, as whom he would act and what it could do.
/// A yes is remembered until he withdraws it; a trusted application of the city does not ask.
/// </summary>
internal static class Consent
{
    public const string Decision = "decision";
    public const string Yes = "yes";

    public static async Task<IResult> Ask(
        HttpContext context, Clients clients, Sessions sessions, ResourceRegistry registry,
        IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var caller = context.Caller();
        if (caller.Kind is not (CallerKind.Staff or CallerKind.Resident))
        {
            return request.HasPromptValue(PromptValues.None)
                ? ConnectRoutes.Refuse(Errors.LoginRequired, IdentityText.SignOnFirst)
                : Pages.SeeOther("/sign-in?to=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        }

        var cancel = context.RequestAborted;
        if (await clients.Find(request.ClientId!, cancel) is not { Disabled: false } client)
        {
            return ConnectRoutes.Refuse(Errors.UnauthorizedClient, IdentityText.ClientDisabled);
        }

        if (request.GetScopes().FirstOrDefault(scope => !client.MayAsk(scope)) is { } refused)
        {
            return ConnectRoutes.Refuse(Errors.InvalidScope, IdentityText.ScopeNotAllowed(refused));
        }

        var application = (await applications.FindByClientIdAsync(client.Id, cancel))!;
        var trusted = await applications.HasConsentTypeAsync(application, ConsentTypes.Implicit, cancel);
        if (trusted || await Given(authorizations, applications, application, caller, request, cancel) is not null)
        {
            return await Give(context, request, caller, sessions, authorizations, applications, application);
        }

        return request.HasPromptValue(PromptValues.None)
            ? ConnectRoutes.Refuse(Errors.ConsentRequired, IdentityText.ConsentNeeded)
            : context.Show<OpenId.ConsentPage>(new
            {
                Client = client,
                Fields = request.GetParameters().Select(each => (each.Key, Value: (string?)each.Value ?? "")).ToList(),
                Scopes = request.GetScopes().Select(scope => IdentityText.ScopeInWords(scope, registry.Find(scope)?.Name)).ToList(),
            });
    }

    public static async Task<IResult> Answer(
        HttpContext context, Clients clients, Sessions sessions, AuditLog log,
        IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var caller = context.Caller();
        var cancel = context.RequestAborted;
        var client = await clients.Find(request.ClientId!, cancel);
        if (caller.Kind is not (CallerKind.Staff or CallerKind.Resident) || client is not { Disabled: false }
            || !request.GetScopes().All(client.MayAsk))
        {
            return ConnectRoutes.Refuse(Errors.AccessDenied, IdentityText.SignOnFirst);
        }

        if (!string.Equals(context.Request.Form[Decision], Yes, StringComparison.Ordinal))
        {
            return ConnectRoutes.Refuse(Errors.AccessDenied, IdentityText.ConsentRefused);
        }

        await log.Append(new AuditEntry("consent", caller) { Note = $"{client.Id} {request.Scope}" }, cancel);
        var application = (await applications.FindByClientIdAsync(client.Id, cancel))!;
        return await Give(context, request, caller, sessions, authorizations, applications, application);
    }

    private static async Task<IResult> Give(
        HttpContext context, OpenIddictRequest request, Caller caller, Sessions sessions,
        IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications, object application)
    {
        var cancel = context.RequestAborted;
        var actingAs = context.Request.Cookies.TryGetValue(Sessions.Cookie, out var secret)
            ? (await sessions.Touch(secret!, cancel))?.Session.ActingAs
            : null;
        if (actingAs is null)
        {
            return ConnectRoutes.Refuse(Errors.LoginRequired, IdentityText.SignOnFirst);
        }

        var principal = ConnectRoutes.Principal(caller, actingAs, request.GetScopes());
        var authorization = await Given(authorizations, applications, application, caller, request, cancel)
            ?? await authorizations.CreateAsync(
                principal, caller.Id, (await applications.GetIdAsync(application, cancel))!, AuthorizationTypes.Permanent, request.GetScopes(), cancel);
        principal.SetAuthorizationId(await authorizations.GetIdAsync(authorization, cancel));
        return ConnectRoutes.SignIn(principal);
    }

    /// <summary>The yes that the person gave earlier to at least these scopes.</summary>
    private static async Task<object?> Given(
        IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications, object application,
        Caller caller, OpenIddictRequest request, CancellationToken cancel)
    {
        var id = await applications.GetIdAsync(application, cancel);
        await foreach (var each in authorizations.FindAsync(
            caller.Id, id, Statuses.Valid, AuthorizationTypes.Permanent, request.GetScopes(), cancel))
        {
            return each;
        }

        return null;
    }
}
