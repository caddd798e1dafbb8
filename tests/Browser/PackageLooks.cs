using Microsoft.Playwright;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>The pages of packages in a real browser: accessible, as wide as the window, and looked at (SHALI_PICTURES).</summary>
public sealed class PackageLooks(City city, Chromium chromium)
{
    [Fact]
    public async Task Guide_timeline_and_desk_are_accessible_on_a_phone_and_on_a_screen()
    {
        await using var town = await PackageTown.Start(city, listens: true);
        var login = await town.Account();
        var account = (await town.Get<Accounts>().FindLogin(login.Login))!;
        var owner = CaseTown.Resident("郑掌柜") with { Person = account.Person };
        var clerk = await town.Account(("market-regulation", Roles.Clerk));
        var (lead, signs, fire) = (await town.Staff("market-regulation"), await town.Staff("city-management"), await town.Staff("emergency"));
        var number = await town.Open("restaurant", owner, PackageTown.Restaurant());
        await town.Take(lead, number, new(ItemSteps.Accept));
        town.Time.Now = PackageTown.At("2026-11-25 10:00");
        await town.GrantAtOnce(lead, (await town.Part(lead, number, "company-establish"))!.Number);
        await town.GrantAtOnce(signs, (await town.Part(lead, number, "signboard"))!.Number);
        var safety = (await town.Part(lead, number, "fire-opening"))!.Number;
        town.Time.Now = PackageTown.At("2026-12-03 10:00");
        await town.GrantAtOnce(fire, safety);
        town.Time.Now = PackageTown.At("2026-12-10 10:00");

        var applicant = await SignIn(town, login);
        await Look(applicant, "/services/packages/restaurant", "guide");
        await Look(applicant, "/services/packages/restaurant?start=company&food_business_raw=no&fire_opening_gas=no", "guide-answered");
        await Look(applicant, "/services/packages/project-start", "guide-project");
        await Look(applicant, "/services?theme=catering", "finder");
        await Look(applicant, "/me/cases/" + number, "own");
        await Look(applicant, "/me/cases/" + safety, "own-part");
        await applicant.Context.CloseAsync();
        var desk = await SignIn(town, clerk);
        foreach (var (address, name) in new[]
        {
            ("/desk/cases/" + number, "desk"), ("/desk/cases/" + (await town.Part(lead, number, "food-business"))!.Number, "desk-part"), ("/approvals/packages", "packages"),
            ("/approvals/packages/restaurant.1", "edition"), ($"/desk/cases/{number}/steps/{PackageSteps.ArrangeVisit}", "visit"),
        })
        {
            await Look(desk, address, name);
        }

        await desk.Context.CloseAsync();
    }

    private async Task<IPage> SignIn(PackageTown town, DemoLogin login)
    {
        var page = await chromium.Open(town.Address, 390);
        await page.GotoAsync("/sign-in?to=%2Fme");
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.WaitForURLAsync("**/me");
        return page;
    }

    private static async Task Look(IPage page, string address, string name)
    {
        Assert.Empty(await Looks.Faults(page, address));
        if (Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder)
        {
            await page.SetViewportSizeAsync(1440, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"package-{name}-1440.png"), FullPage = true });
            await page.SetViewportSizeAsync(390, 844);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"package-{name}-390.png"), FullPage = true });
        }
    }
}
