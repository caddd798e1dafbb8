using Microsoft.Playwright;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

public sealed class PublicPages(City city, Chromium chromium)
{
    [Fact]
    public async Task The_first_load_of_the_home_page_is_small()
    {
        var page = await chromium.Open(city.Address, 390);
        long bytes = 0;
        var sizes = new List<Task>();
        page.RequestFinished += (_, request) => sizes.Add(Add(request));
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Task.WhenAll(sizes);
        await page.Context.CloseAsync();

        Assert.InRange(bytes, 1, 150 * 1024);

        async Task Add(IRequest request)
        {
            var size = await request.SizesAsync();
            Interlocked.Add(ref bytes, size.ResponseBodySize + size.ResponseHeadersSize);
        }
    }

    [Fact]
    public async Task Everything_public_is_reached_without_script()
    {
        var page = await chromium.Open(city.Address, 390, script: false);
        await page.GotoAsync("/");
        await page.Locator("#home-search").FillAsync("wzasm");
        await page.Locator("#home-search").PressAsync("Enter");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "无障碍声明" }).ClickAsync();

        Assert.Equal("无障碍声明", await page.Locator("h1").InnerTextAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_refused_has_the_focus_and_leads_to_its_field()
    {
        var page = await chromium.Open(city.Address, 390);
        await page.GotoAsync("/register");
        await page.Locator("main form button").ClickAsync();

        // The click does not wait for the page that it leads to, nor for its script.
        await page.Locator(".refusals:focus").WaitForAsync();

        var first = page.Locator(".refusals a").First;
        var field = (await first.GetAttributeAsync("href"))![1..];
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(field, await page.EvaluateAsync<string>("document.activeElement.id || location.hash.slice(1)"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_key_reaches_the_content()
    {
        var page = await chromium.Open(city.Address);
        await page.GotoAsync("/catalogue");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("跳到正文", await page.Locator(":focus").InnerTextAsync());

        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Context.CloseAsync();
    }
}
