using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A production start: no accounts, the second factor on.</summary>
public sealed class IdentityProduction(City city) : IAsyncLifetime
{
    private const string Password = "Sand-river-4111";

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-identity-").FullName;
    private WebApplication _app = null!;

    [Fact]
    public async Task The_first_administrator_uses_his_code_once_and_must_set_up_a_second_factor()
    {
        var first = _app.Services.GetRequiredService<FirstAdministrator>();
        var code = (await first.CreateCode(Cancel))!;
        using var browser = new IdentityBrowser(Address);
        await browser.Get("/setup");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Setup(browser, "wrong", "sysadmin")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Setup(browser, code, "no")).StatusCode);
        Assert.Equal("/sign-in", (await Setup(browser, code, "sysadmin")).Headers.Location!.OriginalString);
        Assert.Null(await first.CreateCode(Cancel));
        await browser.Get("/setup");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Setup(browser, code, "another")).StatusCode);

        Assert.Equal("/sign-in/enrol", await browser.SignIn("sysadmin", Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/admin/people")).StatusCode);
        await browser.Get("/sign-in/enrol");
        Assert.Contains("<svg", browser.Page, StringComparison.Ordinal);
        var account = (await _app.Services.GetRequiredService<Accounts>().FindLogin("sysadmin", Cancel))!;
        var secret = await _app.Services.GetRequiredService<Totp>().Begin(account, Cancel);
        Assert.Equal("/desk", await browser.Follow(await browser.Post("/sign-in/enrol", ("code", new OtpNet.Totp(secret).ComputeTotp()))));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/admin/people")).StatusCode);

        await AppointSecurityAdministrator(browser);
    }

    /// <summary>The system administrator appoints the first security administrator, and nobody after him.</summary>
    private async Task AppointSecurityAdministrator(IdentityBrowser browser)
    {
        var ids = new List<string>();
        foreach (var login in new[] { "secadmin", "auditor" })
        {
            await browser.Get("/admin/people/new");
            Assert.Equal(HttpStatusCode.OK, (await browser.Post("/admin/people/new", ("login", login), ("name", "管理人员"))).StatusCode);
            Assert.Contains("只显示这一次", browser.Page, StringComparison.Ordinal);
            ids.Add((await _app.Services.GetRequiredService<Accounts>().FindLogin(login, Cancel))!.Id);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await Appoint(browser, ids[0], Roles.SecurityAdministrator)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Appoint(browser, ids[1], Roles.AuditAdministrator)).StatusCode);
        Assert.Contains("只有安全管理员可以授予职务", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Appoint(browser, ids[0], Roles.AuditAdministrator)).StatusCode);
        Assert.Contains("三人分别担任", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_registers_whom_the_population_does_not_know()
    {
        using var browser = new IdentityBrowser(Address);
        await browser.Get("/register");
        var answer = await browser.Post(
            "/register", ("name", "无名氏"), ("number", "411102199001010000"), ("login", "nobody1"), ("password", Password), ("again", Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("不在本市人口库中", browser.Page, StringComparison.Ordinal);
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

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> Setup(IdentityBrowser browser, string code, string login) => await browser.Post(
        "/setup", ("code", code), ("city", "测试市人民政府"), ("login", login), ("name", "第一管理员"), ("password", Password), ("again", Password));

    private static async Task<HttpResponseMessage> Appoint(IdentityBrowser browser, string account, string role)
    {
        await browser.Get($"/admin/people/{account}");
        return await browser.Post(
            $"/admin/people/{account}/posts", ("office", OfficeCode.City), ("role", role), ("scope", "own-office"), ("reason", "任命"));
    }
}
