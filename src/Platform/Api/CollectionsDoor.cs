using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NetTopologySuite.Geometries;
using Shali.Platform.Api.Items;
using Shali.Platform.Api.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Geo;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Api;

/// <summary>The landing page, the conformance declaration and the descriptions of collections.</summary>
internal sealed class CollectionsDoor(ResourceRegistry registry, GovernedReader reader, Extents extents)
{
    public async Task Landing(HttpContext context)
    {
        if (await FormatOf(context) is not { } format)
        {
            return;
        }

        if (format == Format.Html)
        {
            await context.Show<ApiPage>().ExecuteAsync(context);
            return;
        }

        var root = Links.Base(context.Request) + "/api";
        await JsonAnswer.Send(context, Formats.Json, json =>
        {
            json.WriteString("title"u8, Text.ApiTitle);
            json.WriteString("description"u8, Text.ApiDescription);
            Links.Write(json,
            [
                new("self", Formats.Json, root),
                new("alternate", Formats.Html, root + "?f=html"),
                new("service-desc", Formats.OpenApi, root + "/openapi.json"),
                new("service-doc", Formats.Html, root + "/docs"),
                new("conformance", Formats.Json, root + "/conformance"),
                new("data", Formats.Json, root + "/collections"),
            ]);
        });
    }

    public async Task Conformance(HttpContext context)
    {
        if (await FormatOf(context) is not { } format)
        {
            return;
        }

        if (format == Format.Html)
        {
            await context.Show<ConformancePage>().ExecuteAsync(context);
            return;
        }

        await JsonAnswer.Send(context, Formats.Json, json =>
        {
            json.WriteStartArray("conformsTo"u8);
            foreach (var name in Api.Conformance.Classes)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        });
    }

    public async Task All(HttpContext context)
    {
        if (await FormatOf(context) is not { } format)
        {
            return;
        }

        var visible = Visible(context.Caller());
        if (format == Format.Html)
        {
            await context.Show<CollectionsPage>(new { Visible = visible }).ExecuteAsync(context);
            return;
        }

        var boxes = new Envelope?[visible.Count];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = await Extent(context.Caller(), visible[i], context.RequestAborted);
        }

        var root = Links.Base(context.Request);
        await JsonAnswer.Send(context, Formats.Json, json =>
        {
            Links.Write(json,
            [
                new("self", Formats.Json, root + "/api/collections"),
                new("alternate", Formats.Html, root + "/api/collections?f=html"),
            ]);
            json.WriteStartArray("crs"u8);
            foreach (var crs in Crs.All)
            {
                json.WriteStringValue(crs.Uri);
            }

            json.WriteEndArray();
            json.WriteStartArray("collections"u8);
            for (var i = 0; i < visible.Count; i++)
            {
                json.WriteStartObject();
                Describe(json, root, FeatureShape.Of(visible[i]), boxes[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    public async Task One(HttpContext context)
    {
        if (await Collections.Find(context, registry) is not { } resource || await FormatOf(context) is not { } format)
        {
            return;
        }

        var (read, _) = ReadHeaders.Of(context, resource);
        var refusals = reader.Check(read with { Clear = false, Way = GrantWay.Any });
        if (refusals.Any)
        {
            await context.Refuse(refusals);
            return;
        }

        var shape = FeatureShape.Of(resource);
        if (format == Format.Html)
        {
            await context.Show<CollectionPage>(new { Resource = resource })
                .ExecuteAsync(context);
            return;
        }

        var box = await Extent(read.Who, resource, context.RequestAborted);
        await JsonAnswer.Send(context, Formats.Json, json => Describe(json, Links.Base(context.Request), shape, box));
    }

    private List<ResourceDefinition> Visible(Caller caller) =>
        [.. registry.All.Where(resource => reader.AccessOf(new ReadRequest(caller, resource) { Way = GrantWay.Any }) is not null)];

    /// <summary>Whoever reads by a grant knows some of the records: where all of them lie is not told to him.</summary>
    private async Task<Envelope?> Extent(Caller who, ResourceDefinition resource, CancellationToken cancel) =>
        reader.AccessOf(new ReadRequest(who, resource) { Way = GrantWay.Any }) is { Grant: null } && FeatureShape.Of(resource).PlaceField is { Closed: false } place && ReadView.MaskOf(place) == MaskShape.None
            ? await extents.Of(resource, place, cancel)
            : null;

    /// <summary>The form that the caller wants of a document without other parameters; null when he was refused.</summary>
    public static async Task<Format?> FormatOf(HttpContext context)
    {
        var parameters = new Parameters(context.Request);
        var format = Formats.Choose(parameters, context.Request, Formats.Documents);
        var refusals = parameters.End();
        context.Response.Headers.Vary = "Accept, Authorization, Cookie";
        context.Response.Headers.CacheControl = "private, no-cache";
        if (!refusals.Any)
        {
            return format;
        }

        await context.Refuse(refusals);
        return null;
    }

    private static void Describe(Utf8JsonWriter json, string root, FeatureShape shape, Envelope? box)
    {
        var resource = shape.Definition;
        var self = root + shape.Path;
        json.WriteString("id"u8, resource.Address);
        json.WriteString("title"u8, resource.Name);
        json.WriteString("description"u8, resource.Note.Length > 0 ? resource.Note : resource.Name);
        json.WriteString("itemType"u8, "feature");
        if (box is not null)
        {
            Extent(json, box);
        }

        json.WriteStartArray("crs"u8);
        if (shape.Spatial)
        {
            foreach (var crs in Crs.All)
            {
                json.WriteStringValue(crs.Uri);
            }
        }
        else
        {
            json.WriteStringValue(Crs.Crs84.Uri);
        }

        json.WriteEndArray();
        if (shape.PlaceField is { } place)
        {
            json.WriteString("storageCrs"u8, Crs.Stored(place.Srid).Uri);
        }

        Links.Write(json,
        [
            new("self", Formats.Json, self),
            new("alternate", Formats.Html, self + "?f=html"),
            new("items", Formats.GeoJson, self + "/items", resource.Name),
            new("items", Formats.Html, self + "/items?f=html", resource.Name),
            new("items", Formats.Csv, self + "/items?f=csv", resource.Name),
            new("items", Formats.Xlsx, self + "/items?f=xlsx", resource.Name),
            new("items", Formats.Parquet, self + "/items?f=parquet", resource.Name),
            new(Links.Schema, Formats.Schema, self + "/schema"),
            new(Links.Queryables, Formats.Schema, self + "/queryables"),
            new(Links.Sortables, Formats.Schema, self + "/sortables"),
            new("monitor", Formats.Json, self + "/changes"),
            new("describedby", Formats.Html, $"{root}/catalogue/{resource.Address}"),
        ]);
    }

    private static void Extent(Utf8JsonWriter json, Envelope box)
    {
        json.WriteStartObject("extent"u8);
        json.WriteStartObject("spatial"u8);
        json.WriteStartArray("bbox"u8);
        json.WriteStartArray();
        json.WriteNumberValue(box.MinX);
        json.WriteNumberValue(box.MinY);
        json.WriteNumberValue(box.MaxX);
        json.WriteNumberValue(box.MaxY);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("crs"u8, Crs.Crs84.Uri);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
