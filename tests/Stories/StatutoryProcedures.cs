using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Packages;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>特别程序, 初审, 听证: what the licensing law lets stop, divide or prolong the time for a decision, alone and in a whole.</summary>
public sealed class StatutoryProcedures(SharedPackageTown shared) : IClassFixture<SharedPackageTown>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_special_procedure_of_one_office_stops_the_total_clock_once_and_lets_it_go_when_the_last_is_over()
    {
        var town = shared.Town;
        var lead = await town.Staff("natural-resources");
        var environment = await town.Staff("environment");
        var builder = CaseTown.Resident("周建设");
        var type = town.Types.Find(ServicePackage.CaseTypeOf("project-permit"))!;
        var request = PackageTown.Request(type, builder, new Dictionary<string, string>
        {
            ["project"] = "新厂房",
            ["project_code"] = "2611-411100-04-01-000001",
            ["builder"] = "测试建设公司",
            ["place"] = "沙澧路2号",
            ["project_planning_kind"] = "building",
            ["project_planning_area"] = "3000",
            ["project_planning_layout"] = "no",
            ["eia_table_industry"] = "食品制造",
            ["eia_table_investment"] = "20",
        });
        var number = ItemTown.Value(await town.Desk.Open(Caller.Platform("test"), request, null, Cancel)).Number;
        await town.Take(lead, number, new(ItemSteps.Accept));
        var (plan, eia) = ((await town.Part(lead, number, "project-planning"))!.Number, (await town.Part(lead, number, "eia-table"))!.Number);
        town.Time.Now = PackageTown.At("2026-11-25 10:00");
        await town.Take(lead, plan, new(ItemSteps.BeginSpecial("expert-review")) { Reason = "方案需要评审", Document = "评审1号", Length = 5 });
        town.Time.Now = PackageTown.At("2026-11-26 10:00");
        await town.Take(environment, eia, new(ItemSteps.BeginSpecial("expert-review")) { Reason = "报告表需要评审", Document = "评审2号", Length = 6 });
        var total = (await town.File(lead, number)).Clocks.First(clock => clock.Facts.Rule.Code == "decide");
        var pause = Assert.Single(total.Facts.Pauses);
        Assert.Equal((ClockStatus.Paused, "评审1号、评审2号", 7), (total.Verdict.Status, pause.Document, pause.PlannedDays));

        // The first is over: the other still keeps the whole waiting.
        town.Time.Now = PackageTown.At("2026-11-30 10:00");
        await town.Take(lead, plan, new(ItemSteps.EndSpecial) { Opinion = "通过" });
        Assert.Equal(ClockStatus.Paused, (await town.File(lead, number)).Clocks.First(clock => clock.Facts.Rule.Code == "decide").Verdict.Status);
        town.Time.Now = PackageTown.At("2026-12-01 10:00");
        await town.Take(environment, eia, new(ItemSteps.EndSpecial) { Opinion = "通过" });
        total = (await town.File(lead, number)).Clocks.First(clock => clock.Facts.Rule.Code == "decide");
        Assert.Equal(ClockStatus.Running, total.Verdict.Status);

        // Forty-five working days, and the four of the reviews from the 26th to December 1st beside them.
        Assert.Equal(45, ClockJudge.Used(total.Facts, town.Get<Platform.Calendar.CurrentCalendar>()(), total.Verdict.Due.AddTicks(-1)));
        Assert.Equal(3, (await town.Timeline(lead, number)).Bars.First(bar => bar.Part.Code == "project-planning").Paused);
    }

    [Fact]
    public async Task A_county_reviews_first_and_the_city_decides_each_in_its_own_time()
    {
        var town = shared.Town;
        var teacher = CaseTown.Resident("冯老师");
        var (county, other, head) = (await town.Staff("411102.education"), await town.Staff("411103.education"), await town.Staff("education", Roles.Head));
        var clerk = await town.Staff("education");
        var type = town.Types.Find(ServiceItem.CaseTypeOf("teacher-certificate-senior"))!;
        Assert.Equal(["411102.education", "411103.education"], type.Form.Find("district")!.Choices.Select(choice => choice.Value));
        var answers = new Dictionary<string, string>
        {
            ["name"] = "冯老师",
            ["number"] = "411102199003071231",
            ["district"] = "411102.education",
            ["subject"] = "数学",
            ["school"] = "测试师范学院",
        };
        var number = ItemTown.Value(await town.Desk.Open(teacher, PackageTown.Request(type, teacher, answers), null, Cancel)).Number;
        Assert.Equal("411102.education", (await town.File(county, number)).Case.Office);
        Assert.Null(await town.Get<CaseReader>().Get(other, number, Cancel));
        await town.Take(county, number, new(ItemSteps.Accept));
        Assert.Equal(["first-review"], (await town.File(county, number)).Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code));
        town.Time.Now = PackageTown.At("2026-11-30 10:00");
        await town.Take(county, number, new(ItemSteps.PassOn) { Opinion = "初审符合" });
        var file = await town.File(clerk, number);
        Assert.Equal(("education", "review", (string?)null), (file.Case.Office, file.Case.Stage, file.Case.Handler));
        Assert.Contains("decide", file.Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code));
        var records = (await town.Get<RecordReader>().List(CaseResources.Clock, new() { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 50 }, Cancel)).Records;
        Assert.Equal("411102.education", records.First(record => record.Text("rule") == "first-review").Text("office"));
        Assert.Equal("education", records.First(record => record.Text("rule") == "decide").Text("office"));
        await town.Take(clerk, number, new(ItemSteps.Examine) { Opinion = "符合" });
        await town.Take(head, number, new(ItemSteps.Grant) { Opinion = "同意" });
        Assert.NotNull(await town.Get<CaseReader>().Get(county, number, Cancel));
    }

    [Fact]
    public async Task Who_is_concerned_may_ask_to_be_heard_and_the_hearing_keeps_its_days()
    {
        var town = shared.Town;
        var (applicant, clerk) = (CaseTown.Resident("娱老板"), await town.Staff("culture"));
        var type = town.Types.Find(ServiceItem.CaseTypeOf("entertainment"))!;
        var answers = type.Form.Questions.ToDictionary(question => question.Field.Name, question => question.Choices.Count > 0 ? question.Choices[0].Value : question.Field.Type.Name switch
        {
            "decimal" or "integer" => question.Field.Min ?? "10",
            "date" => "2026-12-31",
            "citizen-number" => "411102199003071231",
            _ => "测试",
        });
        var number = ItemTown.Value(await town.Desk.Open(Caller.Platform("test"), PackageTown.Request(type, applicant, answers), null, Cancel)).Number;
        await town.Take(clerk, number, new(ItemSteps.Accept));
        await town.Take(clerk, number, new(ItemSteps.TellHearing) { Reason = "涉及相邻居民", Document = "听告1号" });
        Assert.Contains("hearing-right", (await town.File(clerk, number)).Clocks.Where(clock => clock.Facts.Ended is null).Select(clock => clock.Facts.Rule.Code));
        await town.Take(applicant, number, new(ItemSteps.AskHearing) { Reason = "我要求听证" });
        StepRequest Begin(string day) => new(ItemSteps.BeginSpecial("hearing")) { Reason = "听证", Document = "听证1号", Length = 15, Fields = new Dictionary<string, string> { ["hearing_on"] = day } };
        Assert.Equal(["S11-R36"], await town.Refused(clerk, number, Begin("2026-12-01")));
        Assert.Equal(["S11-R36"], await town.Refused(clerk, number, Begin("2026-12-22")));
        await town.Take(clerk, number, Begin("2026-12-02"));
        Assert.Equal(ClockStatus.Paused, (await town.File(clerk, number)).Clocks.First(clock => clock.Facts.Rule.Code == "decide").Verdict.Status);

        // The hearing took longer than was planned: it can be ended all the same, and the office's own time has run on.
        town.Time.Now = PackageTown.At("2026-12-31 10:00");
        await town.Take(clerk, number, new(ItemSteps.EndSpecial) { Opinion = "已听证" });
        Assert.Equal("review", (await town.File(clerk, number)).Case.Stage);
    }
}
