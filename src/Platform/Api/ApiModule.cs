using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Api.Items;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Api.Schemas;
using Shali.Platform.Geo;
using Shali.Platform.Identity;
using Shali.Platform.Registry;

namespace Shali.Platform.Api;

/// <summary>
/// The uniform interface: OGC API Features (parts 1 to 5) over every resource, and its change feed. This is its table
/// of contents.
/// </summary>
public static class ApiModule
{
    private const string SeesOwn = "the handler answers what the caller may see";

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddRecordFiles()
        .AddSingleton<Extents>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<OpenApiCache>()
        .AddSingleton<CollectionsDoor>()
        .AddSingleton<SchemaDoor>()
        .AddSingleton<ItemsDoor>()
        .AddSingleton<WritingDoor>()
        .AddSingleton<ChangesDoor>()
        .AddSingleton<FilesDoor>()
        .AddSingleton<OpenApiDoor>();

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var collections = services.GetRequiredService<CollectionsDoor>();
        var schemas = services.GetRequiredService<SchemaDoor>();
        var items = services.GetRequiredService<ItemsDoor>();
        var writing = services.GetRequiredService<WritingDoor>();
        var files = services.GetRequiredService<FilesDoor>();
        var openApi = services.GetRequiredService<OpenApiDoor>();

        Get("/api", collections.Landing);
        Get("/api/conformance", collections.Conformance);
        Get("/api/openapi.json", openApi.Document);
        Get("/api/docs", openApi.Page);
        Get("/api/collections", collections.All);
        Get("/api/collections/{collection}", collections.One);
        Get("/api/collections/{collection}/schema", schemas.Schema);
        Get("/api/collections/{collection}/queryables", schemas.Queryables);
        Get("/api/collections/{collection}/sortables", schemas.Sortables);
        Get("/api/collections/{collection}/changes", services.GetRequiredService<ChangesDoor>().List);
        Get("/api/collections/{collection}/items", items.List);
        Get("/api/collections/{collection}/items/{key}", items.One);
        Get("/api/collections/{collection}/items/{key}/files/{field}", files.Get);

        Write("OPTIONS", "/api/collections/{collection}/items", writing.Options);
        Write("OPTIONS", "/api/collections/{collection}/items/{key}", writing.Options);
        Write("POST", "/api/collections/{collection}/items", writing.Create);
        Write("PUT", "/api/collections/{collection}/items/{key}", writing.Replace);
        Write("PATCH", "/api/collections/{collection}/items/{key}", writing.Update);
        Write("DELETE", "/api/collections/{collection}/items/{key}", writing.Delete);
        Write("POST", "/api/collections/{collection}/files", files.Create).WithMetadata(new RequestSizeLimitAttribute(RecordFiles.BytesMax + (1 << 20)));
        return routes;

        void Get(string pattern, RequestDelegate handle) =>
            routes.MapMethods(pattern, ["GET", "HEAD"], Faults.Told(handle)).Public(SeesOwn);

        IEndpointConventionBuilder Write(string method, string pattern, RequestDelegate handle) =>
            routes.MapMethods(pattern, [method], Faults.Told(handle)).Public(SeesOwn);
    }
}
