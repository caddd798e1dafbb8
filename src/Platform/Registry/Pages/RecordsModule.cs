using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Registry.Design;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Registry.Pages;

/// <summary>The pages that every resource has from its definition, and those where offices make definitions.</summary>
public static class RecordsModule
{
    // One file of the largest size and the rest of the form.
    private static readonly RequestSizeLimitAttribute TakesFiles = new(RecordFiles.BytesMax + (4L * 1024 * 1024));

    // Two hundred fields of some twenty inputs each.
    private const int InputsMax = 10_000;

    public static IServiceCollection AddRecords(this IServiceCollection services) => services
        .AddRecordFiles()
        .AddSingleton<RecordForm>()
        .AddSingleton<RecordList>()
        .AddSingleton<RecordView>()
        .AddSingleton<RecordEdit>()
        .AddSingleton<RecordHistory>()
        .AddSingleton<UploadedSheets>()
        .AddSingleton<DefinitionUpload>()
        .AddSingleton<DefinitionPages>()
        .AddSingleton<CodeListPages>()
        .AddSingleton<DefinitionApi>();

    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        MapLists(routes);
        MapRecord(routes.MapGroup("/records/{resource}/{key}"));
        MapDesigner(routes.MapGroup("/admin/definitions"));
        MapApi(routes.MapGroup("/api/definitions"));
        return routes;
    }

    private static void MapLists(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/records", (HttpContext context, RecordList page) => page.Index(context)).NeedsSignIn();
        routes.MapGet("/records/{resource}", (HttpContext context, RecordList page, string resource, CancellationToken cancel) =>
            page.Show(context, resource, cancel)).Needs("{resource}.read");

        routes.MapGet("/records/{resource}/new", (HttpContext context, RecordEdit page, string resource, CancellationToken cancel) =>
            page.New(context, resource, cancel)).Needs("{resource}.write");
        routes.MapPost("/records/{resource}/new", (HttpContext context, RecordEdit page, string resource, CancellationToken cancel) =>
            page.Create(context, resource, cancel)).Needs("{resource}.write").WithMetadata(TakesFiles);
    }

    private static void MapRecord(RouteGroupBuilder record)
    {
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
    }

    private static void MapDesigner(RouteGroupBuilder designer)
    {
        designer.MapGet("", (HttpContext context, DefinitionPages page) => page.List(context)).Needs(Designer.Permission);
        designer.MapGet("/new", (HttpContext context, DefinitionPages page) => page.New(context)).Needs(Designer.Permission);
        designer.MapPost("/new", (HttpContext context, DefinitionPages page, CancellationToken cancel) =>
            page.Save(context, null, cancel)).Needs(Designer.Permission).WithFormOptions(valueCountLimit: InputsMax);
        // The token is checked in the handler before the file is read: the guard would read the whole file first.
        designer.MapGet("/upload", (HttpContext context, DefinitionUpload page) => page.Ask(context)).Needs(Designer.Permission);
        designer.MapPost("/upload", (HttpContext context, DefinitionUpload page, CancellationToken cancel) =>
            page.Propose(context, cancel)).Needs(Designer.Permission).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(new LoadLimits().FileBytes + (1 << 20)));
        designer.MapGet("/{resource}", (HttpContext context, DefinitionPages page, string resource, CancellationToken cancel) =>
            page.Show(context, resource, cancel)).Needs(Designer.Permission);
        designer.MapGet("/{resource}/versions/{number:int}", (HttpContext context, DefinitionPages page, string resource, int number, CancellationToken cancel) =>
            page.Version(context, resource, number, cancel)).Needs(Designer.Permission);
        designer.MapGet("/{resource}/edit", (HttpContext context, DefinitionPages page, string resource) =>
            page.Edit(context, resource)).Needs(Designer.Permission);
        designer.MapPost("/{resource}/edit", (HttpContext context, DefinitionPages page, string resource, CancellationToken cancel) =>
            page.Save(context, resource, cancel)).Needs(Designer.Permission).WithFormOptions(valueCountLimit: InputsMax);

        designer.MapGet("/code-lists", (HttpContext context, CodeListPages page) => page.List(context)).Needs(Designer.Permission);
        designer.MapGet("/code-lists/new", (HttpContext context, CodeListPages page) => page.New(context)).Needs(Designer.Permission);
        designer.MapPost("/code-lists/new", (HttpContext context, CodeListPages page, CancellationToken cancel) =>
            page.Save(context, null, cancel)).Needs(Designer.Permission);
        designer.MapGet("/code-lists/{name}", (HttpContext context, CodeListPages page, string name) =>
            page.Show(context, name)).Needs(Designer.Permission);
        designer.MapPost("/code-lists/{name}", (HttpContext context, CodeListPages page, string name, CancellationToken cancel) =>
            page.Save(context, name, cancel)).Needs(Designer.Permission);
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("", (DefinitionApi door) => door.List()).Needs(Designer.Permission);
        api.MapPost("", (HttpContext context, DefinitionApi door, CancellationToken cancel) =>
            door.Create(context, cancel)).Needs(Designer.Permission);
        api.MapGet("/{resource}", (HttpContext context, DefinitionApi door, string resource) =>
            door.Get(context, resource)).Needs(Designer.Permission);
        api.MapPut("/{resource}", (HttpContext context, DefinitionApi door, string resource, CancellationToken cancel) =>
            door.Change(context, resource, cancel)).Needs(Designer.Permission);
        api.MapGet("/{resource}/versions/{number:int}", (DefinitionApi door, string resource, int number, CancellationToken cancel) =>
            door.Version(resource, number, cancel)).Needs(Designer.Permission);
    }
}
