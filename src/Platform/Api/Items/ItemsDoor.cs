using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Api.Pages;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Files;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Api.Items;

/// <summary><c>/api/collections/{address}/items</c> and <c>/items/{key}</c>: reading.</summary>
internal sealed class ItemsDoor(ResourceRegistry registry, GovernedReader reader, Manifests manifests, TimeProvider time)
{
    private const int FlushAt = 32 * 1024;

    public async Task List(HttpContext context)
    {
        if (await Asked(context, ItemsQuery.Of) is not { } asked)
        {
            return;
        }

        var (shape, query) = asked;
        if (query.Format is Format.Csv or Format.Xlsx or Format.Parquet && !query.Limited)
        {
            var whole = query.Read with { Way = GrantWay.File };
            if (reader.AccessOf(whole) is not { Export: true } access)
            {
                var refusals = reader.Check(whole);
                await context.Refuse(refusals.Any ? refusals : Refusals.Of(new Refusal("API-A04", "limit", Text.NotExport(shape.Definition.Name))));
                return;
            }

            var rows = reader.Stream(whole, query.Records, context.RequestAborted);
            if (whole.Who.Kind == CallerKind.Anonymous)
            {
                // What is open to everybody is given to nobody in particular.
                await Tables.Send(context, shape, query, access, rows, null);
                return;
            }

            var about = manifests.About(context, whole, access, Formats.Name(query.Format), Tables.FileName(shape, query), Tables.Columns(shape, query), query.Records.AsOf);

            // A browser does not show the header: whoever keeps the file finds its manifest by the file's name.
            about = about with { FileName = $"{shape.Definition.Address}-{about.Number}.{about.Format}" };
            await manifests.Send(context, about, whole, file => Tables.Send(context, shape, query, access, rows, file, about.FileName));
            return;
        }

        var page = await reader.List(query.Read, query.Records, context.RequestAborted);
        if (!page.Ok)
        {
            await context.Refuse(page.Refusals);
            return;
        }

        Headers(context, query);
        if (page.Value.Next is { } next)
        {
            var address = Links.With(context.Request, "cursor", next);
            context.Response.Headers.Link = $"<{address}>; rel=\"next\"";
        }

        switch (query.Format)
        {
            case Format.Html:
                await context.Show<ItemsPage>(new { Resource = shape.Definition, Items = page.Value, Next = NextPage(context, page.Value) })
                    .ExecuteAsync(context);
                break;
            case Format.Json:
                await Collection(context, shape, query, page.Value);
                break;
            default:
                await Tables.Send(context, shape, query, reader.AccessOf(query.Read)!, AsyncEnumerable.ToAsyncEnumerable(page.Value.Records), null);
                break;
        }
    }

    public async Task One(HttpContext context)
    {
        if (await Asked(context, ItemsQuery.OfOne) is not { } asked)
        {
            return;
        }

        var (shape, query) = asked;
        var key = Key(context);
        var read = await reader.Get(query.Read, key, query.Records.AsOf, shown => Written(context, shape, query, shown), context.RequestAborted);
        if (read is null)
        {
            await context.Refuse(new Refusal("API-C02", "", Text.NoItem(shape.Definition.Name, key)));
            return;
        }

        Headers(context, query);
        context.Response.Headers.ETag = read.Shown.Record.ETag;
        if (IsKnown(context, read.Shown))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        }
        else if (read.Feature is { } feature)
        {
            await feature.Send(context, Formats.GeoJson);
        }
        else
        {
            await context.Show<ItemPage>(new { Resource = shape.Definition, Item = read.Shown }).ExecuteAsync(context);
        }
    }

    /// <summary>A record and, where one is asked for, its document.</summary>
    private sealed record ReadItem(ShownRecord Shown, JsonAnswer? Feature);

    /// <summary>The caller has it as it is.</summary>
    private static bool IsKnown(HttpContext context, ShownRecord shown) => context.Request.Headers.IfNoneMatch is [{ } known] && known == shown.Record.ETag;

    private static ReadItem Written(HttpContext context, FeatureShape shape, ItemsQuery query, ShownRecord shown) =>
        new(shown, query.Format == Format.Html || IsKnown(context, shown) ? null : Feature(context, shape, query, shown));

    /// <summary>The key in the address; a slash in it comes encoded.</summary>
    public static string Key(HttpContext context) =>
        ((string)context.Request.RouteValues["key"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private delegate Outcome<ItemsQuery> Understand(HttpContext context, FeatureShape shape, ReadRequest read, Access access);

    /// <summary>The resource, the right to read it and the parameters; null when the refusal was already sent.</summary>
    private async Task<(FeatureShape Shape, ItemsQuery Query)?> Asked(HttpContext context, Understand understand)
    {
        if (await Collections.Find(context, registry) is not { } resource)
        {
            return null;
        }

        var (read, wrong) = ReadHeaders.Of(context, resource);
        read = IsWhole(context.Request) ? read with { Way = GrantWay.File } : read;
        var access = reader.AccessOf(read);
        if (read.Clear || wrong.Any || access is null or { Grant: not null })
        {
            var refusals = reader.Check(read).And(wrong);
            if (refusals.Any)
            {
                await context.Refuse(refusals);
                return null;
            }
        }

        var shape = FeatureShape.Of(resource);
        var query = understand(context, shape, read, access!);
        if (query.Ok)
        {
            return (shape, query.Value);
        }

        await context.Refuse(query.Refusals);
        return null;
    }

    /// <summary>Asks for the whole as a file, as far as the address says it.</summary>
    private static bool IsWhole(HttpRequest request) =>
        request.QueryString.HasValue && request.Query["f"].ToString() is "csv" or "xlsx" or "parquet" && !request.Query.ContainsKey("limit");

    private static void Headers(HttpContext context, ItemsQuery query)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.Vary = "Accept, Authorization, Cookie, Shali-Clear";
        headers["Content-Crs"] = $"<{query.Crs.Uri}>";
    }

    private static string? NextPage(HttpContext context, ShownPage page) =>
        page.Next is { } next ? Links.With(context.Request, "cursor", next) : null;

    private static JsonAnswer Feature(HttpContext context, FeatureShape shape, ItemsQuery query, ShownRecord shown)
    {
        var answer = JsonAnswer.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        new FeatureWriter(shape, query.Crs, query.Fields, query.Geometry).Members(json, shown, masked: true);
        var request = context.Request;
        var collection = Links.Base(request) + shape.Path;
        var self = $"{collection}/items/{Uri.EscapeDataString(shown.Key)}";
        json.WriteStartArray("links"u8);
        Links.Write(json, "self", Formats.GeoJson, self);
        Links.Write(json, "alternate", Formats.Html, self + "?f=html");
        Links.Write(json, "collection", Formats.Json, collection);
        json.WriteEndArray();
        json.WriteEndObject();
        return answer;
    }

    private async Task Collection(HttpContext context, FeatureShape shape, ItemsQuery query, ShownPage page)
    {
        var response = context.Response;
        response.ContentType = Formats.GeoJson;
        await using var json = new Utf8JsonWriter(response.BodyWriter, FeatureWriter.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection");
        FeatureWriter.Moment(json, JsonEncodedText.Encode("timeStamp"), time.GetUtcNow());
        json.WriteNumber("numberReturned"u8, page.Records.Count);
        Links.Write(json, ListLinks(context, shape, page));
        var writer = new FeatureWriter(shape, query.Crs, query.Fields, query.Geometry);
        if (page.Records.Count > 0)
        {
            writer.Masked(json, page.Records[0].Masked);
        }

        json.WriteStartArray("features"u8);
        foreach (var shown in page.Records)
        {
            json.WriteStartObject();
            writer.Members(json, shown, masked: false);
            json.WriteEndObject();
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
                await response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<Link> ListLinks(HttpContext context, FeatureShape shape, ShownPage page)
    {
        var request = context.Request;
        yield return new("self", Formats.GeoJson, Links.With(request, "f", request.Query["f"]));
        yield return new("alternate", Formats.Html, Links.With(request, "f", "html"));
        yield return new("alternate", Formats.Csv, Links.With(request, "f", "csv"));
        yield return new("alternate", Formats.Xlsx, Links.With(request, "f", "xlsx"));
        yield return new("alternate", Formats.Parquet, Links.With(request, "f", "parquet"));
        yield return new("collection", Formats.Json, Links.Base(request) + shape.Path);
        if (page.Next is { } next)
        {
            yield return new("next", Formats.GeoJson, Links.With(request, "cursor", next));
        }
    }
}
