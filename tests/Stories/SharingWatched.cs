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
