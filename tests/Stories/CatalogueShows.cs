using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

public sealed class CatalogueShows(City city)
{
    [Fact]
    public async Task A_resource_stands_in_the_catalogue_as_soon_as_it_is_published_and_follows_its_definition()
    {
        var definition = Trees("catalogue-live/tree", "行道树普查");
        await Publish(definition);
        Assert.Contains("行道树普查", await Get("/catalogue?q=xdspc"), StringComparison.Ordinal);

        await Publish(definition with { Fields = [.. definition.Fields, Text("height", "树高")] });
        var entry = await Get("/catalogue/catalogue-live.tree");
        Assert.Contains("树高", entry, StringComparison.Ordinal);
        Assert.Contains("新增信息项：树高", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_resource_shows_a_sample_its_state_and_its_quality()
    {
        var definition = Trees("catalogue-open/tree", "开放的古树名录") with { Open = true };
        await Publish(definition);
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "record.edit", "test"),
            [
                new Change.Insert(Find(definition), "t1", Values("t1", "银杏")),
                new Change.Insert(Find(definition), "t2", Values("t2", "国槐")),
            ],
            TestContext.Current.CancellationToken);
        Assert.True(written.Ok, written.Refusals.ToString());

        var entry = await Get("/catalogue/catalogue-open.tree");
        Assert.Contains("银杏", entry, StringComparison.Ordinal);
        Assert.Contains("约 2 条", entry, StringComparison.Ordinal);
        Assert.Contains("随机抽取的 2 条记录", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("尚无记录写入", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personal_data_has_no_sample_and_nobody_sees_records_without_a_right()
    {
        var page = new HtmlParser().ParseDocument(await Get("/catalogue/population.person"));

        Assert.Contains("无权查看", page.QuerySelector("#sample")!.NextElementSibling!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("a[href='/records/population.person']"));
    }

    [Theory]
    [InlineData("/catalogue?colour=red", HttpStatusCode.BadRequest, "colour")]
    [InlineData("/catalogue?sharing=perhaps", HttpStatusCode.BadRequest, "perhaps")]
    [InlineData("/catalogue?page=0", HttpStatusCode.BadRequest, "页码")]
    [InlineData("/catalogue?page=9999999999999", HttpStatusCode.BadRequest, "页码")]
    [InlineData("/catalogue?q=%00%E2%80%AE&page=3", HttpStatusCode.OK, "")]
    [InlineData("/catalogue/no.such", HttpStatusCode.NotFound, "")]
    [InlineData("/catalogue/dcat.jsonld?colour=red", HttpStatusCode.BadRequest, "colour")]
    [InlineData("/catalogue/population.person?colour=red", HttpStatusCode.BadRequest, "colour")]
    [InlineData("/catalogue/population.person?f=docx", HttpStatusCode.BadRequest, "docx")]
    public async Task What_is_not_understood_is_refused_by_name(string address, HttpStatusCode status, string named)
    {
        var answer = await city.Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(named, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_too_many_are_not_cut_in_silence()
    {
        var words = Uri.EscapeDataString(new string('企', 101));
        using var refused = await city.Http.GetAsync(new Uri("/catalogue?q=" + words, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("检索词最多 100 个字", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("只按前 100 个字搜索", await Get("/search?q=" + words), StringComparison.Ordinal);
        Assert.DoesNotContain("只按前", await Get("/search?q=" + Uri.EscapeDataString(new string('企', 100))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_code_leads_to_its_sentence()
    {
        var page = new HtmlParser().ParseDocument(await Get("/about/refusals"));
        Assert.Contains("检索词最多", page.GetElementById("CAT-05")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("没有找到这个页面", page.GetElementById("UI-404")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("其他", page.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        using var missing = await city.Http.GetAsync(new Uri("/api/no/such", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("\"/about/refusals#UI-404\"", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_catalogue_is_one_document_of_linked_data()
    {
        using var catalogue = JsonDocument.Parse(await Get("/catalogue/dcat.jsonld"));
        var datasets = catalogue.RootElement.GetProperty("dcat:dataset").EnumerateArray().ToList();

        Assert.Equal("dcat:Catalog", catalogue.RootElement.GetProperty("@type").GetString());
        Assert.True(datasets.Count >= 20);
        Assert.All(datasets, dataset =>
        {
            Assert.NotEmpty(dataset.GetProperty("dct:title").GetString()!);
            Assert.NotEmpty(dataset.GetProperty("dct:description").GetString()!);
            Assert.NotEmpty(dataset.GetProperty("dct:identifier").GetString()!);
            Assert.Equal(4, dataset.GetProperty("dcat:distribution").GetArrayLength());
        });
        using var one = JsonDocument.Parse(await Get("/catalogue/population.person?f=jsonld"));
        Assert.Equal("101/population.person", one.RootElement.GetProperty("dct:identifier").GetString());
    }

    private static ResourceDefinition Trees(string id, string name) => new()
    {
        Id = id,
        Name = name,
        Clause = "P2",
        Owner = "data",
        Key = "number",
        Sharing = Sharing.Unconditional,
        Fields = [Text("number", "编号") with { Required = true }, Text("species", "树种")],
    };

    private static FieldDefinition Text(string name, string label) => new() { Name = name, Label = label, Type = FieldTypes.Find("text")!, Grade = Grade.Public };

    private static Dictionary<string, object?> Values(string number, string species) =>
        new(StringComparer.Ordinal) { ["number"] = number, ["species"] = species };

    private ResourceDefinition Find(ResourceDefinition definition) => city.Registry.Find(definition.Id)!;

    private async Task Publish(ResourceDefinition definition)
    {
        var published = await city.Registry.Publish(definition, Caller.Platform("test"), TestContext.Current.CancellationToken);
        Assert.True(published.Ok, published.Refusals.ToString());
    }

    private Task<string> Get(string address) =>
        city.Http.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
}
