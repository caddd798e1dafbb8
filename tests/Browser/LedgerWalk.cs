using Microsoft.Playwright;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>Paying a bill in a real browser, without script.</summary>
public sealed class LedgerWalk(City city, Chromium chromium)
{
    [Fact]
    public async Task A_payer_pays_by_phone_without_script()
    {
        var bill = await LedgerCity.Bill(city);
        var page = await chromium.Open(city.Address, 390, script: false);
        await page.GotoAsync("/bills");
        await page.Locator("#number").FillAsync(bill.Number);
        await page.Locator("#code").FillAsync(bill.CheckCode.ToLowerInvariant());
        await page.Locator("#code").PressAsync("Enter");
        await Picture(page, "payer-bill");
        await page.GetByRole(AriaRole.Button, new() { Name = "用演示支付渠道缴款" }).ClickAsync();
        await Picture(page, "channel");
        await page.GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "返回缴款平台" }).ClickAsync();
        Assert.Equal("缴款成功", await page.Locator("h1").TextContentAsync());
        await Picture(page, "order");
        await page.Context.CloseAsync();
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
