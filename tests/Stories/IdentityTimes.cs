using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What time ends: idle sessions, long ones, old passwords, a lock. On a node whose clock can be moved.</summary>
public sealed class IdentityTimes(City city) : IAsyncLifetime
{
    private readonly Clock _clock = new();
    private WebApplication _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => new(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async ValueTask InitializeAsync()
    {
        _host = await city.AnotherHost(await city.OwnDatabase(), settings => settings with { Time = _clock });
        await _host.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(true, 29, true)]
    [InlineData(true, 31, false)]
    [InlineData(false, 59, true)]
    [InlineData(false, 61, false)]
    public async Task A_session_without_requests_ends(bool staff, int minutes, bool open)
    {
        using var browser = await SignedOn(staff);
        _clock.Now += TimeSpan.FromMinutes(minutes);
        Assert.Equal(open ? HttpStatusCode.OK : HttpStatusCode.SeeOther, (await browser.Get("/me/sessions")).StatusCode);
    }

    [Fact]
    public async Task No_session_is_longer_than_twelve_hours_however_busy()
    {
        using var browser = await SignedOn(staff: true);
        for (var i = 0; i < 35; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(20);
            Assert.Equal(HttpStatusCode.OK, (await browser.Get("/me/sessions")).StatusCode);
        }

        _clock.Now += TimeSpan.FromMinutes(21);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/me/sessions")).StatusCode);
    }

    [Fact]
    public async Task A_password_of_more_than_ninety_days_is_changed_before_anything_else()
    {
        var person = await Person(staff: true);
        _clock.Now += TimeSpan.FromDays(91);
        using var browser = new IdentityBrowser(Address);
        Assert.Equal(SignOnSteps.PasswordPage, await browser.SignIn(person.Login, person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/desk")).StatusCode);
        await browser.Get(SignOnSteps.PasswordPage);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await browser.Post(SignOnSteps.PasswordPage, ("password", person.Password), ("again", person.Password))).StatusCode);
        Assert.Equal("/desk", await browser.Follow(await browser.Post(SignOnSteps.PasswordPage, ("password", "New-river-2026"), ("again", "New-river-2026"))));
    }

    [Fact]
    public async Task A_lock_ends_by_itself()
    {
        var person = await Person(staff: false);
        using var browser = new IdentityBrowser(Address);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("422", await browser.SignIn(person.Login, "wrong-Password-1"));
        }

        Assert.Equal("422", await browser.SignIn(person.Login, person.Password));
        Assert.Contains("已锁定", browser.Page, StringComparison.Ordinal);
        _clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("/me", await browser.SignIn(person.Login, person.Password));
    }

    private async Task<IdentityBrowser> SignedOn(bool staff)
    {
        var person = await Person(staff);
        var browser = new IdentityBrowser(Address);
        Assert.Equal(staff ? "/desk" : "/me", await browser.SignIn(person.Login, person.Password));
        return browser;
    }

    private async Task<DemoLogin> Person(bool staff)
    {
        var offices = _host.Services.GetRequiredService<Offices>();
        if (offices.Find("city") is null)
        {
            await offices.Save(
                new Act(Caller.Platform("test"), "identity.office.save"),
                [new("city", "测试市人民政府", "市政府", "government", null, "4111", new DateOnly(2000, 1, 1), null)]);
            await offices.Reload(Token);
        }

        var login = IdentityPeople.NewLogin();
        List<Post> posts = staff ? [new("", "", "city", Roles.Clerk, DataScope.All, "", "", new DateOnly(2020, 1, 1), null)] : [];
        var account = new DemoAccount(login, "测试人员", staff ? null : "person-" + login, posts);
        return (await _host.Services.GetRequiredService<DemoAccounts>().Create([account], Caller.Platform("test")))[0];
    }

    /// <summary>Stands ahead by what the test says; timers run as ever.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly DateTimeOffset _began = System.GetUtcNow();

        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now + (System.GetUtcNow() - _began);
    }
}
