using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shali.Platform.Identity;

namespace Shali.Platform.Registry.Load;

/// <summary>The bulk load: files into resources through page, interface and command line.</summary>
public static class LoadModule
{
    public static IServiceCollection AddLoad(this IServiceCollection services, LoadSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<LoadFiles>();
        services.AddSingleton<LoadJobs>();
        services.AddSingleton<LoadRun>();
        services.AddSingleton<LoadDesk>();
        services.AddSingleton<LoadPages>();
        services.AddSingleton<LoadApi>();
        services.AddSingleton<LoadWorker>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LoadWorker>());
        return services;
    }

    public static IEndpointRouteBuilder MapLoad(this IEndpointRouteBuilder routes)
    {
        // The form around the file is small; the file's own limit is checked while it is written.
        var takesFiles = new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<LoadSettings>().Limits.FileBytes + (1 << 20));
        MapPages(routes, takesFiles);
        MapApi(routes, takesFiles);
        return routes;
    }

    private static void MapPages(IEndpointRouteBuilder routes, RequestSizeLimitAttribute takesFiles)
    {
        const string right = "{resource}.load";
        routes.MapGet("/records/{resource}/load", (HttpContext context, LoadPages pages, string resource) => pages.Bring(context, resource))
            .Needs(right);
        // The token is checked in the handler before the file is read: the guard would read the whole file first.
        routes.MapPost("/records/{resource}/load", (HttpContext context, LoadPages pages, string resource, CancellationToken cancel) =>
            pages.Receive(context, resource, cancel)).Needs(right).WithMetadata(takesFiles).DisableAntiforgery();
        routes.MapGet("/records/{resource}/loads", (HttpContext context, LoadPages pages, string resource, CancellationToken cancel) =>
            pages.List(context, resource, cancel)).Needs(right);
        var job = routes.MapGroup("/records/{resource}/loads/{id}");
        job.MapGet("", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.Show(context, resource, id, cancel)).Needs(right);
        job.MapPost("", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.Decide(context, resource, id, cancel)).Needs(right);
        job.MapPost("/read", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.ReadOtherwise(context, resource, id, cancel)).Needs(right);
        job.MapPost("/cancel", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.Cancel(context, resource, id, cancel)).Needs(right);
        job.MapGet("/rejects.csv", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.Rejects(context, resource, id, "csv", cancel)).Needs(right);
        job.MapGet("/rejects.xlsx", (HttpContext context, LoadPages pages, string resource, string id, CancellationToken cancel) =>
            pages.Rejects(context, resource, id, "xlsx", cancel)).Needs(right);
    }

    private static void MapApi(IEndpointRouteBuilder routes, RequestSizeLimitAttribute takesFiles)
    {
        routes.MapPost("/api/collections/{resource}/loads", (HttpContext context, LoadApi api, string resource, CancellationToken cancel) =>
            api.Create(context, resource, cancel)).Needs("{resource}.load").WithMetadata(takesFiles);
        routes.MapGet("/api/loads/{id}", (HttpContext context, LoadApi api, string id, CancellationToken cancel) =>
            api.Get(context, id, cancel)).NeedsSignIn();
        routes.MapDelete("/api/loads/{id}", (HttpContext context, LoadApi api, string id, CancellationToken cancel) =>
            api.Cancel(context, id, cancel)).NeedsSignIn();
        routes.MapGet("/api/loads/{id}/rejects", (HttpContext context, LoadApi api, string id, CancellationToken cancel) =>
            api.Rejects(context, id, cancel)).NeedsSignIn();
    }
}
