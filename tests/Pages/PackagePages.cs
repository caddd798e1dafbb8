using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>一条龙 as people meet it, over HTTP: the guide, the one application, the window, four offices, the timeline.</summary>
public sealed partial class PackagePages(City city)
{
    private const string Pdf = "%PDF-1.4 test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_restaurant_from_the_guide_to_the_end_of_its_four_parts()
    {
        await using var town = await PackageTown.Start(city, listens: true);
        var owner = await town.Account();
        var (lead, head) = (await town.Account(("market-regulation", Roles.Clerk)), await town.Account(("market-regulation", Roles.Head)));
        var (signs, fire) = (await town.Account(("city-management", Roles.Clerk)), await town.Account(("emergency", Roles.Clerk)));
        var second = await town.Staff("market-regulation");

        // Found under its event of life; after one answer the list is his own.
        using var applicant = await Browser(town, owner);
        await applicant.Get("/services?theme=catering");
        Assert.Contains("href=\"/services/packages/restaurant\"", applicant.Page, StringComparison.Ordinal);
        await applicant.Get("/services?q=kcg");
        Assert.Contains("href=\"/services/packages/restaurant\"", applicant.Page, StringComparison.Ordinal);
        await applicant.Get("/services/packages/restaurant");
        Assert.Contains("公司设立登记", applicant.Page, StringComparison.Ordinal);
        Assert.Contains("个体工商户设立登记", applicant.Page, StringComparison.Ordinal);
        await applicant.Get("/services/packages/restaurant?start=company&food_business_raw=no&fire_opening_gas=no");
        Assert.Contains("此外不再要求其他材料", applicant.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("个体工商户设立登记", applicant.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("燃气使用合同", applicant.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await applicant.Get("/services/packages/restaurant?start=nonsense&what=%27")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await applicant.Get("/services/packages/nonsense")).StatusCode);

        await applicant.Get("/services/packages/restaurant");
        var number = await Apply(applicant, "restaurant", PackageTown.Restaurant());

        // The lead accepts once; the licence is granted; three offices begin at the same time.
        using var window = await Browser(town, lead);
        await Step(window, number, ItemSteps.Accept);
        await window.Get("/desk/cases/" + number);
        Assert.Contains("各单位进展", window.Page, StringComparison.Ordinal);
        Assert.Contains("<svg", window.Page, StringComparison.Ordinal);
        var licence = await Part(town, number, "company-establish");
        await Step(window, licence, ItemSteps.Grant, ("opinion", "准予登记"));
        Assert.Equal(3, (await Parts(town, number)).Count(part => part.ParentRole != "company-establish"));

        // Each office sees its own part, with the one set of papers, and no other.
        using var seal = await Browser(town, signs);
        var sign = await Part(town, number, "signboard");
        await seal.Get("/desk/cases/" + sign);
        Assert.Contains("主办件的材料，共用", seal.Page, StringComparison.Ordinal);
        Assert.Contains("招牌效果图", seal.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("公司章程", seal.Page, StringComparison.Ordinal);
        var paper = PaperPattern().Match(seal.Page).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await seal.Get(paper)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await seal.Get("/desk/cases/" + await Part(town, number, "food-business"))).StatusCode);
        await Step(seal, sign, ItemSteps.Grant, ("opinion", "准予备案"));
        using var safety = await Browser(town, fire);
        var check = await Part(town, number, "fire-opening");
        Assert.Equal(HttpStatusCode.NotFound, (await safety.Get(paper)).StatusCode);
        await Step(safety, check, ItemSteps.Grant, ("opinion", "准予"));
        await Step(safety, check, ItemSteps.Deliver, ("document", "消检2026001"));

        // Days later food safety is still at it: everybody sees whose days they are.
        town.Time.Now = PackageTown.At("2026-12-08 10:00");
        using var again = await Browser(town, owner);
        await again.Get("/me/cases/" + number);
        Assert.Contains("超过承诺 3 日，使总时间延后 3 日", again.Page, StringComparison.Ordinal);
        Assert.Contains("公司设立登记 → 食品经营许可（新办）", again.Page, StringComparison.Ordinal);
        var food = await Part(town, number, "food-business");
        Assert.Contains($"href=\"/me/cases/{food}\"", again.Page, StringComparison.Ordinal);
        await again.Get("/me/cases/" + food);
        Assert.Contains($"href=\"/me/cases/{number}\"", again.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await again.Get(PaperPattern().Match(again.Page).Groups[1].Value)).StatusCode);
        using var anyone = new IdentityBrowser(town.Address);
        await anyone.Get("/track");
        await anyone.Post("/track", ("number", number), ("code", town.Get<TrackingCodes>().Of(number)));
        Assert.Contains("食品经营许可（新办）", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("超过承诺", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("沙澧小馆", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(food, anyone.Page, StringComparison.Ordinal);

        using var examiner = await Browser(town, lead);
        await Step(examiner, food, ItemSteps.Examine, ("opinion", "不符合"), ("second", second.Id), ("visited_on", "2026-12-07"));
        using var decider = await Browser(town, head);
        await Step(decider, food, ItemSteps.Refuse, ("reason", "专间不符合要求"), ("basis", "《食品安全法》第三十五条"), ("document", "不予1号"));
        await again.Get("/me/cases/" + number);
        Assert.Contains("部分办成", again.Page, StringComparison.Ordinal);
        Assert.Contains("专间不符合要求", again.Page, StringComparison.Ordinal);
        using var stranger = await Browser(town, await town.Account());
        foreach (var address in new[] { number, food, sign })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/me/cases/" + address)).StatusCode);
        }
    }

    [Fact]
    public async Task A_lead_office_revises_its_package_and_a_second_person_publishes_it()
    {
        await using var town = await PackageTown.Start(city, listens: true);
        using var clerk = await Browser(town, await town.Account(("market-regulation", Roles.Clerk)));
        await clerk.Get("/approvals/packages");
        Assert.Contains("/approvals/packages/restaurant.1", clerk.Page, StringComparison.Ordinal);
        await clerk.Get("/approvals/packages/restaurant.1");
        Assert.Contains("最长先后链", clerk.Page, StringComparison.Ordinal);
        (string, string)[] fields =
        [
            ("name", "开办餐饮店"), ("summary", "开饭店。"), ("words", "开饭店"), ("promised", "3"),
            ("after.food-business", "company-establish"), ("after.food-business", "sole-trader-establish"),
            ("after.signboard", "company-establish"), ("after.signboard", "sole-trader-establish"),
            ("after.fire-opening", "company-establish"), ("after.fire-opening", "sole-trader-establish"),
        ];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post("/approvals/packages/restaurant.1/revise", fields)).StatusCode);
        Assert.Contains("先后各项的承诺时限相加是 11 个工作日", clerk.Page, StringComparison.Ordinal);
        await clerk.Get("/approvals/packages/restaurant.1");
        fields[3] = ("promised", "12");
        Assert.Equal("/approvals/packages/restaurant.2?done=submitted", (await clerk.Post("/approvals/packages/restaurant.1/revise", fields)).Headers.Location!.ToString());
        await clerk.Get("/approvals/packages/restaurant.2");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post("/approvals/packages/restaurant.2/publish", ("_version", "1"))).StatusCode);

        using var stranger = await Browser(town, await town.Account(("emergency", Roles.Head)));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/approvals/packages/restaurant.2")).StatusCode);
        using var head = await Browser(town, await town.Account(("market-regulation", Roles.Head)));
        await head.Get("/approvals/packages");
        await head.Get("/approvals/packages/restaurant.2");
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post("/approvals/packages/restaurant.2/publish", ("_version", "1"))).StatusCode);
        using var anyone = new IdentityBrowser(town.Address);
        await anyone.Get("/services/packages/restaurant");
        Assert.Contains("12 个工作日", anyone.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_four_stages_of_a_construction_project_lead_to_each_other()
    {
        await using var town = await PackageTown.Start(city, listens: true);
        using var anyone = new IdentityBrowser(town.Address);
        foreach (var package in PackageSeed.All)
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.Get("/services/packages/" + package.Code)).StatusCode);
            Assert.Contains(package.Name, anyone.Page, StringComparison.Ordinal);
        }

        await anyone.Get("/services/packages/project-start");
        Assert.Contains("工程建设项目审批第 3 阶段", anyone.Page, StringComparison.Ordinal);
        foreach (var code in new[] { "project-land", "project-permit", "project-completion" })
        {
            Assert.Contains($"href=\"/services/packages/{code}\"", anyone.Page, StringComparison.Ordinal);
        }

        await anyone.Get("/search?q=" + Uri.EscapeDataString("上户口"));
        Assert.Contains("/services/packages/newborn", anyone.Page, StringComparison.Ordinal);
    }

    /// <summary>Goes through the application page by page; the number of the case.</summary>
    private static async Task<string> Apply(IdentityBrowser browser, string package, IReadOnlyList<(string Name, string Value)> answers)
    {
        var address = (await browser.Post("/cases/new", ("type", ServicePackage.CaseTypeOf(package)))).Headers.Location!.ToString();
        var draft = address;
        for (var i = 0; i < 60; i++)
        {
            var page = await browser.Get(address);
            if (page.StatusCode == HttpStatusCode.SeeOther)
            {
                address = page.Headers.Location!.ToString();
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            HttpResponseMessage answer;
            if (address.EndsWith("/applicant", StringComparison.Ordinal))
            {
                answer = await browser.Post(address, ("_phone", "13812345678"));
            }
            else if (address.EndsWith("/known", StringComparison.Ordinal))
            {
                address = draft;
                continue;
            }
            else if (QuestionPattern().Match(address) is { Success: true } question)
            {
                var name = question.Groups[1].Value;
                answer = await browser.Post(address, (name, answers.First(one => one.Name == name).Value));
            }
            else if (address.EndsWith("/materials", StringComparison.Ordinal))
            {
                foreach (var field in FilePattern().Matches(browser.Page).Select(match => NamePattern().Match(match.Value).Groups[1].Value).ToList())
                {
                    await browser.Get(address);
                    Assert.Equal(HttpStatusCode.SeeOther, (await browser.Upload(address, field, "材料.pdf", System.Text.Encoding.UTF8.GetBytes(Pdf))).StatusCode);
                }

                address = draft + "/check";
                continue;
            }
            else
            {
                answer = await browser.Post(address);
                Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, browser.Page);
                return NumberPattern().Match(answer.Headers.Location!.ToString()).Groups[1].Value;
            }

            Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{address}: {answer.StatusCode}");
            address = answer.Headers.Location!.ToString();
        }

        throw new InvalidOperationException("The application does not end.");
    }

    private static async Task Step(IdentityBrowser browser, string number, string step, params (string Name, string Value)[] fields)
    {
        var address = $"/desk/cases/{number}/steps/{step}";
        var page = await browser.Get(address);
        Assert.True(page.StatusCode == HttpStatusCode.OK, $"{address}: {page.StatusCode} {page.Headers.Location}");
        var answer = await browser.Post(address, [("_version", VersionPattern().Match(browser.Page).Groups[1].Value), .. fields]);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{step}: {answer.StatusCode} {Regex.Match(browser.Page, "class=\"refusals.*?</div>", RegexOptions.Singleline)}");
    }

    private static async Task<IReadOnlyList<Case>> Parts(PackageTown town, string number) => (await town.File(await town.Staff("market-regulation"), number)).Children;

    private static async Task<string> Part(PackageTown town, string number, string item) => (await Parts(town, number)).First(part => part.ParentRole == item).Number;

    private static async Task<IdentityBrowser> Browser(PackageTown town, Shali.Platform.Identity.DemoLogin login)
    {
        var browser = new IdentityBrowser(town.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    [GeneratedRegex("/questions/([a-z0-9_]+)$")]
    private static partial Regex QuestionPattern();

    [GeneratedRegex("<input[^>]*type=\"file\"[^>]*>")]
    private static partial Regex FilePattern();

    [GeneratedRegex("name=\"([^\"]+)\"")]
    private static partial Regex NamePattern();

    [GeneratedRegex("/me/cases/([0-9]{16})")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("name=\"_version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("href=\"(/(?:desk|me)/cases/[0-9]+/materials/[0-9-]+)\"")]
    private static partial Regex PaperPattern();
}
