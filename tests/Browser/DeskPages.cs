using Microsoft.Playwright;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

public sealed class DeskPages(City city, Chromium chromium)
{
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
    public async Task J_and_k_walk_through_the_rows()
    {
        var page = await SignedIn("police", Roles.Clerk);
        await page.GotoAsync("/records");
        async Task<int> Marked() => await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('main tbody tr')].findIndex(row => row.classList.contains('marked') && row.contains(document.activeElement))");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        Assert.Equal(1, await Marked());
        await page.Keyboard.PressAsync("k");
        Assert.Equal(0, await Marked());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_conditions_of_a_list_are_folded_on_a_phone_and_open_by_keyboard_without_script()
    {
        var page = await SignedIn("police", Roles.Clerk, script: false);
        await page.GotoAsync("/records/population.person");
        var field = page.Locator(".filters input[name=name]");
        Assert.False(await field.IsVisibleAsync());

        await page.Locator("#filter-switch").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.True(await field.IsVisibleAsync());

        await page.GotoAsync("/records/population.person?name=%E8%B5%B5");
        Assert.True(await field.IsVisibleAsync());
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
        await page.Arrives("**/desk");
        return page;
    }
}
