using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>Rating by link, in one's own space and on the tablet; the supervisor from the league to the case; what strangers get.</summary>
public sealed partial class EfficiencyPages(City city)
{
    [Fact]
    public async Task The_link_opens_one_rating_and_nothing_else()
    {
        var number = await Ended();
        var address = city.Service<RatingDesk>().Address(number);
        using var anyone = new IdentityBrowser(city.Address);
        Assert.Equal(HttpStatusCode.OK, (await anyone.Get(address)).StatusCode);
        Assert.Contains("测试审批", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("链接申请人", anyone.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anyone.Post(address, ("rating", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anyone.Post(address, ("grade", "5"), ("words", "找 13800138000"))).StatusCode);
        Assert.Contains("电话号码", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("找 13800138000", anyone.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await anyone.Post(address, ("grade", "5"), ("words", "跑了三趟"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anyone.Get(address)).StatusCode);
        Assert.DoesNotContain("name=\"grade\"", anyone.Page, StringComparison.Ordinal);
        await anyone.Get("/rate/hall");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anyone.Post(address, ("grade", "1"))).StatusCode);
        Assert.Contains("已经评价过", anyone.Page, StringComparison.Ordinal);

        // The code of one case does not open another, nor does the code that tracks it.
        var other = await Ended();
        foreach (var wrong in new[] { $"/rate/{other}-{address.Split('-')[1]}", $"/rate/{other}-{city.Service<TrackingCodes>().Of(other)}", "/rate/nonsense", "/rate/%27%3B--" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await anyone.Get(wrong)).StatusCode);
        }
    }

    [Fact]
    public async Task Staff_do_not_rate_and_the_tablet_asks_number_and_code()
    {
        var number = await Ended();
        using var clerk = await At("market-regulation", Roles.Clerk);
        await clerk.Get(city.Service<RatingDesk>().Address(number));
        Assert.Contains("工作人员不能评价", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.Get($"/me/cases/{number}/rate")).StatusCode);

        using var tablet = new IdentityBrowser(city.Address);
        await tablet.Get("/rate/hall");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await tablet.Post("/rate/hall", ("number", number), ("code", "WRONGCOD"))).StatusCode);
        var code = city.Service<TrackingCodes>().Of(number);
        Assert.Equal(HttpStatusCode.OK, (await tablet.Post("/rate/hall", ("number", CaseNumbers.Show(number)), ("code", code))).StatusCode);
        Assert.Contains("非常满意", tablet.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await tablet.Post("/rate/hall", ("number", number), ("code", code), ("rating", "1"), ("grade", "1"))).StatusCode);
        Assert.Contains("谢谢", tablet.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_applicant_is_led_from_his_case_to_its_rating()
    {
        var login = await IdentityPeople.Person(city);
        using var applicant = new IdentityBrowser(city.Address);
        await applicant.SignIn(login.Login, login.Password);
        var number = await Ended("person-" + login.Login);
        await applicant.Get("/me/cases/" + number);
        Assert.Contains($"/me/cases/{number}/rate", applicant.Page, StringComparison.Ordinal);
        using var stranger = new IdentityBrowser(city.Address);
        var someone = await IdentityPeople.Person(city);
        await stranger.SignIn(someone.Login, someone.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/me/cases/{number}/rate")).StatusCode);
        await applicant.Get($"/me/cases/{number}/rate");
        Assert.Equal(HttpStatusCode.OK, (await applicant.Post($"/me/cases/{number}/rate", ("grade", "2"))).StatusCode);
        await applicant.Get("/me/cases/" + number);
        Assert.DoesNotContain($"/me/cases/{number}/rate", applicant.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_league_to_the_case_in_three_clicks_and_nobody_else_gets_there()
    {
        var number = await Ended();
        using var supervisor = await At("data", Roles.Head);
        using var office = await At("market-regulation", Roles.Head);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision/efficiency")).StatusCode);
        var first = Link(supervisor.Page, "/market-regulation");
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get(first)).StatusCode);
        var second = Link(supervisor.Page, "/ended");
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get(second)).StatusCode);
        var third = Link(supervisor.Page, number);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get(third)).StatusCode);

        foreach (var address in new[] { "/supervision/efficiency", first, second, "/supervision/efficiency/export" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await office.Get(address)).StatusCode);
        }

        foreach (var figure in new[] { "received", "ended" })
        {
            Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision/efficiency/today/" + figure)).StatusCode);
            Assert.Contains(number, supervisor.Page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision/efficiency/today/open")).StatusCode);
        Assert.DoesNotContain(number, supervisor.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.Get("/supervision/efficiency/today/nonsense")).StatusCode);
        using var leader = await At("city", Roles.Leader);
        Assert.Equal(HttpStatusCode.OK, (await leader.Get(first)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.Get(first + "/grade-5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.Get(first + "/nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.Get("/supervision/efficiency/2026Q9/data")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision/efficiency/export?office=market-regulation")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await leader.Get("/board")).StatusCode);
        Assert.Contains("今日收件", leader.Page, StringComparison.Ordinal);

        await supervisor.Get("/supervision/efficiency");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.Post("/supervision/efficiency/close", ("quarter", "x"))).StatusCode);
        await office.Get("/desk/ratings");
        Assert.DoesNotContain(number, office.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_sees_results_and_scores()
    {
        using var anyone = new IdentityBrowser(city.Address);
        foreach (var address in new[] { "/ratings", "/ratings?item=approvals%2Ftest-approval", "/efficiency", "/efficiency?quarter=2026Q1", "/efficiency?quarter=nonsense" })
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.Get(address)).StatusCode);
        }
    }

    private async Task<string> Ended(string? person = null)
    {
        await IdentityPeople.Offices(city);
        var who = CaseTown.Resident("链接申请人");
        return await SampleApproval.Ended(city, person is null ? who : who with { Person = person });
    }

    private async Task<IdentityBrowser> At(string office, string role)
    {
        var login = await IdentityPeople.Person(city, (office, role));
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private static string Link(string page, string part) => WebUtility.HtmlDecode(
        Hrefs().Matches(page).Select(match => match.Groups[1].Value).First(href => href.Contains(part, StringComparison.Ordinal)));

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Hrefs();
}
