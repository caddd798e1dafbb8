using Microsoft.AspNetCore.Http;
using Shali.Platform.Api.Pages;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Api.OpenApi;

/// <summary>The description of the interface for programs and, from the same definitions, for people.</summary>
internal sealed class OpenApiDoor(ResourceRegistry registry, OpenApiCache cache)
{
    public async Task Document(HttpContext context)
    {
        var parameters = new Parameters(context.Request);
        _ = parameters.Take("f");
        var refusals = parameters.End();
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        var (document, tag) = cache.Current(registry);
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Append("Vary", "Accept");
        if (context.Request.Headers.IfNoneMatch is [{ } known] && known == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = Formats.OfDescription(context.Request);
        response.ContentLength = document.Length;
        await response.BodyWriter.WriteAsync(document, context.RequestAborted);
    }

    public async Task Page(HttpContext context)
    {
        var refusals = new Parameters(context.Request).End();
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        await context.Show<DocsPage>(new { Resources = registry.All })
            .ExecuteAsync(context);
    }
}
