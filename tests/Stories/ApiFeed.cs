using System.Net.Http.Json;
using System.Text.Json;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The change feed: everything once, in one order, for whoever follows it while many write.</summary>
public sealed class ApiFeed(ApiHost host) : IClassFixture<ApiHost>
{
    private static ResourceDefinition Thing(string name) => new()
    {
        Id = $"api-feed/{name}",
        Name = "变更测试",
        Clause = "P1",
        Owner = "data",
        Key = "code",
        Fields =
        [
            new() { Name = "code", Label = "编号", Type = FieldTypes.Text },
            new() { Name = "value", Label = "值", Type = FieldTypes.Integer },
            new() { Name = "region", Label = "行政区划", Type = FieldTypes.Region },
        ],
        ScopeField = "region",
    };

    private static readonly Act Act = new(Caller.Platform("test"), "record.edit", "测试");

    private async Task Write(params Change[] changes)
    {
        var written = await host.City.Store.Write(Act, changes);
        Assert.True(written.Ok, written.Refusals.ToString());
    }

    private static Dictionary<string, object?> Values(long value, string? region = null) =>
        region is null ? new() { ["value"] = value } : new() { ["value"] = value, ["region"] = region };

    private static Task<JsonElement> Page(HttpClient client, string name, string? after, int limit = 100, int wait = 0) =>
        client.GetFromJsonAsync<JsonElement>(
            $"/api/collections/api-feed.{name}/changes?limit={limit}&wait={wait}" + (after is null ? "" : $"&after={after}"));

    private static async Task<List<JsonElement>> Until(HttpClient client, string name, int count, int limit = 100)
    {
        var changes = new List<JsonElement>();
        string? after = null;
        while (changes.Count < count)
        {
            var page = await Page(client, name, after, limit, 20);
            var more = page.GetProperty("changes").EnumerateArray().Select(change => change.Clone()).ToList();
            Assert.True(more.Count > 0, $"The feed ended after {changes.Count} of {count} changes.");
            changes.AddRange(more);
            after = page.GetProperty("next").GetString();
        }

        return changes;
    }

    [Fact]
    public async Task It_tells_insert_update_and_delete_with_the_values_of_each_version()
    {
        var thing = await host.Publish(Thing("order"));
        await Write(new Change.Insert(thing, "A", Values(1)));
        await Write(new Change.Update(thing, "A", 1, Values(2)), new Change.Insert(thing, "B", Values(9)));
        await Write(new Change.Delete(thing, "A", 2));
        var changes = await Until(host.As("api-feed.order:read"), "order", 4, limit: 2);
        Assert.Equal(
            ["insert A 1 1", "update A 2 2", "insert B 1 9", "delete A 3 "],
            changes.Select(change => string.Join(
                ' ', change.GetProperty("op").GetString(), change.GetProperty("key").GetString(), change.GetProperty("version").GetInt32(),
                change.GetProperty("feature") is { ValueKind: JsonValueKind.Object } feature
                    ? feature.GetProperty("properties").GetProperty("value").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture) : "")));
    }

    [Fact]
    public async Task A_follower_who_waits_is_answered_when_something_happens()
    {
        var thing = await host.Publish(Thing("wait"));
        var client = host.As("api-feed.wait:read");
        var first = await Page(client, "wait", null);
        var waiting = Page(client, "wait", first.GetProperty("next").GetString(), wait: 30);
        await Write(new Change.Insert(thing, "A", Values(1)));
        Assert.Equal("A", (await waiting).GetProperty("changes")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_record_that_leaves_the_callers_area_ends_for_him()
    {
        var thing = await host.Publish(Thing("area"));
        await Write(new Change.Insert(thing, "A", Values(1, "411102")), new Change.Insert(thing, "B", Values(1, "411103")));
        await Write(new Change.Update(thing, "A", 1, Values(2, "411103")));
        await Write(new Change.Update(thing, "B", 1, Values(2, "411102")));
        var changes = await Until(host.As("api-feed.area:read;area=411102"), "area", 3);
        Assert.Equal(
            ["insert A", "delete A", "update B"],
            changes.Select(change => $"{change.GetProperty("op").GetString()} {change.GetProperty("key").GetString()}"));
    }

    [Theory]
    [InlineData("after=x")]
    [InlineData("after=1.2.3")]
    [InlineData("after=-5.0")]
    [InlineData("after=1.-1")]
    [InlineData("after=9000000000000000000.0")]
    [InlineData("after=99999999999999999999.0")]
    [InlineData("wait=-1")]
    [InlineData("since=2026-01-01")]
    public async Task A_bad_parameter_is_refused(string query)
    {
        await host.Publish(Thing("bad"));
        var response = await host.As("api-feed.bad:read").GetAsync($"/api/collections/api-feed.bad/changes?{query}");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Eight_writers_at_once_lose_and_reorder_nothing()
    {
        const int Writers = 8, Each = 25;
        var thing = await host.Publish(Thing("crowd"));
        var random = new Random(20261123);
        var pauses = Enumerable.Range(0, Writers * Each).Select(_ => random.Next(0, 4)).ToArray();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < Each; i++)
            {
                // Everybody also writes one record that all share, so that versions interleave.
                await host.City.Store.Write(Act, Thing("crowd").Schema, async session =>
                {
                    var refusals = (await session.Apply(new Change.Insert(thing, $"{writer}-{i}", Values(i)))).Refusals;
                    for (var pause = 0; pause < pauses[(writer * Each) + i]; pause++)
                    {
                        await Task.Yield();
                    }

                    await session.Lock("shared");
                    var shared = await session.Get(thing, "shared");
                    return refusals.And((shared is null
                        ? await session.Apply(new Change.Insert(thing, "shared", Values(1)))
                        : await session.Apply(new Change.Update(thing, "shared", shared.Version, Values((long)shared["value"]! + 1)))).Refusals);
                });
            }
        }));

        // Two followers with different pages watch while it happens; a third reads it all afterwards.
        var client = host.As("api-feed.crowd:read");
        var small = Until(client, "crowd", Writers * Each * 2, limit: 7);
        var large = Until(client, "crowd", Writers * Each * 2, limit: 100);
        await writing;
        var followed = await small;
        var after = await Until(client, "crowd", Writers * Each * 2, limit: 1000);

        static string Line(JsonElement change) => $"{change.GetProperty("cursor").GetString()} {change.GetProperty("key").GetString()} {change.GetProperty("version").GetInt32()}";
        Assert.Equal(after.Select(Line), followed.Select(Line));
        Assert.Equal(after.Select(Line), (await large).Select(Line));
        Assert.Equal(Writers * Each, after.Count(change => change.GetProperty("key").GetString() != "shared"));
        var shared = after.Where(change => change.GetProperty("key").GetString() == "shared").ToList();
        Assert.Equal(Enumerable.Range(1, Writers * Each), shared.Select(change => change.GetProperty("version").GetInt32()));
        Assert.Equal(
            Enumerable.Range(1, Writers * Each).Select(i => (long)i),
            shared.Select(change => change.GetProperty("feature").GetProperty("properties").GetProperty("value").GetInt64()));
    }
}
