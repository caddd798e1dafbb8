using System.Text;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Contracts;

/// <summary>Six thousand broken requests against every route of the interface: none may make it fail. Four thousand more: <see cref="RouteFuzz"/>.</summary>
public sealed class ApiFuzz(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Requests = 6_000;
    private const string Token = "api-fuzz.thing:read,write,clear,export";

    private static readonly ResourceDefinition Thing = new()
    {
        Id = "api-fuzz/thing",
        Name = "杂项",
        Clause = "P1",
        Owner = "data",
        ValidTime = true,
        Provenance = true,
        Fields =
        [
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, Indexed = true },
            new() { Name = "size", Label = "大小", Type = FieldTypes.Decimal },
            new() { Name = "count", Label = "数量", Type = FieldTypes.Integer },
            new() { Name = "day", Label = "日期", Type = FieldTypes.Date },
            new() { Name = "seen_at", Label = "时间", Type = FieldTypes.DateTime },
            new() { Name = "good", Label = "合格", Type = FieldTypes.YesNo },
            new() { Name = "id_number", Label = "身份号码", Type = FieldTypes.CitizenNumber, Grade = Grade.Sensitive },
            new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry },
        ],
    };

    private static readonly string[] Routes =
    [
        "/api", "/api/conformance", "/api/collections", "/api/openapi.json", "/api/docs",
        "/api/collections/api-fuzz.thing", "/api/collections/api-fuzz.thing/schema", "/api/collections/api-fuzz.thing/queryables",
        "/api/collections/api-fuzz.thing/sortables", "/api/collections/api-fuzz.thing/changes",
        "/api/collections/api-fuzz.thing/items", "/api/collections/api-fuzz.thing/items/K1",
        "/api/collections/api-fuzz.thing/items", "/api/collections/api-fuzz.thing/items/K1",
    ];

    private static readonly string[] Names =
    [
        "f", "limit", "cursor", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "sortby", "properties",
        "skipGeometry", "asOf", "after", "name", "size", "count", "day", "seen_at", "good", "id_number", "place", "nonsense", "",
    ];

    private static readonly string[] Values =
    [
        "", "json", "html", "csv", "xlsx", "1", "0", "-1", "10000", "99999999999999999999", "1e999", "NaN", "true", "false", "null", "'", "\"", "\\",
        "%00", "%", "%ff", "%ed%a0%80", "%E4%B8%AD", "a,b", "-name", "name,-count,name", "place", "113,33,115,34", "180,-90,-180,90", "1,2,3,4,5,6", "NaN,1,2,3",
        "http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4326", "cql2-text", "2026-01-01", "9999-12-31", "0001-01-01", "2026-01-01T00:00:00Z", "../..",
        "../2026-01-01", "2026-01-01/..", "2026-02-30", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "1.0", "9223372036854775807.2147483647",
        "WyJhIl0", "W10", "WzFd", "name='a'", "size>1e28", "count=9223372036854775807", "count=9223372036854775808", "day<DATE('0001-01-01')",
        "seen_at>TIMESTAMP('9999-12-31T23:59:59Z')", "S_INTERSECTS(place,POINT(1 2))", "S_INTERSECTS(place,POLYGON((0 0,1 1,0 1,1 0,0 0)))",
        "S_INTERSECTS(place,BBOX(-180,-90,180,90))", "S_INTERSECTS(place,LINESTRING(0 0,0 0))", "casei(name) like 'A%25'", "name like '%25\\'", "NOT name IN ('a')",
        "id_number='110101199003074514'", "((((((((((", "S_INTERSECTS(place,POINT(1e300 1))", "110101199003074514",
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "1", "\"a\"", "{\"type\":\"Feature\"}", "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e400,2]},\"properties\":{\"name\":\"a\"}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]},\"properties\":{\"name\":\"a\"}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[null]},\"properties\":{\"name\":\"a\"}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":null},\"properties\":{\"name\":\"a\",\"size\":1e300}}",
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1,2]]]]},\"properties\":{\"name\":\"a\"}}",
        "{\"properties\":{\"count\":1.5,\"size\":123456789012345678901234567890,\"day\":\"9999-99-99\",\"good\":\"x\"}}",
        "{\"properties\":{\"name\":\"\\ud800\",\"seen_at\":\"0001-01-01\"}}", "{\"properties\":{\"name\":\"\\u0000\"}}", "{\"properties\":{\"name\":{}}}",
        "{\"properties\":{\"seen_at\":\"9999-12-31T23:59:59.9999999-14:00\"}}", "{\"record\":{\"validFrom\":\"2026-01-01\",\"validTo\":\"0001-01-01\"}}",
        "{\"record\":{\"validFrom\":5}}", "{\"id\":[]}", "{\"type\":5}", "{\"\\ud800\":1}", "{\"properties\":{\"\\ud800\":1}}", "{\"geometry\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ];

    private static readonly string[] Types = ["application/json", "application/geo+json", "application/merge-patch+json", "text/plain", "application/json; charset=gbk", ""];
    private static readonly string[] Methods = ["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] Headers = ["If-Match", "Idempotency-Key", "Shali-Purpose", "Shali-Case", "Shali-Clear", "Content-Crs", "Accept", "If-None-Match"];

    private static readonly string[] HeaderValues =
    [
        "*", "\"1\"", "\"x\"", "W/\"1\"", "", "true", "maybe", "%E4%B8%AD", "%00", "%", "<EPSG:4490>", "<>", "text/html", "a/b;q=x", "*/*;q=0", "\"999999999999\"",
    ];

    [Fact]
    public async Task No_request_makes_it_fail()
    {
        var thing = await host.Publish(Thing);
        await host.City.Store.Write(
            new Act(Caller.Platform("test"), "load") { IdempotencyKey = "fuzz" },
            [new Change.Insert(thing, "K1", new Dictionary<string, object?> { ["name"] = "一" })]);
        using var client = host.As(null);
        var failed = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Requests),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (seed, cancel) =>
            {
                using var request = Request(new Random(seed));
                HttpResponseMessage response;
                try
                {
                    response = await client.SendAsync(request, cancel);
                }
                catch (HttpRequestException refused)
                {
                    failed.Enqueue($"{seed}: {refused.Message}");
                    return;
                }

                using (response)
                {
                    if ((int)response.StatusCode >= 500)
                    {
                        failed.Enqueue($"{seed}: {(int)response.StatusCode} {request.Method} {request.RequestUri} {(host.Faults.TryDequeue(out var fault) ? fault : null)}");
                    }
                }
            });
        Assert.True(failed.IsEmpty, string.Join('\n', failed.Take(10)) + $"\n{failed.Count} of {Requests}");
    }

    private static HttpRequestMessage Request(Random random)
    {
        string Pick(string[] from) => from[random.Next(from.Length)];
        var address = new StringBuilder(random.Next(40) == 0 ? Mutated(Pick(Routes), random) : Pick(Routes));
        for (int i = 0, count = random.Next(4); i < count; i++)
        {
            var value = random.Next(4) == 0 ? Mutated(Pick(Values), random) : Pick(Values);
            address.Append(i == 0 ? '?' : '&').Append(Pick(Names)).Append('=').Append(value.Contains('%', StringComparison.Ordinal) ? value : Uri.EscapeDataString(value));
        }

        var request = new HttpRequestMessage(new HttpMethod(Pick(Methods)), new Uri("/" + address.ToString().TrimStart('/', '\\'), UriKind.Relative));
        if (random.Next(20) != 0)
        {
            request.Headers.Authorization = new("Bearer", Token);
        }

        if (request.Method.Method is "POST" or "PUT" or "PATCH")
        {
            var body = random.Next(4) == 0 ? Mutated(Pick(Bodies), random) : Pick(Bodies);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Pick(Types));
        }

        for (int i = 0, count = random.Next(3); i < count; i++)
        {
            request.Headers.TryAddWithoutValidation(Pick(Headers), Pick(HeaderValues));
        }

        return request;
    }

    private static string Mutated(string text, Random random)
    {
        const string Noise = "%'\"\\/<>(){}[],;:=&?*+-_. \t0aZ中é";
        var changed = new StringBuilder(text);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(changed.Length + 1);
            if (random.Next(2) == 0 && at < changed.Length)
            {
                changed.Remove(at, 1);
            }
            else
            {
                changed.Insert(at, Noise[random.Next(Noise.Length)]);
            }
        }

        return changed.ToString();
    }
}
