using System.Net;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

public sealed class IdentitySignOn(City city)
{
    [Fact]
    public async Task A_clerk_signs_on_and_lands_where_he_wanted_to_go()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal("/me/sessions", await browser.SignIn(clerk.Login, clerk.Password, "/me/sessions"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/me/sessions")).StatusCode);
        Assert.Contains("本次登录", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Sign_on_never_leads_to_another_site(string to)
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal("/desk", await browser.SignIn(clerk.Login, clerk.Password, to));
    }

    [Fact]
    public async Task A_wrong_login_and_a_wrong_password_are_answered_alike_and_the_fifth_failure_locks()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        foreach (var login in new[] { clerk.Login, IdentityPeople.NewLogin() })
        {
            using var browser = new IdentityBrowser(city.Address);
            for (var i = 1; i <= 5; i++)
            {
                Assert.Equal("422", await browser.SignIn(login, "wrong"));
                Assert.Equal(i < 5, browser.Page.Contains("用户名或密码不正确", StringComparison.Ordinal));
                Assert.Equal(i == 5, browser.Page.Contains("已锁定至", StringComparison.Ordinal));
            }

            Assert.Equal("422", await browser.SignIn(login, clerk.Password));
            Assert.Contains("已锁定至", browser.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_person_with_several_posts_chooses_one_and_may_switch()
    {
        var person = await IdentityPeople.Person(city, ("police", Roles.Clerk), ("health", Roles.Head));
        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal("/sign-in/identity", await browser.SignIn(person.Login, person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/me/sessions")).StatusCode);
        await browser.Get("/sign-in/identity");
        var posts = System.Text.RegularExpressions.Regex.Matches(browser.Page, "value=\"(post:[^\"]+)\"").Select(each => each.Groups[1].Value).ToList();
        Assert.Equal(2, posts.Count);
        var answer = await browser.Post("/sign-in/identity", ("identity", posts[1]));
        Assert.Equal("/desk", answer.Headers.Location!.OriginalString);
        await browser.Get("/me/identity");
        Assert.Equal("/desk", (await browser.Post("/me/identity", ("identity", posts[0]))).Headers.Location!.OriginalString);
        await browser.Get("/me/identity");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/me/identity", ("identity", "post:of-somebody-else"))).StatusCode);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_is_refused_within_a_second()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var office = new IdentityBrowser(city.Address);
        using var home = new IdentityBrowser(city.Address);
        await office.SignIn(clerk.Login, clerk.Password);
        await home.SignIn(clerk.Login, clerk.Password);
        await home.Get("/me/sessions");
        Assert.Equal(HttpStatusCode.SeeOther, (await home.Post("/me/sessions/others/end")).StatusCode);
        Assert.Equal("/sign-in?to=%2Fme%2Fsessions", (await office.Get("/me/sessions")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await home.Get("/me/sessions")).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_another_persons_session()
    {
        var one = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var other = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var victim = new IdentityBrowser(city.Address);
        using var attacker = new IdentityBrowser(city.Address);
        await victim.SignIn(one.Login, one.Password);
        await attacker.SignIn(other.Login, other.Password);
        var account = (await city.Service<Accounts>().FindLogin(one.Login, TestContext.Current.CancellationToken))!;
        var session = (await city.Service<Sessions>().Of(account.Id, TestContext.Current.CancellationToken))[0];
        await attacker.Get("/me/sessions");
        Assert.Equal(HttpStatusCode.NotFound, (await attacker.Post($"/me/sessions/{session.Id}/end")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await victim.Get("/me/sessions")).StatusCode);
    }

    [Fact]
    public async Task A_form_without_the_token_of_this_session_is_refused()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var browser = new IdentityBrowser(city.Address);
        await browser.Get("/sign-in");
        var before = browser.Page;
        await browser.SignIn(clerk.Login, clerk.Password);
        await browser.Get("/health/live");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/me/sessions/others/end")).StatusCode);
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task A_new_password_is_not_one_of_the_last_five_and_ends_other_sessions()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var other = new IdentityBrowser(city.Address);
        using var browser = new IdentityBrowser(city.Address);
        await other.SignIn(clerk.Login, clerk.Password);
        await browser.SignIn(clerk.Login, clerk.Password);
        await browser.Get("/me/security");
        var same = await browser.Post("/me/security", ("old", clerk.Password), ("password", clerk.Password), ("again", clerk.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, same.StatusCode);
        Assert.Contains("最近 5 次", browser.Page, StringComparison.Ordinal);
        const string Next = "Autumn-rain-411";
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post("/me/security", ("old", clerk.Password), ("password", Next), ("again", Next))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Get("/me/sessions")).StatusCode);
        using var again = new IdentityBrowser(city.Address);
        Assert.Equal("422", await again.SignIn(clerk.Login, clerk.Password));
        Assert.Equal("/desk", await again.SignIn(clerk.Login, Next));
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once_and_stays_out()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(clerk.Login, clerk.Password);
        var accounts = city.Service<Accounts>();
        var account = (await accounts.FindLogin(clerk.Login, TestContext.Current.CancellationToken))!;
        await accounts.Disable(Caller.Platform("test"), account, true, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/me/sessions")).StatusCode);
        Assert.Equal("422", await browser.SignIn(clerk.Login, clerk.Password));
    }

    [Fact]
    public async Task Three_hundred_demo_accounts_are_made_in_one_go()
    {
        await IdentityPeople.Offices(city);
        var post = new Post("", "", "police", Roles.Clerk, DataScope.All, "", "", new DateOnly(2020, 1, 1), null);
        var wanted = Enumerable.Range(0, 300).Select(_ => new DemoAccount(IdentityPeople.NewLogin(), "批量人员", null, [post])).ToList();
        var made = await city.Service<DemoAccounts>().Create(wanted, Caller.Platform("test"), TestContext.Current.CancellationToken);
        Assert.Equal(300, made.Count);
        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal("/desk", await browser.SignIn(made[299].Login, made[299].Password));
    }

    [Fact]
    public async Task An_authenticator_code_works_once()
    {
        var clerk = await IdentityPeople.Person(city, ("police", Roles.Clerk));
        var cancel = TestContext.Current.CancellationToken;
        var accounts = city.Service<Accounts>();
        var totp = city.Service<Totp>();
        var account = (await accounts.FindLogin(clerk.Login, cancel))!;
        var secret = await totp.Begin(account, cancel);
        var code = new OtpNet.Totp(secret).ComputeTotp();
        account = (await accounts.FindLogin(clerk.Login, cancel))!;
        Assert.False(await totp.Verify(account, "000000", cancel) && code != "000000");
        Assert.True(await totp.Verify(account, code, cancel));
        Assert.False(await totp.Verify(account, code, cancel));
        using var browser = new IdentityBrowser(city.Address);
        Assert.Equal("/sign-in/second-factor", await browser.SignIn(clerk.Login, clerk.Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/me/sessions")).StatusCode);
    }
}
