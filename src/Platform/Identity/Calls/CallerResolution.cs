using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Identity;

/// <summary>
/// Finds out who asks, before any handler runs: by bearer token or by session cookie. A caller that this node met
/// within the last minute costs no database round trip; a revocation ends him within a second all the same.
/// </summary>
public sealed class CallerResolution(
    CallerCache cache, Revocations revocations, Permissions permissions, Sessions sessions, Identities identities, BearerTokens tokens,
    IdentitySettings settings, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    /// <summary>Where the id of a session that has steps of the sign-on before it is found during a request.</summary>
    internal static readonly object PendingItem = new();

    /// <summary>Set on requests that carried a bearer token which did not hold.</summary>
    internal static readonly object BadTokenItem = new();

    public async ValueTask Resolve(HttpContext context)
    {
        var known = await Find(context);
        var address = CallerOrigin.Of(context);
        var caller = known?.Caller ?? Caller.Anonymous;
        context.Items[typeof(Caller)] = string.Equals(caller.Address, address, StringComparison.Ordinal)
            ? caller
            : caller with { Address = address };
        if (known?.Pending is { } pending)
        {
            context.Items[PendingItem] = pending;
        }
    }

    private async ValueTask<KnownCaller?> Find(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count == 1 && authorization[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return await FindByToken(context, authorization[0]!.AsMemory(Bearer.Length).Trim());
        }

        return context.Request.Cookies.TryGetValue(Sessions.Cookie, out var secret) && secret is { Length: > 0 and < 200 }
            ? await FindBySession(secret, context.RequestAborted)
            : null;
    }

    private async ValueTask<KnownCaller?> FindByToken(HttpContext context, ReadOnlyMemory<char> token)
    {
        await revocations.Fresh(context.RequestAborted);
        var shown = ShownHash.Of(token.Span);
        if (cache.Find(shown, time.GetUtcNow()) is { } known)
        {
            return Current(shown, known);
        }

        var position = revocations.Position;
        known = await tokens.Resolve(token.ToString(), time.GetUtcNow() + CallerCache.Lifetime, context.RequestAborted);
        if (known is null)
        {
            context.Items[BadTokenItem] = true;
            return null;
        }

        Keep(shown, known, position);
        return known;
    }

    private async ValueTask<KnownCaller?> FindBySession(string secret, CancellationToken cancel)
    {
        await revocations.Fresh(cancel);
        var shown = ShownHash.Of(secret);
        if (cache.Find(shown, time.GetUtcNow()) is { } known)
        {
            return Current(shown, known);
        }

        var position = revocations.Position;
        var table = permissions.Current;
        if (await sessions.Touch(secret, cancel) is not { } open)
        {
            return null;
        }

        var caller = Complete(open) ? await identities.Resolve(open.Account, open.Session.ActingAs!, cancel) : null;
        var until = time.GetUtcNow() + CallerCache.Lifetime;
        string[] marks = [$"session:{open.Session.Id}", $"account:{open.Account.Id}", Revocations.Offices];
        known = caller is null
            ? new KnownCaller(Caller.Anonymous, until, marks, null, table, open.Session.Id)
            : new KnownCaller(
                caller with { Session = open.Session.Id },
                until < open.Session.EndsAt ? until : open.Session.EndsAt,
                marks,
                null,
                table);
        Keep(shown, known, position);
        return known;
    }

    private bool Complete(OpenSession open) =>
        open.Session.ActingAs is { } actingAs && !SignOnSteps.NeedsSecondFactor(settings, open, actingAs);

    private KnownCaller Current(in ShownHash shown, KnownCaller known)
    {
        var table = permissions.Current;
        if (ReferenceEquals(table, known.Table))
        {
            return known;
        }

        var renewed = known.With(table);
        cache.Keep(shown, renewed);
        return renewed;
    }

    /// <summary>What was read while something was being revoked may be older than the revocation: it is not kept.</summary>
    private void Keep(in ShownHash shown, KnownCaller known, long position)
    {
        cache.Keep(shown, known);
        if (revocations.Position != position)
        {
            cache.Remove(shown);
        }
    }
}

public static class CallerResolutionExtensions
{
    /// <summary>Sets <c>context.Caller()</c>. Stands before routing's handlers and after forwarded headers.</summary>
    public static IApplicationBuilder UseCaller(this IApplicationBuilder app)
    {
        app.UseMiddleware<CallerMiddleware>();

        // The protocol endpoints are handled inside the authentication middleware; no other request pays for it. Left
        // to itself the framework would put it before everything, even before proxies and security headers are heard.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        return app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/connect", StringComparison.Ordinal)
                || context.Request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal),
            branch => branch.UseAuthentication());
    }

    private sealed class CallerMiddleware(RequestDelegate next, CallerResolution resolution)
    {
        public Task InvokeAsync(HttpContext context)
        {
            var resolving = resolution.Resolve(context);
            return resolving.IsCompletedSuccessfully ? next(context) : Await(resolving, context);
        }

        private async Task Await(ValueTask resolving, HttpContext context)
        {
            await resolving;
            await next(context);
        }
    }
}
