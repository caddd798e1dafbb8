using Microsoft.Playwright;
using Shali.FrontNode;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>
/// An afternoon at an office: the information officer lets the front node in, it gives the office's firms, the officer sees how it runs and whom
/// a row failed, and anybody checks the receipt. In a real browser, the receipt by phone and without script.
/// </summary>
public sealed class NodeWalk(City city, Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_lets_a_node_in_and_sees_what_it_gives()
    {
        await using var town = await NodeTown.Start(city);
        var officer = await IdentityPeople.Person(city, (town.Office, Roles.InformationOfficer));
        var page = await chromium.OpenForLooks(city.Address);
        await page.GotoAsync("/sign-in?to=%2Fexchange%2Fnodes");
        await page.Locator("#login").FillAsync(officer.Login);
        await page.Locator("#password").FillAsync(officer.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives(url => url.Contains("/exchange/nodes", StringComparison.Ordinal));
        await page.Locator("#name").FillAsync("三楼机房，企业登记系统");
        await DemoVisitor.Press(page, "登记并生成一次性代码");
        await Picture(page, "node-code");
        var code = (await page.Locator("dl.summary code").Nth(1).TextContentAsync())!;

        // The installer has the code, the officer has not written it down.
        var source = town.Sqlite();
        source.Fill(1, 1_234);
        source.Run("insert into 企业 values ('F9', null, null, null, 1)");
        var settings = town.Settings(town.Give(source.Place) with { BatchRows = 500 }) with { Data = Path.Combine(town.Folder, "new") };
        await Centre.Enrol(settings, code, Cancel);
        var node = town.Open(settings);
        await NodeTown.Round(node);
        await node.Gives[0].Compare(Cancel);
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);

        await page.GetByRole(AriaRole.Link, new() { Name = "完成", Exact = true }).ClickAsync();
        await Picture(page, "node");
        Assert.Empty(await Looks.Faults(page, page.Url));
        await page.GotoAsync("/exchange/nodes");
        await Picture(page, "nodes");
        Assert.Empty(await Looks.Faults(page, page.Url));
        await page.GoBackAsync();
        var receipt = (await page.Locator("a[href^='/exchange/receipts/']").First.GetAttributeAsync("href"))!;
        await page.Context.CloseAsync();

        var visitor = await chromium.Open(city.Address, 390, script: false);
        await visitor.GotoAsync("/exchange/receipts");
        await visitor.Locator("#number").FillAsync(receipt[(receipt.LastIndexOf('/') + 1)..]);
        await visitor.Locator("#number").PressAsync("Enter");
        await Picture(visitor, "receipt");
        Assert.Contains("回执真实", await visitor.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        var port = PortalProcess.FreePort();
        await using (await StatusPage.Start(node, port))
        {
            await visitor.GotoAsync($"http://127.0.0.1:{port}/");
            await Picture(visitor, "node-status");
            Assert.Contains("F9", await visitor.Locator("body").TextContentAsync(), StringComparison.Ordinal);
        }

        await visitor.Context.CloseAsync();
    }

    /// <summary>For whoever wants to look: SHALI_PICTURES names a folder.</summary>
    private static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder)
        {
            foreach (var width in (int[])[1440, 390])
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
            }
        }
    }
}
