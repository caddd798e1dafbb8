using System.Net;
using System.Text.RegularExpressions;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Tests.Support;

namespace Shali.Tests.Pages;

/// <summary>Cases as people meet them: the application a question a page, the desk, the conflict, tracking, messages.</summary>
public sealed partial class CasePages(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_applicant_answers_question_by_question_goes_away_comes_back_and_hands_in_once()
    {
        using var applicant = await Browser();
        var draft = await Begin(applicant);
        Assert.EndsWith("/applicant", await Follow(applicant, draft), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await applicant.Post(draft + "/applicant")).StatusCode);
        Assert.Contains("请至少留下一种联系方式", applicant.Page, StringComparison.Ordinal);
        await applicant.Post(draft + "/applicant", ("_phone", "13812345678"));
        Assert.EndsWith("/questions/shop", await Follow(applicant, draft), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await applicant.Post(draft + "/questions/shop", ("shop", ""))).StatusCode);
        await applicant.Post(draft + "/questions/shop", ("shop", "老街面馆"));
        await applicant.Get(draft + "/questions/kind");
        var next = await applicant.Post(draft + "/questions/kind", ("kind", "餐饮"));
        Assert.EndsWith("/questions/seats", next.Headers.Location!.ToString(), StringComparison.Ordinal);

        // Gone and back: what was answered is there.
        await applicant.Get("/me/cases");
        Assert.Contains(draft, applicant.Page, StringComparison.Ordinal);
        Assert.EndsWith("/questions/seats", await Follow(applicant, draft), StringComparison.Ordinal);
        await applicant.Post(draft + "/questions/seats", ("seats", "40"));
        await applicant.Get(draft + "/materials");
        Assert.Contains("布局图", applicant.Page, StringComparison.Ordinal);
        await applicant.Get(draft + "/check");
        Assert.Contains("老街面馆", applicant.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await applicant.Post(draft + "/check")).StatusCode);
        Assert.Contains("缺少材料：场所使用证明", applicant.Page, StringComparison.Ordinal);
        Assert.Contains("缺少材料：布局图", applicant.Page, StringComparison.Ordinal);

        // Another kind needs fewer papers and no seats.
        await applicant.Get(draft + "/questions/kind?back=1");
        await applicant.Post(draft + "/questions/kind", ("kind", "零售"), ("back", "1"));
        await applicant.Get(draft + "/materials");
        await applicant.Upload(draft + "/materials", "lease", "租赁合同.pdf", "%PDF-1.4 test"u8.ToArray());
        await applicant.Get(draft + "/check");
        Assert.DoesNotContain("座位数", applicant.Page, StringComparison.Ordinal);
        var first = (await applicant.Post(draft + "/check")).Headers.Location!.ToString();
        await applicant.Get("/me/cases");
        Assert.Equal(HttpStatusCode.SeeOther, (await applicant.Post(draft + "/check")).StatusCode);
        await applicant.Get(first);
        Assert.Contains("办件编号", applicant.Page, StringComparison.Ordinal);
        Assert.Single(NumberPattern().Matches(await Own(applicant)).Select(match => match.Value).Distinct());
    }

    [Fact]
    public async Task The_window_enters_for_the_applicant_and_the_case_is_tracked_by_number_and_code_alone()
    {
        using var window = await Browser(("market-regulation", Roles.Clerk));
        var number = await AtTheWindow(window, "窗口面馆");
        var code = city.Service<TrackingCodes>().Of(number);
        using var anyone = new IdentityBrowser(city.Address);
        await anyone.Get("/track");
        Assert.Equal(HttpStatusCode.OK, (await anyone.Post("/track", ("number", CaseNumbers.Show(number)), ("code", code[..4] + "-" + code[4..].ToLowerInvariant()))).StatusCode);
        foreach (var shown in new[] { "测试许可", "现在：收件", "还剩", "接下来", "审查" })
        {
            Assert.Contains(shown, anyone.Page, StringComparison.Ordinal);
        }

        foreach (var hidden in new[] { "窗口面馆", "赵窗口", "13812345678" })
        {
            Assert.DoesNotContain(hidden, anyone.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Codes_are_not_found_by_trying()
    {
        using var thief = new IdentityBrowser(city.Address);
        await thief.Get("/track");
        var number = CaseNumbers.Make(new DateOnly(2026, 1, 1), 7_654_321);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
        {
            statuses.Add((await thief.Post("/track", ("number", number), ("code", "ABCD2345"))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Contains("十分钟以后再试", thief.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_finds_his_work_takes_it_and_the_late_one_meets_the_conflict_page_with_his_words()
    {
        using var window = await Browser(("market-regulation", Roles.Clerk));
        using var late = await Browser(("market-regulation", Roles.Clerk));
        var name = "同办面馆" + Guid.NewGuid().ToString("N")[..6];
        var number = await AtTheWindow(window, name);
        await window.Get($"/desk/cases?list=pool&q={number}");
        Assert.Contains(number, window.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵窗口", window.Page, StringComparison.Ordinal);
        await late.Get($"/desk/cases/{number}/steps/ask-correction");
        var (once, version) = (Hidden(late, "_once"), Hidden(late, "_version"));
        await window.Get($"/desk/cases/{number}/steps/accept");
        await window.Post($"/desk/cases/{number}/steps/accept", ("_once", Hidden(window, "_once")), ("_version", Hidden(window, "_version")));
        var conflict = await late.Post($"/desk/cases/{number}/steps/ask-correction", ("_once", once), ("_version", version), ("opinion", "缺少平面图"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("缺少平面图", late.Page, StringComparison.Ordinal);
        Assert.Contains("受理", late.Page, StringComparison.Ordinal);
        await window.Get($"/desk/cases/search?q={Uri.EscapeDataString(name)}");
        Assert.Contains(number, window.Page, StringComparison.Ordinal);
        await window.Get("/desk/cases/search?q=" + Uri.EscapeDataString(name[1..3]));
        Assert.Contains(number, window.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_sees_or_moves_a_case_of_others()
    {
        using var window = await Browser(("market-regulation", Roles.Clerk));
        var number = await AtTheWindow(window, "别看面馆");
        foreach (var (office, role) in new[] { ("health", Roles.Clerk), ("police", Roles.Head) })
        {
            using var other = await Browser((office, role));
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/desk/cases/" + number)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/desk/cases/{number}/steps/accept")).StatusCode);
            await other.Get("/desk/cases");
            Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/desk/cases/{number}/steps/accept")).StatusCode);
            await other.Get("/desk/cases");
            Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"/desk/cases/{number}/comments", ("words", "x"))).StatusCode);
            await other.Get("/desk/cases/search?q=" + Uri.EscapeDataString("别看面馆"));
            Assert.DoesNotContain(number, other.Page, StringComparison.Ordinal);
        }

        using var resident = await Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Get("/me/cases/" + number)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await resident.Get("/desk/cases/" + number)).StatusCode);
        await resident.Get("/me/cases");
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Post($"/me/cases/{number}/steps/case.withdraw", ("reason", "x"))).StatusCode);
    }

    [Fact]
    public async Task Words_links_papers_and_their_versions_lie_in_the_file()
    {
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var (number, other) = (await AtTheWindow(clerk, "材料面馆"), await AtTheWindow(clerk, "材料面馆二"));
        var page = "/desk/cases/" + number;
        await clerk.Get(page);
        await clerk.Post(page + "/comments", ("words", "先看现场"), ("_once", "w1"));
        await clerk.Get(page);
        Assert.Contains("先看现场", clerk.Page, StringComparison.Ordinal);
        await clerk.Post(page + "/links", ("kind", "repeated"), ("other", other), ("_once", "l1"));
        await clerk.Get(page);
        Assert.Contains(CaseNumbers.Show(other), clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(page + "/links", ("kind", "repeated"), ("other", "123"))).StatusCode);
        await clerk.Get(page);
        await clerk.Upload(page + "/materials", "file", "现场.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]);
        await clerk.Get(page);
        var paper = Regex.Match(clerk.Page, "href=\"(/desk/cases/[0-9]+/materials/[0-9-]+)\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get(paper)).StatusCode);
        await clerk.Get(page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Upload(page + "/materials", "file", "病毒.exe", [1, 2, 3])).StatusCode);
        await clerk.Get(page);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await clerk.Upload(page + "/materials", "file", "太大.pdf", new byte[24 * 1024 * 1024])).StatusCode);
        Assert.Contains("不超过 20 MB", clerk.Page, StringComparison.Ordinal);
        await clerk.Get(page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(paper, ("verdict", "faulty"), ("fault", ""))).StatusCode);
        await clerk.Get(page);
        await clerk.Post(paper, ("verdict", "faulty"), ("fault", "看不清"));
        await clerk.Get(page);
        Assert.Contains("看不清", clerk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_cases_are_claimed_at_once_and_conditions_are_kept_under_a_name()
    {
        using var clerk = await Browser(("market-regulation", Roles.Clerk));
        var name = "批量" + Guid.NewGuid().ToString("N")[..6];
        var (first, second) = (await AtTheWindow(clerk, name + "甲"), await AtTheWindow(clerk, name + "乙"));
        await clerk.Get("/desk/cases?list=pool");
        var done = await clerk.Post("/desk/cases/bulk", ("case", first), ("case", second), ("step", "case.claim"), ("list", "mine"), ("_once", "b1"));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("已办理 2 件", clerk.Page, StringComparison.Ordinal);
        Assert.Contains(first, clerk.Page, StringComparison.Ordinal);
        await clerk.Post("/desk/cases/bulk", ("case", first), ("step", "examine"), ("list", "mine"), ("_once", "b2"));
        Assert.Contains("不能批量办理", clerk.Page, StringComparison.Ordinal);
        await clerk.Post("/desk/cases/filters", ("name", "我的面馆"), ("list", "mine"), ("q", name));
        await clerk.Get("/desk/cases");
        Assert.Contains("我的面馆", clerk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outbox_shows_what_was_sent_and_how_and_the_receiver_reads_it()
    {
        var login = await IdentityPeople.Person(city);
        using var applicant = new IdentityBrowser(city.Address);
        await applicant.SignIn(login.Login, login.Password);
        var person = (await city.Service<Accounts>().FindLogin(login.Login))!;
        var caller = CaseTown.Resident("消息人") with { Person = person.Person };
        var opened = await new CaseTown(city).Open(caller);
        await city.Service<Platform.Messages.Deliveries>().SendSome(Cancel);
        await applicant.Get("/me/messages");
        Assert.Contains("已收到您的申请", applicant.Page, StringComparison.Ordinal);
        var open = Regex.Match(applicant.Page, "action=\"(/me/messages/[0-9a-z]{26})\"").Groups[1].Value;
        Assert.Equal(CaseAddresses.Own(opened.Number), (await applicant.Post(open)).Headers.Location!.ToString());
        using var other = await Browser();
        await other.Get("/me/messages");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post(open)).StatusCode);

        using var operators = await Browser(("city", Roles.SystemAdministrator));
        Assert.Equal(HttpStatusCode.OK, (await operators.Get("/admin/outbox")).StatusCode);
        var sms = Regex.Match(operators.Page, "href=\"(/admin/outbox/[0-9a-z]{26})\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await operators.Get(sms)).StatusCode);
    }

    /// <summary>A case entered at the window, with papers seen on paper; its number.</summary>
    private async Task<string> AtTheWindow(IdentityBrowser window, string shop)
    {
        var draft = await Begin(window);
        await window.Get(draft + "/applicant");
        await window.Post(draft + "/applicant", ("_name", "赵窗口"), ("_unlisted", "1"), ("_phone", "13812345678"));
        foreach (var (question, answer) in new[] { ("shop", shop), ("kind", "零售") })
        {
            await window.Get($"{draft}/questions/{question}");
            await window.Post($"{draft}/questions/{question}", (question, answer));
        }

        await window.Get(draft + "/materials");
        await window.Post(draft + "/materials", ("how.lease", "paper"));
        await window.Get(draft + "/check");
        var opened = await window.Post(draft + "/check");
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        return NumberPattern().Match(opened.Headers.Location!.ToString()).Value;
    }

    private static async Task<string> Begin(IdentityBrowser browser)
    {
        await browser.Get("/cases/new");
        return (await browser.Post("/cases/new", ("type", SampleCases.PermitCode))).Headers.Location!.ToString();
    }

    private static async Task<string> Follow(IdentityBrowser browser, string draft)
    {
        var next = (await browser.Get(draft)).Headers.Location!.ToString();
        await browser.Get(next);
        return next;
    }

    private static async Task<string> Own(IdentityBrowser browser)
    {
        await browser.Get("/me/cases");
        return browser.Page;
    }

    private async Task<IdentityBrowser> Browser(params (string Office, string Role)[] posts)
    {
        var login = await IdentityPeople.Person(city, posts);
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private static string Hidden(IdentityBrowser browser, string name) =>
        WebUtility.HtmlDecode(Regex.Match(browser.Page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex NumberPattern();
}
