using System.Net;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A form that stood open too long: the session behind it is another one or over. A clear page says so, and nothing is lost.</summary>
public sealed class ExpiredForms(City city)
{
    private WindowTown Town => new(city);

    [Fact]
    public async Task A_form_of_an_earlier_session_is_refused_in_a_sentence_and_what_was_saved_is_there()
    {
        var login = await Town.Login(await Town.Person("冯过期"));
        using var before = new IdentityBrowser(city.Address);
        await before.SignIn(login.Login, login.Password);
        var draft = await Begun(before);
        await before.Get(draft + "/questions/shop");

        // He has signed in anew in another window of the same browser: the form is of the session before.
        using var now = new IdentityBrowser(city.Address);
        await now.SignIn(login.Login, login.Password);
        Renew(before, now);
        Assert.Equal(HttpStatusCode.BadRequest, (await before.Post(draft + "/questions/shop", ("shop", "新店名"))).StatusCode);
        Assert.Contains("ID-419", before.Page, StringComparison.Ordinal);
        Assert.Contains("页面停留时间过长", before.Page, StringComparison.Ordinal);
        await before.Get(draft + "/questions/shop");
        Assert.Contains("旧店名", before.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await before.Post(draft + "/questions/shop", ("shop", "新店名"))).StatusCode);
    }

    [Fact]
    public async Task A_form_of_a_session_that_is_over_leads_to_the_sign_on_and_back_and_what_was_saved_is_there()
    {
        var person = await Town.Person("卫过期");
        var login = await Town.Login(person);
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        var draft = await Begun(browser);
        await browser.Get(draft + "/questions/kind");
        using var other = new IdentityBrowser(city.Address);
        await other.SignIn(login.Login, login.Password);
        await other.Get("/me/security");
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Post("/me/sessions/others/end")).StatusCode);

        var late = await browser.Post(draft + "/questions/kind", ("kind", "food"));
        Assert.True(late.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found or HttpStatusCode.BadRequest, $"{late.StatusCode} {late.Headers.Location} {browser.Page}");
        await browser.SignIn(login.Login, login.Password);
        await browser.Get(draft + "/questions/shop");
        Assert.Contains("旧店名", browser.Page, StringComparison.Ordinal);
        await browser.Get(draft + "/questions/kind");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post(draft + "/questions/kind", ("kind", "food"))).StatusCode);
    }

    /// <summary>An application with one answer.</summary>
    private async Task<string> Begun(IdentityBrowser browser)
    {
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item());
        await browser.Get("/services/" + item.Code);
        var draft = (await browser.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await browser.Get(draft + "/applicant");
        await browser.Post(draft + "/applicant", ("_phone", "13812345678"));
        await browser.Get(draft + "/questions/shop");
        await browser.Post(draft + "/questions/shop", ("shop", "旧店名"));
        return draft;
    }

    private void Renew(IdentityBrowser browser, IdentityBrowser with)
    {
        foreach (Cookie cookie in with.Cookies.GetCookies(city.Address))
        {
            browser.Cookies.Add(city.Address, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        }
    }
}
