using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>一窗式登记 and 一次性告知, as the applicant and the clerk at the window meet them: forms over HTTP.</summary>
public sealed partial class OneWindow(City city)
{
    private static readonly byte[] Pdf = "%PDF-1.4 test"u8.ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WindowTown Town => new(city);

    [Fact]
    public async Task Before_he_applies_he_is_told_at_once_what_his_case_needs_without_login()
    {
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item());
        using var anyone = new IdentityBrowser(city.Address);
        await anyone.Get("/services/" + item.Code);
        Assert.Contains($"/services/{item.Code}/prepare", anyone.Page, StringComparison.Ordinal);
        var page = $"/services/{item.Code}/prepare";
        Assert.Equal(HttpStatusCode.OK, (await anyone.Get(page)).StatusCode);
        Assert.Contains("经营类别", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("店名", anyone.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anyone.Get(page + "?asked=kind")).StatusCode);
        Assert.Contains("请选择一项", anyone.Page, StringComparison.Ordinal);

        await anyone.Get(page + "?kind=retail");
        Assert.Contains("要准备 2 份材料，这是全部；另有 3 份由政府数据取得", anyone.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("布局图", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("租赁合同首页和签字页", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("《食品安全法》第三十三条", anyone.Page, StringComparison.Ordinal);
        await anyone.Get(page + "?kind=food");
        Assert.Contains("要准备 3 份材料", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("布局图", anyone.Page, StringComparison.Ordinal);
        Assert.Contains("/sign-in?to=", anyone.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.Get("/services/no-such-item/prepare")).StatusCode);
    }

    [Fact]
    public async Task Who_has_signed_in_neither_writes_nor_brings_what_the_government_knows()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        var person = await Town.Person("郑一窗");
        using var browser = await Town.SignedIn(person);
        await browser.Get($"/services/{item.Code}/prepare?kind=food");
        var draft = (await browser.Post("/cases/new", ("type", item.CaseType), ("answer.kind", "food"), ("answer.no-such", "x"))).Headers.Location!.ToString();
        Assert.EndsWith("/applicant", await Follow(browser, draft), StringComparison.Ordinal);
        Assert.EndsWith("/known", (await browser.Post(draft + "/applicant", ("_phone", "13812345678"))).Headers.Location!.ToString(), StringComparison.Ordinal);
        await browser.Get(draft + "/known");
        Assert.Contains("郑一窗", browser.Page, StringComparison.Ordinal);
        Assert.Contains("公安 人口基本信息", browser.Page, StringComparison.Ordinal);
        Assert.Contains("为您少交 2 份材料", browser.Page, StringComparison.Ordinal);

        // The only questions left are those that nobody can answer for him; what hangs on the list was answered there.
        Assert.EndsWith("/questions/firm", await Follow(browser, draft), StringComparison.Ordinal);
        var next = await browser.Post(draft + "/questions/firm", ("firm", ""));
        Assert.EndsWith("/questions/shop", next.Headers.Location!.ToString(), StringComparison.Ordinal);
        await browser.Get(draft + "/questions/shop");
        await browser.Post(draft + "/questions/shop", ("shop", "一窗面馆"));
        await browser.Get(draft + "/materials");
        Assert.Contains("居民身份证（公安 人口基本信息）", browser.Page, StringComparison.Ordinal);
        await browser.Upload(draft + "/materials", "lease", "合同.pdf", Pdf);
        await browser.Get(draft + "/materials");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Upload(draft + "/materials", "plan", "布局.exe", [1, 2, 3])).StatusCode);
        Assert.Contains("已上传：合同.pdf", browser.Page, StringComparison.Ordinal);
        await browser.Get(draft + "/materials");
        await browser.Upload(draft + "/materials", "plan", "布局.pdf", Pdf);
        await browser.Get(draft + "/materials");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post(draft + "/materials", ("how.photo", "promised"), ("until.photo", "2020-01-01"))).StatusCode);
        var day = city.Service<TimeProvider>().GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await browser.Get(draft + "/materials");
        Assert.EndsWith("/check", (await browser.Post(draft + "/materials", ("how.photo", "promised"), ("until.photo", day))).Headers.Location!.ToString(), StringComparison.Ordinal);
        await browser.Get(draft + "/check");
        Assert.Contains("来自“公安 人口基本信息”", browser.Page, StringComparison.Ordinal);

        var receipt = (await browser.Post(draft + "/check")).Headers.Location!.ToString();
        Assert.Matches("^/me/cases/[0-9]{16}/receipt$", receipt);
        await browser.Get(receipt);
        Assert.Contains("为您少交 2 份材料", browser.Page, StringComparison.Ordinal);
        Assert.Contains("square-code", browser.Page, StringComparison.Ordinal);
        var number = NumberPattern().Match(receipt).Value;
        Assert.Contains(city.Service<TrackingCodes>().Of(number), browser.Page, StringComparison.Ordinal);

        var file = (await new CaseTown(city).File(clerk, number))!;
        Assert.Equal(person.Key, file.Case.Person);
        Assert.Equal("郑一窗", file.Answers["who"]);
        Assert.Equal(
            ["form filled", "household data", "identity data", "lease uploaded", "photo promised", "plan uploaded"],
            file.Materials.Select(one => $"{one.Material.Code} {one.Material.How}").Order(StringComparer.Ordinal));
        Assert.NotNull(file.Materials.Single(one => one.Material.Code == "photo").Material.PromisedFor);

        // He sees who read his data and what for.
        await browser.Get("/me/access");
        Assert.Contains($"申请人办理：{item.Name}", browser.Page, StringComparison.Ordinal);

        // Going back to the draft leads to what became of it; another's eyes find nothing.
        Assert.Equal(receipt, (await browser.Get(draft)).Headers.Location!.ToString());
        using var other = await Town.SignedIn(await Town.Person("王别人"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(draft + "/check")).StatusCode);
        Assert.Contains("没有找到这份申请", other.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(receipt)).StatusCode);
    }

    [Fact]
    public async Task The_window_of_any_office_receives_for_a_person_whom_the_register_must_know()
    {
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item());
        var person = await Town.Person("钱到窗");
        using var window = await Town.Clerk("health");
        await window.Get("/desk/window?q=" + Uri.EscapeDataString(item.Name));
        Assert.Contains(item.CaseType, window.Page, StringComparison.Ordinal);
        var draft = (await window.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await window.Get(draft + "/applicant");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", "钱到窗"), ("_number", "411196199003070017"))).StatusCode);
        Assert.Contains("人口库中没有姓名和号码都与此相符的人", window.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", "钱另窗"), ("_number", person.Number))).StatusCode);

        // Whom the platform did not find cannot be slipped in by hand.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", "钱到窗"), ("_person", person.Key))).StatusCode);
        Assert.EndsWith("/known", (await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", "钱到窗"), ("_number", person.Number), ("_phone", "13812345678"))).Headers.Location!.ToString(), StringComparison.Ordinal);
        foreach (var (question, answer) in new[] { ("shop", "到窗面馆"), ("kind", "retail") })
        {
            await window.Get($"{draft}/questions/{question}");
            await window.Post($"{draft}/questions/{question}", (question, answer));
        }

        await window.Get(draft + "/materials");
        await window.Post(draft + "/materials", ("how.lease", "paper"), ("how.photo", "paper"));
        await window.Get(draft + "/check");
        Assert.Contains("已与人口库核对", window.Page, StringComparison.Ordinal);
        var receipt = (await window.Post(draft + "/check")).Headers.Location!.ToString();
        Assert.Matches("^/desk/cases/[0-9]{16}/receipt$", receipt);
        Assert.Equal(HttpStatusCode.OK, (await window.Get(receipt)).StatusCode);
        await window.Get("/desk/window");
        Assert.Contains(receipt, window.Page, StringComparison.Ordinal);

        // One application, one number: the applicant finds it in his own space, with the reading of his data at the window.
        var number = NumberPattern().Match(receipt).Value;
        using var own = await Town.SignedIn(person);
        Assert.Equal(HttpStatusCode.OK, (await own.Get("/me/cases/" + number)).StatusCode);
        await own.Get("/me/access");
        Assert.Contains($"综合窗口收件：{item.Name}", own.Page, StringComparison.Ordinal);
        using var police = await Town.Clerk("police");
        Assert.Equal(HttpStatusCode.NotFound, (await police.Get(receipt)).StatusCode);
    }

    [Fact]
    public async Task For_a_child_somebody_applies_and_for_a_firm_whoever_stands_at_the_window()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        var child = await Town.Person("赵小", "2022-01-02");
        var representative = await Town.Person("李代表");
        var (_, credit) = await Town.Firm("窗口食品有限公司" + Guid.NewGuid().ToString("N")[..4], representative.Key);
        using var window = await Town.Clerk("market-regulation");
        await window.Get("/desk/window");
        var draft = (await window.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await window.Get(draft + "/applicant");
        await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", child.Name), ("_number", child.Number));
        Assert.Contains("由其法定代理人代理申请", window.Page, StringComparison.Ordinal);
        await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", child.Name), ("_number", child.Number), ("_agent", "赵大"));
        Assert.Contains("请选择代办人与申请人的关系", window.Page, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await window.Post(draft + "/applicant", ("_kind", "person"), ("_name", child.Name), ("_number", child.Number), ("_agent", "赵大"), ("_relation", "parent"))).StatusCode);
        var ofChild = await HandIn(window, draft);
        var file = (await new CaseTown(city).File(clerk, ofChild))!;
        Assert.Equal((child.Key, "赵小", "赵大", AgentRelation.Parent), (file.Case.Person, file.Case.PersonName, file.Case.Agent, file.Case.AgentRelation));

        await window.Get("/desk/window");
        draft = (await window.Post("/cases/new", ("type", item.CaseType))).Headers.Location!.ToString();
        await window.Get(draft + "/applicant");
        await window.Post(draft + "/applicant", ("_kind", "firm"), ("_firm_code", "91411100MA00000001"));
        Assert.Contains("法人库中没有这个代码的存续单位", window.Page, StringComparison.Ordinal);
        Assert.Contains("请填写到窗口办理的人", window.Page, StringComparison.Ordinal);
        await window.Post(draft + "/applicant", ("_kind", "firm"), ("_firm_code", credit), ("_agent", "周经办"), ("_relation", "employee"));
        await window.Get(draft + "/known");
        Assert.Contains("市场监管 法人基础信息", window.Page, StringComparison.Ordinal);
        var ofFirm = await HandIn(window, draft);
        file = (await new CaseTown(city).File(clerk, ofFirm))!;
        Assert.Equal(("周经办", AgentRelation.Employee, null), (file.Case.Agent, file.Case.AgentRelation, file.Case.Person));
        Assert.StartsWith("窗口食品有限公司", file.Case.EntityName, StringComparison.Ordinal);
        Assert.Equal(MaterialSource.Data, file.Materials.Single(one => one.Material.Code == "licence").Material.How);
    }

    [Fact]
    public async Task All_faults_are_told_in_one_notice_he_puts_right_exactly_those_and_a_second_notice_of_the_foreseeable_draws_a_card()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        var person = await Town.Person("孙补正");
        using var own = await Town.SignedIn(person);
        using var office = await Town.Clerk("market-regulation");
        var number = await Apply(own, item);
        var ask = $"/desk/cases/{number}/steps/{ItemSteps.AskCorrection}";
        await office.Get(ask);
        Assert.Contains("材料：场所使用证明", office.Page, StringComparison.Ordinal);
        Assert.Contains("填写内容：店名", office.Page, StringComparison.Ordinal);
        Assert.Contains("《食品安全法》第三十三条", office.Page, StringComparison.Ordinal);
        var hidden = Hidden(office);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Post(ask, hidden)).StatusCode);
        Assert.Contains("请至少写明一项需要补正的内容", office.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Post(ask, [.. hidden, ("fault.m.lease", "没有签字页"), ("basis.fault.m.lease", "")])).StatusCode);
        var told = await office.Post(
            ask, [.. hidden, ("fault.m.lease", "没有签字页"), ("basis.fault.m.lease", "《食品安全法》第三十三条"), ("fault.a.shop", "与他人重名"), ("basis.fault.a.shop", "《行政许可法》第三十二条")]);
        Assert.Equal(HttpStatusCode.SeeOther, told.StatusCode);

        var correct = $"/me/cases/{number}/steps/{ItemSteps.Correct}";
        await own.Get(correct);
        foreach (var shown in new[] { "没有签字页", "与他人重名", "《食品安全法》第三十三条", "重新提交：场所使用证明" })
        {
            Assert.Contains(shown, own.Page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("布局图", own.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("经营类别", own.Page, StringComparison.Ordinal);
        var mine = Hidden(own);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Post(correct, [.. mine, ("shop", "孙家面馆")])).StatusCode);
        Assert.Contains("还没有补正：场所使用证明", own.Page, StringComparison.Ordinal);
        Assert.Contains("孙家面馆", own.Page, StringComparison.Ordinal);
        await own.Get(correct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Upload(correct, "lease", "合同.exe", [1, 2])).StatusCode);
        await own.Get(correct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Upload(correct, "lease", "还是那份.pdf", Pdf)).StatusCode);
        Assert.Contains("内容相同", own.Page, StringComparison.Ordinal);
        await own.Get(correct);
        await own.Upload(correct, "lease", "合同全.pdf", "%PDF-1.4 signed"u8.ToArray());
        Assert.Contains("已上传：合同全.pdf", own.Page, StringComparison.Ordinal);
        await own.Get(correct);
        Assert.Equal(HttpStatusCode.SeeOther, (await own.Post(correct, [.. Hidden(own), ("shop", "孙家面馆")])).StatusCode);
        var file = (await new CaseTown(city).File(clerk, number))!;
        Assert.Equal((ItemStages.Received, "孙家面馆"), (file.Case.Stage, file.Answers["shop"]));
        Assert.Equal(MaterialState.Unchecked, file.Materials.Single(one => one.Material.Code == "lease").Material.State);

        // What he handed in anew may be told anew; the photo was there the first time.
        await office.Get(ask);
        await office.Post(ask, [.. Hidden(office), ("fault.m.lease", "签字不全"), ("basis.fault.m.lease", "《食品安全法》第三十三条")]);
        Assert.Empty(await Cards(number));
        await own.Get(correct);
        await own.Upload(correct, "lease", "合同再.pdf", "%PDF-1.4 signed twice"u8.ToArray());
        await own.Get(correct);
        await own.Post(correct, Hidden(own));
        await office.Get(ask);
        await office.Post(ask, [.. Hidden(office), ("fault.m.photo", "看不清门头"), ("basis.fault.m.photo", "《食品安全法》第三十三条")]);
        var card = Assert.Single(await Cards(number));
        Assert.Equal((SupervisionRules.SecondCorrection.Code, "S11-R88"), (card.Rule, card.Trigger));
    }

    [Fact]
    public async Task A_paper_found_faulty_before_must_be_in_the_notice()
    {
        var (item, clerk, _) = await new ItemTown(city).Published(WindowTown.Item());
        using var own = await Town.SignedIn(await Town.Person("周漏告"));
        var number = await Apply(own, item);
        var file = (await new CaseTown(city).File(clerk, number))!;
        await city.Service<CaseParts>().Check(clerk, file.Case, file.Materials.Single(one => one.Material.Code == "photo").Material.Key, false, "模糊", Cancel);
        var left = await city.Service<CaseDesk>().Take(
            clerk, number, CaseFaults.Tell(file.Type, new(ItemSteps.AskCorrection) { Expected = file.Version }, [new(FaultOf.Answer, "shop", "重名", "x")]), null, Cancel);
        Assert.Equal(["CASE-R24"], left.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task Supervision_sees_how_many_papers_each_office_did_not_ask_for()
    {
        var office = "health";
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item() with { Office = office });
        using var own = await Town.SignedIn(await Town.Person("吴省心"));
        await Apply(own, item);
        using var supervisor = await Town.Clerk("data", Roles.Head);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.Get("/supervision/saved")).StatusCode);
        Assert.Contains($"office={office}", supervisor.Page, StringComparison.Ordinal);
        await supervisor.Get($"/supervision/saved?office={office}");
        Assert.Contains(item.Name, supervisor.Page, StringComparison.Ordinal);
        using var clerk = await Town.Clerk("health");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Get("/supervision/saved")).StatusCode);
    }

    [Fact]
    public async Task What_is_not_for_him_and_what_is_gone_is_said_in_a_sentence()
    {
        var (firmsOnly, _, _) = await new ItemTown(city).Published(WindowTown.Item() with { Applicants = Applicants.Firms });
        using var own = await Town.SignedIn(await Town.Person("郑不符"));
        await own.Get("/services/" + firmsOnly.Code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Post("/cases/new", ("type", firmsOnly.CaseType))).StatusCode);
        Assert.Contains("由单位申请", own.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await own.Get("/cases/new/01kb000000000000000000gone/check")).StatusCode);
        Assert.Contains("超过 180 天没有填写而清除", own.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_without_measure_is_let_go_to_its_end_and_answered_with_a_page_and_nothing_is_lost()
    {
        var (item, _, _) = await new ItemTown(city).Published(WindowTown.Item());
        using var own = await Town.SignedIn(await Town.Person("冯太大"));
        await own.Get($"/services/{item.Code}/prepare?kind=retail");
        var draft = (await own.Post("/cases/new", ("type", item.CaseType), ("answer.kind", "retail"))).Headers.Location!.ToString();
        await Follow(own, draft);
        await own.Post(draft + "/applicant", ("_phone", "13812345678"));
        await own.Get(draft + "/questions/shop");
        await own.Post(draft + "/questions/shop", ("shop", "还在面馆"));
        await own.Get(draft + "/materials");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await own.Upload(draft + "/materials", "lease", "太大.pdf", new byte[101 * 1024 * 1024])).StatusCode);
        Assert.Contains("此前已保存的内容还在", own.Page, StringComparison.Ordinal);
        await own.Get(draft + "/check");
        Assert.Contains("还在面馆", own.Page, StringComparison.Ordinal);
    }

    /// <summary>An application on line of somebody whom the base knows; its number.</summary>
    private static async Task<string> Apply(IdentityBrowser browser, ServiceItem item)
    {
        await browser.Get($"/services/{item.Code}/prepare?kind=retail");
        var draft = (await browser.Post("/cases/new", ("type", item.CaseType), ("answer.kind", "retail"))).Headers.Location!.ToString();
        await Follow(browser, draft);
        await browser.Post(draft + "/applicant", ("_phone", "13812345678"));
        await browser.Get(draft + "/questions/shop");
        await browser.Post(draft + "/questions/shop", ("shop", "网上面馆"));
        foreach (var paper in new[] { "lease", "photo" })
        {
            await browser.Get(draft + "/materials");
            await browser.Upload(draft + "/materials", paper, paper + ".pdf", Pdf);
        }

        await browser.Get(draft + "/check");
        return NumberPattern().Match((await browser.Post(draft + "/check")).Headers.Location!.ToString()).Value;
    }

    private static async Task<string> HandIn(IdentityBrowser window, string draft)
    {
        foreach (var (question, answer) in new[] { ("shop", "窗口店"), ("kind", "retail") })
        {
            await window.Get($"{draft}/questions/{question}");
            await window.Post($"{draft}/questions/{question}", (question, answer));
        }

        await window.Get(draft + "/materials");
        await window.Post(draft + "/materials", ("how.lease", "paper"), ("how.photo", "paper"), ("how.identity", "paper"));
        await window.Get(draft + "/check");
        var done = await window.Post(draft + "/check");
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        return NumberPattern().Match(done.Headers.Location!.ToString()).Value;
    }

    private async Task<IReadOnlyList<Card>> Cards(string number)
    {
        var page = await city.Reader.List(Platform.Casework.Supervision.Cards.Resource, new() { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 20 }, Cancel);
        return [.. page.Records.Select(Typed<Card>.Of).Where(card => card.Kind != CardKind.Warning)];
    }

    private static async Task<string> Follow(IdentityBrowser browser, string draft)
    {
        var next = (await browser.Get(draft)).Headers.Location!.ToString();
        await browser.Get(next);
        return next;
    }

    private static (string, string)[] Hidden(IdentityBrowser browser) =>
        [.. new[] { "_once", "_version" }.Select(name => (name, WebUtility.HtmlDecode(Regex.Match(browser.Page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value)))];

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex NumberPattern();
}
