using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Systems;

namespace Shali.Platform.Ui;

/// <summary>What every page needs beside its own model: who looks, where, and the token that his forms carry.</summary>
public sealed record PageContext(Caller Caller, string Path, string Query, string FormToken, IReadOnlyList<MenuEntry> Menu)
{
    /// <summary>The name of the hidden form field that carries <see cref="FormToken"/>.</summary>
    public const string FormTokenField = "__token";

    /// <summary>Whose city it is and what kind of installation: the same for all pages.</summary>
    public Installation Site { get; init; } = new();
}

/// <summary>Answers of page handlers: show a component, or go elsewhere after a POST.</summary>
public static class Pages
{
    /// <summary>
    /// Shows a component. Its parameters are the properties of <paramref name="parameters"/>; it also gets
    /// <c>Page</c>. 200 for a page, 422 when input was refused and the same page is shown again.
    /// </summary>
    public static IResult Show<TComponent>(this HttpContext context, object? parameters = null, int status = 200)
        where TComponent : IComponent
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Page"] = context.PageContext() };
        foreach (var property in parameters?.GetType().GetProperties() ?? [])
        {
            values[property.Name] = property.GetValue(parameters);
        }

        return new RazorComponentResult<TComponent>(values) { StatusCode = status };
    }

    public static PageContext PageContext(this HttpContext context)
    {
        var caller = context.Caller();
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var systems = context.RequestServices.GetRequiredService<IReadOnlyList<CitySystem>>();
        var menu = systems.SelectMany(system => system.Menu)
            .Where(entry => entry.Permission is null || caller.May(entry.Permission))
            .ToList();
        return new(caller, context.Request.Path, context.Request.QueryString.Value ?? "", tokens.RequestToken!, menu)
        {
            Site = context.RequestServices.GetRequiredService<Installation>(),
        };
    }

    /// <summary>303: the POST is done, look at the result there. Only local addresses.</summary>
    public static IResult SeeOther(string address) => new SeeOtherResult(address);

    /// <summary>An address inside this site: a slash, and not a second one in either direction.</summary>
    public static bool IsLocal(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)
        && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl);

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (!IsLocal(address))
            {
                throw new InvalidOperationException("Only local addresses.");
            }

            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
