using System.Net;
using Shali.Government.S06Sharing.Watch;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Who gives what to whom, how much goes out, and how far behind it is.</summary>
public sealed class SharingWatched(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task What_goes_out_by_a_grant_is_counted_and_shown_to_those_whom_it_concerns()
    {
        var (resource, consumer) = (await Town.Register(Sharing.Conditional("限履行职责时使用")), await Town.Office());
        var number = await Town.Grant(Town.Terms(resource, consumer) with { Ways = [GrantWay.Query, GrantWay.Feed] });
        using var program = await Town.Program(consumer);
        await DataShared.Json(program, $"/api/collections/{resource.Address}/items");
        await DataShared.Json(program, $"/api/collections/{resource.Address}/items");
        await DataShared.Json(program, $"/api/collections/{resource.Address}/changes");
        await Town.Write(resource, ("w1", "闻人", "411102", "某街"), ("w2", "闻人", "411102", "某街"));
        await city.Service<GrantFlows>().Flush(Cancel);
        while (await city.Db.Scalar<long>($"select count(*) from audit.record where resource = {resource.Schema}", Cancel) < 2)
        {
            await Task.Yield();
        }

        var seen = Assert.Single(await city.Service<WatchReader>().Read(consumer, null, Cancel));
        Assert.Equal((number, 3, 6, 2), (seen.Number, seen.Requests, seen.Records, seen.Behind));
        Assert.NotNull(seen.LastAt);

        using var head = await Browser(consumer);
        await head.Get("/sharing/watch");
        Assert.Contains($"/sharing/grants/{number}", head.Page, StringComparison.Ordinal);
        using var stranger = await Browser("health");
        await stranger.Get($"/sharing/watch?office={consumer}");
        Assert.DoesNotContain(number, stranger.Page, StringComparison.Ordinal);
        using var authority = await Browser("data");
        await authority.Get($"/sharing/watch?resource={Uri.EscapeDataString(resource.Id)}");
        Assert.Contains(number, authority.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_of_sharing_answers_those_whom_it_concerns_and_no_others()
    {
        var shared = await Town.Walk();
        using var asks = await Browser("market-regulation");
        using var gives = await Browser("police");
        using var watches = await Browser("data");
        using var stranger = await Browser("health");
        foreach (var (browser, address) in new[]
        {
            (asks, $"/sharing/grants/{shared.Granted}/push"), (asks, $"/sharing/requests/{shared.Refused}/dispute"), (asks, $"/sharing/requests/{shared.Correcting}/correct"),
            (gives, $"/sharing/quality/{shared.Checked.Address}/required%3Aname"), (watches, $"/sharing/quality/{shared.Checked.Address}/required%3Aname"),
            (gives, $"/sharing/report/{shared.Checked.Address}/0001"), (asks, "/sharing/report"), (asks, "/sharing/demands/new"), (watches, "/sharing/watch"), (gives, "/sharing/corrections"),
        })
        {
            using var answer = await browser.Get(address);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        }

        foreach (var address in new[]
        {
            $"/sharing/grants/{shared.Granted}/push", $"/sharing/requests/{shared.Refused}/dispute", $"/sharing/quality/{shared.Checked.Address}/required%3Aname",
            $"/sharing/report/{shared.Resource.Address}/0001", "/sharing/quality/no.such", "/sharing/quality/population.person/required%3Anothing",
        })
        {
            using var answer = await stranger.Get(address);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{address}: {answer.StatusCode}");
        }

        using var pushed = await gives.Get($"/sharing/grants/{shared.Granted}/push");
        Assert.Equal(HttpStatusCode.NotFound, pushed.StatusCode);
    }

    [Fact]
    public void The_drawing_has_each_office_once_on_its_side_and_one_line_for_two_offices()
    {
        static WatchedGrant Of(string from, string to, long letters = 0) => new("n", from, to, "a/b", null, [], 0, 0, null, null, 0, letters);
        var map = FlowMap.Of([Of("a", "x"), Of("a", "x", 1), Of("a", "y"), Of("b", "y"), Of("x", "a")]);
        Assert.Equal(["a", "b", "x"], map.Providers.Select(box => box.Office));
        Assert.Equal(3, map.Consumers.Select(box => box.Office).Distinct().Count());
        Assert.Equal(4, map.Lines.Count);
        Assert.Equal((2, true), map.Lines.Where(line => line is { From: "a", To: "x" }).Select(line => (line.Grants, line.Fails)).Single());
        Assert.Equal(map.Providers.Count, map.Providers.Select(box => box.Y).Distinct().Count());
        Assert.All(map.Providers.Concat(map.Consumers), box => Assert.InRange(box.Y, 0, map.Height - FlowMap.BoxHeight));
    }

    private async Task<IdentityBrowser> Browser(string office)
    {
        var login = await IdentityPeople.Person(city, (office, Roles.Head));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }
}
