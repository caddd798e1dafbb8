using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MiniExcelLibs;
using NetTopologySuite.Geometries;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Reading through the interface, part by part: core, reference systems, filters, schemas, formats.</summary>
public sealed class ApiReads(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Rights = "api-test.reads:read,clear,export";
    private const string Items = "/api/collections/api-test.reads/items";

    private static readonly ResourceDefinition Wells = new()
    {
        Id = "api-test/reads",
        Name = "机井",
        Note = "灌溉机井",
        Clause = "P1",
        Owner = "data",
        Key = "code",
        ValidTime = false,
        Fields =
        [
            new() { Name = "code", Label = "编号", Type = FieldTypes.Text },
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true, Indexed = true },
            new() { Name = "depth", Label = "井深", Type = FieldTypes.Decimal, Scale = 1 },
            new() { Name = "built", Label = "建成日期", Type = FieldTypes.Date },
            new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry },
            new() { Name = "keeper", Label = "管护人", Type = FieldTypes.Text, Grade = Grade.Sensitive, Mask = MaskShape.Name },
            new() { Name = "region", Label = "行政区划", Type = FieldTypes.Region },
        ],
        ScopeField = "region",
    };

    private async Task<ResourceDefinition> Filled()
    {
        var wells = await host.Publish(Wells);
        var act = new Act(Caller.Platform("test"), "load", "测试") { IdempotencyKey = "fill-reads" };
        var changes = Enumerable.Range(1, 25).Select(i => new Change.Insert(wells, $"W{i:00}", new Dictionary<string, object?>
        {
            ["name"] = i == 3 ? "=HYPERLINK(\"x\")" : $"井{i % 5}",
            ["depth"] = 10m + i,
            ["built"] = new DateOnly(2000 + i, 1, 1),
            ["place"] = i == 25 ? null : new Point(114 + (i / 100.0), 33.5) { SRID = 4490 },
            ["keeper"] = "王小明",
            ["region"] = i <= 10 ? "411102" : "411103",
        })).ToList<Change>();
        var written = await host.City.Store.Write(act, changes);
        Assert.True(written.Ok, written.Refusals.ToString());
        return wells;
    }

    private async Task<JsonElement> Get(string address, string? rights = Rights, params (string Name, string Value)[] headers)
    {
        var response = await Send(address, rights, headers);
        var body = await ApiHost.Json(response);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }

    private async Task<HttpResponseMessage> Send(string address, string? rights = Rights, params (string Name, string Value)[] headers)
    {
        await Filled();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.As(rights).SendAsync(request);
    }

    private static IEnumerable<string> Keys(JsonElement body) => body.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()!);

    [Fact]
    public async Task The_landing_page_links_to_everything()
    {
        var landing = await Get("/api");
        var rels = landing.GetProperty("links").EnumerateArray().Select(link => link.GetProperty("rel").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "self", "service-desc", "service-doc", "conformance", "data" }, rels.ToHashSet());
        foreach (var link in landing.GetProperty("links").EnumerateArray())
        {
            Assert.Equal(HttpStatusCode.OK, (await host.As(Rights).GetAsync(link.GetProperty("href").GetString())).StatusCode);
        }
    }

    [Fact]
    public async Task A_collection_tells_its_reference_systems_extent_and_links()
    {
        var one = await Get("/api/collections/api-test.reads");
        Assert.Equal("机井", one.GetProperty("title").GetString());
        Assert.Equal("http://www.opengis.net/def/crs/EPSG/0/4490", one.GetProperty("storageCrs").GetString());
        Assert.Equal(3, one.GetProperty("crs").GetArrayLength());
        Assert.Equal("feature", one.GetProperty("itemType").GetString());
        Assert.True(one.TryGetProperty("extent", out _));
        var all = await Get("/api/collections");
        var listed = all.GetProperty("collections").EnumerateArray().Single(c => c.GetProperty("id").GetString() == "api-test.reads");
        Assert.Equal(one.GetProperty("title").GetString(), listed.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Pages_follow_one_another_without_loss()
    {
        var keys = new List<string>();
        string? address = $"{Items}?limit=7&sortby=-name";
        while (address is not null)
        {
            var page = await Get(address);
            Assert.Equal(page.GetProperty("features").GetArrayLength(), page.GetProperty("numberReturned").GetInt32());
            Assert.False(page.TryGetProperty("numberMatched", out _));
            keys.AddRange(Keys(page));
            address = page.GetProperty("links").EnumerateArray()
                .Where(link => link.GetProperty("rel").GetString() == "next").Select(link => link.GetProperty("href").GetString()).FirstOrDefault();
        }

        Assert.Equal(25, keys.Count);
        Assert.Equal(25, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("limit=3", "W01 W02 W03")]
    [InlineData("limit=3&sortby=-depth", "W25 W24 W23")]
    [InlineData("filter=depth%20%3E%2033", "W24 W25")]
    [InlineData("filter=name='井1' AND depth<20", "W01 W06")]
    [InlineData("filter=casei(code) IN (casei('w01'),casei('w02'))", "W01 W02")]
    [InlineData("filter=built BETWEEN DATE('2001-01-01') AND DATE('2003-01-01')&filter-lang=cql2-text", "W01 W02 W03")]
    [InlineData("filter=place IS NULL", "W25")]
    [InlineData("filter=S_INTERSECTS(place,BBOX(114.005,33,114.025,34))", "W01 W02")]
    [InlineData("filter=S_INTERSECTS(place,BBOX(33,114.005,34,114.025))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4490", "W01 W02")]
    [InlineData("bbox=114.005,33,114.025,34", "W01 W02 W25")]
    [InlineData("bbox=33,114.005,34,114.025&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", "W01 W02 W25")]
    [InlineData("name=井0&sortby=%2Bdepth", "W05 W10 W15 W20 W25")]
    [InlineData("datetime=../2001-01-01", "")]
    [InlineData("datetime=2001-01-01T00:00:00Z/..&limit=2", "W01 W02")]
    [InlineData("filter=FALSE", "")]
    public async Task Selects(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', Keys(await Get($"{Items}?{query}"))));

    [Fact]
    public async Task Properties_are_chosen_and_the_geometry_can_be_left_out()
    {
        var feature = (await Get($"{Items}?properties=name,depth&limit=1&skipGeometry=true")).GetProperty("features")[0];
        Assert.Equal(["name", "depth"], feature.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.Null, feature.GetProperty("geometry").ValueKind);
    }

    [Theory]
    [InlineData("", 114.01, 33.5, "OGC/1.3/CRS84")]
    [InlineData("?crs=http://www.opengis.net/def/crs/EPSG/0/4490", 33.5, 114.01, "EPSG/0/4490")]
    [InlineData("?crs=EPSG:4326", 33.5, 114.01, "EPSG/0/4326")]
    public async Task Coordinates_come_in_the_order_of_their_system(string query, double first, double second, string crs)
    {
        var response = await Send($"{Items}/W01{query}");
        Assert.Contains(crs, Assert.Single(response.Headers.GetValues("Content-Crs")), StringComparison.Ordinal);
        var coordinates = (await ApiHost.Json(response)).GetProperty("geometry").GetProperty("coordinates");
        Assert.Equal((first, second), (coordinates[0].GetDouble(), coordinates[1].GetDouble()));
    }

    [Fact]
    public async Task A_single_item_has_its_version_as_tag_and_says_what_is_masked()
    {
        var response = await Send($"{Items}/W01");
        Assert.Equal("application/geo+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("\"1\"", response.Headers.ETag!.Tag);
        var item = await ApiHost.Json(response);
        Assert.Equal("王**", item.GetProperty("properties").GetProperty("keeper").GetString());
        Assert.Equal("keeper", item.GetProperty("record").GetProperty("masked")[0].GetString());
        Assert.Equal(HttpStatusCode.NotModified, (await Send($"{Items}/W01", Rights, ("If-None-Match", "\"1\""))).StatusCode);
    }

    [Fact]
    public async Task Values_in_clear_need_the_right_and_a_purpose()
    {
        Assert.Equal("REG-A03", await Code($"{Items}/W01", Rights, 400, ("Shali-Clear", "true")));
        Assert.Equal("REG-A02", await Code($"{Items}/W01", "api-test.reads:read", 403, ("Shali-Clear", "true"), ("Shali-Purpose", "x")));
        var item = await Get($"{Items}/W01", Rights, ("Shali-Clear", "true"), ("Shali-Purpose", Uri.EscapeDataString("核实水权")));
        Assert.Equal("王小明", item.GetProperty("properties").GetProperty("keeper").GetString());
    }

    [Fact]
    public async Task A_masked_field_cannot_be_guessed_by_filter_or_order()
    {
        Assert.Equal("API-Q09", await Code($"{Items}?filter=keeper='王小明'", Rights, 400));
        Assert.Equal("API-Q09", await Code($"{Items}?sortby=keeper", Rights, 400));
        Assert.Equal("API-Q09", await Code($"{Items}?keeper=王小明", Rights, 400));
        var clear = await Get($"{Items}?keeper=王小明&limit=1", Rights, ("Shali-Clear", "true"), ("Shali-Case", "A-1"));
        Assert.Equal(1, clear.GetProperty("numberReturned").GetInt32());
    }

    [Fact]
    public async Task A_caller_sees_only_his_area()
    {
        const string Area = "api-test.reads:read;area=411102";
        Assert.Equal(10, (await Get($"{Items}", Area)).GetProperty("numberReturned").GetInt32());
        Assert.Equal("API-C02", await Code($"{Items}/W20", Area, 404));
    }

    [Fact]
    public async Task Without_a_token_a_closed_resource_answers_401_and_without_the_right_403()
    {
        Assert.Equal("API-A01", await Code(Items, null, 401));
        Assert.Equal("REG-A01", await Code(Items, "api-test.other:read", 403));
        var all = await Get("/api/collections", null);
        Assert.DoesNotContain("api-test.reads", all.GetProperty("collections").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task An_open_resource_is_read_without_a_token_and_masked()
    {
        var open = await host.Publish(Wells with { Id = "api-test/open", Open = true });
        await host.City.Store.Write(
            new Act(Caller.Platform("test"), "load") { IdempotencyKey = "fill-open" },
            [new Change.Insert(open, "O1", new Dictionary<string, object?> { ["name"] = "一", ["keeper"] = "王小明" })]);
        var body = await Get("/api/collections/api-test.open/items", null);
        Assert.Equal("王**", body.GetProperty("features")[0].GetProperty("properties").GetProperty("keeper").GetString());
    }

    [Theory]
    [InlineData("?nonsense=1", 400, "API-P01", "nonsense")]
    [InlineData("?limit=0", 400, "API-P03", "limit")]
    [InlineData("?limit=ten", 400, "API-P03", "limit")]
    [InlineData("?limit=1&limit=2", 400, "API-P02", "limit")]
    [InlineData("?f=pdf", 400, "API-P04", "pdf")]
    [InlineData("?crs=EPSG:9999", 400, "API-P05", "EPSG:9999")]
    [InlineData("?filter=colour='red'", 400, "API-Q08", "colour")]
    [InlineData("?filter=area(place)=1", 400, "API-Q04", "area")]
    [InlineData("?filter-lang=cql2-json&filter={}", 400, "API-P03", "cql2-json")]
    [InlineData("?sortby=colour", 400, "API-Q08", "colour")]
    [InlineData("?sortby=place", 400, "API-Q10", "位置")]
    [InlineData("?properties=colour", 400, "API-Q08", "colour")]
    [InlineData("?bbox=1,2,3", 400, "API-G03", "bbox")]
    [InlineData("?bbox=114,33,200,34", 400, "API-G03", "bbox")]
    [InlineData("?datetime=yesterday", 400, "API-P03", "datetime")]
    [InlineData("?asOf=2026-13-01", 400, "API-P03", "asOf")]
    [InlineData("?asOf=2999-01-01", 400, "API-P08", "asOf")]
    [InlineData("/NONE?asOf=2999-01-01T00:00:00Z", 400, "API-P08", "不能晚于现在")]
    [InlineData("?cursor=abc", 400, "REG-Q01", "翻页")]
    [InlineData("/NONE", 404, "API-C02", "NONE")]
    public async Task Refuses_by_name(string rest, int status, string code, string says)
    {
        var response = await Send(Items + rest);
        var body = await ApiHost.Json(response);
        Assert.Equal((status, code), ((int)response.StatusCode, body.GetProperty("code").GetString()));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(says, body.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // The type of a problem is an address at which its code is explained.
        Assert.Equal($"/about/refusals#{code}", body.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_unknown_collection_is_named()
    {
        var body = await ApiHost.Json(await Send("/api/collections/no.such/items"));
        Assert.Equal("API-C01", body.GetProperty("code").GetString());
        Assert.Contains("no.such", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("API-P06", await Code(Items, Rights, 406, ("Accept", "application/pdf")));
    }

    [Fact]
    public async Task Csv_opens_in_spreadsheets_and_runs_nothing()
    {
        var response = await Send($"{Items}?f=csv&sortby=code");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,code,name,depth,built,place,keeper,region,version,changed_at", lines[0]);
        Assert.Equal(26, lines.Length);
        Assert.StartsWith("W01,W01,井1,11.0,2001-01-01,POINT (114.01 33.5),王**,411102,1,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_holds_the_same_rows()
    {
        var response = await Send($"{Items}?f=xlsx&sortby=code");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        using var stream = new MemoryStream(await response.Content.ReadAsByteArrayAsync());
        var rows = MiniExcel.Query(stream, useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(25, rows.Count);
        Assert.Equal("井1", rows[0]["name"]);
        Assert.Equal("'=HYPERLINK(\"x\")", rows[2]["name"]);
        Assert.Equal(11.0, rows[0]["depth"]);
    }

    [Fact]
    public async Task An_export_of_everything_needs_the_right_to_export()
    {
        Assert.Equal("API-A04", await Code($"{Items}?f=csv", "api-test.reads:read", 403));
        Assert.Equal(HttpStatusCode.OK, (await Send($"{Items}?f=csv&limit=5", "api-test.reads:read")).StatusCode);
    }

    [Theory]
    [InlineData("/api?f=html")]
    [InlineData("/api/conformance?f=html")]
    [InlineData("/api/collections?f=html")]
    [InlineData("/api/collections/api-test.reads?f=html")]
    [InlineData("/api/collections/api-test.reads/items?f=html&limit=5")]
    [InlineData("/api/collections/api-test.reads/items/W01?f=html")]
    [InlineData("/api/docs")]
    public async Task A_browser_gets_a_page(string address)
    {
        var response = await Send(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<h1>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_chooses_the_form()
    {
        var client = host.As(Rights);
        await Filled();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        Assert.Equal("text/html", (await client.GetAsync(Items + "?limit=1")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Schemas_tell_titles_roles_and_what_may_be_asked()
    {
        var schema = await Get("/api/collections/api-test.reads/schema");
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        var properties = schema.GetProperty("properties");
        Assert.Equal("primary-geometry", properties.GetProperty("place").GetProperty("x-ogc-role").GetString());
        Assert.Equal("id", properties.GetProperty("code").GetProperty("x-ogc-role").GetString());
        Assert.Equal("name", schema.GetProperty("required")[0].GetString());
        Assert.False((await Get("/api/collections/api-test.reads/queryables")).GetProperty("properties").TryGetProperty("keeper", out _));
        Assert.False((await Get("/api/collections/api-test.reads/sortables")).GetProperty("properties").TryGetProperty("place", out _));
    }

    private async Task<string?> Code(string address, string? rights, int status, params (string, string)[] headers)
    {
        var response = await Send(address, rights, headers);
        var body = await ApiHost.Json(response);
        Assert.Equal(status, (int)response.StatusCode);
        return body.GetProperty("code").GetString();
    }
}
