using Microsoft.Playwright;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>
/// From the first question to the receipt on a phone without script; the pages of the window and of the correction;
/// all of them accessible, and looked at (SHALI_PICTURES).
/// </summary>
public sealed class OneWindowPages(City city, Chromium chromium)
{
    private static FilePayload Paper(string name) => new() { Name = name, MimeType = "application/pdf", Buffer = "%PDF-1.4 paper"u8.ToArray() };

    [Fact]
    public async Task Somebody_with_a_phone_and_no_script_finds_out_applies_and_holds_a_receipt()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        var person = await new WindowTown(city).Person("欧阳一窗");
        var login = (await city.Service<DemoAccounts>().Create([new DemoAccount(IdentityPeople.NewLogin(), person.Name, person.Key, [])], Caller.Platform("test")))[0];
        var page = await chromium.Open(city.Address, 390, script: false);
        await page.GotoAsync("/services/" + item.Code);
        await page.GetByRole(AriaRole.Link, new() { Name = "先看我要准备什么" }).ClickAsync();
        await page.GetByLabel("餐饮").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "继续" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "登录后开始办理" }).ClickAsync();
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives("**/prepare?kind=food");
        var list = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "开始办理" }).ClickAsync();
        await page.Locator("#_phone").FillAsync("13812345678");
        await page.Locator("#_phone").PressAsync("Enter");
        await page.Arrives("**/known");
        var draft = page.Url[..page.Url.IndexOf("/known", StringComparison.Ordinal)];
        await page.GetByRole(AriaRole.Link, new() { Name = "继续" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存并继续" }).ClickAsync();
        await page.Locator("#shop").FillAsync("一窗面馆");
        await page.Locator("#shop").PressAsync("Enter");
        await page.Arrives("**/materials");
        await page.Locator("#lease").SetInputFilesAsync(Paper("租赁合同.pdf"));
        await page.Locator("#plan").SetInputFilesAsync(Paper("布局图.pdf"));
        await page.GetByLabel("承诺以后补交").CheckAsync();
        await page.Locator("[name='until.photo']").FillAsync(city.Service<TimeProvider>().GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "保存并继续" }).ClickAsync();
        await page.Arrives("**/check");
        var sight = await SignIn(login);
        foreach (var address in new[] { list, list.Replace("?kind=food", "", StringComparison.Ordinal), draft + "/applicant", draft + "/known", draft + "/questions/shop", draft + "/questions/kind", draft + "/materials", draft + "/check", "/services/" + item.Code })
        {
            await Look(sight, address);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "确认提交" }).ClickAsync();
        await page.Arrives("**/receipt");
        var receipt = page.Url;
        var number = CaseNumbers.Read(new Uri(receipt).Segments[3].Trim('/'))!;
        var file = (await new CaseTown(city).File(clerk, number))!;
        await new CaseTown(city).Take(clerk, number, CaseFaults.Tell(
            file.Type, new(ItemSteps.AskCorrection) { Expected = file.Version },
            [new(FaultOf.Material, "lease", "没有出租人签字", "《食品安全法》第三十三条"), new(FaultOf.Answer, "shop", "与他人重名", "《行政许可法》第三十二条"), new(FaultOf.Other, "", "请说明油烟排放的去向", "《行政许可法》第三十二条")]));
        foreach (var address in new[] { receipt, $"/me/cases/{number}/steps/{ItemSteps.Correct}", "/me", "/me/cases", "/me/cases/" + number, "/track?number=" + number })
        {
            await Look(sight, address);
        }

        await sight.GotoAsync("/track?number=" + number);
        await sight.Locator("#code").FillAsync(city.Service<TrackingCodes>().Of(number));
        await sight.Locator("#code").PressAsync("Enter");
        await Assertions.Expect(sight.GetByText("等待申请人")).ToBeVisibleAsync();
        await Picture(sight, "w_tracked");
        await page.Context.CloseAsync();
        await sight.Context.CloseAsync();
    }

    [Fact]
    public async Task For_whom_is_the_first_question_and_can_be_answered_by_keyboard()
    {
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item() with { Applicants = Applicants.Persons, Wards = Wards.Newborns });
        var page = await SignIn(await new WindowTown(city).Login(await new WindowTown(city).Person("上官新生")));
        await page.GotoAsync("/services/" + item.Code);
        await page.GetByRole(AriaRole.Button, new() { Name = "在网上办理" }).ClickAsync();
        await page.Arrives("**/for");
        var address = page.Url;
        await page.GetByLabel("还没有登记户口的新生儿").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#_for_name").PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "请填写新生儿的姓名" })).ToBeVisibleAsync();
        await page.Locator("#_for_name").FillAsync("上官小");
        await page.Locator("#_for_name").PressAsync("Enter");
        await page.Arrives("**/applicant");
        await Look(page, new Uri(address).PathAndQuery);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_windows_pages_are_accessible()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        var person = await new WindowTown(city).Person("司马到窗");
        var page = await SignIn(await IdentityPeople.Person(city, ("market-regulation", Roles.Clerk)));
        await page.GotoAsync("/desk/window?q=" + Uri.EscapeDataString(item.Name));
        await page.Locator($"input[value='{item.CaseType}'] ~ button").ClickAsync();
        await page.Arrives("**/applicant");
        var draft = page.Url[..page.Url.IndexOf("/applicant", StringComparison.Ordinal)];
        await page.Locator("#_name").FillAsync(person.Name);
        await page.Locator("#_number").FillAsync(person.Number);
        await page.Locator("#_number").PressAsync("Enter");
        await page.Arrives("**/known");
        var own = CaseTown.Resident("司马到窗") with { Person = person.Key };
        var opened = await city.Service<CaseDesk>().Open(
            own,
            new(item.CaseType, new Dictionary<string, string> { ["shop"] = "到窗面馆", ["kind"] = "retail" })
            {
                Person = person.Key,
                PersonName = person.Name,
                Materials = [.. new[] { "form", "identity", "lease", "photo" }.Select(code => new GivenMaterial(code, code, MaterialSource.Paper))],
            },
            null);
        foreach (var address in new[] { "/desk/window", "/desk/window?q=" + Uri.EscapeDataString(item.Name), draft + "/applicant", draft + "/materials", draft + "/check", $"/desk/cases/{opened.Value.Number}/steps/{ItemSteps.AskCorrection}" })
        {
            await Look(page, address);
        }

        await page.Context.CloseAsync();
        page = await SignIn(await IdentityPeople.Person(city, ("data", Roles.Head)));
        await Look(page, "/supervision/saved");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> SignIn(DemoLogin login)
    {
        var page = await chromium.Open(city.Address);
        await page.GotoAsync("/sign-in?to=%2Fme");
        await page.Locator("#login").FillAsync(login.Login);
        await page.Locator("#password").FillAsync(login.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives("**/me");
        return page;
    }

    private static async Task Look(IPage page, string address)
    {
        Assert.Empty((await Looks.Faults(page, address)).Select(fault => $"{address}: {fault}"));
        var name = "w_" + string.Concat(new Uri(new Uri("http://x/"), address).PathAndQuery.Trim('/').Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-')).Replace('/', '_');
        await Picture(page, name.Length > 90 ? name[^90..] : name);
    }

    private static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHALI_PICTURES") is { Length: > 0 } folder)
        {
            foreach (var width in new[] { 390, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
            }
        }
    }
}
