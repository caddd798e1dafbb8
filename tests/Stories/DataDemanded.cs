using System.Net;
using Shali.Government.S06Sharing.Demands;
using Shali.Government.S06Sharing.Disputes;
using Shali.Government.S06Sharing.Grants;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Data that nobody has yet, refusals that are disputed, extensions that were asked for, and what becomes of data in the end.</summary>
public sealed class DataDemanded(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SharingTown Town => new(city);

    private CaseDesk Desk => city.Service<CaseDesk>();

    [Fact]
    public async Task A_demand_is_listed_given_to_an_office_and_closed_when_the_resource_is_published()
    {
        var (consumer, provider) = (await Town.Office(), await Town.Office());
        var login = await IdentityPeople.Person(city, (consumer, Roles.Clerk));
        using var clerk = new IdentityBrowser(city.Address);
        await clerk.SignIn(login.Login, login.Password);
        var name = "抵押登记" + consumer;
        await clerk.Get("/sharing/demands/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Post("/sharing/demands/new", ("name", name))).StatusCode);
        var made = await clerk.Post("/sharing/demands/new", ("name", name), ("use", "核定公积金贷款，住房公积金管理条例第二十六条"), ("fields", "抵押人\n抵押权人"), ("items", "公积金贷款申请"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        await clerk.Get("/sharing/demands");
        Assert.Contains("公积金贷款申请", clerk.Page, StringComparison.Ordinal);

        var number = (await city.Db.Scalar<string>($"select number from casework.case where type = {DemandType.Code} and answers::jsonb ->> 'name' = {name}", Cancel))!;
        await clerk.Get($"/desk/cases/{number}");
        Assert.Contains("尚未交办", clerk.Page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"pre\">抵押人\n抵押权人</span>", clerk.Page.Replace("\r", "", StringComparison.Ordinal).Replace("&#xD;&#xA;", "\n", StringComparison.Ordinal).Replace("&#xA;", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        var authority = Town.Staff("data", Roles.Clerk);
        await Town.Take(authority, number, new("assign") { Office = provider });
        var owner = Town.Staff(provider, Roles.Head) with { Permissions = new HashSet<string>([SharingRights.Answer]) };
        await Town.Take(owner, number, new("return") { Reason = "由不动产登记机构采集" });
        Assert.Equal("listed", await Stage(number));
        await Town.Take(authority, number, new("assign") { Office = provider });
        Assert.Equal("SHR-M03", Assert.Single((await Desk.Take(owner, number, new("publish") { Fields = new Dictionary<string, string> { ["resource"] = "population/person" } }, null, Cancel)).Refusals).Code);

        // The office publishes it under that name: nobody has to say so.
        Assert.Equal(0, await city.Service<FollowUpRun>().Run(Cancel, "sharing.demand"));
        var published = await city.Registry.Publish(
            new ResourceDefinition
            {
                Id = $"shr-{Guid.NewGuid().ToString("N")[..12]}/mortgage",
                Name = name,
                Clause = "S06",
                Owner = provider,
                Sharing = Sharing.Conditional("限履行职责时使用"),
                Fields = [new() { Name = "mortgagor", Label = "抵押人", Type = FieldTypes.Text }],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        await city.Service<FollowUps>().Wake([number], Cancel);
        while (await city.Service<FollowUps>().Waits(number, "sharing.demand", Cancel))
        {
            await city.Service<FollowUpRun>().Run(Cancel, "sharing.demand");
        }

        Assert.Equal("published", await Stage(number));
        Assert.Equal("SHR-M02", Assert.Single((await Desk.Open(
            Town.Staff("health", Roles.Clerk), new(DemandType.Code, new Dictionary<string, string> { ["name"] = name, ["use"] = "x", ["fields"] = "y", ["consumer"] = "health" }), null, Cancel)).Refusals).Code);
        Assert.Equal("SHR-M01", (await Desk.Open(
            Town.Staff("health", Roles.Clerk), new(DemandType.Code, new Dictionary<string, string> { ["name"] = "别的数据", ["use"] = "x", ["fields"] = "y", ["consumer"] = "police" }), null, Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_refusal_is_mediated_and_brings_the_request_back_to_its_provider_with_a_clock_of_its_own()
    {
        var resource = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        var number = await Town.Asked(Town.Terms(resource));
        var (provider, asker, authority) = (Town.Staff("police"), Town.Staff("health", Roles.Clerk), Town.Staff("data", Roles.Clerk));
        OpenRequest Dispute(Caller who) => new(DisputeType.Code, new Dictionary<string, string> { ["request"] = number, ["consumer"] = who.Office, ["why"] = "职责由法律规定" });
        Assert.Equal("SHR-P01", Assert.Single((await Desk.Open(asker, Dispute(asker), null, Cancel)).Refusals).Code);
        await Town.Take(provider, number, new("refuse") { Reason = "与职责无关", Basis = "个人信息保护法第六条" });
        Assert.Equal("SHR-P02", Assert.Single((await Desk.Open(Town.Staff("market-regulation", Roles.Clerk), Dispute(Town.Staff("market-regulation")), null, Cancel)).Refusals).Code);
        var opened = (await Desk.Open(asker, Dispute(asker), null, Cancel)).Value.Number;
        Assert.Equal("SHR-P03", Assert.Single((await Desk.Open(asker, Dispute(asker), null, Cancel)).Refusals).Code);
        Assert.Equal("mediate", Assert.Single((await city.Service<CaseReader>().Get(authority, opened, Cancel))!.Clocks).Facts.Rule.Code);

        await Town.Take(authority, opened, new("to-provide") { Opinion = "双方同意缩小范围后提供" });
        Assert.Equal(("provide", "answering"), (await Stage(opened), await Stage(number)));
        var file = (await city.Service<CaseReader>().Get(provider, number, Cancel))!;
        Assert.Single(file.Clocks, clock => clock.Facts is { Ended: null, Rule.Code: "answer" });
        await Town.Take(provider, number, new("agree"));
        Assert.NotNull(await Town.Grants.Get(provider, number, Cancel));

        // Where mediation fails the government decides, with its number.
        var other = await Town.Asked(Town.Terms(resource));
        await Town.Take(provider, other, new("refuse") { Reason = "与职责无关", Basis = "个人信息保护法第六条" });
        var second = (await Desk.Open(asker, Dispute(asker) with { Answers = new Dictionary<string, string> { ["request"] = other, ["consumer"] = "health", ["why"] = "x" } }, null, Cancel)).Value.Number;
        await Town.Take(Town.Staff("data"), second, new("escalate") { Opinion = "双方不能达成一致" });
        Assert.Equal("CASE-R09", Assert.Single((await Desk.Take(authority, second, new("decide-stay") { Opinion = "维持" }, null, Cancel)).Refusals).Code);
        await Town.Take(authority, second, new("decide-stay") { Opinion = "维持", Document = "漯政函〔2026〕1号" });
        Assert.Equal("refused", await Stage(other));
    }

    [Fact]
    public async Task Nobody_extends_an_answer_that_nobody_asked_to_extend()
    {
        var resource = await Town.Register(Sharing.Conditional("限履行职责时使用"));
        var number = await Town.Asked(Town.Terms(resource));
        var extend = new StepRequest("extend") { Reason = "数据量大", Document = "延期告知〔2026〕1号", Length = 5 };
        Assert.Equal("SHR-R05", Assert.Single((await Desk.Take(Town.Staff("data"), number, extend, null, Cancel)).Refusals).Code);
        await Town.Take(Town.Staff("police", Roles.Head), number, new("ask-extension") { Reason = "数据量大" });
        await Town.Take(Town.Staff("data"), number, extend);
    }

    [Fact]
    public async Task The_consumer_reports_what_became_of_the_data_and_is_reminded_until_he_does()
    {
        var (resource, consumer) = (await Town.Register(Sharing.Conditional("限履行职责时使用")), await Town.Office());
        var login = await IdentityPeople.Person(city, (consumer, Roles.Head));
        var number = await Town.Grant(Town.Terms(resource, consumer));
        using var program = await Town.Program(consumer);
        using var head = new IdentityBrowser(city.Address);
        await head.SignIn(login.Login, login.Password);
        await head.Get($"/sharing/grants/{number}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.Post($"/sharing/grants/{number}/finish", ("_version", "1"))).StatusCode);
        Assert.Equal(["SHR-D06"], (await Town.Grants.Finish(Town.Staff("police"), number, "destroyed", "x", null, null, Cancel)).Refusals.Select(refusal => refusal.Code));

        // Ended by the provider: a reminder, once; ten days later again.
        Assert.True((await Town.Grants.Change(Town.Staff("police"), number, GrantAct.Find("revoke")!, "用途已经实现", null, null, Cancel)).Ok);
        await city.Service<GrantReminders>().Run(Cancel);
        await city.Service<GrantReminders>().Run(Cancel);
        Assert.Equal(1, await city.Db.Scalar<long>($"select count(*) from casework.outbox where event = 'sharing.remind' and case_no = {number}", Cancel));
        await head.Get($"/sharing/grants/{number}");
        Assert.Contains("请报告取得的数据如何处置", head.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await head.Post($"/sharing/grants/{number}/finish", ("_version", "3"), ("disposal", "destroyed"), ("words", "业务库中的副本已删除"))).StatusCode);
        await head.Get($"/sharing/grants/{number}");
        Assert.Contains("已销毁", head.Page, StringComparison.Ordinal);
        Assert.Equal(["SHR-D07"], (await Town.Grants.Finish(Town.Staff(consumer), number, "destroyed", "x", null, null, Cancel)).Refusals.Select(refusal => refusal.Code));

        // Whoever needs it no longer ends it himself, and the tap is closed.
        var second = await Town.Grant(Town.Terms(resource, consumer));
        Assert.True((await Town.Grants.Finish(Town.Staff(consumer), second, "none", "没有留存", null, null, Cancel)).Ok);
        Assert.Equal("SHR-A04", await DataShared.Refused(program, resource, ""));
    }

    [Theory]
    [InlineData(GrantState.InForce, -60, 60, null, GrantDue.Nothing)]
    [InlineData(GrantState.InForce, -60, 30, null, GrantDue.Expires)]
    [InlineData(GrantState.InForce, -60, 30, -1, GrantDue.Expires)]
    [InlineData(GrantState.InForce, -60, 20, -5, GrantDue.Nothing)]
    [InlineData(GrantState.InForce, 5, 20, null, GrantDue.Nothing)]
    [InlineData(GrantState.InForce, -60, -1, -20, GrantDue.Disposal)]
    [InlineData(GrantState.InForce, -60, -5, -4, GrantDue.Nothing)]
    [InlineData(GrantState.InForce, -60, -15, -10, GrantDue.Disposal)]
    [InlineData(GrantState.Revoked, -60, 60, null, GrantDue.Disposal)]
    [InlineData(GrantState.Revoked, -60, 60, -9, GrantDue.Nothing)]
    [InlineData(GrantState.Suspended, -60, 10, null, GrantDue.Expires)]
    public void Reminders_come_when_they_are_due(string state, int begins, int ends, int? reminded, GrantDue due)
    {
        var today = new DateOnly(2026, 11, 26);
        var grant = new Grant
        {
            Number = "1",
            Resource = "a/b",
            Provider = "p",
            Consumer = "c",
            Fields = "a",
            Scene = "s",
            Basis = "b",
            Ways = "query",
            Rate = 1,
            State = state,
            Begins = today.AddDays(begins),
            Ends = today.AddDays(ends),
            RemindedOn = reminded is { } days ? today.AddDays(days) : null,
        };
        Assert.Equal(due, GrantDueRules.Of(grant, today));
        Assert.Equal(GrantDue.Nothing, GrantDueRules.Of(grant with { Disposal = "destroyed" }, today));
        Assert.Equal(GrantDue.Nothing, GrantDueRules.Of(grant with { System = "approvals" }, today));
    }

    private async Task<string?> Stage(string number) => (await city.Reader.Get(CaseResources.Case, number, null, Cancel))!.Text("stage");
}
