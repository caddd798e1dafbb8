using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Government.S11Approvals.Packages.Timelines;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// 一条龙审批: a lead accepts once, the offices begin at the same time by what they wait for, and what happens in a part is
/// seen in the whole.
/// </summary>
public sealed class OneDragon(SharedPackageTown shared) : IClassFixture<SharedPackageTown>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restaurant_is_accepted_once_begins_in_parallel_waits_for_its_licence_and_ends_in_part()
    {
        var town = shared.Town;
        var (owner, lead, head) = (CaseTown.Resident("郑掌柜"), await town.Staff("market-regulation"), await town.Staff("market-regulation", Roles.Head));
        var (signs, fire) = (await town.Staff("city-management"), await town.Staff("emergency"));
        var number = await town.Open("restaurant", owner, PackageTown.Restaurant());

        // Every other office is asked about its papers once; the lead alone accepts.
        Assert.Equal(["city-management", "emergency"], (await town.File(lead, number)).Facts.Work.Where(work => work.Kind == WorkKind.Consult).Select(work => work.Office).Order());
        Assert.Equal(["CASE-R04"], await town.Refused(fire, number, new(ItemSteps.Accept)));
        await town.Take(fire, number, new(BuiltInSteps.Answer) { Opinion = "材料齐全" });
        await town.Take(lead, number, new(ItemSteps.Accept));
        var file = await town.File(lead, number);
        Assert.Equal(("running", 1), (file.Case.Stage, file.Children.Count));
        Assert.DoesNotContain(file.Facts.Work, work => work.Kind == WorkKind.Consult);
        Assert.Equal(["decide", "decide-promised"], file.Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code).Order());
        Assert.Equal(45, file.Clocks.First(clock => clock.Facts.Rule.Code == "decide").Facts.Rule.Length);
        var licence = file.Children[0];
        Assert.Equal(("company-establish", "approval", file.Case.AcceptedAt), (licence.ParentRole, licence.Stage, licence.AcceptedAt));

        // The three that wait for the licence begin in the act in which it is granted.
        town.Time.Now = PackageTown.At("2026-11-24 10:00");
        await town.GrantAtOnce(lead, licence.Number);
        file = await town.File(lead, number);
        Assert.Equal(["company-establish", "fire-opening", "food-business", "signboard"], file.Children.Select(child => child.ParentRole).Order());
        var begun = file.Children.Where(child => child.ParentRole != "company-establish").ToList();
        Assert.Single(begun.Select(child => child.AcceptedAt).Distinct());
        Assert.Single((await Acts(town, begun)).Distinct());

        // A part shows what was handed in for the whole, to its own office and only what serves it.
        var (food, sign, safety) = (begun.First(child => child.ParentRole == "food-business"), begun.First(child => child.ParentRole == "signboard"), begun.First(child => child.ParentRole == "fire-opening"));
        var seen = await town.File(signs, sign.Number);
        Assert.Equal("沙澧小馆", seen.Answers["firm_name"]);
        Assert.Equal("招牌效果图", Assert.Single(seen.Above!.Materials).Material.Name);
        Assert.Equal(("营业执照", "公司设立登记", true), (seen.Above.Made[0].Name, seen.Above.Made[0].By, seen.Above.Made[0].There));
        Assert.Equal("catering", (await town.File(head, food.Number)).Answers["kind"]);
        Assert.Null(await town.Get<CaseReader>().Get(signs, food.Number, Cancel));
        Assert.Null(await town.Get<CaseReader>().Get(CaseTown.Resident("别人"), sign.Number, Cancel));

        await town.GrantAtOnce(signs, sign.Number);
        await town.GrantAtOnce(fire, safety.Number);
        await town.Take(fire, safety.Number, new(ItemSteps.Deliver) { Document = "消检2026001" });

        // Food safety takes longer than it promises: eight working days from the 24th are over on December 4th.
        town.Time.Now = PackageTown.At("2026-12-08 15:00");
        var second = await town.Staff("market-regulation");
        await town.Take(lead, food.Number, new(ItemSteps.Examine) { Opinion = "不符合", Second = second.Id, Fields = new Dictionary<string, string> { ["visited_on"] = "2026-12-07" } });
        var late = (await town.Timeline(owner, number)).Bars.First(bar => bar.Part.Code == "food-business");
        Assert.Equal((PartState.Late, 8, 2, true), (late.State, late.Planned, late.Late, late.Critical));
        Assert.Equal(2, late.Cost);
        await town.Take(head, food.Number, new(ItemSteps.Refuse) { Reason = "专间不符合要求", Basis = "《食品安全法》第三十五条", Document = "不予2026001" });

        // All are over: the licence that is checked afterwards keeps nobody waiting.
        file = await town.File(owner, number);
        Assert.Equal(("partly", PackageResults.Partly), (file.Case.Stage, file.Case.Result));
        Assert.All(file.Clocks, clock => Assert.NotNull(clock.Facts.Ended));
        Assert.Equal(ItemStages.Checking, (await town.File(fire, safety.Number)).Case.Stage);
        Assert.Contains("“食品经营许可（新办）”不予许可，理由：专间不符合要求。", file.Events.First(one => one.Step == PackageSteps.PartFailed).Reason, StringComparison.Ordinal);
        var told = await town.Get<Db>().List($"select subject from casework.outbox where case_no = {number} and channel = 'inbox' ", row => row.GetString(0), Cancel);
        Assert.Equal(["一件事已办结", "已收到您的申请", "有事项未办成", "申请已统一受理"], told.Where(subject => !subject.Contains("评价", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var over = await town.Timeline(owner, number);
        Assert.True(over.Over);
        Assert.Equal(new DateOnly(2026, 12, 8), over.Expected);
        Assert.Equal(PartState.Done, over.Bars.First(bar => bar.Part.Code == "fire-opening").State);
    }

    [Fact]
    public async Task What_needs_a_refused_part_never_begins_and_everything_is_told()
    {
        var town = shared.Town;
        var (owner, lead) = (CaseTown.Resident("钱掌柜"), await town.Staff("market-regulation"));
        var number = await town.Open("restaurant", owner, PackageTown.Restaurant());
        await town.Take(lead, number, new(ItemSteps.Accept));
        var licence = (await town.Part(lead, number, "company-establish"))!;
        await town.Take(lead, licence.Number, new(ItemSteps.Refuse) { Reason = "名称不符合规定", Basis = "《市场主体登记管理条例》第十九条", Document = "不予1号" });
        var file = await town.File(owner, number);
        Assert.Equal(("refused", 1), (file.Case.Stage, file.Children.Count));
        var reason = file.Events.First(one => one.Step == PackageSteps.PartFailed).Reason!;
        Assert.Contains("以下事项以它为前提，不再办理：食品经营许可（新办）、门店招牌设置备案、公众聚集场所投入使用、营业前消防安全检查。", reason, StringComparison.Ordinal);
        var bars = (await town.Timeline(owner, number)).Bars;
        Assert.Equal([PartState.Failed, PartState.Barred, PartState.Barred, PartState.Barred], bars.Select(bar => bar.State));
    }

    [Fact]
    public async Task Withdrawing_the_whole_withdraws_what_runs_and_leaves_what_is_decided()
    {
        var town = shared.Town;
        var (owner, lead) = (CaseTown.Resident("孙掌柜"), await town.Staff("market-regulation"));
        var (signs, fire) = (await town.Staff("city-management"), await town.Staff("emergency"));
        var number = await town.Open("restaurant", owner, PackageTown.Restaurant("have"));
        await town.Take(lead, number, new(ItemSteps.Accept));
        Assert.Equal(3, (await town.File(lead, number)).Children.Count);
        await town.GrantAtOnce(signs, (await town.Part(lead, number, "signboard"))!.Number);
        var safety = (await town.Part(lead, number, "fire-opening"))!.Number;
        await town.GrantAtOnce(fire, safety);
        await town.Take(owner, number, new(BuiltInSteps.Withdraw) { Reason = "不开了" });
        Assert.Equal("withdrawn", (await town.File(owner, number)).Case.Stage);
        var food = await town.File(owner, (await town.Part(lead, number, "food-business"))!.Number);
        Assert.Equal("withdrawn", food.Case.Stage);
        Assert.Contains("撤回申请：不开了", food.Events[^1].Reason, StringComparison.Ordinal);
        Assert.Equal("issuing", (await town.File(owner, safety)).Case.Stage);
        await town.Take(fire, safety, new(ItemSteps.Deliver) { Document = "消检2号" });
    }

    [Fact]
    public async Task What_two_offices_find_faulty_is_told_in_one_notice_and_nothing_is_accepted_before()
    {
        var town = shared.Town;
        var (owner, lead) = (CaseTown.Resident("李掌柜"), await town.Staff("market-regulation"));
        var (signs, fire) = (await town.Staff("city-management"), await town.Staff("emergency"));
        var number = await town.Open("restaurant", owner, PackageTown.Restaurant("have"));
        var parts = town.Get<CaseParts>();
        var file = await town.File(lead, number);
        foreach (var (who, paper, fault) in new[] { (signs, "招牌效果图", "没有尺寸"), (fire, "场所平面布置图、消防设施平面图", "没有疏散路线") })
        {
            var own = await town.File(who, number);
            var material = own.Materials.First(one => one.Material.Name == paper).Material;
            Assert.True(CaseSight.Checks(own, who, material.Code));
            Assert.True((await parts.Check(who, own.Case, material.Key, false, fault, Cancel)).Ok);
            await town.Take(who, number, new(BuiltInSteps.Answer) { Opinion = "有一份材料要补正" });
        }

        // What another office needs is none of its business: neither papers nor answers.
        var narrow = await town.File(signs, number);
        Assert.Equal(["招牌效果图"], narrow.Materials.Where(material => material.Material.How == MaterialSource.Uploaded && material.Material.Name != "营业执照").Select(material => material.Material.Name));
        Assert.True(narrow.Answers.ContainsKey("signboard_size"));
        Assert.False(narrow.Answers.ContainsKey("food_business_manager"));
        Assert.False(CaseSight.Checks(await town.File(lead, number) with { Sight = Sight.Office }, signs, (await town.File(lead, number)).Materials.First(one => one.Material.Name == "场所平面布置图、消防设施平面图").Material.Code));
        Assert.Equal(["S11-R66"], await town.Refused(lead, number, new(ItemSteps.Accept)));
        var type = (await town.File(lead, number)).Type;
        CaseFault[] faults =
        [
            .. (await town.File(lead, number)).Materials.Where(material => material.Material.State == MaterialState.Faulty)
                .Select(material => new CaseFault(FaultOf.Material, material.Material.Code!, material.Material.Fault!, "《行政许可法》第三十一条")),
        ];
        Assert.Equal(2, faults.Length);
        Assert.Equal(["CASE-R24"], await town.Refused(lead, number, CaseFaults.Tell(type, new(ItemSteps.AskCorrection), faults[..1])));
        await town.Take(lead, number, CaseFaults.Tell(type, new(ItemSteps.AskCorrection), faults));
        Assert.Single(await town.Get<Db>().List($"select body from casework.outbox where case_no = {number} and event = 'correction' and channel = 'inbox'", row => row.GetString(0), Cancel));
        foreach (var paper in new[] { "招牌效果图", "场所平面布置图、消防设施平面图" })
        {
            var code = file.Materials.First(material => material.Material.Name == paper).Material.Code;
            Assert.True((await parts.Attach(owner, file.Case, null, new(code, paper, MaterialSource.Uploaded), null, Cancel)).Ok);
        }

        await town.Take(owner, number, new(ItemSteps.Correct));
        Assert.Equal(2, (await town.File(lead, number)).Facts.Work.Count(work => work.Kind == WorkKind.Consult));
        await town.Take(lead, number, new(ItemSteps.Accept));

        // What is found only now is seen by the lead, keeps the part from being granted, and telling it draws a card.
        var sign = (await town.Part(lead, number, "signboard"))!.Number;
        var used = (await town.File(signs, sign)).Above!;
        Assert.True((await parts.Check(signs, used.Case, used.Materials[0].Material.Key, false, "字体不符", Cancel)).Ok);
        Assert.Equal(["S11-R68"], await town.Refused(signs, sign, new(ItemSteps.Grant) { Opinion = "同意" }));
        await town.Take(lead, number, new(PackageSteps.TellMore) { Opinion = "招牌效果图：字体不符", Reason = "第一次核对时遗漏" });
        Assert.Equal("SV-R12", (await town.File(lead, number)).Type.Step(PackageSteps.TellMore)!.Breach);
    }

    [Fact]
    public async Task One_appointment_brings_all_offices_and_each_signs_for_itself()
    {
        var town = shared.Town;
        var (lead, planning) = (await town.Staff("housing"), await town.Staff("natural-resources"));
        var (second, other) = (await town.Staff("housing"), await town.Staff("natural-resources"));
        var type = town.Types.Find(ServicePackage.CaseTypeOf("project-completion"))!;
        var answers = new Dictionary<string, string>
        {
            ["special"] = "yes",
            ["project"] = "新厂房",
            ["project_code"] = "2611-411100-04-01-000001",
            ["builder"] = "测试建设公司",
            ["place"] = "沙澧路2号",
            ["completed_on"] = "2026-11-20",
            ["planning_verification_permit_number"] = "建字1号",
            ["fire_acceptance_design_number"] = "消审1号",
            ["completion_record_completed_on"] = "2026-11-20",
        };
        var number = ItemTown.Value(await town.Desk.Open(Caller.Platform("test"), PackageTown.Request(type, CaseTown.Resident("吴建设"), answers), null, Cancel)).Number;
        await town.Take(lead, number, new(ItemSteps.Accept));
        StepRequest Visit(string day) => new(PackageSteps.ArrangeVisit) { Fields = new Dictionary<string, string> { ["visit_on"] = day, ["visit_at"] = "9:30", ["visit_place"] = "工地大门" } };
        Assert.Equal(["S11-R64"], await town.Refused(lead, number, Visit("2026-11-20")));
        await town.Take(lead, number, Visit("2026-11-26"));
        Assert.Equal(["S11-R64"], await town.Refused(lead, number, Visit("2026-11-27")));

        var visited = (await town.File(lead, number)).Children.ToList();
        Assert.Equal(["fire-acceptance", "joint-acceptance", "planning-verification"], visited.Select(child => child.ParentRole).Order());
        var verification = visited.First(child => child.ParentRole == "planning-verification").Number;
        Assert.Contains((await town.File(planning, verification)).Events, one => one.Step == ItemSteps.JoinVisit && one.Details!.Contains("2026-11-26", StringComparison.Ordinal));
        StepRequest Sign(string day, string with) => new(ItemSteps.SignVisit) { Opinion = "与规划许可一致", Second = with, Fields = new Dictionary<string, string> { ["visited_on"] = day } };
        StepRequest Examine(string day, string with) => new(ItemSteps.Examine) { Opinion = "符合", Second = with, Fields = new Dictionary<string, string> { ["visited_on"] = day } };
        Assert.Equal(["S11-R69"], await town.Refused(planning, verification, Sign("2026-11-26", other.Id)));
        await RemindedOnce(town, number, verification, planning, "2026-11-25 07:59", "2026-11-25 08:00");
        town.Time.Now = PackageTown.At("2026-11-26 16:00");
        Assert.Equal(["S11-R69"], await town.Refused(planning, verification, Sign("2026-11-25", other.Id)));
        Assert.Equal(["S11-R69"], await town.Refused(planning, verification, Examine("2026-11-26", other.Id)));
        await town.Take(planning, verification, Sign("2026-11-26", other.Id));
        await town.Take(planning, verification, Examine("2026-11-26", other.Id));

        // The others have their own say; one signature is not everybody's.
        var fire = visited.First(child => child.ParentRole == "fire-acceptance").Number;
        Assert.Equal(["S11-R69"], await town.Refused(lead, fire, Examine("2026-11-26", second.Id)));
    }

    /// <summary>The day before, in the morning: the applicant, whoever has a part, and of what is nobody's the heads; each once.</summary>
    private static async Task RemindedOnce(PackageTown town, string number, string part, Caller handler, string before, string from)
    {
        await town.Take(handler, part, new(BuiltInSteps.Claim));
        Task<List<string>> Told() => town.Get<Db>().List(
            $"select owner from casework.outbox where event = {VisitReminder.Event} and channel = 'inbox' and (case_no = {number} or case_no = {part})", row => row.GetString(0), Cancel);
        town.Time.Now = PackageTown.At(before);
        await town.Get<FollowUpRun>().Run(Cancel, VisitReminder.KindOf);
        Assert.Empty(await Told());
        town.Time.Now = PackageTown.At(from);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => town.Get<FollowUpRun>().Run(Cancel, VisitReminder.KindOf)));
        await town.Get<FollowUpRun>().Run(Cancel, VisitReminder.KindOf);
        var told = await Told();
        Assert.Equal(2, told.Count);
        Assert.Contains("account:" + handler.Id, told);
        Assert.Single(told, owner => owner.StartsWith("person:", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<long>> Acts(PackageTown town, IEnumerable<Case> cases) =>
        await town.Get<Db>().List($"select act from casework.journal where resource = 'casework/case' and version = 1 and key = any({cases.Select(one => one.Number).ToArray()})", row => row.GetInt64(0), Cancel);
}
