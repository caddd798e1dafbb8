using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>The desk of items and the public guides, as people use them: forms over HTTP on the real host.</summary>
public sealed partial class ApprovalItemPages(City city)
{
    private static int _number;

    [Fact]
    public async Task A_clerk_makes_an_item_page_by_page_a_second_person_publishes_it_and_a_resident_applies()
    {
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var (name, code) = ($"宠物寄养备案{++_number}", $"cwjyba-{Guid.NewGuid().ToString("N")[..6]}");
        await clerk.Get("/approvals/items/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post("/approvals/items/new", ("name", ""), ("code", "大写"))).StatusCode);
        Assert.Contains("请填写事项名称", clerk.Page, StringComparison.Ordinal);
        var page = (await clerk.Post("/approvals/items/new", ("name", name), ("code", code))).Headers.Location!.ToString();
        Assert.Equal($"/approvals/items/{code}.1", page);

        await clerk.Get(page);
        await clerk.Post(page + "/submit", Version(clerk));
        Assert.Contains("请填写设定依据", clerk.Page, StringComparison.Ordinal);
        Assert.Contains("请填写法定办结时限", clerk.Page, StringComparison.Ordinal);

        await Fill(clerk, page + "/sections/basics", ("name", name), ("kind", "public-service"), ("flow", "promise"), ("summary", "寄养别人的宠物以前备案。"), ("applicants", "everyone"), ("level", "city"), ("words", "宠物店\n寄养"));
        await clerk.Get(page + "/sections/law");
        var unclear = await clerk.Post(page + "/sections/law", Version(clerk), ("bases", "动物防疫法第三十条"), ("conditions", "有固定的场所"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unclear.StatusCode);
        Assert.Contains("动物防疫法第三十条", clerk.Page, StringComparison.Ordinal);
        await Fill(clerk, page + "/sections/law", ("bases", "《动物防疫法》第三十条"), ("conditions", "有固定的场所\n宠物已免疫"));
        await Fill(clerk, page + "/sections/limits", ("legal", "10"), ("legal_unit", "working-days"), ("legal_basis", "《优化营商环境条例》第三十六条第二款"), ("promised", "5"), ("promised_unit", "working-days"));
        await Fill(clerk, page + "/sections/result", ("result", "宠物寄养备案回执"), ("result_kind", "registration"), ("result_open", "yes"));
        await Fill(clerk, page + "/sections/service", ("themes", "firm-licence"), ("ways", "window"), ("ways", "online"), ("reach", "city"));
        await Fill(clerk, page + "/questions/new", ("label", "寄养什么"), ("type", "text"), ("choices", "dog 犬\ncat 猫"), ("required", "yes"));
        await Fill(clerk, page + "/materials/new", ("name", "犬只免疫证明"), ("originals", "1"), ("copies", "0"), ("required", "yes"), ("when_question", "q1"), ("when_values", "犬"));
        await clerk.Get(page + "/parts");
        await clerk.Post(page + "/move", Version(clerk), ("part", "materials"), ("code", "m1"), ("to", "up"));

        await clerk.Get(page + "/guide");
        Assert.Contains("“寄养什么”为犬时", clerk.Page, StringComparison.Ordinal);
        Assert.Contains("<svg", clerk.Page, StringComparison.Ordinal);
        await clerk.Get(page);
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post(page + "/submit", Version(clerk))).StatusCode);
        await clerk.Get(page);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post(page + "/publish", Version(clerk))).StatusCode);

        using var head = await Browser(("market-regulation", Roles.Head));
        await head.Get("/approvals/items?list=review");
        Assert.Contains(name, head.Page, StringComparison.Ordinal);
        await head.Get(page);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post(page + "/publish", Version(head))).StatusCode);
        await head.Get(page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post(page + "/publish", ("_version", "1"))).StatusCode);

        using var resident = await Browser();
        await resident.Get("/services?q=" + Uri.EscapeDataString("宠物店"));
        Assert.Contains($"/services/{code}", resident.Page, StringComparison.Ordinal);
        await resident.Get("/services?q=cwjy");
        Assert.Contains($"/services/{code}", resident.Page, StringComparison.Ordinal);
        await resident.Get("/services/" + code);
        Assert.Contains("宠物已免疫", resident.Page, StringComparison.Ordinal);
        var draft = (await resident.Post("/cases/new", ("type", ServiceItem.CaseTypeOf(code)))).Headers.Location!.ToString();
        await resident.Get(draft + "/applicant");
        await resident.Post(draft + "/applicant", ("_phone", "13812345678"));
        await resident.Get(draft + "/questions/q1");
        Assert.Contains("type=\"radio\"", resident.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await resident.Post(draft + "/questions/q1", ("q1", "鸟"))).StatusCode);
        await resident.Post(draft + "/questions/q1", ("q1", "cat"));
        await resident.Get(draft + "/check");
        Assert.Contains("猫", resident.Page, StringComparison.Ordinal);
        var opened = (await resident.Post(draft + "/check")).Headers.Location!.ToString();
        var number = NumberPattern().Match(opened).Value;

        await clerk.Get($"/desk/cases/{number}/steps/accept");
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post($"/desk/cases/{number}/steps/accept", Version(clerk))).StatusCode);
        await clerk.Get($"/desk/cases/{number}/steps/examine");
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post($"/desk/cases/{number}/steps/examine", Version(clerk), ("opinion", "符合"))).StatusCode);
        await head.Get($"/desk/cases/{number}/steps/grant");
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post($"/desk/cases/{number}/steps/grant", Version(head), ("opinion", "同意"))).StatusCode);
        await resident.Get("/me/cases/" + number);
        Assert.Contains("制证和送达", resident.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_offices_and_residents_see_no_draft()
    {
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        await clerk.Get("/approvals/items/new");
        var code = $"draft-{Guid.NewGuid().ToString("N")[..6]}";
        var page = (await clerk.Post("/approvals/items/new", ("name", "未公布的事项"), ("code", code))).Headers.Location!.ToString();
        using var other = await Browser(("health", Roles.Head));
        await other.Get("/approvals/items");
        foreach (var tail in new[] { "", "/guide", "/parts", "/differences", "/sections/basics" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get(page + tail)).StatusCode);
        }

        foreach (var tail in new[] { "/submit", "/publish", "/return", "/revise", "/drop", "/withdraw", "/move", "/sections/basics", "/materials/new" })
        {
            await other.Get("/approvals/items");
            Assert.Equal(HttpStatusCode.NotFound, (await other.Post(page + tail, ("_version", "1"), ("name", "改掉"), ("reason", "x"))).StatusCode);
        }

        using var resident = await Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await resident.Get(page)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Get("/services/" + code)).StatusCode);
        var stored = await city.Service<ItemReader>().Edition(code + ".1", TestContext.Current.CancellationToken);
        Assert.Equal(("draft", 1), (stored!.Edition.State, stored.Version));
    }

    [Fact]
    public async Task Two_clerks_on_one_section_the_later_one_is_told_and_keeps_his_words()
    {
        using var first = await Browser(("market-regulation", Roles.Clerk));
        using var second = await Browser(("market-regulation", Roles.Clerk));
        await first.Get("/approvals/items/new");
        var page = (await first.Post("/approvals/items/new", ("name", "两人同写"), ("code", $"two-{Guid.NewGuid().ToString("N")[..6]}"))).Headers.Location!.ToString();
        await first.Get(page + "/sections/law");
        await second.Get(page + "/sections/law");
        Assert.Equal(HttpStatusCode.SeeOther, (await first.Post(page + "/sections/law", Version(first), ("bases", ""), ("conditions", "先写的"))).StatusCode);
        var late = await second.Post(page + "/sections/law", Version(second), ("bases", ""), ("conditions", "后写的"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("他人已修改", second.Page, StringComparison.Ordinal);
        Assert.Contains("后写的", second.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_brings_drafts_and_tells_everything_of_each_row_that_is_not_one()
    {
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var mark = Guid.NewGuid().ToString("N")[..6];
        var head = "事项名称,事项编码,事项类型,办件类型,服务对象,设定依据,受理条件,法定办结时限,法定时限的依据,承诺办结时限,办理结果,结果类型,服务主题,申请材料";
        var law = "《优化营商环境条例》第三十六条第二款";
        var sheet = $"""
            {head}
            导入好事项,good-{mark},公共服务,承诺件,个人,《食品安全法》第三十五条,有场所,10,{law},5,回执,"登记、备案",准营准办,"布局图（标明面积）[可容缺]
            营业执照[数据来源：营业执照]"
            导入坏事项,bad-{mark},公共服务,承诺件,外星人,食品安全法,有场所,10,{law},15,回执,"登记、备案",准营准办,"其他材料
            营业执照
            证明[随便]"
            导入好事项,good-{mark},公共服务,承诺件,个人,《食品安全法》第三十五条,有场所,10,{law},5,回执,"登记、备案",准营准办,
            """;
        await clerk.Get("/approvals/items/import");
        var answer = await clerk.Upload("/approvals/items/import", "file", "事项.csv", Encoding.UTF8.GetBytes(sheet));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("已导入 1 个事项为草稿，2 行需要改正", clerk.Page, StringComparison.Ordinal);
        foreach (var fault in new[] { "没有“外星人”这一项", "应写作《名称》条款", "不长于法定办结时限", "是兜底条款", "可以从政府数据取得", "的标记“随便”无法识别", $"事项编码“good-{mark}”已被使用" })
        {
            Assert.Contains(fault, clerk.Page, StringComparison.Ordinal);
        }

        var item = (await city.Service<ItemReader>().Edition($"good-{mark}.1", TestContext.Current.CancellationToken))!.Edition.Item;
        Assert.Equal(["布局图", "营业执照"], item.Materials.Select(material => material.Name));
        Assert.Equal(("标明面积", true, "firm.licence"), (item.Materials[0].Note, item.Materials[0].Secondary, item.Materials[1].Known));

        await clerk.Get("/approvals/items/import");
        await clerk.Upload("/approvals/items/import", "file", "事项.csv", Encoding.UTF8.GetBytes("名字,别的\n甲,乙\n"));
        Assert.Contains("没有“事项名称”这一列", clerk.Page, StringComparison.Ordinal);
        Assert.Contains("不认识的列：名字、别的", clerk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_new_edition_changes_stands_side_by_side_and_an_item_is_withdrawn_with_reasons()
    {
        var (item, _, _) = await new ItemTown(city).Published();
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var first = $"/approvals/items/{item.Code}.1";
        await clerk.Get(first);
        var second = (await clerk.Post(first + "/revise")).Headers.Location!.ToString();
        await Fill(clerk, second + "/sections/limits", ("promised", "6"));
        await Fill(clerk, second + "/materials/lease", ("name", "房屋租赁合同"));
        await clerk.Get(second + "/differences");
        foreach (var text in new[] { "承诺办结时限", "房屋租赁合同", "场所使用证明" })
        {
            Assert.Contains(text, clerk.Page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("服务主题", clerk.Page, StringComparison.Ordinal);
        await clerk.Get(second);
        Assert.Equal(HttpStatusCode.SeeOther, (await clerk.Post(second + "/drop", Version(clerk))).StatusCode);

        using var officer = await Browser(("market-regulation", Roles.InformationOfficer));
        await officer.Get(first);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.Post(first + "/withdraw", ("reason", ""))).StatusCode);
        Assert.Contains("请写明理由", officer.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.Post(first + "/withdraw", ("reason", "依法取消"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Get("/services/" + item.Code)).StatusCode);
    }

    [Fact]
    public async Task Every_guide_of_the_seed_is_shown_and_found_by_event_of_life_office_and_words()
    {
        await IdentityPeople.Offices(city);
        await city.Service<ItemSeed>().Run(TestContext.Current.CancellationToken);
        using var anyone = new IdentityBrowser(city.Address);
        foreach (var item in await city.Service<ItemReader>().All(TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.Get("/services/" + item.Code)).StatusCode);
            Assert.Contains(item.Name, anyone.Page, StringComparison.Ordinal);
        }

        foreach (var (address, code) in new[] { ("?theme=birth", "birth-household"), ("?office=police", "passport"), ("?q=luohu", "move-in"), ("?q=sfz", "id-card-renew"), ("?who=firms", "food-business") })
        {
            await anyone.Get("/services" + address);
            Assert.Contains($"href=\"/services/{code}\"", anyone.Page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await anyone.Get("/services?theme=nonsense&office=nowhere&q=" + new string('长', 500))).StatusCode);
        await anyone.Get("/services/id-card-reissue");
        Assert.Contains("40.00 元/张", anyone.Page, StringComparison.Ordinal);
        await anyone.Get("/search?q=" + Uri.EscapeDataString("开饭店"));
        Assert.Contains("/services/food-business", anyone.Page, StringComparison.Ordinal);
    }

    private static async Task Fill(IdentityBrowser browser, string address, params (string Name, string Value)[] fields)
    {
        await browser.Get(address);
        var answer = await browser.Post(address, [Version(browser), .. fields]);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{address}: {answer.StatusCode} {RefusalPattern().Match(browser.Page).Value}");
    }

    private static (string, string) Version(IdentityBrowser browser) => ("_version", VersionPattern().Match(browser.Page).Groups[1].Value);

    private async Task<IdentityBrowser> Browser(params (string Office, string Role)[] posts)
    {
        var login = await IdentityPeople.Person(city, posts);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    [GeneratedRegex("name=\"_version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("<div class=\"refusals\".*?</div>", RegexOptions.Singleline)]
    private static partial Regex RefusalPattern();
}
