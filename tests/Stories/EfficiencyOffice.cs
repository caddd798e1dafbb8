using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Tests.Rules;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// The efficiency supervision office: planted violations are all found and clean cases leave nothing; ratings come
/// once, from the applicant; poor ones become cases; a closed quarter computed again is what it was.
/// </summary>
public sealed class EfficiencyOffice(City city)
{
    private static readonly Caller Supervisor = new()
    {
        Id = "supervisor",
        Name = "监察员",
        Kind = CallerKind.Staff,
        Office = "data",
        Role = Roles.Head,
        Permissions = new HashSet<string>([SupervisionSystem.Look, SupervisionSystem.Decide, EfficiencyParts.Supervise], StringComparer.Ordinal),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Planted_violations_are_all_found_and_clean_cases_leave_nothing()
    {
        await using var town = await Town.Start(city);
        var clean = await town.Case("accept 30|pass-on 60|examine 60|grant 60");
        var refusedWell = await town.Case("accept 30|pass-on 60|examine 60|refuse 60 面积不足;《食品安全法》第三十三条");
        var planted = new (string Case, string Trigger)[]
        {
            (await town.Case("refuse-acceptance 30 暂不办理;本局规定第一条"), "S11-R81"),
            (await town.Case("accept 30|pass-on 60"), "S11-R82"),
            (await town.Case("accept 30|pass-on 60|examine 60"), "S11-R83"),
            (await town.Case("accept 30"), "S11-R84"),
            (await town.Case("accept 30|pass-on 60|examine 60|refuse 60 不符合条件"), "S11-R85"),
            (await town.Case("accept 1|pass-on 1|examine 1|grant 1"), "S11-R86"),
            (await town.Case("accept 30|pass-on 60|examine 60|grant 60"), "S11-R87"),
            (await town.Case("ask-correction 30|correct 60|ask-correction 60"), "S11-R88"),
        };
        await town.Charge(planted[6].Case, "F-OTHER");
        await town.Charge(clean, "F-TEST");
        for (var i = 0; i < 2; i++)
        {
            await town.Get<BillNews>().Tell(Cancel);
        }

        await town.At("2026-12-09 00:00");
        var cards = (await town.Cards()).Where(card => card.Kind != CardKind.Warning).ToList();
        foreach (var (number, trigger) in planted)
        {
            Assert.Contains(cards, card => card.Case == number && card.Trigger == trigger);
        }

        Assert.DoesNotContain(cards, card => card.Case == clean || card.Case == refusedWell);
        Assert.All(cards, card => Assert.NotNull(card.Trigger));
        Assert.All(cards.Where(card => card.Clock is null && card.Rule != "SV-R14"), card => Assert.Contains("步，2026年11月23日", card.Evidence, StringComparison.Ordinal));
        var board = await town.Get<EfficiencyReading>().Triggers(ClockVerdicts.At("2026-10-01 00:00"), ClockVerdicts.At("2027-01-01 00:00"), null, Cancel);
        Assert.Equal(8, board.Count(row => row.All > 0));
        Assert.Equal(cards.Count, board.Sum(row => row.All));
    }

    [Fact]
    public async Task A_rating_comes_once_from_the_applicant_and_tells_the_office_nothing_of_him()
    {
        await using var town = await Town.Start(city);
        var number = await town.Case("accept 30|pass-on 60|examine 60|grant 60");
        var desk = town.Get<RatingDesk>();
        var given = new GivenRating(RatingChannel.Link, RatingGrade.VeryPoor, "等了三次");
        Assert.Equal(["S11-R71"], Codes(await desk.Give(CaseTown.Clerk("one"), number, given, Cancel)));
        Assert.Equal(["S11-R71"], Codes(await desk.Give(CaseTown.Resident("本人") with { Id = "clerk-one" }, number, given, Cancel)));
        Assert.Equal(["S11-R76"], Codes(await desk.Give(Caller.Anonymous, number, given with { Words = "打 13800138000" }, Cancel)));

        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.Give(Caller.Anonymous, number, given, Cancel)));
        Assert.Single(together, refusals => !refusals.Any);
        Assert.Equal(["S11-R72"], Codes(await desk.Give(Caller.Anonymous, number, given with { Grade = RatingGrade.VeryGood }, Cancel)));
        var changed = await town.Store.Write(
            new Act(Supervisor, "approvals.rating.follow"), [new Change.Update(Definition.Of<Rating>(), number, null, new Dictionary<string, object?> { ["grade"] = "1" })], Cancel);
        Assert.Equal(["S11-R72"], Codes(changed.Refusals));

        var poor = (await town.Rating(number)).PoorCase!;
        var file = (await town.Get<CaseReader>().Get(Head("market-regulation"), poor, Cancel))!;
        Assert.Equal("verify", file.Case.Stage);
        Assert.DoesNotContain(number, file.Case.Answers + file.Case.Title, StringComparison.Ordinal);
        Assert.Null(file.Case.Person);
        Assert.Equal(["platform:rating"], (await town.Reader.History(Definition.Of<Rating>(), number, Cancel)).Select(entry => entry.WhoId).Distinct());

        // Fifteen working days, as the standard says; a new standard holds for what begins after it.
        Assert.Equal("handle", Assert.Single(file.Clocks).Facts.Rule.Code);
        Assert.Equal(15, file.Clocks[0].Facts.Rule.Length);
    }

    [Fact]
    public async Task A_poor_rating_is_corrected_and_called_back_or_excluded_on_appeal()
    {
        await using var town = await Town.Start(city);
        var (first, second) = (await town.Poor(), await town.Poor());
        Assert.Equal("CASE-R04", Assert.Single((await town.Try(Head("market-regulation"), first.Poor, new("verified") { Opinion = "属实" })).Refusals).Code);
        await town.Take(Supervisor, first.Poor, new("verified") { Opinion = "属实" });
        await town.Take(Head("market-regulation"), first.Poor, new("report") { Opinion = "已加开窗口" });
        await town.Take(Supervisor, first.Poor, new("again") { Opinion = "仍不满意" });
        await town.Take(Head("market-regulation"), first.Poor, new("report") { Opinion = "再加一个窗口" });
        await town.Take(Supervisor, first.Poor, new("called") { Opinion = "已回访", Fields = new Dictionary<string, string> { ["content"] = "true" } });

        await town.Take(Supervisor, second.Poor, new("verified") { Opinion = "待查" });
        await town.Take(Head("market-regulation"), second.Poor, new("appeal") { Reason = "误评其他单位" });
        Assert.Equal("CASE-R04", Assert.Single((await town.Try(Head("market-regulation"), second.Poor, new("accept-appeal") { Reason = "自己同意" })).Refusals).Code);
        await town.Take(Supervisor, second.Poor, new("accept-appeal") { Reason = "确系误评" });
        Assert.Equal(2, await town.Get<PoorRatings>().Run(Cancel));
        Assert.Equal(0, await town.Get<PoorRatings>().Run(Cancel));
        Assert.Equal((RatingHandling.Corrected, RatingHandling.Excluded), ((await town.Rating(first.Number)).Handling, (await town.Rating(second.Number)).Handling));

        var counted = Assert.Single(await town.Get<RatingResults>().Count("office", ClockVerdicts.At("2026-11-01 00:00"), ClockVerdicts.At("2027-01-01 00:00"), Cancel));
        Assert.Equal((1L, 1L, 0L), (counted.Rated, counted.Poor, counted.NotRated));
        Assert.Empty(RatingResults.Public([counted], 5).Shown);
    }

    [Fact]
    public async Task What_a_crash_left_between_rating_and_case_is_made_good_once()
    {
        await using var town = await Town.Start(city);
        var (number, poor) = await town.Poor();
        await town.Db.Run($"update approvals.rating set handling = 'waiting', poor_case = null where \"case\" = {number}");
        Assert.Equal(1, await town.Get<PoorRatings>().Run(Cancel));
        Assert.Equal(poor, (await town.Rating(number)).PoorCase);
        Assert.Equal(1, await town.Db.Scalar<long>($"select count(*) from casework.case where type = {PoorRatingType.Code}"));
    }

    [Fact]
    public async Task He_is_asked_at_the_end_and_once_more_after_a_day_unless_he_has_rated()
    {
        await using var town = await Town.Start(city);
        var (silent, rated) = (await town.Case("accept 30|pass-on 60|examine 60|grant 60"), await town.Case("accept 30|pass-on 60|examine 60|grant 60"));
        Assert.False((await town.Get<RatingDesk>().Give(Caller.Anonymous, rated, new(RatingChannel.Link, RatingGrade.Good, null), Cancel)).Any);
        async Task<long> Asked(string number) => await town.Db.Scalar<long>($"select count(*) from casework.outbox where case_no = {number} and event like 'approvals.rating.%' and channel = 'sms'");
        Assert.Equal((1, 1), (await Asked(silent), await Asked(rated)));
        Assert.Equal(0, await town.Get<Invitations>().Run(Cancel));
        town.Time.Now = town.Time.Now.AddHours(25);
        await Task.WhenAll(town.Get<Invitations>().Run(Cancel), town.Get<Invitations>().Run(Cancel));
        Assert.Equal(0, await town.Get<Invitations>().Run(Cancel));
        Assert.Equal((2, 1), (await Asked(silent), await Asked(rated)));
        var body = await town.Db.Scalar<string>($"select body from casework.outbox where case_no = {silent} and event = 'approvals.rating.invite' and channel = 'sms'");
        Assert.Contains(town.Get<RatingDesk>().Address(silent), body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_quarter_computed_again_is_what_it_was()
    {
        await using var town = await Town.Start(city);
        var number = await town.Case("accept 30|pass-on 60|examine 60|grant 60");
        var late = await town.Case("accept 30|pass-on 60|examine 60|refuse 60 不符合条件");
        await town.Get<RatingDesk>().Give(Caller.Anonymous, number, new(RatingChannel.Link, RatingGrade.VeryPoor, null), Cancel);
        var (book, quarter) = (town.Get<ScoreBook>(), new Quarter(2026, 4));
        Assert.Equal(["S11-R91"], Codes(await book.Close(Supervisor, quarter, null, Cancel)));
        town.Time.Now = ClockVerdicts.At("2027-01-04 09:00");
        Assert.Equal(["S11-R92"], Codes(await book.Close(Supervisor, new(2026, 3), null, Cancel)));
        Assert.False((await book.Close(Supervisor, quarter, null, Cancel)).Any);
        Assert.Equal(["S11-R93"], Codes(await book.Close(Supervisor, quarter, null, Cancel)));
        var score = Assert.Single(await book.Closed(quarter, Cancel));
        Assert.Equal((2, 1, "0,0,0,0,1", 1), (score.Ended, score.Red, score.Grades, score.NotRated));
        foreach (var (figure, cases) in new (string, string[])[]
        {
            ("ended", [number, late]), ("red", [late]), ("grade-5", [number]), ("not-rated", [late]), ("missed", []),
        })
        {
            Assert.Equal(cases.Order(StringComparer.Ordinal), (await book.Behind(quarter, "market-regulation", figure, score.KnownAt, Cancel)).Select(one => one.Case).Order(StringComparer.Ordinal));
        }

        // Later: the card is withdrawn, the rating excluded, the weights are others, also backwards.
        town.Time.Now = town.Time.Now.AddHours(1);
        var card = (await town.Cards()).Single(each => each.Kind == CardKind.Red);
        Assert.True((await town.Get<CardDesk>().Decide(Supervisor, card.Number, true, "复核后撤销", null, Cancel)).Ok);
        var poor = (await town.Rating(number)).PoorCase!;
        await town.Take(Supervisor, poor, new("exclude") { Reason = "恶意" });
        await town.Get<PoorRatings>().Run(Cancel);
        Assert.True((await town.Store.Write(
            new Act(Supervisor, "record.edit"),
            [new Change.Insert(Definition.Of<Standard>(), "", Typed<Standard>.Values(new() { Code = "weight-cards", From = new(2026, 10, 1), Value = 90 }))], Cancel)).Ok);
        Assert.Empty(await book.Differences(quarter, Cancel));
        var now = Assert.Single(await book.Compute(quarter, null, Cancel));
        Assert.NotEqual(score.Total, now.Total);
        Assert.Equal((0, 0), (now.Facts.Red, now.Facts.Rated));

        // The check sees what was changed behind the platform's back.
        await town.Db.Run($"update approvals.score set total = 99.9");
        Assert.Equal(["market-regulation"], await book.Differences(quarter, Cancel));
        var edited = await town.Store.Write(
            new Act(Supervisor, "record.edit"), [new Change.Update(Definition.Of<Score>(), score.Number, null, new Dictionary<string, object?> { ["total"] = 100m })], Cancel);
        Assert.Equal(["S11-R93"], Codes(edited.Refusals));
    }

    private static IEnumerable<string> Codes(Refusals refusals) => refusals.Select(refusal => refusal.Code);

    private static Caller Head(string office) => CaseTown.Clerk("head", Roles.Head, office) with
    {
        Permissions = new HashSet<string>([EfficiencyParts.CorrectRatings, "casework.answer"], StringComparer.Ordinal),
    };

    /// <summary>A host on a database of its own, none of whose workers run; time moves by the steps.</summary>
    private sealed class Town(WebApplication host, SetTime time) : IAsyncDisposable
    {
        private static readonly string Folder = Directory.CreateTempSubdirectory("shali-efficiency-").FullName;
        private static readonly DateTimeOffset Monday = ClockVerdicts.At("2026-11-23 09:00");

        public SetTime Time => time;

        public Db Db => Get<Db>();

        public RecordStore Store => Get<RecordStore>();

        public RecordReader Reader => Get<RecordReader>();

        public T Get<T>()
            where T : notnull => host.Services.GetRequiredService<T>();

        public static async Task<Town> Start(City city)
        {
            var time = new SetTime(Monday);
            var host = await ShaliHost.Build(
                new HostSettings(await city.OwnDatabase(), Folder, 0, Demo: true) { Quiet = true, Time = time, Identity = City.QuickSignOn, MasterKey = City.MasterKey, Systems = [.. Shali.Portal.Systems.All, new SampleCases()] }, Cancel);
            var town = new Town(host, time);
            var offices = town.Get<Offices>();
            await offices.Save(
                new Act(Caller.Platform("test"), "identity.office.save"),
                [
                    new("city", "测试市人民政府", "市政府", "government", null, "4111", new(2000, 1, 1), null),
                    new("data", "测试市数据局", "市数据局", "department", "city", "4111", new(2000, 1, 1), null),
                    new("market-regulation", "测试市市场监督管理局", "市市场监管局", "department", "city", "4111", new(2000, 1, 1), null),
                ]);
            await offices.Reload(Cancel);
            return town;
        }

        /// <summary>A case that begins on Monday at nine; steps as <c>code minutes-later [reason;basis]</c>.</summary>
        public async Task<string> Case(string steps)
        {
            time.Now = Monday;
            var who = CaseTown.Resident("申请人");
            var opened = await Get<CaseDesk>().Open(who, SampleApproval.Request(who), null, Cancel);
            Assert.True(opened.Ok, opened.Refusals.ToString());
            foreach (var step in steps.Split('|'))
            {
                var parts = step.Split(' ', 3);
                var more = parts.Length > 2 ? parts[2].Split(';') : [];
                time.Now = time.Now.AddMinutes(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
                await Take(parts[0] == "correct" ? who : CaseTown.Clerk("one"), opened.Value.Number, new(parts[0]) { Reason = more.ElementAtOrDefault(0), Basis = more.ElementAtOrDefault(1) });
            }

            return opened.Value.Number;
        }

        public async Task<(string Number, string Poor)> Poor()
        {
            var number = await Case("accept 30|pass-on 60|examine 60|grant 60");
            var given = await Get<RatingDesk>().Give(Caller.Anonymous, number, new(RatingChannel.Link, RatingGrade.Poor, null), Cancel);
            Assert.False(given.Any, given.ToString());
            return (number, (await Rating(number)).PoorCase!);
        }

        public Task<Outcome<Written>> Try(Caller who, string number, StepRequest request) => Get<CaseDesk>().Take(who, number, request, null, Cancel);

        public async Task Take(Caller who, string number, StepRequest request)
        {
            var taken = await Try(who, number, request);
            Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
        }

        public async Task Charge(string number, string item)
        {
            var fee = await Store.Write(new Act(Caller.Platform("test"), "ledger.fee.publish"), [LedgerOffice.Fee(item, "market-regulation", 120m)], Cancel);
            Assert.True(fee.Ok, fee.Refusals.ToString());
            var bill = await Get<Bills>().Issue(
                LedgerOffice.Cashier, new(number, new("测试缴款人"), "market-regulation", [new(item)], new(2026, 12, 1)), "bill-" + number, Cancel);
            Assert.True(bill.Ok, bill.Refusals.ToString());
        }

        public async Task At(string moment)
        {
            time.Now = ClockVerdicts.At(moment);
            await Get<SupervisionPass>().Run(Cancel);
        }

        public async Task<Rating> Rating(string number) => Typed<Rating>.Of((await Reader.Get(Definition.Of<Rating>(), number, null, Cancel))!);

        public async Task<IReadOnlyList<Card>> Cards()
        {
            var cards = new List<Card>();
            await foreach (var record in Reader.Stream(Platform.Casework.Supervision.Cards.Resource, new RecordQuery(), Cancel))
            {
                cards.Add(Typed<Card>.Of(record));
            }

            return cards;
        }

        public async ValueTask DisposeAsync()
        {
            await Get<Platform.Audit.AuditLog>().DisposeAsync();
            await host.DisposeAsync();
        }
    }
}
