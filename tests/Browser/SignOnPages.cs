using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>The steps of sign-on that only a production start has: first administrator, second factor, new password.</summary>
public sealed partial class SignOnPages(City city, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Sand-river-4111";

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-steps-").FullName;
    private WebApplication _app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    [Fact]
    public async Task Every_step_of_the_first_sign_on_is_whole_on_a_screen_and_on_a_phone()
    {
        var faults = new List<string>();
        var code = (await _app.Services.GetRequiredService<FirstAdministrator>().CreateCode(Cancel))!;
        using var administrator = new IdentityBrowser(Address);
        await administrator.Get("/setup");
        faults.AddRange(await Look(administrator, "/setup"));
        await administrator.Post(
            "/setup", ("code", code), ("city", "测试市人民政府"), ("login", "sysadmin"), ("name", "第一管理员"), ("password", Password), ("again", Password));
        Assert.Equal("/sign-in/enrol", await administrator.SignIn("sysadmin", Password));
        faults.AddRange(await Look(administrator, "/sign-in/enrol"));

        var account = (await _app.Services.GetRequiredService<Accounts>().FindLogin("sysadmin", Cancel))!;
        var secret = await _app.Services.GetRequiredService<Totp>().Begin(account, Cancel);
        await administrator.Get("/sign-in/enrol");
        await administrator.Follow(await administrator.Post("/sign-in/enrol", ("code", new OtpNet.Totp(secret).ComputeTotp())));
        using var again = new IdentityBrowser(Address);
        Assert.Equal("/sign-in/second-factor", await again.SignIn("sysadmin", Password));
        faults.AddRange(await Look(again, "/sign-in/second-factor"));

        await administrator.Get("/admin/people/new");
        await administrator.Post("/admin/people/new", ("login", "newcomer"), ("name", "新来的"));
        using var newcomer = new IdentityBrowser(Address);
        Assert.Equal("/sign-in/password", await newcomer.SignIn("newcomer", OneTime().Match(administrator.Page).Groups[1].Value));
        faults.AddRange(await Look(newcomer, "/sign-in/password"));
        Assert.Empty(faults);
    }

    public async ValueTask InitializeAsync()
    {
        _app = await ShaliHost.Build(new HostSettings(await city.OwnDatabase(), _folder, 0, Demo: false) { Quiet = true, MasterKey = City.MasterKey });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IEnumerable<string>> Look(IdentityBrowser browser, string address)
    {
        var window = await chromium.OpenUnpainted(Address);
        await window.Context.AddCookiesAsync(browser.Cookies.GetCookies(Address).Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = Address.ToString(),
        }));
        var faults = await Looks.Faults(window, address);
        Assert.EndsWith(address, window.Url, StringComparison.Ordinal);
        await window.Context.CloseAsync();
        return faults.Select(fault => $"{address}: {fault}");
    }

    [GeneratedRegex("密码或密钥</dt>\\s*<dd><code>([^<]+)</code>")]
    private static partial Regex OneTime();
}
