using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel.Identifiers;
using Shali.Tests.Support;

namespace Shali.Tests.Rules;

/// <summary>The eight triggers, the rules of ratings and the score: facts in, verdict out.</summary>
public sealed class EfficiencyRules
{
    private static readonly DateTimeOffset Received = ClockVerdicts.At("2026-11-23 09:00");
    private static readonly Standards Defaults = new([], new DateOnly(2026, 12, 31));

    /// <summary>Steps as <c>code after-minutes [reason;basis;document;details]</c>, the codes of what is found.</summary>
    [Theory]
    [InlineData("", "accept 60|pass-on 600|examine 3000|grant 6000")]
    [InlineData("", "ask-correction 60|correct 600|accept 900")]
    [InlineData("", "refuse-acceptance 60 不需要许可;《行政许可法》第三十二条第一款第一项")]
    [InlineData("S11-R81 S11-R85", "refuse-acceptance 60")]
    [InlineData("S11-R81", "refuse-acceptance 60 暂不办理;本局规定第一条")]
    [InlineData("S11-R85", "accept 60|pass-on 600|examine 3000|refuse 6000")]
    [InlineData("S11-R85", "accept 60|pass-on 600|examine 3000|refuse 6000 不符合条件")]
    [InlineData("", "accept 60|pass-on 600|examine 3000|refuse 6000 面积不足;《食品安全法》第三十三条")]
    [InlineData("S11-R86", "accept 1|pass-on 2|examine 3|grant 4")]
    [InlineData("", "accept 1|grant 2")]
    [InlineData("S11-R86", "accept 60|pass-on 600|examine 3000 ;;;2026-11-22|grant 6000")]
    [InlineData("", "accept 60|pass-on 600|examine 3000 ;;;2026-11-23|grant 6000")]
    [InlineData("S11-R88", "ask-correction 60|correct 600|ask-correction 900")]
    [InlineData("S11-R88 S11-R88", "ask-correction 60|correct 600|ask-correction 900|correct 1200|ask-correction 1500")]
    [InlineData("S11-R88", "accept 60|pass-on 600|suspend 900")]
    [InlineData("", "accept 60|pass-on 600|suspend 900 ;;检1号")]
    public void What_was_done_speaks_for_itself(string found, string steps) =>
        Assert.Equal(found, string.Join(' ', ApprovalTriggers.Judge(Trail(steps)).Select(each => each.Trigger.Code)));

    [Fact]
    public void A_second_notice_of_what_came_only_with_the_correction_is_none()
    {
        var trail = Trail("ask-correction 60|correct 600|ask-correction 900");
        TrailMaterial Paper(string state, int? minutes) => new("lease", "场所使用证明", state, minutes is { } after ? Received.AddMinutes(after) : null);
        Assert.Empty(ApprovalTriggers.Judge(trail with { Materials = [Paper(MaterialState.Faulty, 600)] }));
        Assert.Single(ApprovalTriggers.Judge(trail with { Materials = [Paper(MaterialState.Faulty, null)] }));
        Assert.Single(ApprovalTriggers.Judge(trail with { Materials = [Paper(MaterialState.Faulty, 600), Paper(MaterialState.Faulty, null)] }));
        Assert.Single(ApprovalTriggers.Judge(trail with { Materials = [Paper(MaterialState.Good, 600)] }));
    }

    [Theory]
    [InlineData("S11-R82", "promise", 0, null)]
    [InlineData("S11-R82", "decide", 0, null)]
    [InlineData("S11-R83", "stage-decision", 0, null)]
    [InlineData("S11-R84", "first-review", 0, null)]
    [InlineData("S11-R81", "notice", 0, null)]
    [InlineData("S11-R82", "promise", 0, 1)]
    [InlineData("", "promise", 0, -1)]
    [InlineData("", "stage-decision", 1, null)]
    [InlineData("", "first-review", 0, -1)]
    public void A_clock_that_ran_out_is_the_trigger_of_what_it_measures(string found, string clock, int dueAfter, int? endedAfter)
    {
        var trail = Trail("accept 60");
        var due = trail.Now.AddHours(dueAfter);
        trail = trail with { Clocks = [new("c", SampleApproval.Type.Clocks.First(rule => rule.Code == clock), due, endedAfter is { } hours ? due.AddHours(hours) : null)], Now = trail.Now.AddHours(endedAfter ?? 0) };
        Assert.Equal(found, string.Join(' ', ApprovalTriggers.Judge(trail).Select(each => each.Trigger.Code)));
    }

    [Theory]
    [InlineData(1, 100, "100", true, false)]
    [InlineData(2.5, 250, "100", true, false)]
    [InlineData(1, 100.01, "100", true, true)]
    [InlineData(1, 90, "100", true, false)]
    [InlineData(1, 100, null, true, true)]
    [InlineData(1, 100, "100", false, true)]
    public void Charging_is_held_against_the_published_fees(double quantity, double amount, string? price, bool belongs, bool breach)
    {
        var charge = new TrailCharge("B1", "F-TEST", "测试费", (decimal)quantity, (decimal)amount, price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), belongs, Received);
        var found = ApprovalTriggers.Judge(Trail("accept 60") with { Charges = [charge] }).ToList();
        Assert.Equal(breach ? ["S11-R87"] : [], found.Select(each => each.Trigger.Code));
        Assert.All(found, each => Assert.Contains("B1", each.Finding.Evidence, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_card_of_an_approval_belongs_to_one_trigger_and_warnings_to_none()
    {
        var owned = ApprovalTriggers.All.SelectMany(one => one.Rules).ToList();
        Assert.Equal(owned.Count, owned.Distinct().Count());
        Assert.Equal(
            SupervisionRules.All.Where(rule => rule.Kind != CardKind.Warning && rule != SupervisionRules.NotCorrected).Select(rule => rule.Code),
            owned.Select(rule => rule.Code).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(81, 8).Select(number => $"S11-R{number}"), ApprovalTriggers.All.Select(one => one.Code));
    }

    [Theory]
    [InlineData("", "resident", "granted", 1, false, "1", null)]
    [InlineData("S11-R71", "staff", "granted", 1, false, "1", null)]
    [InlineData("S11-R71", "officer", "granted", 1, false, "1", null)]
    [InlineData("S11-R72", "resident", "granted", 1, true, "1", null)]
    [InlineData("S11-R73", "resident", "open", 1, false, "1", null)]
    [InlineData("S11-R73", "resident", "merged", 1, false, "1", null)]
    [InlineData("", "resident", "granted", 30, false, "5", "排队太久")]
    [InlineData("S11-R74", "resident", "granted", 31, false, "5", null)]
    [InlineData("S11-R75", "resident", "granted", 1, false, null, null)]
    [InlineData("S11-R75", "resident", "granted", 1, false, "6", null)]
    [InlineData("S11-R76", "resident", "granted", 1, false, "5", "请回电 138 0013 8000")]
    [InlineData("S11-R71 S11-R72 S11-R75 S11-R76", "staff", "granted", 1, true, null, "１３８００１３８０００")]
    public void A_rating_counts_once_from_the_applicant_in_time(string codes, string who, string state, int daysAfter, bool rated, string? grade, string? words)
    {
        var of = Of() with { State = state == "open" ? CaseState.Running : CaseState.Ended, ClosedAt = state == "open" ? null : Received, MergedInto = state == "merged" ? "2026112300000119" : null };
        var caller = who == "staff" ? CaseTown.Clerk("rates") : CaseTown.Resident("评价人") with { Id = who };
        var facts = new RatingFacts(of, ["officer", "clerk-one"], rated, Defaults, Received.AddDays(daysAfter));
        Assert.Equal(codes, string.Join(' ', RatingRules.Judge(facts, new(RatingChannel.Link, grade, words), caller).Select(refusal => refusal.Code)));
    }

    [Theory]
    [InlineData("窗口态度好，三天办完", "")]
    [InlineData("2026年11月25日去的，取号 20261125-0012", "")]
    [InlineData("办件20261125-0000012-3", "")]
    [InlineData("电话13800138000", "电话号码")]
    [InlineData("打+86 138-0013-8000", "电话号码")]
    [InlineData("身份证４１１１０２１９９００１０１１２３４", "公民身份号码")]
    [InlineData("411102 19900101 123x", "公民身份号码")]
    [InlineData("卡号 6222 0200 0000 0000 006", "")]
    [InlineData("卡号 4111 1111 1111 1111", "银行卡号")]
    public void Numbers_of_people_are_found_however_they_are_written(string words, string kinds) =>
        Assert.Equal(kinds, string.Join(' ', PersonalNumbers.Find(words)));

    [Fact]
    public void The_score_is_a_function_of_the_log_and_silence_has_no_weight()
    {
        var quarter = new OfficeQuarter("o", 10, 9, 1, 1, 1, 0, [2, 1, 0, 0, 1], 6);
        var score = OfficeScore.Of(quarter, Defaults);

        // 9 of 10 in time; 100 - 4 - 10; (100 + 100 + 90 + 0) / 4.
        Assert.Equal((90m, 86m, 72.5m), (score.Limits!.Value, score.Cards, score.Ratings!.Value));
        Assert.Equal(Math.Round(((90m * 40) + (86m * 30) + (72.5m * 30)) / 100, 1, MidpointRounding.AwayFromZero), score.Total);
        Assert.Equal(ScoreBand.Good, score.Band);

        // Nobody rated: not 100 and not 0, the part is left out.
        var silent = OfficeScore.Of(quarter with { Grades = [0, 0, 0, 0, 0], NotRated = 10 }, Defaults);
        Assert.Null(silent.Ratings);
        Assert.Equal(Math.Round(((90m * 40) + (86m * 30)) / 70, 1, MidpointRounding.AwayFromZero), silent.Total);
        Assert.Equal(0m, OfficeScore.Of(quarter with { Red = 11 }, Defaults).Cards);
        Assert.Equal([1, 1, 3], OfficeScore.League([score, score with { Total = 99m }, score with { Total = 99m }]).Select(each => each.Place));
    }

    [Fact]
    public void A_standard_holds_from_its_day()
    {
        Standard Weight(int day, decimal value) => new() { Code = "weight-limits", From = new(2026, 10, day), Value = value };
        Standard[] set = [Weight(1, 50), Weight(10, 60)];
        Assert.Equal([40m, 50m, 60m], new[] { new DateOnly(2026, 9, 30), new(2026, 10, 9), new(2026, 10, 10) }.Select(day => new Standards(set, day)[StandardKinds.WeightLimits]));
    }

    [Theory]
    [InlineData("2026-10-01 00:00", true)]
    [InlineData("2026-09-30 23:59", false)]
    [InlineData("2026-12-31 23:59", true)]
    [InlineData("2027-01-01 00:00", false)]
    public void A_quarter_is_its_days_in_the_citys_time(string moment, bool within) =>
        Assert.Equal(within, Quarter.Read("2026Q4")!.Value.Has(ClockVerdicts.At(moment).ToUniversalTime()));

    [Theory]
    [InlineData("2026Q5")]
    [InlineData("26Q1")]
    [InlineData("2026q1")]
    [InlineData(null)]
    public void What_is_no_quarter_is_none(string? code) => Assert.Null(Quarter.Read(code));

    private static CaseTrail Trail(string steps)
    {
        var events = new List<CaseEvent> { Event(1, BuiltInSteps.Open, null, "received", 0, []) };
        foreach (var text in steps.Split('|'))
        {
            var parts = text.Split(' ', 3);
            var step = SampleApproval.Type.Step(parts[0])!;
            events.Add(Event(
                events.Count + 1, parts[0], events[^1].After, step.To!, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts.Length > 2 ? parts[2].Split(';') : []));
        }

        return new(SampleApproval.Type, Of(), events, Defaults, Received.AddDays(60)) { Materials = [new("lease", "场所使用证明", MaterialState.Good)] };
    }

    private static CaseEvent Event(int ordinal, string step, string? before, string after, int minutes, string[] more)
    {
        string? More(int place) => more.Length > place && more[place].Length > 0 ? more[place] : null;
        return new()
        {
            Case = "2026112300000101",
            Ordinal = ordinal,
            Step = step,
            Label = step,
            Before = before,
            After = after,
            At = Received.AddMinutes(minutes),
            Who = "clerk-one",
            WhoName = "经办",
            Office = "market-regulation",
            Reason = More(0),
            Basis = More(1),
            Document = More(2),
            Details = More(3) is { } day ? $$"""{"visited_on":"{{day}}"}""" : null,
        };
    }

    private static Case Of() => new()
    {
        Number = "2026112300000101",
        Type = SampleApproval.Code,
        TypeVersion = 1,
        Title = "测试审批",
        State = CaseState.Running,
        Stage = "received",
        Office = "market-regulation",
        Source = CaseSource.Window,
        ReceivedAt = Received,
        Events = 1,
    };
}
