using Microsoft.Playwright;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

public sealed class DeskPages(City city, Chromium chromium)
{
    public static readonly TheoryData<string, string, string> Posts = new()
    {
        { "police", Roles.Clerk, "/desk /records /records/population.person /records/population.person/new /me /me/sessions" },
        { "city", Roles.Leader, "/board /desk /supervision /supervision/cards" },
        { "city", Roles.SystemAdministrator, "/admin" },
    };

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task The_pages_of_a_post_are_accessible_on_a_phone_and_on_a_screen(string office, string role, string addresses)
    {
        var page = await SignedIn(office, role);
        foreach (var address in addresses.Split(' '))
        {
            await page.SetViewportSizeAsync(390, 844);
            await Looks.AreGood(page, address);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_menu_of_the_desk_opens_on_a_phone_by_keyboard_and_without_script()
    {
        var page = await SignedIn("police", Roles.Clerk, script: false);
        var entry = page.Locator(".side a", new() { HasText = "信息目录" });
        Assert.False(await entry.IsVisibleAsync());

        await page.Locator("#menu-switch").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.True(await entry.IsVisibleAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_slash_goes_to_the_search_unless_the_clerk_has_switched_it_off()
    {
        var page = await SignedIn("police", Roles.Clerk);
        await page.Keyboard.PressAsync("/");
        Assert.Equal("search", await page.EvaluateAsync<string>("document.activeElement.type"));

        await page.Locator("[data-shortcuts] button").ClickAsync();
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("/");
        Assert.NotEqual("search", await page.EvaluateAsync<string>("document.activeElement.type"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Signing_out_ends_at_a_page_for_everybody()
    {
        var page = await SignedIn("police", Roles.Clerk);
        await page.Locator(".own button").ClickAsync();
        await page.GotoAsync("/desk");

        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> SignedIn(string office, string role, bool script = true)
    {
        var person = await IdentityPeople.Person(city, (office, role));
        var page = await chromium.Open(city.Address, 390, script);
        await page.GotoAsync("/sign-in?to=%2Fdesk");
        await page.Locator("#login").FillAsync(person.Login);
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.WaitForURLAsync("**/desk");
        return page;
    }
}
