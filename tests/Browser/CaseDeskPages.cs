using Microsoft.Playwright;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>The pages of cases in a real browser: accessible, as wide as the window, and looked at (SHALI_PICTURES).</summary>
public sealed class CaseDeskPages(City city, Chromium chromium)
{
    [Fact]
    public async Task A_clerks_pages_are_accessible_on_a_phone_and_on_a_screen()
    {
        var login = await IdentityPeople.Person(city, ("market-regulation", Roles.Clerk));
        var applicant = CaseTown.Resident("欧阳看见");
        var town = new CaseTown(city);
        var number = (await town.Open(applicant)).Number;
        await town.Take(CaseTown.Clerk("see"), number, new("accept"));
        await city.Service<CaseParts>().Comment(CaseTown.Clerk("see"), (await town.File(CaseTown.Clerk("see"), number))!.Case, "请尽快安排现场核查。", null);
        var open = (await town.Open(applicant)).Number;
        var page = await SignIn(login);
        foreach (var address in new[]
        {
            "/desk/cases", "/desk/cases?list=pool", "/desk/cases/search?q=" + Uri.EscapeDataString("开店"), "/desk/cases/" + number,
            $"/desk/cases/{open}/steps/ask-correction", $"/desk/cases/{open}/steps/case.consult", "/cases/new",
        })
        {
            await Look(page, address);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_applicants_pages_are_accessible_and_a_form_is_filled_in_by_keyboard_without_script()
    {
        var login = await IdentityPeople.Person(city);
        var person = (await city.Service<Accounts>().FindLogin(login.Login))!;
        var town = new CaseTown(city);
        var caller = CaseTown.Resident("司徒申请") with { Person = person.Person };
        var number = (await town.Open(caller)).Number;
        await town.Take(CaseTown.Clerk("apply"), number, new("ask-correction") { Opinion = "请写明座位数。" });
        var page = await SignIn(login, script: false);
        await page.GotoAsync("/cases/new");
        await page.Locator($"input[value='{SampleCases.PermitCode}'] ~ button").PressAsync("Enter");
        await page.Arrives("**/applicant");
        await page.Locator("#_phone").PressSequentiallyAsync("13800000000");
        await page.Locator("#_phone").PressAsync("Enter");
        await page.Arrives("**/questions/shop");
        var question = page.Url;
        await page.Locator("#shop").PressSequentiallyAsync("键盘面馆");
        await page.Locator("#shop").PressAsync("Enter");
        await page.Arrives("**/questions/kind");
        var draft = question[..question.IndexOf("/questions", StringComparison.Ordinal)];
        await page.Context.CloseAsync();
        page = await SignIn(login);
        foreach (var address in new[]
        {
            "/me/cases", "/me/cases/" + number, $"/me/cases/{number}/steps/correct", "/me/messages", "/track", "/cases/new", question, draft + "/applicant", draft + "/materials", draft + "/check",
        })
        {
            await Look(page, address);
        }

        await page.Context.CloseAsync();
    }

    private async Task<IPage> SignIn(DemoLogin login, bool script = true)
    {
        var page = await chromium.Open(city.Address, 390, script);
        await page.GotoAsync("/sign-in?to=%2Fme");
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives("**/me");
        return page;
    }

    private static async Task Look(IPage page, string address)
    {
        await page.SetViewportSizeAsync(390, 844);
        Assert.Empty(await Looks.Faults(page, address));
        if (Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder)
        {
            var name = string.Concat(new Uri(new Uri("http://x/"), address).AbsolutePath.Trim('/').Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-')).Replace('/', '_');
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + "-1440.png"), FullPage = true });
            await page.SetViewportSizeAsync(390, 844);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + "-390.png"), FullPage = true });
        }
    }
}
