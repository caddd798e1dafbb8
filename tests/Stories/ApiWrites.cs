using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Part 4: creating, replacing, updating and deleting, with versions that must match.</summary>
public sealed class ApiWrites(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Rights = "api-test.writes:read,write,clear";
    private const string Items = "/api/collections/api-test.writes/items";

    private static readonly ResourceDefinition Lamps = new()
    {
        Id = "api-test/writes",
        Name = "路灯",
        Clause = "P1",
        Owner = "data",
        Fields =
        [
            new() { Name = "name", Label = "名称", Type = FieldTypes.Text, Required = true },
            new() { Name = "watts", Label = "功率", Type = FieldTypes.Integer, Min = "1", Max = "2000" },
            new() { Name = "lit", Label = "亮灯", Type = FieldTypes.YesNo },
            new() { Name = "phone", Label = "联系电话", Type = FieldTypes.Phone, Grade = Grade.Sensitive },
            new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry },
            new() { Name = "region", Label = "行政区划", Type = FieldTypes.Region },
        ],
        ScopeField = "region",
    };

    private async Task<HttpResponseMessage> Send(
        HttpMethod method, string address, string? body = null, string? match = null, string? idempotency = null,
        string rights = Rights, string type = "application/geo+json", string? crs = null)
    {
        await host.Publish(Lamps);
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
            if (crs is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Crs", $"<{crs}>");
            }
        }

        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
        }

        if (idempotency is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotency);
        }

        return await host.As(rights).SendAsync(request);
    }

    private static string Feature(string properties, string geometry = "null") =>
        $$"""{"type":"Feature","geometry":{{geometry}},"properties":{{properties}}}""";

    private async Task<string> Created(string properties = """{"name":"一号灯","watts":100,"phone":"13800001234","region":"411102"}""")
    {
        var response = await Send(HttpMethod.Post, Items, Feature(properties, """{"type":"Point","coordinates":[114.01,33.5]}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.AbsolutePath;
    }

    private async Task<JsonElement> Properties(string address) =>
        (await host.As(Rights).GetFromJsonAsync<JsonElement>(address)).GetProperty("properties");

    private static async Task<string?> Code(HttpResponseMessage response) => (await ApiHost.Json(response)).GetProperty("code").GetString();

    [Fact]
    public async Task A_record_is_created_replaced_updated_and_deleted()
    {
        var address = await Created();
        Assert.Equal(100, (await Properties(address)).GetProperty("watts").GetInt32());

        var patched = await Send(HttpMethod.Patch, address, """{"properties":{"watts":150}}""", "\"1\"", type: "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.NoContent, patched.StatusCode);
        Assert.Equal("\"2\"", patched.Headers.ETag!.Tag);
        Assert.Equal("一号灯", (await Properties(address)).GetProperty("name").GetString());

        var replaced = await Send(HttpMethod.Put, address, Feature("""{"name":"二号灯"}"""), "\"2\"");
        Assert.Equal(HttpStatusCode.NoContent, replaced.StatusCode);
        var after = await Properties(address);
        Assert.Equal(("二号灯", JsonValueKind.Null), (after.GetProperty("name").GetString(), after.GetProperty("watts").ValueKind));

        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Delete, address, match: "\"3\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.As(Rights).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Delete, address, match: "*")).StatusCode);
    }

    [Fact]
    public async Task A_change_must_name_the_version_that_was_seen()
    {
        var address = await Created();
        Assert.Equal("API-I01", await Code(await Send(HttpMethod.Patch, address, """{"properties":{"watts":1}}""")));
        var late = await Send(HttpMethod.Patch, address, """{"properties":{"watts":1}}""", "\"7\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "REG-W03"), (late.StatusCode, await Code(late)));
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Patch, address, """{"properties":{"watts":1}}""", "*")).StatusCode);
    }

    [Theory]
    [InlineData(Rights, "", "GET, HEAD, OPTIONS, POST", "Accept-Post")]
    [InlineData(Rights, "/K1", "GET, HEAD, OPTIONS, PUT, PATCH, DELETE", "Accept-Patch")]
    [InlineData("api-test.writes:read", "/K1", "GET, HEAD, OPTIONS", null)]
    public async Task Options_say_what_the_caller_may_do(string rights, string key, string allowed, string? accepts)
    {
        var answer = await Send(HttpMethod.Options, Items + key, rights: rights);
        Assert.Equal((HttpStatusCode.NoContent, allowed), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
        Assert.Equal(accepts is not null, answer.Headers.Any(header => header.Key == (accepts ?? "Accept-Post")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.As(null).SendAsync(new(HttpMethod.Options, Items))).StatusCode);
    }

    [Fact]
    public async Task Everything_wrong_with_a_body_is_told_at_once()
    {
        var response = await Send(HttpMethod.Post, Items, Feature("""{"watts":5000,"lit":"perhaps","colour":"red"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var first = (await ApiHost.Json(response)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).ToList();
        Assert.Equal(["lit", "colour"], first);
        var second = await Send(HttpMethod.Post, Items, Feature("""{"watts":5000}"""));
        Assert.Equal(["watts", "name"], (await ApiHost.Json(second)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("{", "application/json", 422, "API-B03")]
    [InlineData("[]", "application/json", 422, "API-B04")]
    [InlineData("{\"type\":\"Feature\",\"properties\":[]}", "application/json", 422, "API-B04")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{\"name\":\"a\",\"name\":\"b\"}}", "application/json", 422, "API-B03")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"},\"mood\":1}", "application/json", 422, "API-B05")]
    [InlineData("{\"type\":\"Feature\",\"id\":\"x\",\"properties\":{\"name\":\"a\"}}", "application/json", 422, "API-B08")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{\"name\":1}}", "application/json", 422, "API-B07")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{\"name\":\"\\ud800\"}}", "application/json", 422, "API-B07")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{\"name\":\"\\u0000\"}}", "application/json", 422, "API-B07")]
    [InlineData("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[\"a\"]},\"properties\":{\"name\":\"a\"}}", "application/json", 422, "REG-F14")]
    [InlineData("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[33.5,114]},\"properties\":{\"name\":\"a\"}}", "application/json", 422, "REG-F15")]
    [InlineData("name=a", "application/x-www-form-urlencoded", 415, "API-B01")]
    [InlineData("{}", "text/plain", 415, "API-B01")]
    public async Task Refuses_a_body(string body, string type, int status, string code)
    {
        var response = await Send(HttpMethod.Post, Items, body, type: type);
        Assert.Equal((status, code), ((int)response.StatusCode, await Code(response)));
    }

    [Fact]
    public async Task Coordinates_may_come_in_another_system()
    {
        var response = await Send(
            HttpMethod.Post, Items, Feature("""{"name":"北灯"}""", """{"type":"Point","coordinates":[33.5,114.01]}"""),
            crs: "http://www.opengis.net/def/crs/EPSG/0/4490");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var item = await host.As(Rights).GetFromJsonAsync<JsonElement>(response.Headers.Location);
        Assert.Equal(114.01, item.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble());
    }

    [Fact]
    public async Task The_same_idempotency_key_creates_once()
    {
        var body = Feature("""{"name":"唯一的灯"}""");
        var key = Guid.NewGuid().ToString();
        var first = await Send(HttpMethod.Post, Items, body, idempotency: key);
        var second = await Send(HttpMethod.Post, Items, body, idempotency: key);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Fact]
    public async Task The_same_idempotency_key_with_other_content_is_refused_and_the_key_stays_with_the_first()
    {
        var key = Guid.NewGuid().ToString();
        var first = await Send(HttpMethod.Post, Items, Feature("""{"name":"甲灯"}"""), idempotency: key);
        var other = await Send(HttpMethod.Post, Items, Feature("""{"name":"乙灯"}"""), idempotency: key);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "REG-W07"), (other.StatusCode, await Code(other)));
        var again = await Send(HttpMethod.Post, Items, Feature("""{"name":"甲灯"}"""), idempotency: key);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Validity_is_taken_at_once_may_not_end_before_it_begins_and_can_be_reopened()
    {
        const string Rights = "api-test.permits:read,write";
        await host.Publish(new()
        {
            Id = "api-test/permits",
            Name = "许可",
            Clause = "P1",
            Owner = "data",
            ValidTime = true,
            Fields = [new() { Name = "name", Label = "名称", Type = FieldTypes.Text }],
        });
        static string Permit(string record) => $$"""{"type":"Feature","geometry":null,"properties":{"name":"甲"},"record":{{record}}}""";
        const string Address = "/api/collections/api-test.permits/items";
        var crossed = await Send(HttpMethod.Post, Address, Permit("""{"validFrom":"2026-02-01","validTo":"2026-01-31"}"""), rights: Rights);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "REG-W08"), (crossed.StatusCode, await Code(crossed)));
        var made = await Send(HttpMethod.Post, Address, Permit("""{"validFrom":"2026-02-01","validTo":"2026-03-01"}"""), rights: Rights);
        async Task<string> To() => (await host.As(Rights).GetFromJsonAsync<JsonElement>(made.Headers.Location)).GetProperty("record").GetProperty("validTo").ToString();
        Assert.Equal("2026-03-01", await To());
        var patch = await Send(HttpMethod.Patch, made.Headers.Location!.AbsolutePath, """{"record":{"validTo":"2026-01-01"}}""", "*", rights: Rights);
        Assert.Equal("REG-W08", await Code(patch));
        await Send(HttpMethod.Patch, made.Headers.Location!.AbsolutePath, """{"properties":{"name":"乙"}}""", "*", rights: Rights);
        Assert.Equal("2026-03-01", await To());
        await Send(HttpMethod.Patch, made.Headers.Location!.AbsolutePath, """{"record":{"validTo":null}}""", "*", rights: Rights);
        Assert.Equal("", await To());
    }

    [Fact]
    public async Task A_file_is_sent_first_and_then_named_in_the_field()
    {
        const string Rights = "api-test.papers:read,write";
        const string Papers = "/api/collections/api-test.papers";
        await host.Publish(new()
        {
            Id = "api-test/papers",
            Name = "材料",
            Clause = "P1",
            Owner = "data",
            Fields = [new() { Name = "scan", Label = "扫描件", Type = FieldTypes.File }],
        });
        var client = host.As(Rights);
        Task<HttpResponseMessage> Upload(string query, string rights = Rights) =>
            host.As(rights).PostAsync(Papers + "/files" + query, new ByteArrayContent("%PDF-1.7 甲"u8.ToArray()));
        Assert.Equal("REG-F22", await Code(await Send(HttpMethod.Post, Papers + "/items", Feature("""{"scan":"made-up"}"""), rights: Rights)));
        Assert.Equal("API-P03", await Code(await Upload("")));
        Assert.Equal("REG-F21", await Code(await Upload("?name=a.png")));
        Assert.Equal("API-A02", await Code(await Upload("?name=a.pdf", "api-test.papers:read")));
        var file = (await ApiHost.Json(await Upload("?name=%E7%94%B2.pdf"))).GetProperty("file").GetString();
        var made = await Send(HttpMethod.Post, Papers + "/items", Feature($$"""{"scan":"{{file}}"}"""), rights: Rights);
        var given = await client.GetAsync(made.Headers.Location!.AbsolutePath + "/files/scan");
        Assert.Equal(("application/pdf", "%PDF-1.7 甲"), (given.Content.Headers.ContentType!.MediaType, await given.Content.ReadAsStringAsync()));
        Assert.Equal("甲.pdf", given.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("API-C03", await Code(await client.GetAsync(made.Headers.Location!.AbsolutePath + "/files/other")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.As(null).GetAsync(made.Headers.Location!.AbsolutePath + "/files/scan")).StatusCode);
    }

    [Fact]
    public async Task A_masked_value_cannot_be_written_back()
    {
        var address = await Created();
        var seen = (await Properties(address)).GetProperty("phone").GetString();
        var response = await Send(HttpMethod.Patch, address, $$$"""{"properties":{"phone":"{{{seen}}}"}}""", "*");
        Assert.Equal((422, "API-B10"), ((int)response.StatusCode, await Code(response)));
    }

    [Fact]
    public async Task Nobody_writes_without_the_right_or_outside_his_area()
    {
        var address = await Created();
        var read = await Send(HttpMethod.Delete, address, match: "*", rights: "api-test.writes:read");
        Assert.Equal((HttpStatusCode.Forbidden, "API-A02"), (read.StatusCode, await Code(read)));
        const string Other = "api-test.writes:read,write;area=411103";
        var outside = await Send(HttpMethod.Delete, address, match: "*", rights: Other);
        Assert.Equal((HttpStatusCode.Forbidden, "API-A05"), (outside.StatusCode, await Code(outside)));
        var moved = await Send(HttpMethod.Post, Items, Feature("""{"name":"外区灯","region":"411102"}"""), rights: Other);
        Assert.Equal((HttpStatusCode.Forbidden, "API-A05"), (moved.StatusCode, await Code(moved)));
        Assert.Equal(HttpStatusCode.OK, (await host.As(Rights).GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_as_it_is()
    {
        var address = await Created("""{"name":"往返灯","watts":7}""");
        var text = await host.As(Rights).GetStringAsync(address);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(HttpMethod.Put, address, text, "\"1\"")).StatusCode);
        var item = await host.As(Rights).GetFromJsonAsync<JsonElement>(address);
        Assert.Equal(1, item.GetProperty("record").GetProperty("version").GetInt32());
    }
}
