using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shali.Tests.Support;
using static Shali.Tests.Browser.DemoVisitor;

namespace Shali.Tests.Browser;

/// <summary>
/// Opening a restaurant, as the README tells it: one form, one set of papers, one lead; four matters of three offices begin by
/// what they wait for; sealed licences at the end. From the first question to the check of the licence in a real browser.
/// </summary>
public sealed partial class Restaurant(City city, Chromium chromium)
{
    private const string Clerk = "经办人员";
    private const string Address = "/services/packages/restaurant";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_application_four_offices_and_sealed_licences()
    {
        var owner = await SignIn(city, chromium, "resident1", "个人");
        await What_has_to_be_brought(owner);
        var number = await One_form(owner);

        var lead = await SignIn(city, chromium, "market-regulation.clerk", Clerk);
        var head = await SignIn(city, chromium, "market-regulation.head", "负责人");
        var signs = await SignIn(city, chromium, "city-management.clerk", Clerk);
        var fire = await SignIn(city, chromium, "emergency.clerk", Clerk);
        await Clean(lead, "/desk/cases/" + number);
        await Take(signs, number, "答复意见", ("opinion", "材料齐全"));
        await Take(lead, number, "统一受理");

        // What waits for the business licence begins in the act in which it is granted.
        var parts = await Parts(lead, number);
        Assert.Equal(["公司设立登记"], parts.Keys);
        await Take(lead, parts["公司设立登记"], "准予办理", ("opinion", "符合规定"));
        parts = await Parts(lead, number);
        Assert.Equal(4, parts.Count);
        await Picture(lead, "/desk/cases/" + number, "restaurant-offices");
        await Clean(owner, "/me/cases/" + number);
        await Picture(owner, "/me/cases/" + number, "restaurant-way", 390);

        await Take(signs, parts["门店招牌设置备案"], "准予办理", ("opinion", "符合设置规范"));
        var safety = parts.Single(part => part.Key.StartsWith("公众聚集场所", StringComparison.Ordinal)).Value;
        await Take(fire, safety, "准予许可", ("opinion", "已作出承诺"));
        await Take(fire, safety, "送达");
        var food = parts["食品经营许可（新办）"];
        await Take(
            lead, food, "报请审批", ("opinion", "现场与图纸一致"), ("second", ""),
            ("visited_on", DateTimeOffset.UtcNow.AddHours(8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        await Take(head, food, "准予许可", ("opinion", "同意"));
        await Take(lead, food, "送达");

        await owner.GotoAsync("/me/cases/" + number);
        Assert.Contains("全部办成", await owner.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await A_sealed_licence(owner);
        await The_supervisor_and_the_cashier();
        foreach (var page in new[] { owner, lead, head, signs, fire })
        {
            await page.Context.CloseAsync();
        }
    }

    private static async Task What_has_to_be_brought(IPage owner)
    {
        await owner.GotoAsync("/services?q=" + Uri.EscapeDataString("开饭店"));
        await owner.Locator($"main a[href='{Address}']").First.ClickAsync();
        await owner.GetByLabel("要开办公司").CheckAsync();
        await owner.Locator("input[name='food_business_raw'][value='no']").CheckAsync();
        await owner.Locator("input[name='fire_opening_gas'][value='no']").CheckAsync();
        await Press(owner, "查看我的清单");
        var list = await owner.Locator("main").InnerTextAsync();
        Assert.Contains("公司章程", list, StringComparison.Ordinal);
        Assert.DoesNotContain("专间或者专用操作区照片", list, StringComparison.Ordinal);
        await Picture(owner, null, "restaurant-list");
        await Clean(owner, owner.Url);
    }

    /// <summary>One question a page, papers that the government has are not asked for; the number of the case.</summary>
    private static async Task<string> One_form(IPage owner)
    {
        await owner.GotoAsync("/me/record");
        var record = await owner.Locator("main").InnerTextAsync();
        var (name, identity) = (Regex.Match(record, @"姓名\s+(\S+)").Groups[1].Value, CitizenNumber().Match(record).Value);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_phone"] = "13800000000",
            ["start"] = "company",
            ["firm_name"] = "漯河沙澧小馆餐饮有限公司",
            ["company_establish_capital"] = "50",
            ["firm_address"] = "漯河市郾城区沙北街道泰山路12号",
            ["scope"] = "餐饮服务",
            ["company_establish_legal_person"] = name,
            ["company_establish_legal_number"] = identity,
            ["area"] = "120",
            ["food_business_seats"] = "48",
            ["food_business_raw"] = "no",
            ["food_business_manager"] = name,
            ["signboard_size"] = "4×1",
            ["fire_opening_floor"] = "1",
            ["fire_opening_gas"] = "no",
        };
        await owner.GotoAsync(Address);
        await Press(owner, "在网上办理");
        await owner.Arrives("**/cases/new/*/*");
        for (var pages = 0; !owner.Url.EndsWith("/check", StringComparison.Ordinal); pages++)
        {
            Assert.True(pages < 40, owner.Url + "\n" + await owner.Locator("main").InnerTextAsync());
            foreach (var input in await owner.Locator("main form input:not([type=hidden]), main form textarea").AllAsync())
            {
                await Fill(owner, input, answers);
            }

            if (pages == 2)
            {
                await Picture(owner, null, "restaurant-question", 390);
            }

            var before = owner.Url;
            await Press(owner, "保存并继续");
            await owner.Arrives(url => url != before);
        }

        await Press(owner, "确认提交");
        await owner.Arrives("**/me/cases/*/receipt");
        Assert.Contains("少交", await owner.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Picture(owner, null, "restaurant-receipt");
        return CaseNumber().Match(owner.Url).Value;
    }

    private static async Task Fill(IPage owner, ILocator input, Dictionary<string, string> answers)
    {
        var name = await input.GetAttributeAsync("name") ?? "";
        switch (await input.GetAttributeAsync("type"))
        {
            case "radio":
                var wanted = answers.TryGetValue(name, out var answer)
                    ? await input.GetAttributeAsync("value") == answer
                    : await owner.Locator($"main form input[name='{name}']:checked").CountAsync() == 0;
                if (wanted)
                {
                    await input.CheckAsync();
                }

                break;
            case "file" when !await input.IsVisibleAsync():
                // What the government has can be handed in anew, by whoever finds it wrong.
                break;
            case "file":
                await input.SetInputFilesAsync(new FilePayload { Name = "材料.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF\n"u8.ToArray() });
                break;
            case "checkbox":
                break;
            default:
                if (answers.TryGetValue(name, out var text) && (await input.InputValueAsync()).Length == 0)
                {
                    await input.FillAsync(text);
                }

                break;
        }
    }

    private static async Task Take(IPage page, string number, string step, params (string Name, string Value)[] fields)
    {
        await page.GotoAsync("/desk/cases/" + number);
        await page.GetByRole(AriaRole.Link, new() { Name = step, Exact = true }).First.ClickAsync();
        await page.Arrives("**/steps/*");
        foreach (var (name, value) in fields)
        {
            var input = page.Locator($"main [name='{name}']").First;
            if (await input.EvaluateAsync<bool>("element => element.tagName === 'SELECT'"))
            {
                await input.SelectOptionAsync(new SelectOptionValue { Index = 1 });
            }
            else
            {
                await input.FillAsync(value);
            }
        }

        await page.Locator("main form[method=post] button[type=submit]").First.ClickAsync();
        await page.Arrives(url => !url.Contains("/steps/", StringComparison.Ordinal));
        Assert.Contains(step + "：已办理", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Number by name.</summary>
    private static async Task<Dictionary<string, string>> Parts(IPage lead, string number)
    {
        await lead.GotoAsync("/desk/cases/" + number);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in await lead.Locator("main table a[href^='/desk/cases/']").AllAsync())
        {
            var found = CaseNumber().Match(await link.GetAttributeAsync("href") ?? "").Value;
            var name = (await link.InnerTextAsync()).Trim();
            if (found.Length > 0 && found != number && name.Length > 0)
            {
                parts.TryAdd(name, found);
            }
        }

        return parts;
    }

    /// <summary>Papers are issued after the act: the licence is there within moments, sealed, and stands the check of everybody.</summary>
    private async Task A_sealed_licence(IPage owner)
    {
        await owner.GotoAsync("/me/licences");
        await owner.WaitForFunctionAsync(
            "() => document.querySelector('main').innerText.includes('食品经营许可证') || (setTimeout(() => location.reload(), 400), false)", null, new() { PollingInterval = 600 });
        await Clean(owner, "/me/licences");
        await Picture(owner, "/me/licences", "restaurant-licence");
        await owner.GetByRole(AriaRole.Link, new() { Name = "食品经营许可证" }).First.ClickAsync();
        var download = owner.Locator("main a[href$='.pdf'], main a:has-text('下载')").First;
        using var http = new HttpClient { BaseAddress = (await city.Demo()).Address };
        var cookies = await owner.Context.CookiesAsync([(await city.Demo()).Address.ToString()]);
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        var file = Path.Combine(Directory.CreateTempSubdirectory("shali-licence-").FullName, "licence.pdf");
        await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri((await download.GetAttributeAsync("href"))!, UriKind.RelativeOrAbsolute), Cancel), Cancel);
        var (_, says) = await Tool.Run("pdfsig", "-nocert", file);
        Assert.Contains("Signature is Valid", says, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>A restaurant costs nothing: the cashier's bills are those of the city's other cases.</summary>
    private async Task The_supervisor_and_the_cashier()
    {
        var supervisor = await SignIn(city, chromium, "data.head", "负责人");
        await supervisor.GotoAsync("/supervision/efficiency");
        await Picture(supervisor, null, "supervision");
        await Clean(supervisor, "/supervision/efficiency");
        await supervisor.Context.CloseAsync();
        var cashier = await SignIn(city, chromium, "finance.head", "负责人");
        await Clean(cashier, "/ledger/bills");
        Assert.NotEqual(0, await cashier.Locator("main table tbody tr").CountAsync());
        await Picture(cashier, null, "cashier");
        await cashier.Context.CloseAsync();
    }

    /// <summary>Nothing grave to say about the page on a screen and on a phone.</summary>
    private static async Task Clean(IPage page, string address)
    {
        Assert.Empty(await Looks.Faults(page, address));
        await page.SetViewportSizeAsync(1440, 1000);
    }

    [GeneratedRegex(@"\d{17}[\dX]")]
    private static partial Regex CitizenNumber();

    [GeneratedRegex(@"\d{16}")]
    private static partial Regex CaseNumber();
}
