using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>An office asks for housing data, is asked once for what is missing, is granted, reads exactly that, and is refused when it ends.</summary>
public sealed partial class DataShared(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    [Fact]
    public async Task An_office_asks_is_asked_once_is_granted_reads_exactly_that_and_no_more_after_the_end()
    {
        var (resource, consumer) = (await Town.Register(Sharing.Conditional("限履行职责时使用")), await Town.Office());
        var wanted = Town.Terms(resource, consumer);
        using var program = await Town.Program(consumer);
        Assert.Equal("SHR-A01", await Refused(program, resource, ""));

        var asker = await IdentityPeople.Person(city, (consumer, Roles.Clerk));
        using var clerk = await Browser(asker);
        using var head = await Browser(await IdentityPeople.Person(city, (consumer, Roles.Head)));
        using var authority = await Browser(await IdentityPeople.Person(city, ("data", Roles.Clerk)));
        using var provider = await Browser(await IdentityPeople.Person(city, ("police", Roles.Head)));
        await clerk.Get($"/catalogue/{resource.Address}");
        Assert.Contains($"href=\"/sharing/new/{resource.Address}\"", clerk.Page, StringComparison.Ordinal);

        // All that is missing at once, then the request.
        var form = $"/sharing/new/{resource.Address}";
        await clerk.Get(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post(form, ("condition", "colour = 1"))).StatusCode);
        foreach (var sentence in new[] { "请选择需要的信息项", "行条件不能执行", "请写明使用场景", "请写明使用依据", "请选择共享方式", "请填写使用期限的截止日期" })
        {
            Assert.Contains(sentence, clerk.Page, StringComparison.Ordinal);
        }

        var opened = await clerk.Post(form, [.. Fields(wanted with { Condition = "" }), ("_once", "one-" + resource.Id)]);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var number = Number().Match(opened.Headers.Location!.OriginalString).Value;
        await clerk.Get(form);
        Assert.Equal(opened.Headers.Location, (await clerk.Post(form, [.. Fields(wanted with { Condition = "" }), ("_once", "one-" + resource.Id)])).Headers.Location);

        await Take(head, number, "approve");
        await Take(authority, number, "ask-correction", ("opinion", "请只申请本区的记录，写明行条件。"));

        // A second notice there is not, and the correction goes by its own page only.
        Assert.Equal("SHR-R03", Assert.Single((await city.Service<CaseDesk>().Take(Town.Staff(consumer), number, new("correct"), null, Cancel)).Refusals).Code);
        await clerk.Get($"/sharing/requests/{number}/correct");
        Assert.Contains("请只申请本区的记录", clerk.Page, StringComparison.Ordinal);
        var version = Version().Match(clerk.Page).Groups[1].Value;
        var corrected = await clerk.Post($"/sharing/requests/{number}/correct", [.. Fields(wanted), ("_version", version)]);
        Assert.Equal(HttpStatusCode.SeeOther, corrected.StatusCode);
        Assert.Equal("CASE-R02", (await city.Service<CaseDesk>().Take(
            Town.Staff("data", Roles.Clerk), number, new("ask-correction") { Opinion = "还有" }, null, Cancel)).Refusals[0].Code);
        await Take(authority, number, "pass-on");
        Assert.Equal("SHR-A01", await Refused(program, resource, ""));
        await Take(provider, number, "agree");
        await city.Service<Revocations>().Read(Cancel);

        // Exactly the granted rows and fields, the name in clear, on record with the grant.
        var features = (await Json(program, $"/api/collections/{resource.Address}/items")).GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(["司马测试", "欧阳测试"], features.Select(one => one.GetProperty("properties").GetProperty("owner_name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(features, one => Assert.Equal(["owner_name", "district"], one.GetProperty("properties").EnumerateObject().Select(property => property.Name)));
        Assert.Equal(
            [(number, "核定家庭医生签约服务的住房情况", "owner_name!,district")],
            await city.Db.List(
                $"""
                select body ->> 'grant', body ->> 'purpose', (select string_agg(f, ',') from json_array_elements_text(body -> 'fields') f)
                from (select convert_from(body, 'UTF8')::json as body from audit.record where resource = {resource.Id}) as r
                """,
                row => (row.GetString(0), row.GetString(1), row.GetString(2)), Cancel));

        // The end: the provider says why, the program is told so on every node.
        await using var node = await city.AnotherHost();
        await node.StartAsync(Cancel);
        using var elsewhere = new HttpClient { BaseAddress = new Uri(node.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        elsewhere.DefaultRequestHeaders.Authorization = program.DefaultRequestHeaders.Authorization;
        Assert.Equal(2, (await Json(elsewhere, $"/api/collections/{resource.Address}/items")).GetProperty("numberReturned").GetInt32());
        await provider.Get($"/sharing/grants/{number}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await provider.Post($"/sharing/grants/{number}/revoke", ("_version", "1"))).StatusCode);
        await provider.Get($"/sharing/grants/{number}");
        Assert.Equal(HttpStatusCode.SeeOther, (await provider.Post($"/sharing/grants/{number}/revoke", ("_version", "1"), ("reason", "签约服务已经结束"), ("_once", "end"))).StatusCode);
        Assert.Equal("SHR-A04", await Refused(program, resource, ""));
        await node.Services.GetRequiredService<Revocations>().Read(Cancel);
        Assert.Equal("SHR-A04", await Refused(elsewhere, resource, ""));
        await head.Get("/me/messages");
        Assert.Contains("签约服务已经结束", head.Page, StringComparison.Ordinal);
        await node.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_district_gets_back_what_the_city_has_gathered_about_it_and_nothing_of_others()
    {
        await IdentityPeople.Offices(city);
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"shr-{Guid.NewGuid().ToString("N")[..12]}/resident",
                Name = "居住登记",
                Clause = "S06",
                Owner = "police",
                Sharing = Sharing.Conditional("限履行职责时使用"),
                Fields =
                [
                    new() { Name = "name", Label = "姓名", Type = Platform.Registry.Types.FieldTypes.Text },
                    new() { Name = "region", Label = "所在区划", Type = Platform.Registry.Types.FieldTypes.Region, Indexed = true },
                ],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        var resource = published.Value;
        var written = await city.Store.Write(
            new Act(Caller.Platform("test"), "test"),
            [.. new[] { ("本区甲", "411102"), ("本区乙", "411102"), ("他区丙", "411103") }.Select(row => new Change.Insert(resource, "", new Dictionary<string, object?> { ["name"] = row.Item1, ["region"] = row.Item2 }))],
            Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        var code = "shr-" + Guid.NewGuid().ToString("N")[..10];
        var offices = city.Service<Offices>();
        await offices.Save(new Act(Caller.Platform("test"), "identity.office.save"), [new(code, "源汇区" + code, code, "department", "city", "411102", new DateOnly(2000, 1, 1), null)]);
        await offices.Reload(Cancel);

        using var clerk = await Browser(await IdentityPeople.Person(city, (code, Roles.Clerk)));
        var form = $"/sharing/new/{resource.Address}";
        await clerk.Get(form);
        foreach (var words in new[] { "数据回流", "region LIKE &#x27;411102%&#x27;", "《政务数据共享条例》第二十四条", "本区域履行职责" })
        {
            Assert.Contains(words, clerk.Page, StringComparison.Ordinal);
        }

        const string chosen = "name=\"fields\"\\s+value=\"name\"[^>]*checked";
        Assert.Matches(chosen, clerk.Page);
        var today = city.Service<TimeProvider>().Today();
        var terms = new GrantTerms(resource.Id, code)
        {
            Fields = ["name", "region"],
            Condition = "region LIKE '411102%'",
            Basis = "《政务数据共享条例》第二十四条",
            Scene = "取得本区域数据",
            Ways = [GrantWay.Query],
            Begins = today,
            Ends = today.AddYears(1),
        };
        var opened = await clerk.Post(form, [.. Fields(terms), ("_once", "return-" + resource.Id)]);
        Assert.True(opened.StatusCode == HttpStatusCode.SeeOther, clerk.Page);
        var number = Number().Match(opened.Headers.Location!.OriginalString).Value;
        await Town.Take(Town.Staff(code), number, new("approve"));
        await Town.Take(Town.Staff("data", Roles.Clerk), number, new("pass-on"));
        await Town.Take(Town.Staff("police"), number, new("agree"));
        await city.Service<Revocations>().Read(Cancel);
        using var program = await Town.Program(code);
        var features = (await Json(program, $"/api/collections/{resource.Address}/items")).GetProperty("features").EnumerateArray();
        Assert.Equal(["本区乙", "本区甲"], features.Select(one => one.GetProperty("properties").GetProperty("name").GetString()!).Order(StringComparer.Ordinal));

        // Of several regions it is the one by which people belong to an area, and what is known of people is chosen one by one.
        await clerk.Get("/sharing/new/population.person");
        Assert.Contains("village LIKE &#x27;411102%&#x27;", clerk.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(chosen, clerk.Page);

        // An office of the whole city has nothing to be returned.
        using var other = await Browser(await IdentityPeople.Person(city, ("health", Roles.Clerk)));
        await other.Get(form);
        Assert.DoesNotContain("数据回流", other.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_shared_without_conditions_is_given_when_the_own_head_approves()
    {
        var resource = await Town.Register(Sharing.Unconditional);
        var opened = await city.Service<RequestDesk>().Open(Town.Staff("health", Roles.Clerk), Town.Terms(resource), null, Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        var head = Town.Staff("health");
        await Town.Take(head, opened.Value, new("approve"));
        var file = (await city.Service<CaseReader>().Get(head, opened.Value, Cancel))!;
        Assert.Equal(("supplied", "agreed"), (file.Case.Stage, file.Case.Result));
        Assert.Equal(1, Assert.Single(file.Clocks).Facts.Rule.Length);
        Assert.Equal(GrantState.InForce, (await Town.Grants.Get(head, opened.Value, Cancel))!.Value.Grant.State);
    }

    [Fact]
    public async Task Clocks_run_as_the_order_says_and_a_refusal_needs_its_law()
    {
        var resource = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        var number = await Town.Asked(Town.Terms(resource) with { Ways = [GrantWay.Query, GrantWay.Batch] });
        var provider = Town.Staff("police");
        Assert.Equal(["CASE-R07", "CASE-R08"], (await city.Service<CaseDesk>().Take(provider, number, new("refuse"), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal("CASE-R04", Assert.Single((await city.Service<CaseDesk>().Take(Town.Staff("health"), number, new("agree"), null, Cancel)).Refusals).Code);
        Assert.Equal("CASE-R03", Assert.Single((await city.Service<CaseDesk>().Take(Town.Staff("police", Roles.Clerk), number, new("agree"), null, Cancel)).Refusals).Code);
        await Town.Take(provider, number, new("ask-extension") { Reason = "需要核对历史数据" });
        Assert.Equal("CLK-R12", Assert.Single((await city.Service<CaseDesk>().Take(
            Town.Staff("data"), number, new("extend") { Reason = "同意", Document = "函1号", Length = 11 }, null, Cancel)).Refusals).Code);
        Assert.Equal("CASE-R03", Assert.Single((await city.Service<CaseDesk>().Take(
            provider, number, new("extend") { Reason = "同意", Document = "函1号", Length = 10 }, null, Cancel)).Refusals).Code);
        await Town.Take(Town.Staff("data"), number, new("extend") { Reason = "同意", Document = "函1号", Length = 10 });
        await Town.Take(provider, number, new("agree"));

        // What the platform's doors do not give is supplied by hand, in twenty working days.
        var file = (await city.Service<CaseReader>().Get(provider, number, Cancel))!;
        Assert.Equal("supplying", file.Case.Stage);
        Assert.Equal(
            [("answer", 10, true), ("check", 2, true), ("supply", 20, false)],
            file.Clocks.Select(clock => (clock.Facts.Rule.Code, clock.Facts.Rule.Length, clock.Facts.Ended is not null)).OrderBy(clock => clock.Code, StringComparer.Ordinal));
        await Town.Take(provider, number, new("supply") { Opinion = "前置交换已开通" });

        var other = await Town.Asked(Town.Terms(resource));
        await Town.Take(provider, other, new("refuse") { Reason = "与职责无关", Basis = "个人信息保护法第六条" });
        Assert.Null(await Town.Grants.Get(provider, other, Cancel));
    }

    [Fact]
    public async Task A_request_is_made_in_the_own_name_for_what_can_be_shared()
    {
        var (kept, open) = (await Town.Register(Sharing.NotShared(new Basis("保守国家秘密法", "第三十条"))), await Town.Register(Sharing.Conditional("限履行职责时使用")));
        var desk = city.Service<RequestDesk>();
        var clerk = Town.Staff("health", Roles.Clerk);
        Assert.Equal(["SHR-G02"], Codes((await desk.Open(clerk, Town.Terms(kept), null, Cancel)).Refusals));
        Assert.Equal(["SHR-R01"], Codes((await desk.Open(clerk, Town.Terms(open, "market-regulation"), null, Cancel)).Refusals));
        Assert.Equal(["SHR-G03"], Codes((await desk.Open(Town.Staff("police", Roles.Clerk), Town.Terms(open, "police"), null, Cancel)).Refusals));
        Assert.Equal(["SHR-R02"], Codes((await city.Service<CaseDesk>().Open(
            clerk, new(RequestType.UnconditionalCode, RequestTerms.Answers(Town.Terms(open), "police")), null, Cancel)).Refusals));
        Assert.Equal(["SHR-R01"], Codes((await city.Service<CaseDesk>().Open(
            clerk, new(RequestType.Code, RequestTerms.Answers(Town.Terms(open), "health")), null, Cancel)).Refusals));

        var number = (await desk.Open(clerk, Town.Terms(open), null, Cancel)).Value;
        await Town.Take(Town.Staff("health"), number, new("approve"));
        await Town.Take(Town.Staff("data", Roles.Clerk), number, new("ask-correction") { Opinion = "写明科室" });
        var swapped = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        Assert.Equal(["SHR-R04"], Codes((await city.Service<CaseDesk>().Take(
            clerk, number, new("correct") { Answers = RequestTerms.Answers(Town.Terms(swapped), "police") }, null, Cancel)).Refusals));
    }

    private static IEnumerable<string> Codes(Refusals refusals) => refusals.Select(refusal => refusal.Code);

    internal static async Task<string?> Refused(HttpClient http, ResourceDefinition resource, string query, string path = "items")
    {
        using var answer = await http.GetAsync(new Uri($"/api/collections/{resource.Address}/{path}{query}", UriKind.Relative), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{answer.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("code").GetString();
    }

    internal static async Task<JsonElement> Json(HttpClient http, string address)
    {
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private async Task<IdentityBrowser> Browser(DemoLogin login)
    {
        var browser = new IdentityBrowser(city.Address);
        await browser.SignIn(login.Login, login.Password);
        return browser;
    }

    private static async Task Take(IdentityBrowser browser, string number, string step, params (string, string)[] fields)
    {
        var address = $"/desk/cases/{number}/steps/{step}";
        await browser.Get(address);
        var taken = await browser.Post(address, [.. fields, ("_version", Version().Match(browser.Page).Groups[1].Value)]);
        Assert.True(taken.StatusCode == HttpStatusCode.SeeOther, $"{step}: {taken.StatusCode} {browser.Page}");
    }

    private static IEnumerable<(string, string)> Fields(GrantTerms terms) =>
    [
        ("basis", terms.Basis), ("scene", terms.Scene), ("condition", terms.Condition), ("rate", "600"),
        ("begins", RequestTerms.Day(terms.Begins)), ("ends", RequestTerms.Day(terms.Ends)),
        .. terms.Fields.Select(field => ("fields", field)), .. terms.Clear.Select(field => ("clear", field)), .. terms.Ways.Select(way => ("ways", way)),
    ];

    [GeneratedRegex("[0-9]{16}")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"_version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();
}
