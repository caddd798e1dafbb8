using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>What supervision watches for: which rule speaks for which clock, and which steps are breaches in themselves.</summary>
public sealed class SupervisionTriggers
{
    private static readonly Basis Law = new("行政许可法", "第四十二条");

    [Theory]
    [InlineData(ClockKind.Promised, false, null, "SV-R01", "SV-R02")]
    [InlineData(ClockKind.Legal, false, null, "SV-R03", "SV-R04")]
    [InlineData(ClockKind.Step, false, null, "SV-R08", "SV-R05")]
    [InlineData(ClockKind.Step, false, "SV-R06", "SV-R08", "SV-R06")]
    [InlineData(ClockKind.Legal, true, null, "SV-R03", "SV-R07")]
    [InlineData(ClockKind.Step, true, null, "SV-R08", "SV-R07")]
    public void Each_clock_has_the_rule_that_warns_and_the_rule_that_speaks_when_it_runs_out(
        ClockKind kind, bool silent, string? said, string warning, string overrun)
    {
        var rule = new ClockRule("limit", "时限", ClockUnit.WorkingDays, 5, kind, Law)
        {
            Silence = silent ? new("deem-accepted", "视为受理", Law) : null,
            Overrun = said,
        };
        Assert.Equal((warning, overrun), (SupervisionRules.WarningOf(rule).Code, SupervisionRules.OverrunOf(rule).Code));
    }

    [Fact]
    public void The_applicants_own_time_is_nobodys_fault()
    {
        var rule = new ClockRule("correction", "补正期限", ClockUnit.CalendarDays, 30, ClockKind.Step, new("指南", "补正"))
        {
            Runs = ["correcting"],
            Silence = new("end-uncorrected", "逾期未补正", new("指南", "补正")),
        };
        var facts = new ClockFacts(rule, ClockVerdicts.At("2026-11-23 09:00"), [], null, null);
        var days = WorkCalendar.Of(PublishedDays.All);
        Assert.Empty(ClockSupervision.Findings(facts, "type", days, Thresholds.Default));
        Assert.Equal(ClockJudge.Judge(facts, days, facts.Started).Due, ClockSupervision.Next(facts, "type", days, Thresholds.Default, facts.Started));
    }

    /// <summary>The reasons for which a city's rules draw a warning, a card or a proposal, and how each is noticed here.</summary>
    [Theory]
    [InlineData("lawful application not accepted", "SV-R10", FoundBy.Supervisor)]
    [InlineData("beyond the promised limit", "SV-R02", FoundBy.Clock)]
    [InlineData("a step over time though the whole is not", "SV-R05", FoundBy.Clock)]
    [InlineData("first review passed on late", "SV-R06", FoundBy.Clock)]
    [InlineData("refused without legal reasons", "SV-R11", FoundBy.Act)]
    [InlineData("not on line as prescribed", "SV-R15", FoundBy.Act)]
    [InlineData("charged outside the published items", "SV-R14", FoundBy.Act)]
    [InlineData("other violations", "SV-R16", FoundBy.Supervisor)]
    public void Each_trigger_has_its_rule(string trigger, string code, FoundBy found) =>
        Assert.True(SupervisionRules.Find(code) is { } rule && rule.Found == found, trigger);

    [Fact]
    public void Steps_that_break_a_rule_say_so_themselves()
    {
        var step = new CaseStep("again", "再次要求补正", ["received"], "correcting", Actor.Handler);
        Assert.Empty(Codes(step, null, null));
        Assert.Equal(["SV-R12"], Codes(step with { Breach = "SV-R12" }, "理由", "补2号"));
        Assert.Equal(["SV-R11"], Codes(step with { Adverse = true }, " ", null));
        Assert.Empty(Codes(step with { Adverse = true }, "不符合条件", null));
        Assert.Equal(["SV-R13"], Codes(step with { Clocks = [new(ClockAction.Suspend, "decide", "hearing")] }, null, null));
        Assert.Empty(Codes(step with { Clocks = [new(ClockAction.Suspend, "decide", "hearing")] }, null, "听1号"));
    }

    private static IEnumerable<string> Codes(CaseStep step, string? reason, string? document)
    {
        var of = new Case
        {
            Number = "2026112300000101",
            Type = SampleCases.PermitCode,
            TypeVersion = 1,
            Title = "测试",
            State = CaseState.Running,
            Stage = "review",
            Office = "market-regulation",
            Source = CaseSource.Online,
            ReceivedAt = ClockVerdicts.At("2026-11-23 09:00"),
            Events = 3,
        };
        var taken = new CaseEvent
        {
            Key = "e",
            Case = of.Number,
            Ordinal = 3,
            Step = step.Code,
            Label = step.Label,
            After = "review",
            At = of.ReceivedAt,
            Who = "clerk",
            WhoName = "经办",
            Reason = reason,
            Document = document,
        };
        return ProceduralWatch.Breaches(new CaseChange(step, of, of, taken) { Work = [] }).Select(breach => breach.Rule.Code);
    }
}
