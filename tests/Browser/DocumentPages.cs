using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shali.Platform.Documents;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Layout;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>The check of a document as a resident does it on a phone, and the administrator's list of seals.</summary>
public sealed class DocumentPages(City city, Chromium chromium)
{
    [Fact]
    public async Task A_resident_checks_on_a_phone_without_script_and_sees_what_was_altered()
    {
        var content = IssuedDocuments.Decision();
        var issued = await IssuedDocuments.Issue(city, content: content);
        using var fonts = new DocumentFonts();
        var forged = new DocumentRenderer(fonts).Render(
            content with { Fields = [new("经营者名称", "漯河沙澧餐饮有限公司"), new("主体业态", "食品销售经营者")] },
            new(issued.Key, issued.Code, issued.CheckAddress), DateTimeOffset.UnixEpoch);
        var page = await chromium.Open(city.Address, 390, script: false);
        await page.GotoAsync("/verify");
        await page.GetByLabel("文书编号").FillAsync(content.Number);
        await page.GetByLabel("核验码").FillAsync(issued.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "核验", Exact = true }).ClickAsync();
        Assert.Contains("真实有效", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "核验另一份文书" }).ClickAsync();
        await page.GetByLabel("PDF 文件").SetInputFilesAsync(new FilePayload { Name = "决定书.pdf", MimeType = "application/pdf", Buffer = forged.Bytes });
        await page.GetByRole(AriaRole.Button, new() { Name = "上传并核验" }).ClickAsync();
        Assert.Contains("内容被改动，不能采信", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator("mark").CountAsync() > 0);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0);
        await Picture(page, "altered-390");
        await page.Context.CloseAsync();

        var wide = await chromium.Open(city.Address, 390);
        Assert.Empty(await Looks.Faults(wide, issued.CheckAddress.PathAndQuery));
        await Picture(wide, "genuine-1440");
        await wide.GotoAsync("/verify");
        await Picture(wide, "verify-1440");
        await wide.GotoAsync("/ca");
        await Picture(wide, "ca-1440");
        await wide.Context.CloseAsync();
    }

    [Fact]
    public async Task The_security_administrator_revokes_a_seal_and_has_a_new_one_made()
    {
        await using var host = await city.AnotherHost(await city.OwnDatabase());
        await host.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(host.Urls.First());
        var offices = host.Services.GetRequiredService<Offices>();
        await offices.Save(
            new(Caller.Platform("test"), "identity.office.save"),
            [
                IssuedDocuments.Issuer,
                new("data", "测试市数据局", "数据", "department", null, "4111", new DateOnly(2000, 1, 1), null),
            ],
            TestContext.Current.CancellationToken);
        var post = new Post("", "", "data", Roles.SecurityAdministrator, DataScope.All, "", "", new DateOnly(2020, 1, 1), null);
        var login = (await host.Services.GetRequiredService<DemoAccounts>().Create(
            [new DemoAccount(IdentityPeople.NewLogin(), "安全管理员", null, [post])], Caller.Platform("test")))[0];
        var issued = await host.Services.GetRequiredService<DocumentDesk>().Issue(
            IssuedDocuments.Clerk, IssuedDocuments.Of(IssuedDocuments.Decision()), TestContext.Current.CancellationToken);
        Assert.True(issued.Ok);

        var page = await chromium.Open(address);
        await page.GotoAsync("/sign-in?to=%2Fadmin%2Fseals");
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives("**/admin/seals");
        Assert.Empty(await Looks.Faults(page, "/admin/seals"));
        await page.GetByRole(AriaRole.Link, new() { Name = "吊销" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
        Assert.Contains("请选择吊销原因", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByLabel("私钥泄露或可能泄露").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "吊销" }).ClickAsync();
        await page.Arrives("**/admin/seals");
        Assert.Contains("已吊销", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "重新制发" }).ClickAsync();
        await page.Locator("main").GetByText("使用中").First.WaitForAsync();
        await Picture(page, "seals-1440");
        await page.Context.CloseAsync();
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static Task Picture(IPage page, string name) =>
        Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true })
            : Task.CompletedTask;
}
