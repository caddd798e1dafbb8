using System.Net;
using Shali.Centres.DataCentre.D2LegalEntities;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What is open ends when the law says, at every door; what is not open of it is open at none.</summary>
public sealed class OpenDisclosure(City city)
{
    private const string Entity = "D2143569X";
    private const string Penalties = "/api/collections/legal-entities.penalty";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateOnly Today => city.Service<TimeProvider>().Today();

    [Theory]
    [InlineData(-40, 0, true)]
    [InlineData(-40, -1, false)]
    [InlineData(-365 * 3, 300, true)]
    [InlineData(-(365 * 3) - 2, 300, false)]
    public async Task A_penalty_is_open_while_its_disclosure_runs_at_every_door(int decided, int until, bool open)
    {
        var mark = "公示" + Guid.NewGuid().ToString("N")[..10];
        var key = await Penalty(mark, Today.AddDays(decided), Today.AddDays(until));
        foreach (var address in Doors(key, mark))
        {
            using var answer = await city.Http.GetAsync(address, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(open == WebUtility.HtmlDecode(text).Contains(mark, StringComparison.Ordinal), $"{address}\n{text}");
        }
    }

    [Fact]
    public async Task Credit_that_is_repaired_closes_what_was_open_also_for_days_past_and_in_the_feed()
    {
        var mark = "修复" + Guid.NewGuid().ToString("N")[..10];
        var key = await Penalty(mark, Today.AddDays(-40), Today.AddDays(300));
        var before = DateTimeOffset.UtcNow;
        await Write(new Change.Update(Resources.Penalty, key, null, Values(("shown_until", Today.AddDays(-1)))));
        foreach (var address in Doors(key, mark)
            .Append($"{Penalties}/items/{key}?asOf={Uri.EscapeDataString(before.ToString("O"))}")
            .Append($"{Penalties}/items?number={mark}&asOf={Uri.EscapeDataString(before.ToString("O"))}"))
        {
            using var answer = await city.Http.GetAsync(address, Cancel);
            Assert.DoesNotContain(mark, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        }

        var feed = new ChangeFeed(city.Db, city.Service<AuditLog>(), city.Service<GovernedReader>(), city.Service<TimeProvider>());
        await city.Service<AuditLog>().Append(new AuditEntry("test.settled", Caller.Platform("test")), Cancel);
        var changes = await Everything(feed, Caller.Anonymous);
        var ended = Assert.Single(changes, change => change.Key == key);
        Assert.Equal(('D', null), (ended.Operation, ended.Shown));
        Assert.Equal(2, (await Everything(feed, Registrar)).Count(change => change.Key == key && change.Shown is not null));
    }

    [Fact]
    public async Task Who_has_the_right_to_read_sees_it_after_its_end()
    {
        var mark = "满期" + Guid.NewGuid().ToString("N")[..10];
        var key = await Penalty(mark, Today.AddYears(-5), Today.AddYears(-4));
        var reader = city.Service<GovernedReader>();
        Assert.NotNull(await reader.Get(new(Registrar, Resources.Penalty), key, cancel: Cancel));
        Assert.Null(await reader.Get(new(Caller.Anonymous, Resources.Penalty), key, cancel: Cancel));
        Assert.NotEmpty(await reader.History(new(Registrar, Resources.Penalty), key, Cancel));
        Assert.Empty(await reader.History(new(Caller.Anonymous, Resources.Penalty), key, Cancel));
    }

    [Theory]
    [InlineData("serious", 0, false)]
    [InlineData("serious", null, true)]
    [InlineData("abnormal", 0, true)]
    [InlineData("abnormal", null, true)]
    public async Task Who_has_left_the_list_of_serious_breaches_is_not_shown_as_having_been_there(string list, int? removed, bool open)
    {
        var key = (await Write(new Change.Insert(Resources.Listing, "", Values(
            ("entity", Entity), ("list", list), ("reason", "某事"), ("listed_on", Today.AddDays(-100)),
            ("removed_on", removed is null ? null : Today)))))[0];
        using var answer = await city.Http.GetAsync($"/api/collections/legal-entities.listing/items/{key}", Cancel);
        Assert.Equal(open ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Closed_fields_of_open_resources_are_shown_and_searched_by_nobody_without_the_right()
    {
        var secret = "张某某的住处" + Guid.NewGuid().ToString("N")[..10];
        var key = (await Write(new Change.Insert(Resources.Filing, "", Values(
            ("entity", Entity), ("kind", "change"), ("on", Today), ("after", EntityState.Active), ("details", secret)))))[0];
        await Write(new Change.Update(Resources.Filing, key, null, Values(("details", secret + "二"))));
        foreach (var address in new[]
        {
            $"/api/collections/legal-entities.filing/items/{key}", $"/api/collections/legal-entities.filing/items/{key}?f=html",
            "/api/collections/legal-entities.filing/items?f=csv&limit=10000", $"/records/legal-entities.filing/{key}",
            $"/records/legal-entities.filing/{key}/history", $"/records/legal-entities.filing/{key}/compare?a=1&b=2",
            "/api/collections/legal-entities.filing/items?entity=D2143569X", "/catalogue/legal-entities.filing",
        })
        {
            using var answer = await city.Http.GetAsync(address, Cancel);
            Assert.DoesNotContain(secret, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        }

        using var guess = await city.Http.GetAsync($"/api/collections/legal-entities.filing/items?filter={Uri.EscapeDataString($"details LIKE '{secret[..3]}%'")}", Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, guess.StatusCode);
        using var queryables = await city.Http.GetAsync("/api/collections/legal-entities.filing/queryables", Cancel);
        Assert.DoesNotContain("\"details\"", await queryables.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var full = await city.Service<GovernedReader>().Get(new(Registrar, Resources.Filing), key, cancel: Cancel);
        Assert.Contains(secret + "二", full!.Values);
    }

    private static readonly Caller Registrar = new()
    {
        Id = "registrar-1",
        Name = "钱科员",
        Kind = CallerKind.Staff,
        Office = "market-regulation",
        Permissions = new HashSet<string>(StringComparer.Ordinal) { "legal-entities.penalty.read", "legal-entities.filing.read" },
    };

    private static string[] Doors(string key, string mark) =>
    [
        $"{Penalties}/items/{key}", $"{Penalties}/items/{key}?f=html", $"{Penalties}/items?number={mark}", $"{Penalties}/items?number={mark}&f=html",
        $"{Penalties}/items?number={mark}&f=csv&limit=100", $"{Penalties}/items?filter={Uri.EscapeDataString($"number = '{mark}'")}",
        $"/records/legal-entities.penalty/{key}", $"/records/legal-entities.penalty/{key}/history",
    ];

    private async Task<List<FeedChange>> Everything(ChangeFeed feed, Caller who)
    {
        var all = new List<FeedChange>();
        for (var after = FeedCursor.Start; ;)
        {
            var page = await feed.Read(new(who, Resources.Penalty), after, ChangeFeed.LimitMax, Cancel);
            all.AddRange(page.Changes);
            if (page.Next == after || page.Next.Ordinal == int.MaxValue)
            {
                return all;
            }

            after = page.Next;
        }
    }

    private async Task<string> Penalty(string mark, DateOnly decided, DateOnly until) => (await Write(new Change.Insert(Resources.Penalty, "", Values(
        ("entity", Entity), ("number", mark), ("fact", mark), ("ground", "某法"), ("content", "罚款"), ("office", "某局"),
        ("decided_on", decided), ("shown_until", until)))))[0];

    private async Task<IReadOnlyList<string>> Write(params Change[] changes)
    {
        var written = await city.Store.Write(new Act(Caller.Platform("test"), "load"), changes, Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        return [.. written.Value.Records.Select(record => record.Key)];
    }

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}
