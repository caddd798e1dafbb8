using Microsoft.Playwright;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>The pages of sharing in a real browser: accessible, as wide as the window, and looked at (SHALI_PICTURES).</summary>
public sealed class SharingLooks(City city, Chromium chromium)
{
    [Fact]
    public async Task Requests_and_grants_are_accessible_on_a_phone_and_on_a_screen()
    {
        var (resource, correcting, granted) = await new SharingTown(city).Walk();
        var clerk = await SignIn(await IdentityPeople.Person(city, ("market-regulation", Roles.Clerk)));
        foreach (var (address, name) in new[]
        {
            ("/sharing/requests", "requests"), ($"/sharing/new/{resource.Address}", "new"), ($"/sharing/requests/{correcting}/correct", "correct"),
            ($"/desk/cases/{correcting}", "case"), ("/sharing/grants", "grants"), ($"/catalogue/{resource.Address}", "entry"),
        })
        {
            await Look(clerk, address, name);
        }

        await clerk.Context.CloseAsync();
        var provider = await SignIn(await IdentityPeople.Person(city, ("police", Roles.Head)));
        await Look(provider, $"/sharing/grants/{granted}", "grant");
        await Look(provider, $"/sharing/new/{resource.Address}", "own");
        await provider.Context.CloseAsync();
    }

    private async Task<IPage> SignIn(DemoLogin login)
    {
        var page = await chromium.Open(city.Address, 390);
        await page.GotoAsync("/sign-in?to=%2Fdesk");
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.WaitForURLAsync("**/desk");
        return page;
    }

    private static async Task Look(IPage page, string address, string name)
    {
        Assert.Empty(await Looks.Faults(page, address));
        if (Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder)
        {
            await page.SetViewportSizeAsync(1440, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sharing-{name}-1440.png"), FullPage = true });
            await page.SetViewportSizeAsync(390, 844);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sharing-{name}-390.png"), FullPage = true });
        }
    }
}
