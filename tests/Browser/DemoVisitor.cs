using Microsoft.Playwright;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>Somebody at a browser in the demo city, as the tours of the README have him.</summary>
internal static class DemoVisitor
{
    /// <param name="identity">As whom he acts, where he has a choice.</param>
    public static async Task<IPage> SignIn(City city, Chromium chromium, string login, string identity)
    {
        var demo = await city.Demo();
        var page = await chromium.Open(demo.Address);
        await page.GotoAsync("/sign-in?to=%2Fme");
        await page.Locator("#login").FillAsync(login);
        await page.Locator("#password").FillAsync(demo.Password(login));
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives(url => !url.Contains("/sign-in?", StringComparison.Ordinal));
        if (page.Url.Contains("/sign-in/identity", StringComparison.Ordinal))
        {
            await page.GetByLabel(identity).CheckAsync();
            await Press(page, "继续");
        }

        return page;
    }

    public static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    /// <summary>Taken only where <c>SHALI_README_PICTURES</c> says where to.</summary>
    public static async Task Picture(IPage page, string? address, string name, int width = 1440)
    {
        if (address is not null)
        {
            await page.GotoAsync(address);
        }

        if (Environment.GetEnvironmentVariable("SHALI_README_PICTURES") is { Length: > 0 } folder)
        {
            await page.SetViewportSizeAsync(width, 1000);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
            await page.SetViewportSizeAsync(1440, 1000);
        }
    }
}
