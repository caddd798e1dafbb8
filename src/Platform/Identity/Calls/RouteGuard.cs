using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Identity;

/// <summary>
/// Holds every route to what it declares. A person is sent to sign on or told plainly what he may not do; a program
/// gets a problem document. Forms sent with a cookie must carry the token of the page that they came from.
/// </summary>
public sealed class RouteGuard(RequestDelegate next, ResourceRegistry registry, IAntiforgery antiforgery)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<RouteAccess>() is not { } access)
        {
            return next(context);
        }

        var caller = context.Caller();
        if (context.Items.ContainsKey(CallerResolution.BadTokenItem))
        {
            return Refuse(context, StatusCodes.Status401Unauthorized, "ID-401", IdentityText.TokenInvalid);
        }

        if (!Allowed(context, caller, access))
        {
            return caller.Kind == CallerKind.Anonymous ? AskToSignOn(context) : Forbid(context);
        }

        return NeedsFormToken(context, endpoint) ? CheckFormToken(context) : next(context);
    }

    private bool Allowed(HttpContext context, Caller caller, RouteAccess access)
    {
        if (access.PublicReason is not null)
        {
            return true;
        }

        if (access.SignedIn)
        {
            return caller.Kind != CallerKind.Anonymous;
        }

        var permission = access.Permission!;
        if (!permission.StartsWith(RouteAccess.ResourceHole, StringComparison.Ordinal))
        {
            return caller.May(permission);
        }

        // A resource that does not exist is the handler's to say: it answers 404 with the name.
        var right = permission.AsSpan(RouteAccess.ResourceHole.Length);
        return context.Request.RouteValues["resource"] is not string named
            || registry.Find(named) is not { } resource
            || caller.May(string.Concat(resource.Address, right))
            || (resource.Open && right is ".read");
    }

    /// <summary>
    /// Only requests that a browser would send by itself: with a cookie, or as a form. A call with a token, or with
    /// a body that no form can send and without a cookie, cannot be forged from another site.
    /// </summary>
    private static bool NeedsFormToken(HttpContext context, Endpoint endpoint)
    {
        var request = context.Request;
        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
            && request.Headers.Authorization.Count == 0
            && (request.Cookies.ContainsKey(Sessions.Cookie) || request.HasFormContentType)
            && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false };
    }

    private async Task CheckFormToken(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
            && context.Request.ContentLength > limit.MaxRequestBodySize)
        {
            await RefuseLarge(context, limit);
            return;
        }

        bool valid;
        try
        {
            valid = await antiforgery.IsRequestValidAsync(context);
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "ID-400", IdentityText.FormBroken);
            return;
        }

        await (valid ? next(context) : Refuse(context, StatusCodes.Status400BadRequest, "ID-419", IdentityText.FormExpired));
    }

    /// <summary>
    /// A browser shows the answer only when its upload was taken to the end: otherwise people see a broken connection.
    /// What they send is let go as it comes; only for those who have signed in.
    /// </summary>
    private static async Task RefuseLarge(HttpContext context, IHttpMaxRequestBodySizeFeature limit)
    {
        if (context.Caller().Kind != CallerKind.Anonymous)
        {
            limit.MaxRequestBodySize = null;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        await Refuse(context, StatusCodes.Status413PayloadTooLarge, "ID-413", IdentityText.FormTooLarge);
    }

    private static Task AskToSignOn(HttpContext context)
    {
        if (WantsProblem(context))
        {
            return Refuse(context, StatusCodes.Status401Unauthorized, "ID-401", IdentityText.SignOnFirst);
        }

        var back = HttpMethods.IsGet(context.Request.Method)
            ? "?to=" + Uri.EscapeDataString(context.Request.PathBase + context.Request.Path + context.Request.QueryString)
            : "";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/sign-in" + back;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static Task Forbid(HttpContext context) =>
        Refuse(context, StatusCodes.Status403Forbidden, "ID-403", IdentityText.NotPermitted(context.Caller()));

    /// <summary>One sentence, as a page or as a problem document.</summary>
    internal static Task Refuse(HttpContext context, int status, string code, string sentence)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!WantsProblem(context))
        {
            return context.Show<SignOn.RefusedPage>(new { Sentence = sentence, Code = code }, status).ExecuteAsync(context);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = context.Items.ContainsKey(CallerResolution.BadTokenItem)
                ? "Bearer realm=\"shali\", error=\"invalid_token\""
                : "Bearer realm=\"shali\"";
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new { type = Api.Problems.TypeOf(code), title = sentence, status, code, detail = sentence, instance = context.Request.Path.Value },
            ProblemJson,
            context.RequestAborted);
    }

    /// <summary>Interfaces, and whoever asks for no page.</summary>
    private static bool WantsProblem(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0
            || context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/connect", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal))
        {
            return !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        }

        var accept = context.Request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    private static readonly JsonSerializerOptions ProblemJson = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };
}

public static class RouteGuardExtensions
{
    /// <summary>After routing and <c>UseCaller</c>, before the handlers.</summary>
    public static IApplicationBuilder UseRouteAccess(this IApplicationBuilder app) => app.UseMiddleware<RouteGuard>();
}

/// <summary>Every route says who may use it, or the host does not start.</summary>
public static class RouteAccessCheck
{
    /// <summary>What is served is what was checked: the table of routes is closed. (Open, it is also built anew for each who reads it.)</summary>
    public static void Demand(IEndpointRouteBuilder app)
    {
        var endpoints = app.DataSources.SelectMany(source => source.Endpoints).ToArray();
        var silent = Silent(endpoints).ToList();
        if (silent.Count > 0)
        {
            throw new StartRefusedException($"以下地址没有声明访问权限，拒绝启动：{string.Join("、", silent)}");
        }

        app.DataSources.Clear();
        app.DataSources.Add(new DefaultEndpointDataSource(endpoints));
    }

    /// <summary>The routes that declare nothing, as method and pattern.</summary>
    public static IEnumerable<string> Silent(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<RouteAccess>() is null
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select $"{string.Join(',', methods)} {endpoint.RoutePattern.RawText}".Trim();
}
