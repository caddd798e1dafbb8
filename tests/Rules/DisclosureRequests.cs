using Shali.Government.Governance.Disclosure;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Tests.Rules;

/// <summary>Requests for disclosure: the worked deadlines, the one correction notice, and figures that agree.</summary>
public sealed class DisclosureRequests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Of(PublishedDays.All);

    private static ClockRule Answer => RequestType.Type.Clocks.Single(rule => rule.Code == RequestType.Answer);

    private static ClockRule Notice => RequestType.Type.Clocks.Single(rule => rule.Code == RequestType.Correction);

    [Theory]
    [InlineData("notice", "2026-02-13", "2026-03-02")]
    [InlineData("answer", "2026-02-13", "2026-03-19")]
    [InlineData("answer", "2025-09-30", "2025-11-04")]
    public void The_worked_deadlines_of_the_regulation(string rule, string received, string due) =>
        Assert.Equal(Day(due), ClockJudge.Judge(ClockFacts.Start(rule == "notice" ? Notice : Answer, At(received)), Calendar, At(received)).DueDay);

    [Theory]
    [InlineData("third-party")]
    [InlineData("co-maker")]
    public void Asking_others_moves_the_end_by_exactly_the_days_that_it_took(string kind)
    {
        var facts = ClockFacts.Start(Answer, At("2026-03-02"));
        var before = ClockJudge.Judge(facts, Calendar, facts.Started).DueDay;
        var (asked, replied) = (Calendar.Add(Day("2026-03-02"), 5), Calendar.Add(Day("2026-03-02"), 17));
        facts = ClockSteps.Suspend(facts, Calendar, kind, "征求意见函1号", RequestType.DaysToReply, At(asked)).Value;
        facts = ClockSteps.Resume(facts, Calendar, At(replied)).Value;
        Assert.Equal(Calendar.Add(before, 12), ClockJudge.Judge(facts, Calendar, At(replied)).DueDay);
    }

    [Fact]
    public void The_extension_is_one_of_at_most_twenty_days_by_the_head()
    {
        var facts = ClockFacts.Start(Answer, At("2026-02-13"));
        Extension By(int days) => new(days, "负责人", "需要检索多个档案", "延期1号", At("2026-03-10"));
        Assert.Equal("CLK-R12", Assert.Single(ClockSteps.Extend(facts, Calendar, By(21)).Refusals).Code);
        var extended = ClockSteps.Extend(facts, Calendar, By(20)).Value;
        Assert.Equal(Calendar.Add(Day("2026-03-19"), 20), ClockJudge.Judge(extended, Calendar, At("2026-03-10")).DueDay);
        Assert.Equal("CLK-R11", Assert.Single(ClockSteps.Extend(extended, Calendar, By(1)).Refusals).Code);
        Assert.Equal(Actor.Head, RequestType.Type.Step("extend")!.By);
    }

    [Fact]
    public void There_is_one_correction_notice_and_the_answer_begins_anew_after_it()
    {
        var type = RequestType.Type;
        Assert.False(CaseTypeCheck.Of(type).Any, CaseTypeCheck.Of(type).ToString());
        Assert.False(CaseTypeCheck.Of(FeedbackType.Type).Any);

        // Nothing leads back to the only stage in which it can be sent.
        Assert.Equal(["received"], type.Step("ask-correction")!.From);
        Assert.DoesNotContain(type.AllSteps, step => step.To == "received");
        Assert.DoesNotContain("correcting", Answer.Runs);
        Assert.Equal("review", type.Step("correct")!.To);
        Assert.Contains("review", Answer.Runs);
        Assert.Equal(["received"], Notice.Runs);
        Assert.Empty(type.Fees);
    }

    [Fact]
    public void Every_answer_of_article_36_is_a_result_and_refusing_ones_need_a_reason()
    {
        var type = RequestType.Type;
        foreach (var answer in RequestType.Answers)
        {
            var step = type.Step("answer-" + answer.Code)!;
            Assert.Equal(answer.Code, step.Result);
            Assert.Equal("answered", step.To);
            Assert.Equal("政府信息公开条例", step.Basis!.Act);
            Assert.True(answer.Good || answer.Code == "publication" || step.Needs.HasFlag(StepNeeds.Reason), answer.Code);
        }

        Assert.Equal(7, RequestType.Answers.Count(answer => answer.Basis.Article.StartsWith("第三十六条", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_figures_of_every_year_agree()
    {
        var dice = new Random(7);
        var results = RequestType.Results.Select(result => result.Code).ToList();
        var lines = Enumerable.Range(0, 3000).Select(_ =>
        {
            var received = new DateOnly(2022, 1, 1).AddDays(dice.Next(1800));
            return new RequestLine(received, dice.Next(10) == 0 ? null : received.AddDays(dice.Next(90)), results[dice.Next(results.Count)]);
        }).ToList();
        RequestFigures? before = null;
        for (var year = 2021; year <= 2028; year++)
        {
            var figures = RequestFigures.Of(year, lines);
            Assert.True(figures.Balanced, $"{year}");
            Assert.Equal(before?.CarriedOn ?? 0, figures.CarriedOver);
            Assert.Equal(lines.Count(line => line.ReceivedOn.Year == year), figures.Received);
            before = figures;
        }

        var small = RequestFigures.Of(2026, [new(Day("2025-12-31"), Day("2026-01-05"), "disclosed"), new(Day("2026-12-31"), Day("2027-01-04"), "none"), new(Day("2025-01-01"), Day("2025-02-01"), "none")]);
        Assert.Equal((1, 1, 1, 1), (small.CarriedOver, small.Received, small.Answered, small.CarriedOn));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string day) => At(Day(day));

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(10, 0)), CityTime.Offset);
}
