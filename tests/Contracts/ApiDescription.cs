using System.Text;
using System.Text.Json;
using Shali.Platform.Api;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Contracts;

/// <summary>The OpenAPI document: whole, true, at once, and the one that is kept in docs.</summary>
public sealed class ApiDescription(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json", "application/json")]
    [InlineData("application/vnd.oai.openapi+json;version=3.1", "application/vnd.oai.openapi+json")]
    [InlineData("application/vnd.oai.openapi+json, application/json", "application/vnd.oai.openapi+json")]
    public async Task The_description_comes_in_the_type_that_the_caller_knows(string? accept, string type)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/openapi.json");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    private async Task<JsonElement> Document() => await ApiHost.Json(await host.As(null).GetAsync("/api/openapi.json"));

    private static ResourceDefinition Bench(string name) => new()
    {
        Id = $"api-doc/{name}",
        Name = "座椅",
        Clause = "P1",
        Owner = "data",
        Fields = [new() { Name = "colour", Label = "颜色", Type = FieldTypes.Text }, new() { Name = "place", Label = "位置", Type = FieldTypes.Geometry }],
    };

    [Fact]
    public async Task A_definition_is_described_as_soon_as_it_is_published()
    {
        await host.Publish(Bench("bench"));
        var document = await Document();
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var paths = document.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/collections/api-doc.bench/items/{key}", out var one));
        Assert.True(one.TryGetProperty("patch", out _));
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("api-doc.bench");
        Assert.Equal("颜色", schema.GetProperty("properties").GetProperty("colour").GetProperty("title").GetString());
        Assert.True(document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("oauth2", out _));
    }

    [Theory]
    [InlineData("/api/collections/{collection}/items/{key}/corrections", "post")]
    [InlineData("/api/corrections/{number}", "get")]
    [InlineData("/api/services/{code}/{path}", "get,post,put,patch,delete")]
    public async Task What_systems_offer_beside_their_resources_is_described(string path, string methods)
    {
        var described = (await Document()).GetProperty("paths").GetProperty(path);
        Assert.Equal(methods.Split(','), described.EnumerateObject().Select(method => method.Name));
        foreach (var method in described.EnumerateObject())
        {
            // Every variable part of the path is explained, once.
            var parts = method.Value.GetProperty("parameters").EnumerateArray().Where(each => each.TryGetProperty("in", out var place) && place.GetString() == "path").Select(each => each.GetProperty("name").GetString());
            Assert.Equal(path.Split('{')[1..].Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]), parts);
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_operation_has_its_own_name()
    {
        await host.Publish(Bench("reference"));
        var document = await Document();
        var operations = new HashSet<string>(StringComparer.Ordinal);
        void Walk(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item);
                }
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String)
                    {
                        var target = document;
                        foreach (var step in member.Value.GetString()!.Split('/')[1..])
                        {
                            Assert.True(target.TryGetProperty(step, out target), member.Value.GetString());
                        }
                    }
                    else if (member.Name == "operationId" && member.Value.ValueKind == JsonValueKind.String)
                    {
                        Assert.True(operations.Add(member.Value.GetString()!), member.Value.GetString());
                    }

                    Walk(member.Value);
                }
            }
        }

        Walk(document);
        Assert.True(operations.Count > 10);
    }

    [Fact]
    public async Task Every_conformance_class_is_declared_once()
    {
        var declared = (await ApiHost.Json(await host.As(null).GetAsync("/api/conformance"))).GetProperty("conformsTo")
            .EnumerateArray().Select(name => name.GetString()!).ToList();
        Assert.Equal(Conformance.Classes, declared);
        Assert.Equal(declared.Count, declared.Distinct().Count());
    }

    /// <summary>To write the file anew after a change: <c>SHALI_WRITE_DOCS=1 ./test</c>.</summary>
    [Fact]
    public void The_document_in_docs_is_that_of_the_resources_in_code()
    {
        var file = Path.Combine(Root(), "docs", "api", "openapi.json");
        var resources = Shali.Portal.Systems.All.SelectMany(system => system.Resources).OrderBy(resource => resource.Id, StringComparer.Ordinal);
        var current = Encoding.UTF8.GetString(OpenApiCache.Write(resources, Shali.Portal.Systems.All, indented: true)) + "\n";
        if (Environment.GetEnvironmentVariable("SHALI_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, current);
        }

        Assert.Equal(File.ReadAllText(file), current);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Shali.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder;
    }
}
