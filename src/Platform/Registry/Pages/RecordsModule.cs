using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;

namespace Shali.Platform.Registry.Pages;

/// <summary>The pages that every resource has from its definition, and those where offices make definitions.</summary>
public static class RecordsModule
{
    // One file of the largest size and the rest of the form.
    private static readonly RequestSizeLimitAttribute TakesFiles = new(RecordFiles.BytesMax + (4L * 1024 * 1024));

    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddSingleton<RecordFiles>()
        .AddSingleton<RecordForm>()
        .AddSingleton<RecordList>()
        .AddSingleton<RecordView>()
        .AddSingleton<RecordEdit>()
        .AddSingleton<RecordHistory>();

    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/records", (HttpContext context, RecordList page) => page.Index(context)).NeedsSignIn();
        routes.MapGet("/records/{resource}", (HttpContext context, RecordList page, string resource, CancellationToken cancel) =>
            page.Show(context, resource, cancel)).Needs("{resource}.read");

        routes.MapGet("/records/{resource}/new", (HttpContext context, RecordEdit page, string resource, CancellationToken cancel) =>
            page.New(context, resource, cancel)).Needs("{resource}.write");
        routes.MapPost("/records/{resource}/new", (HttpContext context, RecordEdit page, string resource, CancellationToken cancel) =>
            page.Create(context, resource, cancel)).Needs("{resource}.write").WithMetadata(TakesFiles);

        var record = routes.MapGroup("/records/{resource}/{key}");
        record.MapGet("", (HttpContext context, RecordView page, string resource, string key, CancellationToken cancel) =>
            page.Show(context, resource, key, cancel)).Needs("{resource}.read");
        record.MapPost("/reveal", (HttpContext context, RecordView page, string resource, string key, CancellationToken cancel) =>
            page.Reveal(context, resource, key, cancel)).Needs("{resource}.clear");
        record.MapGet("/files/{field}", (HttpContext context, RecordView page, string resource, string key, string field, CancellationToken cancel) =>
            page.Download(context, resource, key, field, cancel)).Needs("{resource}.read");
        record.MapGet("/edit", (HttpContext context, RecordEdit page, string resource, string key, CancellationToken cancel) =>
            page.Edit(context, resource, key, cancel)).Needs("{resource}.write");
        record.MapPost("/edit", (HttpContext context, RecordEdit page, string resource, string key, CancellationToken cancel) =>
            page.Save(context, resource, key, cancel)).Needs("{resource}.write").WithMetadata(TakesFiles);
        record.MapGet("/delete", (HttpContext context, RecordEdit page, string resource, string key, CancellationToken cancel) =>
            page.Confirm(context, resource, key, cancel)).Needs("{resource}.write");
        record.MapPost("/delete", (HttpContext context, RecordEdit page, string resource, string key, CancellationToken cancel) =>
            page.Delete(context, resource, key, cancel)).Needs("{resource}.write");
        record.MapGet("/history", (HttpContext context, RecordHistory page, string resource, string key, CancellationToken cancel) =>
            page.Show(context, resource, key, cancel)).Needs("{resource}.read");
        record.MapGet("/compare", (HttpContext context, RecordHistory page, string resource, string key, CancellationToken cancel) =>
            page.Compare(context, resource, key, cancel)).Needs("{resource}.read");
        return routes;
    }
}
