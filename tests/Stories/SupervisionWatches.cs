using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Tests.Rules;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// Supervision throughout: each card at its legal moment, once, whatever was interrupted or stood still; answered,
/// appealed, withdrawn by the supervisor, never deleted. Time stands where the test sets it.
/// </summary>
public sealed class SupervisionWatches(City city)
{
    private static readonly DateTimeOffset Monday = ClockVerdicts.At("2026-11-23 09:00");

    private static readonly Caller Supervisor = new()
    {
        Id = "supervisor",
        Name = "监察员",
        Kind = CallerKind.Staff,
        Office = "data",
        Role = Roles.Head,
        Permissions = new HashSet<string>([SupervisionSystem.Look, SupervisionSystem.Decide], StringComparer.Ordinal),
    };

    private static readonly Caller Answering = new()
    {
        Id = "answering",
        Name = "张科长",
        Kind = CallerKind.Staff,
        Office = "market-regulation",
        Role = Roles.Head,
        Permissions = new HashSet<string>([SupervisionSystem.Answer], StringComparer.Ordinal),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_card_comes_at_its_moment_and_carries_what_it_rests_on()
    {
        await using var town = await Town.Start(city);
        var number = await town.Accepted();

        Assert.Empty(await town.At("2026-12-02 23:59"));
        var warning = Assert.Single(await town.At("2026-12-03 00:00"));
        Assert.Equal(("SV-R01", CardKind.Warning, number, "market-regulation", "clerk-one"), (warning.Rule, warning.Kind, warning.Case, warning.Office, warning.Person));
        Assert.Equal((ClockVerdicts.At("2026-12-03 00:00"), ClockVerdicts.At("2026-12-03 00:00")), (warning.Moment, warning.IssuedAt));
        Assert.Contains("承诺办结时限：10个工作日", warning.Evidence, StringComparison.Ordinal);
        Assert.Empty(await town.At("2026-12-07 23:59"));
        var yellow = Assert.Single(await town.At("2026-12-08 00:00"));
        Assert.Equal(("SV-R02", CardKind.Yellow), (yellow.Rule, yellow.Kind));
        Assert.Equal(ClockVerdicts.At("2026-12-12 00:00"), yellow.CorrectBy);
        Assert.Empty(await town.At("2026-12-11 23:59"));
        var unanswered = Assert.Single(await town.At("2026-12-12 00:00"));
        Assert.Equal(("SV-R09", CardKind.Red, yellow.Number), (unanswered.Rule, unanswered.Kind, unanswered.Cause));
        Assert.Equal("SV-R03", Assert.Single(await town.At("2026-12-15 00:00")).Rule);
        Assert.Equal(("SV-R04", CardKind.Red), Assert.Single(await town.At("2026-12-22 00:00")) is var red ? (red.Rule, red.Kind) : default);
        Assert.Empty(await town.At("2027-02-01 00:00"));
        Assert.Null(await town.Db.Scalar<DateTimeOffset?>($"select max(next_judgement) from casework.clock"));
    }

    [Fact]
    public async Task What_ran_out_while_the_host_was_down_is_judged_at_its_legal_time_and_for_whoever_had_it_then()
    {
        await using var town = await Town.Start(city);
        var number = await town.Accepted();
        town.Time.Now = ClockVerdicts.At("2026-12-20 10:00");
        var moved = await town.Store.Write(
            new Act(Caller.Platform("test"), "case.step"), [new Change.Update(CaseResources.Case, number, null, new Dictionary<string, object?> { ["handler"] = "clerk-two", ["handler_name"] = "后来人" })], Cancel);
        Assert.True(moved.Ok, moved.Refusals.ToString());

        var cards = await town.At("2026-12-22 12:00");
        Assert.Equal(
            ["SV-R01 2026-12-03 00:00 clerk-one", "SV-R02 2026-12-08 00:00 clerk-one", "SV-R03 2026-12-15 00:00 clerk-one", "SV-R04 2026-12-22 00:00 clerk-two"],
            cards.OrderBy(card => card.Moment).Select(card => $"{card.Rule} {card.Moment.Local():yyyy-MM-dd HH:mm} {card.Person}"));
        Assert.All(cards, card => Assert.Equal(ClockVerdicts.At("2026-12-22 12:00"), card.IssuedAt));
        Assert.Equal(ClockVerdicts.At("2026-12-26 00:00"), cards.Single(card => card.Rule == "SV-R02").CorrectBy);
    }

    [Fact]
    public async Task Silence_accepts_from_the_day_of_receipt_and_leaves_its_card()
    {
        await using var town = await Town.Start(city);
        var number = await town.Open();
        var warning = Assert.Single(await town.At("2026-11-30 23:59"));
        Assert.Equal("SV-R03", warning.Rule);
        var card = Assert.Single(await town.At("2026-12-01 00:00"));
        Assert.Equal(("SV-R07", CardKind.Yellow), (card.Rule, card.Kind));
        var of = Typed<Case>.Of((await town.Reader.Get(CaseResources.Case, number, null, Cancel))!);
        Assert.Equal(("review", Monday), (of.Stage, of.AcceptedAt));
        var began = await town.Db.Scalar<DateTimeOffset>($"select started_at from casework.clock where \"case\" = {number} and rule = 'decide'");
        Assert.Equal(Monday, began);
        Assert.Empty(await town.At("2026-12-01 00:05"));
    }

    [Fact]
    public async Task A_pass_that_is_cut_off_issues_each_card_once()
    {
        await using var town = await Town.Start(city);
        for (var i = 0; i < 5; i++)
        {
            await town.Accepted();
        }

        town.Time.Now = ClockVerdicts.At("2026-12-22 12:00");
        var attempts = 0;
        town.Pass.BeforeCommit = () => throw new OperationCanceledException($"cut off {++attempts}");
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => town.Pass.Run(Cancel));
            Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.card"));
        }

        town.Pass.BeforeCommit = static () => { };
        await town.Pass.Run(Cancel);
        Assert.Equal(3, attempts);
        Assert.Equal(20, await town.Db.Scalar<long>($"select count(*) from casework.card"));
        Assert.Equal(0, await town.Pass.Run(Cancel));
    }

    [Fact]
    public async Task Nodes_that_look_at_once_share_the_work_and_double_nothing()
    {
        await using var town = await Town.Start(city);
        for (var i = 0; i < 30; i++)
        {
            await town.Accepted();
        }

        town.Time.Now = ClockVerdicts.At("2026-12-22 12:00");
        await using var second = await town.Another();
        var other = second.Services.GetRequiredService<SupervisionPass>();
        await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(_ => new[] { town.Pass.Run(Cancel), other.Run(Cancel) }));
        await town.Pass.Run(Cancel);
        Assert.Equal(120, await town.Db.Scalar<long>($"select count(*) from casework.card"));
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.clock where next_judgement <= {town.Time.GetUtcNow()}"));
    }

    [Fact]
    public async Task One_broken_clock_does_not_keep_the_others_from_their_cards()
    {
        await using var town = await Town.Start(city);
        for (var i = 0; i < 3; i++)
        {
            await town.Accepted();
        }

        await town.Db.Run($"update casework.clock set rule = 'gone' where _key = (select min(_key) from casework.clock where rule = 'promise')");
        var cards = await town.At("2026-12-22 12:00");
        Assert.Equal(10, cards.Count);
        Assert.Equal(
            ClockVerdicts.At("2026-12-22 12:10"),
            await town.Db.Scalar<DateTimeOffset>($"select next_judgement from casework.clock where rule = 'gone'"));
    }

    [Fact]
    public async Task A_card_is_answered_appealed_and_withdrawn_and_never_deleted()
    {
        await using var town = await Town.Start(city);
        await town.Accepted();
        await town.At("2026-12-03 00:00");
        var card = Assert.Single(await town.At("2026-12-08 00:00"));
        var desk = town.Host.Services.GetRequiredService<CardDesk>();
        async Task Refused(Task<Outcome<Written>> attempt, params string[] codes) => Assert.Equal(codes, (await attempt).Refusals.Select(refusal => refusal.Code));

        await Refused(desk.Appeal(Answering with { Office = "health" }, card.Number, "不是我们", null, Cancel), "SV-C04");
        await Refused(desk.Appeal(Answering, card.Number, " ", null, Cancel), "SV-C05");
        await Refused(desk.Decide(Answering, card.Number, true, "撤", null, Cancel), "SV-C04");
        await Refused(desk.Decide(Supervisor, card.Number, false, "维持", null, Cancel), "SV-C08");
        await Refused(desk.Decide(Supervisor with { Office = "market-regulation" }, card.Number, true, "自己撤", null, Cancel), "SV-C09");
        await Refused(desk.Decide(Supervisor, "no-such-card", true, "撤", null, Cancel), "SV-C13");

        Assert.True((await desk.Appeal(Answering, card.Number, "材料由申请人补交", "once", Cancel)).Ok);
        Assert.True((await desk.Appeal(Answering, card.Number, "材料由申请人补交", "once", Cancel)).Ok);
        await Refused(desk.Appeal(Answering, card.Number, "再申诉", null, Cancel), "SV-C07");

        // While the appeal is open the time to answer stands still.
        Assert.Equal(["SV-R03"], (await town.At("2026-12-16 00:00")).Select(each => each.Rule));
        Assert.True((await desk.Decide(Supervisor, card.Number, false, "补交在期限之后", null, Cancel)).Ok);
        Assert.Equal(ClockVerdicts.At("2026-12-22 00:00"), (await town.Card(card.Number)).CorrectBy);
        Assert.True((await desk.Correct(Answering, card.Number, "已加派人员", null, Cancel)).Ok);
        Assert.Null((await town.Card(card.Number)).CorrectBy);
        Assert.True((await desk.Decide(Supervisor, card.Number, true, "复核后撤销", null, Cancel)).Ok);
        await Refused(desk.Correct(Answering, card.Number, "再反馈", null, Cancel), "SV-C06");

        var deleted = await town.Store.Write(new Act(Supervisor, "supervision.decide"), [new Change.Delete(Cards.Resource, card.Number, null)], Cancel);
        Assert.Equal("SV-C01", Assert.Single(deleted.Refusals).Code);
        var edited = await town.Store.Write(
            new Act(Supervisor, "record.edit"), [new Change.Update(Cards.Resource, card.Number, null, new Dictionary<string, object?> { ["evidence"] = "没有" })], Cancel);
        Assert.Equal(["SV-C02", "SV-C03"], edited.Refusals.Select(refusal => refusal.Code));
        Assert.Equal(5, (await town.Reader.History(Cards.Resource, card.Number, Cancel)).Count);
    }

    [Fact]
    public async Task The_supervisor_draws_cards_of_his_own_but_not_those_of_the_clock()
    {
        await using var town = await Town.Start(city);
        var number = await town.Accepted();
        var desk = town.Host.Services.GetRequiredService<CardDesk>();
        var issued = await desk.Issue(Supervisor, new("SV-R10", number, null, "投诉 T-1：材料齐全仍退件"), "card-1", Cancel);
        Assert.Equal(issued.Value, (await desk.Issue(Supervisor, new("SV-R10", number, null, "投诉 T-1：材料齐全仍退件"), "card-1", Cancel)).Value);
        Assert.Equal((CardKind.Red, "监察员"), await town.Card(issued.Value) is var card ? (card.Kind, card.IssuedBy) : default);
        Assert.Equal(["SV-C10", "SV-C11", "SV-C12", "SV-C05"], (await desk.Issue(Supervisor, new("SV-R04", "2020010100000000", null, ""), null, Cancel)).Refusals.Select(refusal => refusal.Code));
        Assert.Equal("SV-C04", Assert.Single((await desk.Issue(Answering, new("SV-R10", number, null, "事实"), null, Cancel)).Refusals).Code);
    }

    [Fact]
    public async Task A_breach_that_stands_in_the_step_draws_its_card_in_the_same_act()
    {
        await using var town = await Town.Start(city);
        var number = await town.Accepted();
        var of = Typed<Case>.Of((await town.Reader.Get(CaseResources.Case, number, null, Cancel))!);
        var issue = town.Host.Services.GetRequiredService<CardIssue>();
        for (var i = 0; i < 2; i++)
        {
            var reported = await town.Store.Write(
                new Act(Caller.Platform("test"), "supervision.report"), CaseResources.Schema,
                session => issue.Report(session, new(SupervisionRules.SecondCorrection, of, 3, "第二次要求补正：身份证复印件"), Cancel), Cancel);
            Assert.True(reported.Ok, reported.Refusals.ToString());
        }

        var card = Assert.Single(await town.Cards());
        Assert.Equal(("SV-R12", CardKind.Red, $"{number}-R12-E0003"), (card.Rule, card.Kind, card.Number));
    }

    [Fact]
    public async Task A_threshold_holds_for_what_begins_after_it()
    {
        await using var town = await Town.Start(city);
        await town.Accepted();
        var threshold = new Threshold { Rule = "SV-R01", From = new(2026, 12, 1), Enabled = true, Days = 5, Kind = CardKind.Yellow };
        Assert.True((await town.Store.Write(
            new Act(Supervisor, "record.edit"), [new Change.Insert(Definition.Of<Threshold>(), "", Typed<Threshold>.Values(threshold))], Cancel)).Ok);
        Assert.True(await town.Host.Services.GetRequiredService<ThresholdBook>().Refresh(Cancel));
        town.Time.Now = ClockVerdicts.At("2026-12-01 09:00");
        await town.Accepted();

        // The first: ten days from 23 November, two left on 3 December. The second: ten from 1 December, five left on the 8th.
        Assert.Equal(CardKind.Warning, Assert.Single(await town.At("2026-12-03 00:00")).Kind);
        var cards = await town.At("2026-12-08 00:00");
        Assert.Equal([CardKind.Yellow, CardKind.Yellow], cards.Select(card => card.Kind));
        Assert.Equal(["SV-R01", "SV-R02"], cards.Select(card => card.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_loaded_notice_moves_the_open_clocks_and_their_next_moment()
    {
        await using var town = await Town.Start(city);
        town.Time.Now = ClockVerdicts.At("2026-12-25 09:00");
        var number = await town.Accepted();
        async Task<(DateTimeOffset Due, bool Provisional, DateTimeOffset Next)> Clock() => (await town.Db.One(
            $"select due_at, provisional, next_judgement from casework.clock where \"case\" = {number} and rule = 'promise'",
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetBoolean(1), row.GetFieldValue<DateTimeOffset>(2)), Cancel));
        Assert.Equal((ClockVerdicts.At("2027-01-09 00:00"), true, ClockVerdicts.At("2027-01-06 00:00")), await Clock());

        CalendarDay Day(int day, string kind) => new() { Date = new(2027, 1, day), Kind = kind, Name = "元旦", Year = 2027 };
        var loaded = await town.Store.Write(
            new Act(Supervisor, "record.edit"),
            [.. new[] { Day(1, CalendarDay.DayOff), Day(2, CalendarDay.DayOff), Day(3, CalendarDay.DayOff) }
                .Select(each => new Change.Insert(Definition.Of<CalendarDay>(), "", Typed<CalendarDay>.Values(each)))], Cancel);
        Assert.True(loaded.Ok, loaded.Refusals.ToString());
        Assert.True(await town.Host.Services.GetRequiredService<CalendarBook>().Refresh(Cancel));
        var recount = town.Host.Services.GetRequiredService<ClockRecount>();
        Assert.Equal(2, await recount.Run(Cancel));
        Assert.Equal((ClockVerdicts.At("2027-01-12 00:00"), false, ClockVerdicts.At("2027-01-07 00:00")), await Clock());
        Assert.Equal(0, await recount.Run(Cancel));
    }

    [Fact]
    public async Task The_host_looks_by_itself()
    {
        var number = (await new CaseTown(city).Open(CaseTown.Resident("自动监察"))).Number;
        await new CaseTown(city).Take(CaseTown.Clerk("one"), number, new("accept"));

        // As if it had been accepted two months ago and nobody had looked since.
        await city.Db.Run(
            $"update casework.clock set started_at = started_at - interval '60 days', next_judgement = started_at - interval '60 days' where \"case\" = {number} and ended_at is null");
        List<Card> cards;
        do
        {
            await Task.Delay(50, Cancel);
            cards = await city.Service<CardReader>().List(Supervisor, new() { Case = number }, Cancel);
        }
        while (cards.Count < 4);
        Assert.Equal(["SV-R01", "SV-R02", "SV-R03", "SV-R04"], cards.Select(card => card.Rule).Order(StringComparer.Ordinal));
    }

    /// <summary>A host on a database of its own, none of whose workers run.</summary>
    private sealed class Town(City city, string database, WebApplication host, SetTime time) : IAsyncDisposable
    {
        private static readonly string Folder = Directory.CreateTempSubdirectory("shali-supervision-").FullName;

        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public WebApplication Host => host;

        public SetTime Time => time;

        public Db Db => host.Services.GetRequiredService<Db>();

        public RecordStore Store => host.Services.GetRequiredService<RecordStore>();

        public RecordReader Reader => host.Services.GetRequiredService<RecordReader>();

        public SupervisionPass Pass => host.Services.GetRequiredService<SupervisionPass>();

        public static async Task<Town> Start(City city)
        {
            var (database, time) = (await city.OwnDatabase(), new SetTime(Monday));
            return new(city, database, await Build(database, time), time);
        }

        public Task<WebApplication> Another() => Build(database, time);

        public async Task<string> Open()
        {
            var who = CaseTown.Resident("时限");
            var opened = await host.Services.GetRequiredService<CaseDesk>().Open(who, new CaseTown(city).Request(who), null, Cancel);
            return opened.Ok ? opened.Value.Number : throw new InvalidOperationException(opened.Refusals.ToString());
        }

        /// <summary>A case that clerk one has accepted at once: promise ten working days, law twenty.</summary>
        public async Task<string> Accepted()
        {
            var number = await Open();
            var taken = await host.Services.GetRequiredService<CaseDesk>().Take(CaseTown.Clerk("one"), number, new("accept"), null, Cancel);
            Assert.True(taken.Ok, taken.Refusals.ToString());
            return number;
        }

        /// <summary>Sets the time, looks, and gives the cards that are new.</summary>
        public async Task<IReadOnlyList<Card>> At(string moment)
        {
            time.Now = ClockVerdicts.At(moment);
            await Pass.Run(Cancel);
            return [.. (await Cards()).Where(card => _seen.Add(card.Number))];
        }

        public async Task<Card> Card(string number) => Typed<Card>.Of((await Reader.Get(Platform.Casework.Supervision.Cards.Resource, number, null, Cancel))!);

        public async Task<IReadOnlyList<Card>> Cards()
        {
            var cards = new List<Card>();
            await foreach (var record in Reader.Stream(Platform.Casework.Supervision.Cards.Resource, new RecordQuery(), Cancel))
            {
                cards.Add(Typed<Card>.Of(record));
            }

            return cards;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();

        private static Task<WebApplication> Build(string database, SetTime time) => ShaliHost.Build(
            new HostSettings(database, Folder, 0, Demo: true) { Quiet = true, Identity = City.QuickSignOn, MasterKey = City.MasterKey, Time = time, Systems = [.. Shali.Portal.Systems.All, new SampleCases()] }, Cancel);
    }
}
