using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>The worked examples of the laws, and what may be done to a clock.</summary>
public sealed class ClockVerdicts
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Of(PublishedDays.All);

    private static readonly ClockRule Decision = new(
        "decide", "法定办结时限", ClockUnit.WorkingDays, 20, ClockKind.Legal, new("行政许可法", "第四十二条"))
    {
        Suspensions = SuspensionKinds.OfLicensing,
        Extension = new(10, Roles.Head, "本行政机关负责人", new("行政许可法", "第四十二条")),
    };

    private static readonly ClockRule Notice = new(
        "notice", "补正告知时限", ClockUnit.WorkingDays, 5, ClockKind.Legal, new("行政许可法", "第三十二条"))
    {
        Silence = new("deem-accepted", "逾期不告知的，自收到申请材料之日起即为受理", new("行政许可法", "第三十二条")),
    };

    private static ClockRule Answer(int days) => new(
        "answer", "答复期限", ClockUnit.WorkingDays, days, ClockKind.Legal, new("政府信息公开条例", "第三十三条"))
    { Suspensions = SuspensionKinds.OfDisclosure };

    private static ClockRule Petition(int days) => new(
        "petition", "办理期限", ClockUnit.CalendarDays, days, ClockKind.Legal, new("信访工作条例", "第三十四条"));

    private static ClockVerdict Judge(ClockFacts facts, string now) => ClockJudge.Judge(facts, Calendar, At(now));

    [Fact]
    public void Twenty_days_from_acceptance_end_on_the_first_of_June()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        Assert.Equal(WorkingDays.Day("2026-06-01"), Judge(facts, "2026-05-06 09:00").DueDay);
        Assert.Equal(At("2026-06-02 00:00"), Judge(facts, "2026-05-06 09:00").Due);
    }

    [Fact]
    public void An_expert_review_of_seven_working_days_moves_it_by_seven()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        facts = ClockSteps.Suspend(facts, Calendar, "expert-review", "专评〔2026〕1号", 10, At("2026-05-11 15:00")).Value;
        var during = Judge(facts, "2026-05-13 09:00");
        Assert.Equal((ClockStatus.Paused, At("2026-05-26 00:00")), (during.Status, during.NextMoment));
        facts = ClockSteps.Resume(facts, Calendar, At("2026-05-20 11:00")).Value;
        Assert.Equal(WorkingDays.Day("2026-06-10"), Judge(facts, "2026-05-21 09:00").DueDay);
        Assert.Equal(14, Judge(facts, "2026-05-21 09:00").Remaining);
    }

    [Fact]
    public void A_suspension_ends_by_itself_with_the_length_that_the_applicant_was_told()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        facts = ClockSteps.Suspend(facts, Calendar, "test", "检〔2026〕2号", 7, At("2026-05-11 15:00")).Value;
        Assert.Equal(WorkingDays.Day("2026-06-10"), Judge(facts, "2026-05-12 09:00").DueDay);
        Assert.Equal(ClockStatus.Running, Judge(facts, "2026-05-21 00:00").Status);
        Assert.Equal("CLK-R08", Assert.Single(ClockSteps.Resume(facts, Calendar, At("2026-05-21 09:00")).Refusals).Code);
    }

    [Fact]
    public void An_extension_moves_the_day_once()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        var extension = new Extension(10, "李局长", "案情复杂", "延〔2026〕3号", At("2026-05-28 09:00"));
        var extended = ClockSteps.Extend(facts, Calendar, extension).Value;
        Assert.Equal(WorkingDays.Day("2026-06-15"), Judge(extended, "2026-06-01 09:00").DueDay);
        Assert.Equal(["CLK-R11"], ClockSteps.Extend(extended, Calendar, extension).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(
            ["CLK-R12", "CLK-R13", "CLK-R14", "CLK-R15"],
            ClockSteps.Extend(facts, Calendar, new(11, "", " ", "", At("2026-05-28 09:00"))).Refusals.Select(refusal => refusal.Code));
    }

    [Theory]
    [InlineData("2026-02-13", 7, "2026-03-02")]
    [InlineData("2026-02-13", 20, "2026-03-19")]
    [InlineData("2025-09-30", 20, "2025-11-04")]
    public void Requests_for_disclosure(string received, int days, string due) =>
        Assert.Equal(WorkingDays.Day(due), Judge(ClockFacts.Start(Answer(days), At(received + " 16:30")), received + " 17:00").DueDay);

    [Fact]
    public void A_question_to_a_third_party_moves_the_answer_by_exactly_its_working_days()
    {
        var facts = ClockFacts.Start(Answer(20), At("2026-02-13 09:00"));
        var asked = Calendar.Add(WorkingDays.Day("2026-02-13"), 5);
        facts = ClockSteps.Suspend(facts, Calendar, "third-party", "征询〔2026〕1号", 15, Noon(asked)).Value;
        facts = ClockSteps.Resume(facts, Calendar, Noon(Calendar.Add(asked, 12))).Value;
        Assert.Equal(Calendar.Add(WorkingDays.Day("2026-03-19"), 12), Judge(facts, "2026-03-20 09:00").DueDay);
        Assert.Equal("CLK-R01", Assert.Single(ClockSteps.Suspend(facts, Calendar, "hearing", "听〔2026〕1号", 5, At("2026-03-20 09:00")).Refusals).Code);
    }

    [Theory]
    [InlineData("2026-09-01", 30, "2026-10-08")] // 1 October is a day of rest, and so are the six after it.
    [InlineData("2026-01-05", 60, "2026-03-06")]
    [InlineData("2026-04-24", 15, "2026-05-09")] // A Saturday on which people work is no day of rest.
    [InlineData("2026-03-06", 15, "2026-03-23")] // Saturday 21 March moves to Monday.
    public void Days_of_the_calendar_end_on_a_working_day(string start, int days, string due) =>
        Assert.Equal(WorkingDays.Day(due), Judge(ClockFacts.Start(Petition(days), At(start + " 09:00")), start + " 10:00").DueDay);

    [Theory]
    [InlineData("2026-11-20 09:00", "2026-12-31", "2027-01-01 00:00", 36)]
    [InlineData("2026-11-20 09:00", "2026-11-29", "2026-11-30 00:00", 4)] // A Sunday: the licence ends, nothing moves it.
    [InlineData("2026-09-20 09:00", "2026-10-01", "2026-10-02 00:00", -55)] // A holiday.
    [InlineData("2026-11-25 09:00", "2026-11-25", "2026-11-26 00:00", 0)] // It begins on its last day.
    public void A_dated_limit_ends_with_its_day_whatever_day_that_is(string start, string last, string due, int remaining)
    {
        var rule = ClockRule.Until("renewal", "作出延续决定的最后一天", ClockKind.Legal, new("行政许可法", "第五十条"));
        var facts = ClockFacts.Start(rule, At(start)) with { Until = WorkingDays.Day(last) };
        var verdict = Judge(facts, "2026-11-25 12:00");
        Assert.Equal((At(due), WorkingDays.Day(last), (decimal)remaining, false), (verdict.Due, verdict.DueDay, verdict.Remaining, verdict.Provisional));
        Assert.Equal(At(due), ClockJudge.MomentOf(facts, Calendar, -1));
        Assert.Equal("时限 届满 目前", string.Join(' ', verdict.Explanation.Select(line => line.Label)));
    }

    [Fact]
    public void A_dated_limit_cannot_stand_still_or_be_extended()
    {
        var rule = ClockRule.Until("renewal", "x", ClockKind.Legal, new("行政许可法", "第五十条"));
        Assert.False(ClockRuleCheck.Judge([rule]).Any);
        Assert.Equal(["CLK-R26"], ClockRuleCheck.Judge([rule with { Suspensions = ["hearing"] }]).Select(refusal => refusal.Code));
        Assert.Equal(["CLK-R26"], ClockRuleCheck.Judge([rule with { Extension = new(10, "head", "x", rule.Basis) }]).Select(refusal => refusal.Code));
        Assert.Equal(["CLK-R26"], ClockRuleCheck.Judge([rule with { Unit = ClockUnit.WorkingDays }]).Select(refusal => refusal.Code));
    }

    [Fact]
    public void Hours_run_from_the_moment_through_nights_and_holidays()
    {
        var rule = new ClockRule("reply", "首次联系时限", ClockUnit.Hours, 24, ClockKind.Step, new("12345服务规范", "第五条"));
        var verdict = Judge(ClockFacts.Start(rule, At("2026-10-01 16:20")), "2026-10-02 10:20");
        Assert.Equal((At("2026-10-02 16:20"), 6m), (verdict.Due, verdict.Remaining));
    }

    [Fact]
    public void The_last_moment_of_the_due_day_is_in_time_and_midnight_is_not()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        Assert.Equal((ClockStatus.Running, 0m), (Judge(facts, "2026-06-01 23:59").Status, Judge(facts, "2026-06-01 23:59").Remaining));
        Assert.Equal((ClockStatus.Overdue, -1m), (Judge(facts, "2026-06-02 00:00").Status, Judge(facts, "2026-06-02 00:00").Remaining));
        Assert.Equal(ClockStatus.Kept, Judge(facts with { Ended = At("2026-06-01 23:59") }, "2026-07-01 00:00").Status);
        Assert.Equal(ClockStatus.Missed, Judge(facts with { Ended = At("2026-06-02 00:00") }, "2026-07-01 00:00").Status);
    }

    [Fact]
    public void The_day_is_the_day_of_the_city()
    {
        // Half past four in the afternoon of the 13th in Greenwich is half past midnight of the 14th here.
        var facts = ClockFacts.Start(Decision with { Length = 1 }, new DateTimeOffset(2026, 2, 13, 16, 30, 0, TimeSpan.Zero));
        Assert.Equal(WorkingDays.Day("2026-02-24"), Judge(facts, "2026-02-14 09:00").DueDay);
    }

    [Fact]
    public void What_may_not_be_suspended_is_told_all_at_once()
    {
        var facts = ClockFacts.Start(Decision, At("2026-04-30 10:00"));
        Assert.Equal(
            ["CLK-R01", "CLK-R02", "CLK-R03"],
            ClockSteps.Suspend(facts, Calendar, "site-survey", "", 0, At("2026-05-11 09:00")).Refusals.Select(refusal => refusal.Code));
        var suspended = ClockSteps.Suspend(facts, Calendar, "hearing", "听〔2026〕1号", 5, At("2026-05-11 09:00")).Value;
        Assert.Equal(["CLK-R04"], ClockSteps.Suspend(suspended, Calendar, "hearing", "听〔2026〕2号", 5, At("2026-05-12 09:00")).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["CLK-R06"], ClockSteps.Suspend(facts, Calendar, "hearing", "听〔2026〕1号", 5, At("2026-06-02 09:00")).Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["CLK-R05"], ClockSteps.Suspend(facts with { Ended = At("2026-06-05 09:00") }, Calendar, "hearing", "听〔2026〕1号", 5, At("2026-06-06 09:00")).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public void Handed_on_the_step_begins_anew_and_the_whole_does_not()
    {
        var step = ClockFacts.Start(Decision with { Code = "review", Kind = ClockKind.Step, Length = 3 }, At("2026-05-11 09:00"));
        var (ended, begun) = ClockSteps.HandOn(step, At("2026-05-13 09:00")).Value;
        Assert.Equal(ClockStatus.Kept, Judge(ended, "2026-06-01 09:00").Status);
        Assert.Equal(WorkingDays.Day("2026-05-18"), Judge(begun, "2026-05-13 09:00").DueDay);
        Assert.Equal("CLK-R16", Assert.Single(ClockSteps.HandOn(ClockFacts.Start(Decision, At("2026-05-11 09:00")), At("2026-05-13 09:00")).Refusals).Code);
        Assert.Equal(2, ClockJudge.Used(ended, Calendar, At("2026-05-13 09:00")));
    }

    [Fact]
    public void A_deadline_explains_itself()
    {
        var facts = ClockFacts.Start(Decision, At("2026-09-24 10:00"));
        facts = ClockSteps.Suspend(facts, Calendar, "hearing", "听〔2026〕7号", 5, At("2026-10-12 09:00")).Value;
        facts = ClockSteps.Resume(facts, Calendar, At("2026-10-14 17:00")).Value;
        var lines = Judge(facts, "2026-10-15 09:00").Explanation.Select(line => $"{line.Label}：{line.Text}{line.Basis}").ToList();
        Assert.Equal(
            [
                "时限：法定办结时限：20个工作日。《行政许可法》第四十二条",
                "起算：2026年9月24日 10:00起算，当日不计，自次日开始计算。《民法典》第二百零一条",
                "暂停：因听证自2026年10月12日（当日计入）至2026年10月14日暂停，扣除2个工作日；文书：听〔2026〕7号。《行政许可法》第四十五条",
                "节假日：不计入：中秋节9月25日至9月27日；国庆节10月1日至10月7日；双休日不计入。《全国年节及纪念日放假办法》第二条",
                "调休上班：计入：10月10日（周六）。",
                "届满：2026年11月2日（周一）24时届满。《行政许可法》第四十二条",
                "目前：还有12个工作日。",
            ],
            lines);
    }

    [Fact]
    public void A_deadline_says_that_it_moved_from_a_day_of_rest_that_it_is_provisional_and_what_silence_means()
    {
        Assert.Contains(
            "最后一日2026年10月1日是休息日，顺延至2026年10月8日（周四）24时届满。",
            Judge(ClockFacts.Start(Petition(30), At("2026-09-01 09:00")), "2026-09-02 09:00").Explanation.Select(line => line.Text));
        var late = Judge(ClockFacts.Start(Decision, At("2026-12-21 09:00")), "2026-12-22 09:00");
        Assert.True(late.Provisional);
        Assert.Contains("暂定：2027年的放假安排尚未公布，公布后自动重算。", late.Explanation.Select(line => line.Text));
        Assert.Contains(
            "期限届满仍未处理的，逾期不告知的，自收到申请材料之日起即为受理。",
            Judge(ClockFacts.Start(Notice, At("2026-05-11 09:00")), "2026-05-12 09:00").Explanation.Select(line => line.Text));
    }

    [Theory]
    [InlineData("行政许可法", 45, ClockUnit.WorkingDays)]
    [InlineData("政府信息公开条例", 20, ClockUnit.WorkingDays)]
    [InlineData("政务数据共享条例", 10, ClockUnit.WorkingDays)]
    [InlineData("行政处罚法", 7, ClockUnit.WorkingDays)]
    [InlineData("行政处罚法", 15, ClockUnit.CalendarDays)]
    [InlineData("行政复议法", 10, ClockUnit.WorkingDays)]
    [InlineData("行政复议法", 60, ClockUnit.CalendarDays)]
    [InlineData("信访工作条例", 15, ClockUnit.CalendarDays)]
    [InlineData("民法典", 10, ClockUnit.CalendarDays)]
    public void What_a_day_means_in_each_act(string act, int days, ClockUnit unit) => Assert.Equal(unit, StatutoryUnits.Of(act, days));

    [Fact]
    public void A_promise_is_never_longer_than_the_law()
    {
        ClockRule Promise(int days) => Decision with { Code = "promise", Kind = ClockKind.Promised, Length = days, Promises = "decide" };
        Assert.Empty(ClockRuleCheck.Judge([Decision, Notice, Promise(20)]));
        Assert.Equal("CLK-R24", Assert.Single(ClockRuleCheck.Judge([Decision, Promise(21)])).Code);
        Assert.Equal("CLK-R23", Assert.Single(ClockRuleCheck.Judge([Notice, Promise(5)])).Code);
        Assert.Equal(
            ["CLK-R20", "CLK-R21", "CLK-R22", "CLK-R25"],
            ClockRuleCheck.Judge([Notice, Notice with { Length = 0, Suspensions = ["survey"], Extension = new(0, Roles.Head, "负责人", Notice.Basis) }])
                .Select(refusal => refusal.Code).Order());
    }

    internal static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), CityTime.Offset);

    private static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), CityTime.Offset);
}
