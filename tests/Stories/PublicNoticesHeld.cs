using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>公示: what is about to be granted is announced, anybody may object, and it is granted when nobody was right.</summary>
public sealed class PublicNoticesHeld(City city, SharedPackageTown shared) : IClassFixture<SharedPackageTown>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static StepRequest Publish(string words) => new(PublicNotices.Publish) { Fields = new Dictionary<string, string> { [PublicNotices.Words] = words } };

    private static StepRequest Answer(string objection, string finding) => new(PublicNotices.Answer)
    {
        Opinion = "已入户核实",
        Fields = new Dictionary<string, string> { [PublicNotices.Which] = objection, [PublicNotices.Finding] = finding },
    };

    [Fact]
    public async Task Housing_is_granted_after_the_notice_has_run_and_nobody_was_right_against_it()
    {
        var town = shared.Town;
        town.Time.Now = PackageTown.Monday;
        var (applicant, neighbour, clerk, head) = (CaseTown.Resident("房申请"), CaseTown.Resident("邻居"), await town.Staff("housing"), await town.Staff("housing", Roles.Head));
        var number = await Open(town, "public-rental", applicant);
        await town.Take(clerk, number, new(ItemSteps.Accept));

        // Without a notice nothing is granted; refusing needs none.
        await town.Take(clerk, number, new(ItemSteps.Examine) { Opinion = "符合", Second = head.Id });
        Assert.Equal(["CASE-N02"], await town.Refused(head, number, new(ItemSteps.Grant) { Opinion = "同意" }));
        await town.Take(head, number, new(ItemSteps.Return) { Reason = "请先公示" });
        Assert.Equal(["CASE-N01"], await town.Refused(clerk, number, Publish("拟准予房申请，身份证号411102199003071231")));
        await town.Take(clerk, number, Publish("拟准予房申请一家三口租住公共租赁住房"));

        var (reader, objections) = (town.Get<PublicNoticeReader>(), town.Get<ObjectionDesk>());
        var notice = Assert.Single(await reader.Running("housing", Cancel));
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 3), "《公共租赁住房管理办法》第九条"), (notice.ShownFrom, notice.ShownUntil, notice.Basis));
        Assert.Contains(PublicNotices.Clock, (await town.File(clerk, number)).Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code));

        // The time of it counts: the limit of the decision runs on, and so does that of the examination.
        Assert.All(
            (await town.File(clerk, number)).Clocks.Where(clock => clock.Facts is { Ended: null, Rule.Code: "decide" or "decide-promised" or "stage-review" }),
            clock => Assert.Equal((ClockStatus.Running, PackageTown.Monday.ToUniversalTime()), (clock.Verdict.Status, clock.Facts.Started)));

        // A neighbour knows better, once however often it is sent; who works for the government writes down what others say.
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.False((await objections.Object(neighbour, notice.Key, "他家在别处有一套住房", "once", Cancel)).Any);
        }

        Assert.Equal("CASE-N07", (await objections.Object(neighbour, notice.Key, " ", null, Cancel)).Single().Code);
        Assert.Equal("CASE-N08", (await objections.Object(clerk, notice.Key, "来电反映", null, Cancel)).Single().Code);
        await town.Take(clerk, number, new(PublicNotices.Record) { Fields = new Dictionary<string, string> { [PublicNotices.Objector] = "来电人", [PublicNotices.Objecting] = "他有一辆汽车" } });
        var against = (await reader.Objections(clerk, (await town.File(clerk, number)).Case, Cancel)).OrderBy(objection => objection.Words.Length).Reverse().ToList();
        Assert.Equal(["他家在别处有一套住房", "他有一辆汽车"], against.Select(objection => objection.Words));

        // The last day is a whole day; then nobody of the public reads it any more and nobody objects.
        town.Time.Now = PackageTown.At("2026-12-03 23:59");
        await town.Get<SupervisionPass>().Run(Cancel);
        Assert.True(reader.Runs((await reader.Get(notice.Key, Cancel))!));
        town.Time.Now = PackageTown.At("2026-12-04 00:00");
        await town.Get<SupervisionPass>().Run(Cancel);
        Assert.Equal("review", (await town.File(clerk, number)).Case.Stage);
        Assert.Empty(await reader.Running(null, Cancel));
        Assert.Equal("CASE-N06", (await objections.Object(neighbour, notice.Key, "还有一件事", null, Cancel)).Single().Code);
        Assert.Empty((await town.Get<GovernedReader>().List(new(Caller.Anonymous, CaseResources.PublicNotice), new() { Limit = 10 }, Cancel)).Value.Records);

        // Whatever was objected is answered first; where somebody was right, it is announced anew.
        town.Time.Now = PackageTown.At("2026-12-04 09:00");
        await town.Take(clerk, number, Answer(against[0].Key, ObjectionFinding.Sustained));
        Assert.Equal(["CASE-N05"], await town.Refused(clerk, number, Answer(against[0].Key, ObjectionFinding.Dismissed)));
        Assert.Equal(["CASE-N05"], await town.Refused(clerk, number, Answer("no-such", ObjectionFinding.Dismissed)));
        await town.Take(clerk, number, new(ItemSteps.Examine) { Opinion = "符合", Second = head.Id });
        Assert.Equal(["CASE-N03", "CASE-N04"], await town.Refused(head, number, new(ItemSteps.Grant) { Opinion = "同意" }));
        await town.Take(head, number, new(ItemSteps.Return) { Reason = "重新公示" });
        await town.Take(clerk, number, Answer(against[1].Key, ObjectionFinding.Dismissed));
        await town.Take(clerk, number, Publish("拟准予房申请一家三口租住公共租赁住房一居室"));
        town.Time.Now = PackageTown.At("2026-12-15 09:00");
        await town.Get<SupervisionPass>().Run(Cancel);
        await town.Take(clerk, number, new(ItemSteps.Examine) { Opinion = "符合", Second = head.Id });
        await town.Take(head, number, new(ItemSteps.Grant) { Opinion = "同意" });
        Assert.Equal(ItemResults.Granted, (await town.File(clerk, number)).Case.Result);

        // Who objected under his name is told what was found.
        var told = await town.Get<Db>().List(
            $"select body from casework.outbox where event = {PublicNotices.Answer}", row => row.GetString(0), Cancel);
        Assert.Contains("异议成立", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_that_is_taken_down_is_gone_at_once_and_does_not_count()
    {
        var town = shared.Town;
        town.Time.Now = PackageTown.Monday;
        var (applicant, clerk, other, head) = (CaseTown.Resident("保申请"), await town.Staff("civil-affairs"), await town.Staff("housing"), await town.Staff("civil-affairs", Roles.Head));
        var number = await Open(town, "minimum-living", applicant);
        await town.Take(clerk, number, new(ItemSteps.Accept));
        Assert.False((await town.Desk.Take(other, number, Publish("不是本单位的"), null, Cancel)).Ok);
        await town.Take(clerk, number, Publish("拟准予写错的人"));
        var reader = town.Get<PublicNoticeReader>();
        var key = Assert.Single(await reader.Running("civil-affairs", Cancel)).Key;
        await town.Take(clerk, number, new(PublicNotices.TakeDown) { Reason = "姓名有误" });
        Assert.Empty(await reader.Running("civil-affairs", Cancel));
        Assert.Null(await town.Get<GovernedReader>().Get(new(Caller.Anonymous, CaseResources.PublicNotice), key, null, Cancel));
        Assert.Equal("CASE-N06", (await town.Get<ObjectionDesk>().Object(CaseTown.Resident("邻居"), key, "我知道", null, Cancel)).Single().Code);
        await town.Take(clerk, number, new(ItemSteps.Examine) { Opinion = "符合", Second = head.Id, Fields = new Dictionary<string, string> { [ItemSteps.VisitedOn] = "2026-11-23" } });
        Assert.Equal(["CASE-N02"], await town.Refused(head, number, new(ItemSteps.Grant) { Opinion = "同意" }));
        await town.Take(head, number, new(ItemSteps.Refuse) { Reason = "收入超过标准", Basis = "《社会救助暂行办法》第九条", Document = "不予1号" });

        // A case that ends while it is announced takes its notice with it.
        var second = await Open(town, "minimum-living", applicant);
        await town.Take(clerk, second, new(ItemSteps.Accept));
        await town.Take(clerk, second, Publish("拟准予保申请"));
        await town.Take(applicant, second, new(BuiltInSteps.Withdraw) { Reason = "不需要了" });
        Assert.Empty(await reader.Running("civil-affairs", Cancel));
    }

    [Fact]
    public async Task Anybody_reads_it_a_resident_objects_on_its_page_and_the_clerk_answers_on_the_page_of_the_case()
    {
        var (item, _, _) = await new ItemTown(city).Published(ItemTown.Item() with { PublicNotice = new(7, ClockUnit.CalendarDays, new("测试公示办法", "第一条")) });
        var people = new WindowTown(city);
        var (applicant, neighbour) = (await people.Person("宋申请"), await people.Person("齐邻居"));
        var number = await Opened(city, item, applicant);
        using var desk = await people.Clerk(item.Office);
        await Step(desk, number, ItemSteps.Accept);
        await Step(desk, number, PublicNotices.Publish, (PublicNotices.Words, "拟准予宋申请开办\n<script>店铺</script>"));
        var notice = (await city.Service<PublicNoticeReader>().Of(number, Cancel)).Single();
        var address = "/public-notices/" + notice.Key;
        var listed = await city.Http.GetStringAsync("/public-notices", Cancel);
        Assert.Contains(address, listed, StringComparison.Ordinal);
        var shown = await city.Http.GetStringAsync(address, Cancel);
        Assert.Contains("拟准予宋申请开办", WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>店铺", shown, StringComparison.Ordinal);
        using (var unsigned = await city.Http.PostAsync(address, new FormUrlEncodedContent([new("words", "匿名")]), Cancel))
        {
            Assert.NotEqual(HttpStatusCode.OK, unsigned.StatusCode);
        }

        using var resident = await people.SignedIn(neighbour);
        await resident.Get(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await resident.Post(address, ("words", " "))).StatusCode);
        Assert.Contains("请填写异议内容", resident.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await resident.Post(address, ("words", "店铺不是他的"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.Get("/public-notices/none")).StatusCode);

        await desk.Get("/desk/cases/" + number);
        Assert.Contains("店铺不是他的", WebUtility.HtmlDecode(desk.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("齐邻居", WebUtility.HtmlDecode(desk.Page), StringComparison.Ordinal);
        var (version, key) = (Hidden(desk, "_version"), Hidden(desk, PublicNotices.Which));
        var answer = await desk.Post(
            $"/desk/cases/{number}/steps/{PublicNotices.Answer}", ("_version", version), (PublicNotices.Which, key), (PublicNotices.Finding, ObjectionFinding.Dismissed), ("opinion", "产权登记在他名下"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await resident.Get("/me/messages");
        Assert.Contains("您提出的异议已答复", WebUtility.HtmlDecode(resident.Page), StringComparison.Ordinal);

        // Of another office nobody reads it; the applicant sees the notice and not who objected.
        using var elsewhere = await people.Clerk("police");
        await elsewhere.Get("/desk/cases/" + number);
        Assert.DoesNotContain("店铺不是他的", WebUtility.HtmlDecode(elsewhere.Page), StringComparison.Ordinal);
        using var own = await people.SignedIn(applicant);
        await own.Get("/me/cases/" + number);
        Assert.Contains(address, own.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("店铺不是他的", WebUtility.HtmlDecode(own.Page), StringComparison.Ordinal);
    }

    private static async Task Step(IdentityBrowser desk, string number, string step, params (string, string)[] fields)
    {
        var address = $"/desk/cases/{number}/steps/{step}";
        await desk.Get(address);
        var taken = await desk.Post(address, [("_version", Hidden(desk, "_version")), .. fields]);
        Assert.True(taken.StatusCode == HttpStatusCode.SeeOther, desk.Page);
    }

    private static string Hidden(IdentityBrowser browser, string name) => Regex.Match(browser.Page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>A case of the item that is announced.</summary>
    internal static async Task<string> Announced(City city, ServiceItem item, Caller clerk, Known applicant, string words)
    {
        var number = await Opened(city, item, applicant);
        foreach (var step in new[] { new StepRequest(ItemSteps.Accept), Publish(words) })
        {
            ItemTown.Value(await city.Service<CaseDesk>().Take(clerk, number, step, null, Cancel));
        }

        return number;
    }

    private static async Task<string> Opened(City city, ServiceItem item, Known applicant)
    {
        var request = new OpenRequest(item.CaseType, new Dictionary<string, string> { ["shop"] = "沙澧小店", ["kind"] = "retail" })
        {
            Person = applicant.Key,
            PersonName = applicant.Name,
            Materials = [new("lease", "场所使用证明", MaterialSource.Uploaded), new("photo", "门面照片", MaterialSource.Uploaded)],
        };
        return ItemTown.Value(await city.Service<CaseDesk>().Open(Caller.Platform("test"), request, null, Cancel)).Number;
    }

    private static async Task<string> Open(PackageTown town, string item, Caller applicant)
    {
        var type = town.Types.Find(ServiceItem.CaseTypeOf(item))!;
        var answers = type.Form.Questions.ToDictionary(question => question.Field.Name, question => question.Choices.Count > 0 ? question.Choices[0].Value : question.Field.Type.Name switch
        {
            "decimal" or "integer" or "money" => question.Field.Min ?? "3",
            "date" => "1990-03-07",
            "citizen-number" => "411102199003071231",
            "phone" => "13800000000",
            _ => "测试",
        });
        return ItemTown.Value(await town.Desk.Open(Caller.Platform("test"), PackageTown.Request(type, applicant, answers), null, Cancel)).Number;
    }
}
