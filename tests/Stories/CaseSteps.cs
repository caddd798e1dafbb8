using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Cases on a real database: one winner, nothing twice, nothing half, everything told at once.</summary>
public sealed class CaseSteps(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CaseDesk Desk => city.Service<CaseDesk>();

    private CaseTown Town => new(city);

    [Fact]
    public async Task An_application_becomes_a_case_with_event_clock_work_notice_and_journal()
    {
        var person = CaseTown.Resident("李申请");
        var opened = await Town.Open(person);
        var file = (await Town.File(person, opened.Number))!;
        Assert.Equal("received", file.Case.Stage);
        Assert.Equal(BuiltInSteps.Open, Assert.Single(file.Events).Step);
        Assert.Equal("notice", Assert.Single(file.Clocks).Facts.Rule.Code);
        var work = Assert.Single(file.Facts.Work);
        Assert.Equal((WorkKind.Handle, "market-regulation", null), (work.Kind, work.Office, work.Person));
        Assert.Equal(file.Clocks[0].Verdict.Due, work.Due);
        Assert.Equal(["lease", "plan"], file.Materials.Select(material => material.Material.Code).Order());
        var message = Assert.Single(await city.Service<Platform.Messages.Inbox>().Of(person, null, Cancel));
        Assert.Contains(opened.TrackingCode, message.Text, StringComparison.Ordinal);
        Assert.Single(await city.Reader.History(CaseResources.Case, opened.Number, Cancel));
    }

    [Fact]
    public async Task What_the_platform_notes_stands_in_nobodys_way_but_what_a_colleague_did_does()
    {
        var opened = await Town.Open(CaseTown.Resident("郑送达"));
        var seen = (await Town.File(CaseTown.Clerk("a"), opened.Number))!.Version;
        Assert.True((await Desk.Take(Caller.Platform("test"), opened.Number, new(BuiltInSteps.Note) { Opinion = "缴款单已缴清。" }, null, Cancel)).Ok);
        Assert.True((await Desk.Take(Caller.Platform("test"), opened.Number, new(BuiltInSteps.Note) { Opinion = "文书已制作。" }, null, Cancel)).Ok);
        Assert.True((await Desk.Take(CaseTown.Clerk("a"), opened.Number, new("accept") { Expected = seen }, null, Cancel)).Ok);
        var late = await Desk.Take(CaseTown.Clerk("b"), opened.Number, new(BuiltInSteps.Claim) { Expected = seen }, null, Cancel);
        Assert.Equal("CASE-C01", Assert.Single(late.Refusals).Code);
        var ahead = await Desk.Take(CaseTown.Clerk("b"), opened.Number, new(BuiltInSteps.Claim) { Expected = seen + 50 }, null, Cancel);
        Assert.Equal("CASE-C01", Assert.Single(ahead.Refusals).Code);
    }

    [Fact]
    public async Task A_type_that_says_the_same_again_stays_the_same_version()
    {
        // The database keeps the names of a set in an order of its own.
        var given = new Dictionary<string, string> { ["longer-name"] = "一", ["b"] = "二", ["a"] = "三" };
        var type = SampleCases.Permit with
        {
            Code = "casework-test/said-again",
            Children = [.. SampleCases.Permit.Children.Select(child => child with { Given = given })],
        };
        var first = await city.Service<CaseTypes>().Publish(type, Caller.Platform("test"), Cancel);
        Assert.Equal((1, 1), (first.Value.Version, (await city.Service<CaseTypes>().Publish(type, Caller.Platform("test"), Cancel)).Value.Version));
        var reread = await new CaseTypes(city.Db, [], TimeProvider.System).Publish(type, Caller.Platform("test"), Cancel);
        Assert.Equal(1, reread.Value.Version);
        var changed = await city.Service<CaseTypes>().Publish(type with { Name = "改名" }, Caller.Platform("test"), Cancel);
        Assert.Equal((2, 2), (changed.Value.Version, city.Service<CaseTypes>().Find(type.Code)!.Version));
    }

    [Fact]
    public async Task Everything_that_is_missing_is_told_at_once_and_nothing_is_opened()
    {
        var person = CaseTown.Resident("张不全");
        var request = Town.Request(person) with
        {
            Answers = new Dictionary<string, string> { ["kind"] = "餐饮", ["seats"] = "很多", ["nonsense"] = "x" },
            Materials = [],
        };
        var refused = await Desk.Open(person, request, null, Cancel);
        Assert.Equal(
            ["CASE-F01 nonsense", "CASE-F02 shop", "CASE-M01 lease", "CASE-M01 plan", "REG-F07 seats"],
            refused.Refusals.Select(refusal => $"{refusal.Code} {refusal.Field}").Order(StringComparer.Ordinal));
        Assert.Empty(await city.Service<CaseReader>().Own(person, 10, null, Cancel));
    }

    [Fact]
    public async Task Of_two_clerks_who_take_the_same_step_at_once_one_wins_and_the_other_is_told()
    {
        var opened = await Town.Open(CaseTown.Resident("王同时"));
        var file = (await Town.File(CaseTown.Clerk("a"), opened.Number))!;
        var request = new StepRequest("accept") { Expected = file.Version };
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Desk.Take(CaseTown.Clerk($"c{i}"), opened.Number, request, null, Cancel)));
        Assert.Single(results, result => result.Ok);
        Assert.All(results.Where(result => !result.Ok), result => Assert.Equal("CASE-C01", Assert.Single(result.Refusals).Code));
        var after = (await Town.File(CaseTown.Clerk("a"), opened.Number))!;
        Assert.Equal(2, after.Events.Count);
        Assert.Equal("review", after.Case.Stage);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_done_once()
    {
        var person = CaseTown.Resident("赵双击");
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Desk.Open(person, Town.Request(person), "form-1", Cancel)));
        Assert.Single(opened.Select(each => each.Value).Distinct());
        var number = opened[0].Value.Number;
        var clerk = CaseTown.Clerk("double");
        var steps = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Desk.Take(clerk, number, new StepRequest("accept") { Expected = 1 }, "step-1", Cancel)));
        Assert.All(steps, step => Assert.True(step.Ok, step.Refusals.ToString()));
        Assert.Equal(2, (await Town.File(clerk, number))!.Events.Count);
        Assert.Single(await city.Service<CaseReader>().Own(person, 10, null, Cancel));
        Assert.Equal(2, (await city.Service<Platform.Messages.Inbox>().Of(person, null, Cancel)).Count);
    }

    [Fact]
    public async Task A_step_that_is_not_allowed_is_refused_with_the_reason_and_changes_nothing()
    {
        var opened = await Town.Open(CaseTown.Resident("钱不许"));
        async Task Refused(Caller who, StepRequest request, params string[] codes)
        {
            var outcome = await Desk.Take(who, opened.Number, request, null, Cancel);
            Assert.Equal(codes, outcome.Refusals.Select(refusal => refusal.Code));
        }

        var clerk = CaseTown.Clerk("law");
        await Refused(clerk, new("no-such-step"), "CASE-R01");
        await Refused(clerk, new("grant"), "CASE-R02");
        await Refused(clerk with { Office = "health" }, new("accept"), "CASE-R04");
        await Refused(clerk with { Permissions = new HashSet<string>() }, new("accept"), "CASE-R03");
        await Refused(CaseTown.Resident("别人"), new("case.withdraw") { Reason = "不办了" }, "CASE-R03");
        await Refused(clerk, new("deem-accepted"), "CASE-R03");
        await Refused(clerk, new("ask-correction"), "CASE-R06");
        Assert.True((await Desk.Take(CaseTown.Clerk("owner"), opened.Number, new("accept"), null, Cancel)).Ok);
        await Refused(clerk, new("examine") { Opinion = "好" }, "CASE-R05");
        await Refused(CaseTown.Clerk("owner"), new("examine"), "CASE-R06", "CASE-R11", "CASE-F02");
        Assert.Equal(2, (await Town.File(clerk, opened.Number))!.Events.Count);
        Assert.Equal("CASE-R00", Assert.Single((await Desk.Take(clerk, "2026010100000000", new("accept"), null, Cancel)).Refusals).Code);
    }

    [Fact]
    public async Task A_case_goes_from_the_counter_to_the_decision_and_every_clock_ends()
    {
        var (clerk, second, head) = (await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Head));
        var person = CaseTown.Resident("孙办成");
        var opened = await Town.Open(person);
        await Town.Take(clerk, opened.Number, new("ask-correction") { Opinion = "请补全座位数" });
        Assert.Equal(WorkKind.Wait, Assert.Single((await Town.File(clerk, opened.Number))!.Facts.Work).Kind);
        await Town.Take(person, opened.Number, new("correct") { Answers = new Dictionary<string, string> { ["shop"] = "新店", ["kind"] = "零售" } });
        await Town.Take(clerk, opened.Number, new("accept"));
        await Town.Take(clerk, opened.Number, new("send-to-experts") { Document = "评审告知1号", Length = 7 });
        Assert.Equal(CaseWork.NoDue, Assert.Single((await Town.File(clerk, opened.Number))!.Facts.Work).Due);
        await Town.Take(clerk, opened.Number, new("experts-done") { Opinion = "通过" });
        await Town.Take(clerk, opened.Number, new("examine")
        {
            Opinion = "符合条件",
            Second = second.Id,
            Fields = new Dictionary<string, string> { ["score"] = "92" },
        });
        await Town.Take(head, opened.Number, new("grant"));
        var file = (await Town.File(clerk, opened.Number))!;
        Assert.Equal(("granted", "ended", "granted"), (file.Case.Stage, file.Case.State, file.Case.Result));
        Assert.NotNull(file.Case.AcceptedAt);
        Assert.NotNull(file.Case.DecidedAt);
        Assert.Empty(file.Facts.Work);
        Assert.All(file.Clocks, clock => Assert.NotNull(clock.Facts.Ended));
        Assert.Equal("新店", file.Answers["shop"]);
        Assert.Equal(Enumerable.Range(1, 8), file.Events.Select(one => one.Ordinal));
        Assert.Equal(second.Name, file.Events[6].Second);
        Assert.Contains("\"score\":\"92\"", file.Events[6].Details, StringComparison.Ordinal);
        Assert.Equal(
            ["申请已有决定", "申请已受理", "请补正材料", "已收到您的申请"],
            (await city.Service<Platform.Messages.Inbox>().Of(person, null, Cancel)).Select(message => message.Subject));
    }

    [Fact]
    public async Task Work_is_claimed_given_delegated_and_given_back_by_recusal()
    {
        var (clerk, other, head) = (await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Head));
        var opened = await Town.Open(CaseTown.Resident("周交接"));
        async Task<CaseWork> Work() => (await Town.File(head, opened.Number))!.Facts.Main!;
        await Town.Take(clerk, opened.Number, new(BuiltInSteps.Claim));
        Assert.Equal(clerk.Id, (await Work()).Person);
        await Town.Take(clerk, opened.Number, new(BuiltInSteps.Delegate) { Person = other.Id, Until = city.Service<TimeProvider>().Today(), Reason = "出差" });
        Assert.Equal("CASE-R05", (await Desk.Take(other, opened.Number, new(BuiltInSteps.HandOver) { Person = head.Id, Reason = "忙" }, null, Cancel)).Refusals[0].Code);
        await Town.Take(other, opened.Number, new("accept"));
        Assert.Equal(clerk.Id, (await Work()).Person);
        await Town.Take(clerk, opened.Number, new(BuiltInSteps.Recuse) { Reason = "申请人是近亲属" });
        Assert.Null((await Work()).Person);
        Assert.Equal("CASE-R13", (await Desk.Take(clerk, opened.Number, new(BuiltInSteps.Claim), null, Cancel)).Refusals[0].Code);
        Assert.Equal("CASE-R13", (await Desk.Take(head, opened.Number, new(BuiltInSteps.Assign) { Person = clerk.Id }, null, Cancel)).Refusals[0].Code);
        await Town.Take(head, opened.Number, new(BuiltInSteps.Assign) { Person = other.Id });
        Assert.Equal(other.Id, (await Work()).Person);
        Assert.Single(await city.Service<Platform.Messages.Inbox>().Of(other, null, Cancel), message => message.Event == BuiltInSteps.Assign);
    }

    [Fact]
    public async Task Another_office_is_asked_and_answers_and_sees_only_then_the_case()
    {
        var (clerk, health) = (await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Clerk, "health"));
        var opened = await Town.Open(CaseTown.Resident("吴征询"));
        Assert.Null(await Town.File(health, opened.Number));
        await Town.Take(clerk, opened.Number, new(BuiltInSteps.Consult)
        {
            Office = "health",
            Opinion = "是否符合卫生规范？",
            Until = city.Service<TimeProvider>().Today().AddDays(3),
        });
        Assert.NotNull(await Town.File(health, opened.Number));
        Assert.Equal("CASE-R04", (await Desk.Take(health, opened.Number, new("accept"), null, Cancel)).Refusals[0].Code);
        Assert.Contains(
            (await city.Service<WorkLists>().Page(health, new(WorkList.Pool), Cancel)).Rows, row => row.Work.Case == opened.Number && row.Work.Asked == "是否符合卫生规范？");
        await Town.Take(health, opened.Number, new(BuiltInSteps.Answer) { Opinion = "符合" });
        Assert.Single((await Town.File(clerk, opened.Number))!.Facts.Work);
        Assert.NotNull(await Town.File(health, opened.Number));
    }

    [Fact]
    public async Task Sub_cases_begin_by_their_dependencies_and_the_last_one_lets_the_case_go_on()
    {
        var clerk = await Town.Staff(Roles.Clerk);
        var opened = await Town.Open(CaseTown.Resident("郑分项"));
        await Town.Take(clerk, opened.Number, new("accept"));
        await Town.Take(clerk, opened.Number, new("split"));
        var file = (await Town.File(clerk, opened.Number))!;
        Assert.Equal(["draw", "survey"], file.Children.Select(child => child.ParentRole).Order());
        Assert.All(file.Children, child => Assert.Equal(file.Answers["shop"], CaseRules.AnswersOf(child)["shop"]));
        // Both end at the same moment: the third begins once.
        var ends = await Task.WhenAll(file.Children.Select(child => Desk.Take(clerk, child.Number, new("finish"), null, Cancel)));
        Assert.All(ends, end => Assert.True(end.Ok, end.Refusals.ToString()));
        file = (await Town.File(clerk, opened.Number))!;
        var sign = Assert.Single(file.Children, child => child.ParentRole == "sign");
        Assert.Equal("parts", file.Case.Stage);
        await Town.Take(clerk, sign.Number, new("finish"));
        file = (await Town.File(clerk, opened.Number))!;
        Assert.Equal("review", file.Case.Stage);
        Assert.Equal(("parts-done", "platform:case"), (file.Events[^1].Step, file.Events[^1].Who));
    }

    [Fact]
    public async Task A_repeated_case_is_merged_withdrawn_and_an_ended_one_is_opened_again()
    {
        var (clerk, head) = (await Town.Staff(Roles.Clerk), await Town.Staff(Roles.Head));
        var person = CaseTown.Resident("冯重复");
        var (first, second) = (await Town.Open(person), await Town.Open(person));
        await Town.Take(clerk, second.Number, new(BuiltInSteps.Merge) { Other = CaseNumbers.Show(first.Number), Reason = "同一事项" });
        var merged = (await Town.File(clerk, second.Number))!;
        Assert.Equal(("merged", first.Number), (merged.Case.Stage, merged.Case.MergedInto));
        Assert.Equal(LinkKind.Merged, Assert.Single(merged.Links).Kind);
        await Town.Take(person, first.Number, new(BuiltInSteps.Withdraw) { Reason = "不开了" });
        Assert.Empty((await Town.File(clerk, first.Number))!.Facts.Work);
        Assert.Equal("CASE-R03", (await Desk.Take(clerk, first.Number, new(BuiltInSteps.Reopen) { Reason = "申请人要求" }, null, Cancel)).Refusals[0].Code);
        await Town.Take(head, first.Number, new(BuiltInSteps.Reopen) { Reason = "申请人要求" });
        var again = (await Town.File(clerk, first.Number))!;
        Assert.Equal(("review", null), (again.Case.Stage, again.Case.ClosedAt));
        Assert.Equal(2, again.Clocks.Count(clock => clock.Facts.Ended is null));
    }

    [Fact]
    public async Task Silence_for_five_days_counts_as_acceptance_from_the_day_of_receipt()
    {
        var opened = await Town.Open(CaseTown.Resident("陈默许"));
        var before = (await Town.File(CaseTown.Clerk("x"), opened.Number))!;
        var platform = Caller.Platform("clock");
        await Town.Take(platform, opened.Number, new("deem-accepted") { Counts = before.Clocks[0].Facts.Started });
        var after = (await Town.File(CaseTown.Clerk("x"), opened.Number))!;
        Assert.Equal(before.Case.ReceivedAt, after.Case.AcceptedAt);
        Assert.All(after.Clocks.Where(clock => clock.Facts.Ended is null), clock => Assert.Equal(before.Case.ReceivedAt, clock.Facts.Started));
    }

    [Fact]
    public async Task What_breaks_in_the_middle_leaves_nothing_behind()
    {
        var person = CaseTown.Resident("楚中断");
        var opened = await Town.Open(person);
        // The outbox refuses the message at the very end of the act: everything before it is undone.
        await using var connection = await city.Db.Source.OpenConnectionAsync(Cancel);
        await using var lockout = await connection.BeginTransactionAsync(Cancel);
        await new Session(connection, lockout).Run(Sql.Trusted("lock table casework.outbox in access exclusive mode"), Cancel);
        using var broken = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
        await Assert.ThrowsAnyAsync<Exception>(() => Desk.Take(CaseTown.Clerk("mid"), opened.Number, new("accept"), "mid", broken.Token));
        await lockout.RollbackAsync(Cancel);
        var file = (await Town.File(CaseTown.Clerk("mid"), opened.Number))!;
        Assert.Equal(("received", 1), (file.Case.Stage, file.Events.Count));
        Assert.Equal("notice", Assert.Single(file.Clocks).Facts.Rule.Code);
        // The same key afterwards is not taken for done.
        Assert.True((await Desk.Take(CaseTown.Clerk("mid"), opened.Number, new("accept"), "mid", Cancel)).Ok);
        Assert.Equal(2, (await Town.File(CaseTown.Clerk("mid"), opened.Number))!.Events.Count);
    }
}
