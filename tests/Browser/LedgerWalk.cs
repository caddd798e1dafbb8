using Microsoft.Playwright;
using Shali.Platform.Identity;
using Shali.Platform.Ledger;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>Paying a bill and working at the cashier's desk, in a real browser, without script.</summary>
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

    [Fact]
    public async Task The_ledgers_pages_are_good_on_a_phone_and_on_a_screen()
    {
        var bill = await LedgerCity.Bill(city);
        var begun = await city.Service<Payments>().Begin(Caller.Anonymous, bill.Number, "test", bill.Number);
        await city.Service<TestPayer>().Choose(begun.Value.Order, "double");
        await city.Service<Payments>().AskNow("test", begun.Value.Order, end: false);
        var twice = new ChannelAnswer(begun.Value.Order, bill.Number, "U" + begun.Value.Order, true, new(23_050), bill.IssuedAt);
        Assert.True((await city.Service<Payments>().Answer("test", twice)).Ok);
        var person = await IdentityPeople.Person(city, ("finance", Roles.Head));
        var page = await chromium.Open(city.Address, 390);
        await page.GotoAsync("/sign-in?to=%2Fdesk");
        await page.Locator("#login").FillAsync(person.Login);
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.WaitForURLAsync("**/desk");
        await page.GotoAsync($"/ledger/bills/{bill.Number}");
        var problem = await page.Locator("a[href^='/ledger/problems/']").First.GetAttributeAsync("href");
        var entry = await page.Locator("a[href^='/ledger/entries/']").First.GetAttributeAsync("href");
        string[] addresses =
        [
            "/bills", "/receipts", "/me/bills", $"/bills/orders/{begun.Value.Order}", $"/test-channel/payments/{begun.Value.Order}", "/ledger/bills",
            $"/ledger/bills/{bill.Number}", "/ledger/problems", problem!, "/ledger/reconciliation", "/ledger/accounts", "/ledger/accounts/channel.test", entry!,
        ];
        foreach (var address in addresses)
        {
            await page.SetViewportSizeAsync(390, 844);
            Assert.Empty(await Looks.Faults(page, address));
            await Picture(page, address.Trim('/').Replace('/', '-'));
        }

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
