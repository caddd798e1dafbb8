using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Browser;

/// <summary>An officer registers his office's old service by the form, in a real browser; its pages are whole on a screen and on a phone.</summary>
public sealed class ServiceWalk(City city, Chromium chromium)
{
    [Fact]
    public async Task An_officer_registers_a_service_and_his_head_opens_it()
    {
        await using var old = await OldService.Start();
        var office = await new SharingTown(city).Office();
        var input = ServiceTown.Input(old.Address);
        var officer = await SignIn((office, Roles.InformationOfficer), "/exchange/services/new");
        await DemoVisitor.Press(officer, "提交");
        Assert.Contains("请填写名称", await officer.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await officer.Locator("#name").FillAsync(input.Name);
        await officer.Locator("#note").FillAsync(input.Note);
        await officer.Locator("#address").FillAsync(input.Address);
        await officer.Locator("#operations").FillAsync(input.Operations);
        await officer.GetByLabel("有条件共享").CheckAsync();
        await officer.Locator("#conditions").FillAsync(input.Conditions);
        await officer.GetByLabel("用户名和密码（Basic）").CheckAsync();
        await officer.Locator("#credential_name").FillAsync(input.CredentialName);
        await officer.Locator("#secret").FillAsync(input.Secret);
        await officer.Locator("#check_path").FillAsync(input.CheckPath);
        await DemoVisitor.Press(officer, "提交");
        await DemoVisitor.Press(officer, "测试连接");
        Assert.Contains("连接正常", await officer.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        var address = new Uri(officer.Url).AbsolutePath;
        foreach (var page in new[] { address, address + "/edit", "/exchange/services", "/exchange/services/new", "/exchange/trace?q=nothing" })
        {
            Assert.Empty(await Looks.Faults(officer, page));
        }

        await officer.Context.CloseAsync();
        var head = await SignIn((office, Roles.Head), address);
        await head.GetByText("批准开通").First.ClickAsync();
        await DemoVisitor.Press(head, "批准开通");
        var code = address[(address.LastIndexOf('/') + 1)..];
        foreach (var page in new[] { address, $"/catalogue/services.{code}" })
        {
            Assert.Empty(await Looks.Faults(head, page));
        }

        await head.Context.CloseAsync();
    }

    [Fact]
    public async Task The_pages_of_a_request_for_a_service_and_of_a_tested_hook_are_whole()
    {
        await using var old = await OldService.Start();
        var town = new SharingTown(city);
        var ((_, code), consumer) = (await new ServiceTown(city).Opened(old), await town.Office());
        var resource = await town.Register(Sharing.Conditional("限履行职责时使用"));
        var number = await town.Grant(town.Terms(resource, consumer) with { Ways = [GrantWay.Push] });
        Assert.True((await city.Service<Hooks>().Save(town.Staff(consumer), number, "http://127.0.0.1:9/hook", true, TestContext.Current.CancellationToken)).Ok);
        var head = await SignIn((consumer, Roles.Head), $"/sharing/grants/{number}/push");
        await DemoVisitor.Press(head, "测试连接");
        Assert.Contains("连接不正常", await head.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        foreach (var page in new[] { $"/sharing/grants/{number}/push", $"/sharing/new/services.{code}" })
        {
            Assert.Empty(await Looks.Faults(head, page));
        }

        await head.Context.CloseAsync();
    }

    private async Task<Microsoft.Playwright.IPage> SignIn((string Office, string Role) post, string to)
    {
        var person = await IdentityPeople.Person(city, post);
        var page = await chromium.OpenForLooks(city.Address);
        await page.GotoAsync("/sign-in?to=" + Uri.EscapeDataString(to));
        await page.Locator("#login").FillAsync(person.Login);
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Arrives(url => url.Contains(to, StringComparison.Ordinal));
        return page;
    }
}
