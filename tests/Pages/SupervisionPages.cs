using System.Net;
using System.Text.RegularExpressions;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>The supervisor at the board, the office that got a card, and those whom neither concerns.</summary>
public sealed partial class SupervisionPages(City city)
{
    [Fact]
    public async Task From_the_board_to_the_case_and_from_the_card_to_the_decision()
    {
        await Office();
        using var supervisor = await At("data", Roles.Head);
        using var office = await At("market-regulation", Roles.Head);
        using var stranger = await At("health", Roles.Head);
        var number = (await new CaseTown(city).Open(CaseTown.Resident("被监察"))).Number;

        await supervisor.Get("/supervision/cards/new");
        var refused = await supervisor.Post("/supervision/cards/new", ("rule", ""), ("case", "1"), ("evidence", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("href=\"#evidence\"", supervisor.Page, StringComparison.Ordinal);
        var issued = await supervisor.Post("/supervision/cards/new", ("rule", "SV-R15"), ("case", number), ("evidence", "窗口收件三日后补录"), ("_once", number));
        Assert.Equal(HttpStatusCode.SeeOther, issued.StatusCode);
        var card = issued.Headers.Location!.OriginalString;

        // Board, list, case: two clicks, and the card beside them.
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision")).StatusCode);
        var list = Link(supervisor.Page, "office=market-regulation&amp;kind=yellow");
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get(list)).StatusCode);
        Assert.Contains($"/desk/cases/{number}", supervisor.Page, StringComparison.Ordinal);
        Assert.Contains(card, supervisor.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await office.Get("/supervision/received?state=open")).StatusCode);
        Assert.Contains(card, office.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await office.Get(card)).StatusCode);
        Assert.Contains("窗口收件三日后补录", office.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Post(card + "/appeal", ("words", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await office.Post(card + "/appeal", ("words", "当日系统停机"), ("_once", "1" + number))).StatusCode);

        await stranger.Get("/supervision/received");
        Assert.DoesNotContain(card, stranger.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post(card + "/appeal", ("words", "我也申诉"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(card)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get("/supervision")).StatusCode);
        await office.Get(card);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Post(card + "/decide", ("kind", "withdraw"), ("decision", "自己撤"))).StatusCode);

        await supervisor.Get(card);
        Assert.Contains("当日系统停机", supervisor.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.Post(card + "/decide", ("kind", "burn"), ("decision", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.Post(card + "/decide", ("kind", "withdraw"), ("decision", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await supervisor.Post(card + "/decide", ("kind", "withdraw"), ("decision", "停机属实"))).StatusCode);
        await office.Get(card);
        Assert.Contains("已撤牌", office.Page, StringComparison.Ordinal);
        Assert.Contains("停机属实", office.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_that_are_about_no_case_are_found_as_such()
    {
        await Office();
        using var supervisor = await At("data", Roles.Head);
        await supervisor.Get("/supervision/cards/new");
        var issued = await supervisor.Post("/supervision/cards/new", ("rule", "SV-R16"), ("office", "police"), ("evidence", "连续三日无人接听咨询电话"));
        await supervisor.Get("/supervision/cards?type=-&office=police");
        Assert.Contains(issued.Headers.Location!.OriginalString, supervisor.Page, StringComparison.Ordinal);
        await supervisor.Get("/supervision/cards?type=casework-test%2Fpermit&office=police");
        Assert.DoesNotContain(issued.Headers.Location!.OriginalString, supervisor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaders_see_the_board_and_bad_periods_are_said()
    {
        using var leader = await At("city", Roles.Leader);
        Assert.Equal(HttpStatusCode.OK, (await leader.Get("/supervision?from=2026-01-01&to=2026-12-31")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await leader.Get("/supervision?from=2026-12-31&to=2026-01-01")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await leader.Get("/supervision/cards?from=gestern")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.Get("/supervision/cards/new")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await leader.Get("/supervision/cards?state=appealed&after=nonsense&office=%27%3B--")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.Get("/supervision/cards/no-such-card")).StatusCode);
    }

    private async Task<IdentityBrowser> At(string office, string role)
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    /// <summary>The office that supervises.</summary>
    private async Task Office()
    {
        await IdentityPeople.Offices(city);
        var offices = city.Service<Offices>();
        if (offices.Find("data") is null)
        {
            await offices.Save(
                new Act(Caller.Platform("test"), "identity.office.save"),
                [new("data", "测试市数据局", "市数据局", "department", "city", "4111", new DateOnly(2000, 1, 1), null)]);
            await offices.Reload(CancellationToken.None);
        }
    }

    private static string Link(string page, string part) => WebUtility.HtmlDecode(
        Hrefs().Matches(page).Select(match => match.Groups[1].Value).First(href => href.Contains(part, StringComparison.Ordinal)));

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Hrefs();
}
