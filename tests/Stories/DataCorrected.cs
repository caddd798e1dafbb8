using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Shali.Government.S06Sharing.Corrections;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Messages;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Whoever received a wrong value says so; it is corrected, goes out again, and everybody who had it is told.</summary>
public sealed partial class DataCorrected(City city)
{
    private static readonly Sharing Conditional = Sharing.Conditional("限履行职责时使用");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task A_program_reports_an_error_the_producer_corrects_it_the_feed_carries_it_and_all_who_had_it_are_told()
    {
        var (resource, consumer, other) = (await Town.Register(Conditional), await Town.Office(), await Town.Office());
        var heads = (await IdentityPeople.Person(city, (consumer, Roles.Head)), await IdentityPeople.Person(city, (other, Roles.Head)));
        var person = "pc-" + Guid.NewGuid().ToString("N")[..10];
        var key = (await Town.Write(resource, (person, "皇甫错字", "411102", "错街1号")))[0];
        var terms = Town.Terms(resource, consumer) with { Fields = ["owner_name", "district", "address"], Ways = [GrantWay.Query, GrantWay.Feed] };
        await Town.Grant(terms);
        await Town.Grant(terms with { Consumer = other });
        using var program = await Town.Program(consumer, TokenScopes.Read, TokenScopes.Write);
        using var reads = await Town.Program(other);
        var feed = await DataShared.Json(program, $"/api/collections/{resource.Address}/changes");
        await DataShared.Json(reads, $"/api/collections/{resource.Address}/items/{key}");

        // All that is wrong at once; a field outside of the grant is none of his.
        var report = new Uri($"/api/collections/{resource.Address}/items/{key}/corrections", UriKind.Relative);
        Assert.Equal(["SHR-K04", "SHR-K06"], await Codes(await program.PostAsJsonAsync(report, new { field = "address", value = "错街1号" }, Cancel)));
        Assert.Equal(["SHR-K03"], await Codes(await program.PostAsJsonAsync(report, new { field = "price", evidence = "合同" }, Cancel)));
        Assert.Equal(["SHR-K03", "SHR-K04"], await Codes(await program.PostAsJsonAsync(report, new { field = "price", evidence = " " }, Cancel)));
        using (var half = new StringContent("{\"field\": \"\\ud800\"}", System.Text.Encoding.UTF8, "application/json"))
        {
            Assert.Equal(["API-B03"], await Codes(await program.PostAsync(report, half, Cancel)));
        }

        Assert.Equal(["API-B05"], await Codes(await program.PostAsJsonAsync(report, new { field = "address", colour = "red" }, Cancel)));
        Assert.Equal(HttpStatusCode.Forbidden, (await reads.PostAsJsonAsync(report, new { field = "address", evidence = "合同" }, Cancel)).StatusCode);
        using var stranger = await Town.Program("market-regulation", TokenScopes.Read, TokenScopes.Write);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync(report, new { field = "address", evidence = "合同" }, Cancel)).StatusCode);

        var made = await program.PostAsJsonAsync(report, new { field = "address", value = "正街1号", evidence = "入户时看到门牌为正街1号" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var state = made.Headers.Location!.OriginalString;
        var number = Number().Match(state).Value;
        Assert.Equal(["SHR-K08"], await Codes(await program.PostAsJsonAsync(report, new { field = "address", value = "正街2号", evidence = "又一次" }, Cancel)));
        Assert.Equal("verifying", (await DataShared.Json(program, state)).GetProperty("stage").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(state, UriKind.Relative), Cancel)).StatusCode);

        // The producer: sees it with the record, may not "correct" to the wrong value again, corrects.
        var clerk = Town.Staff("police", Roles.Clerk);
        var desk = city.Service<CaseDesk>();
        StepRequest Correct(string value) => new("correct") { Opinion = "经核对档案", Fields = new Dictionary<string, string> { ["value"] = value } };
        Assert.Equal(["SHR-K10"], (await desk.Take(clerk, number, Correct("错街1号"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        var reader = clerk with { Permissions = new HashSet<string>([SharingRights.Verify, $"{resource.Address}.read"]) };
        Assert.Equal(["SHR-K13"], (await desk.Take(reader, number, Correct(""), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal("CASE-R04", (await desk.Take(Town.Staff("health", Roles.Clerk), number, Correct(""), null, Cancel)).Refusals[0].Code);
        Assert.Single(await city.Service<OpenCorrections>().Of(resource.Id, key, Cancel));
        await Town.Take(clerk, number, Correct(""));
        await Done(number);

        Assert.Equal("正街1号", (await city.Reader.Get(resource, key, null, Cancel))!.Text("address"));
        var after = await DataShared.Json(program, state);
        Assert.Equal(("corrected", "经核对档案"), (after.GetProperty("result").GetString(), after.GetProperty("answer").GetString()));
        var change = Assert.Single((await DataShared.Json(program, $"/api/collections/{resource.Address}/changes?wait=20&after={feed.GetProperty("next").GetString()}")).GetProperty("changes").EnumerateArray());
        Assert.Equal("正街1号", change.GetProperty("feature").GetProperty("properties").GetProperty("address").GetString());
        Assert.Equal("sharing.correct", change.GetProperty("kind").GetString());

        // Who only read is told once, with the day; who reported is answered; the log says who it was.
        var told = await Inbox(heads.Item2);
        Assert.Contains($"记录 {key} 的“坐落”有误", told, StringComparison.Ordinal);
        Assert.Contains("已经更正，请重新取得", await Inbox(heads.Item1), StringComparison.Ordinal);
        var file = (await city.Service<CaseReader>().Get(clerk, number, Cancel))!;
        Assert.Contains("（1次）", file.Events[^1].Opinion, StringComparison.Ordinal);
        Assert.Equal(10, Assert.Single(file.Clocks).Facts.Rule.Length);

        // The person sees it in his own space, with its way.
        var resident = new Caller { Id = "account-" + person, Name = "皇甫", Kind = CallerKind.Resident, Person = person, Role = Roles.Resident };
        Assert.Equal(number, Assert.Single(await city.Service<CaseReader>().Own(resident, 10, null, Cancel)).Number);
        Assert.Equal(2, (await city.Service<Inbox>().Of(resident, null, Cancel)).Count);
    }

    [Fact]
    public async Task Data_that_nobody_keeps_reads_of_is_told_to_all_who_hold_a_grant_and_a_refusal_gives_its_reason()
    {
        var (resource, consumer) = (await Town.Register(Conditional, subject: null), await Town.Office());
        var head = await IdentityPeople.Person(city, (consumer, Roles.Head));
        var key = (await Town.Write(resource, ("", "东方测试", "411102", "错街3号")))[0];
        await Town.Grant(Town.Terms(resource, consumer) with { Fields = ["owner_name", "address"] });
        await Town.Grant(Town.Terms(resource, await Town.Office()) with { Fields = ["district"], Clear = [] });
        var health = Town.Staff("health", Roles.Clerk) with { Permissions = new HashSet<string>([SharingRights.Report, $"{resource.Address}.read"]) };
        var desk = city.Service<CorrectionDesk>();
        var opened = await desk.Open(new ReadRequest(health, resource), key, "address", "", "门牌上不是这样写的", null, null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());

        // Nothing to write where nobody said what; the source is put right first, then it is done.
        var clerk = Town.Staff("police", Roles.Clerk);
        Assert.Equal(["SHR-K09"], (await city.Service<CaseDesk>().Take(clerk, opened.Value, new("correct") { Opinion = "已核" }, null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.True((await city.Store.Write(
            new Act(Caller.Platform("test"), "test"), [new Change.Update(resource, key, null, new Dictionary<string, object?> { ["address"] = "正街3号" })], Cancel)).Ok);
        await Town.Take(clerk, opened.Value, new("correct") { Opinion = "已在登记系统更正" });
        await Done(opened.Value);
        var file = (await city.Service<CaseReader>().Get(clerk, opened.Value, Cancel))!;
        Assert.Equal("corrected", file.Case.Stage);
        Assert.Contains("测试" + consumer + "（按授权）", file.Events[^1].Opinion, StringComparison.Ordinal);
        Assert.DoesNotContain("、", file.Events[^1].Opinion, StringComparison.Ordinal);
        Assert.Contains("“坐落”有误", await Inbox(head), StringComparison.Ordinal);

        var second = (await desk.Open(new ReadRequest(health, resource), key, "address", "正街4号", "又看了一次", null, null, Cancel)).Value;
        Assert.Equal(["CASE-R07"], (await city.Service<CaseDesk>().Take(clerk, second, new("uphold"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        await Town.Take(clerk, second, new("uphold") { Reason = "现场核对门牌为正街3号" });
        Assert.Equal("upheld", (await city.Service<CaseReader>().Get(clerk, second, Cancel))!.Case.Result);
        Assert.Equal(["SHR-K05"], (await desk.Open(new ReadRequest(clerk with { Permissions = health.Permissions }, resource), key, "address", "", "自己的", null, null, Cancel)).Refusals.Select(refusal => refusal.Code));

        // The door of cases opens nothing in another office's name.
        var forged = new CorrectionTerms(resource.Id, key, "address") { Version = 1, Evidence = "x", By = "police", To = "police", Reporter = health.Id };
        Assert.Equal(["SHR-K07"], (await city.Service<CaseDesk>().Open(health, new(CorrectionType.Code, forged.Answers()), null, Cancel)).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task What_the_registry_refuses_goes_back_to_the_clerk_with_the_reason()
    {
        var resource = await Town.Register(Conditional);
        var key = (await Town.Write(resource, ("pw-" + Guid.NewGuid().ToString("N")[..8], "公羊测试", "411102", "错街5号")))[0];
        var health = Town.Staff("health", Roles.Clerk) with { Permissions = new HashSet<string>([SharingRights.Report, $"{resource.Address}.read"]) };
        var number = (await city.Service<CorrectionDesk>().Open(new ReadRequest(health, resource), key, "address", "正街5号", "门牌", null, null, Cancel)).Value;
        var clerk = Town.Staff("police", Roles.Clerk) with { Permissions = new HashSet<string>([SharingRights.Verify, $"{resource.Address}.read", $"{resource.Address}.write"]) };

        // Between the order and the writing the record is deleted.
        await Town.Take(clerk, number, new("correct") { Opinion = "已核" });
        await city.Store.Write(new Act(Caller.Platform("test"), "test"), [new Change.Delete(resource, key, null)], Cancel);
        await Done(number, "verifying", "corrected");
        var file = (await city.Service<CaseReader>().Get(clerk, number, Cancel))!;
        Assert.True(
            file.Case.Stage == "verifying" ? file.Events[^1].Reason!.Contains("记录在更正前被删除", StringComparison.Ordinal) : file.Case.Stage == "corrected",
            file.Case.Stage);
    }

    [Fact]
    public async Task A_clerk_comes_from_the_record_page_and_the_page_says_that_it_is_being_verified()
    {
        // The register of firms is open to all offices: a clerk of another one sees its pages.
        var resource = await Town.Register(Sharing.Unconditional);
        var key = (await Town.Write(resource, ("pp-" + Guid.NewGuid().ToString("N")[..8], "太史测试", "411103", "错街7号")))[0];
        using var clerk = new IdentityBrowser(city.Address);
        var login = await IdentityPeople.Person(city, ("health", Roles.Clerk));
        await clerk.SignIn(login.Login, login.Password);
        await clerk.Get($"/records/{resource.Address}/{key}");
        var form = $"/sharing/report/{resource.Address}/{key}";
        Assert.Contains($"href=\"{form}\"", clerk.Page, StringComparison.Ordinal);
        await clerk.Get(form);
        Assert.Contains("错街7号", clerk.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(form, ("field", "address"), ("value", "正街7号"))).StatusCode);
        Assert.Contains("请写明依据", clerk.Page, StringComparison.Ordinal);
        var opened = await clerk.Post(form, ("field", "address"), ("value", "正街7号"), ("evidence", "门牌为正街7号"));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        await clerk.Get(opened.Headers.Location!.OriginalString);
        Assert.Contains("正街7号", clerk.Page, StringComparison.Ordinal);
        await clerk.Get($"/records/{resource.Address}/{key}");
        Assert.Contains("“坐落”被指出有误", clerk.Page, StringComparison.Ordinal);
        await clerk.Get("/sharing/corrections");
        Assert.Contains(opened.Headers.Location!.OriginalString, clerk.Page, StringComparison.Ordinal);
    }

    /// <summary>The worker of the host or we: whoever is quicker.</summary>
    private async Task Done(string number, params string[] stages)
    {
        string[] wanted = stages.Length == 0 ? ["corrected"] : stages;
        while (await city.Service<FollowUps>().Waits(number, "sharing.correct", Cancel))
        {
            await city.Service<FollowUpRun>().Run(Cancel, "sharing.correct");
            Assert.Null(await city.Db.Scalar<string>($"select note from casework.follow_up where case_no = {number}", Cancel));
        }

        var record = await city.Reader.Get(CaseResources.Case, number, null, Cancel);
        Assert.Contains(record!.Text("stage"), wanted);
    }

    private async Task<string> Inbox(DemoLogin login)
    {
        using var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        await browser.Get("/me/messages");
        return browser.Page;
    }

    private static async Task<IEnumerable<string?>> Codes(HttpResponseMessage answer)
    {
        using (answer)
        {
            using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            return [.. json.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())];
        }
    }

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex Number();
}
