using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals;
using Shali.Government.S11Approvals.Items;
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
/// What the platform does by itself in the cases of items when a time runs out: acceptance by silence, the end without
/// correction, urging; at the legal moment, whoever slept and whatever stood still. Time stands where the test sets it.
/// </summary>
public sealed class SilenceOfItems(City city)
{
    private static readonly DateTimeOffset Monday = ClockVerdicts.At("2026-11-23 09:00");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_working_days_without_a_notice_accept_the_application_from_the_day_of_receipt()
    {
        await using var town = await Town.Start(city);
        var number = await town.Open();
        await town.At("2026-11-30 23:59");
        Assert.Equal(ItemStages.Received, (await town.Case(number)).Stage);
        await town.At("2026-12-01 00:00");
        var of = await town.Case(number);
        Assert.Equal((ItemStages.Review, Monday), (of.Stage, of.AcceptedAt));
        Assert.Equal(
            [(ItemClocks.Legal, Monday), (ItemClocks.Promise, Monday)],
            await town.Db.List(
                $"select rule, started_at from casework.clock where \"case\" = {number} and ended_at is null order by rule",
                row => (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), Cancel));
        var step = (await town.Events(number))[^1];
        Assert.Equal((ItemSteps.DeemAccepted, "platform:supervision"), (step.Step, step.Who));
        var card = Assert.Single(await town.Cards(), card => card.Kind != CardKind.Warning);
        Assert.Equal(("SV-R07", "S11-R81", ClockVerdicts.At("2026-12-01 00:00")), (card.Rule, card.Trigger, card.Moment));
        Assert.Equal((1, 0), (await town.Told(number, ItemNotices.Deemed), await town.Told(number, ItemNotices.Accepted)));

        // Later notices do not undo it: it is accepted.
        Assert.Equal("CASE-R02", Assert.Single((await town.Try(town.Clerk, number, new(ItemSteps.AskCorrection) { Opinion = "缺页" })).Refusals).Code);
    }

    [Fact]
    public async Task Whoever_does_not_correct_in_time_is_told_that_it_has_ended_and_no_office_is_blamed()
    {
        await using var town = await Town.Start(city);
        var number = await town.Open();
        town.Time.Now = ClockVerdicts.At("2026-11-27 10:00");
        await town.Take(town.Clerk, number, new(ItemSteps.AskCorrection) { Opinion = "缺少照片；租约缺末页" });
        var due = await town.Db.Scalar<DateTimeOffset>($"select due_at from casework.clock where \"case\" = {number} and rule = {ItemClocks.Correction}", Cancel);
        Assert.True(due >= ClockVerdicts.At("2026-12-28 00:00"));
        await town.At(due.AddSeconds(-1));
        Assert.Equal(ItemStages.Correcting, (await town.Case(number)).Stage);
        await town.At(due);
        var of = await town.Case(number);
        Assert.Equal((ItemStages.Uncorrected, CaseState.Ended, ItemResults.Uncorrected), (of.Stage, of.State, of.Result));
        Assert.Equal(1, await town.Told(number, ItemNotices.Uncorrected));
        Assert.All(await town.Cards(), card => Assert.Equal(CardKind.Warning, card.Kind));
        Assert.Equal(0, await town.Db.Scalar<long>($"select count(*) from casework.work where case_no = {number}", Cancel));
    }

    [Fact]
    public async Task What_was_corrected_in_time_is_accepted_by_silence_from_the_day_of_the_correction()
    {
        await using var town = await Town.Start(city);
        var number = await town.Open();
        town.Time.Now = ClockVerdicts.At("2026-11-27 10:00");
        await town.Take(town.Clerk, number, new(ItemSteps.AskCorrection) { Opinion = "缺少照片" });
        town.Time.Now = ClockVerdicts.At("2026-12-10 09:00");
        await town.Take(town.Applicant, number, new(ItemSteps.Correct));
        await town.At("2026-12-17 23:59");
        Assert.Equal(ItemStages.Received, (await town.Case(number)).Stage);
        await town.At("2026-12-18 00:00");
        var of = await town.Case(number);
        Assert.Equal((ItemStages.Review, ClockVerdicts.At("2026-12-10 09:00")), (of.Stage, of.AcceptedAt));
    }

    [Fact]
    public async Task What_ran_out_while_the_host_was_down_is_made_good_at_its_start_at_the_legal_moments()
    {
        await using var town = await Town.Start(city);
        var number = await town.Open();
        var restart = ClockVerdicts.At("2027-01-15 10:00");
        await town.Restart(restart);
        while (await town.Db.Scalar<bool>($"select exists (select 1 from casework.clock where next_judgement <= {restart.ToUniversalTime()})", Cancel))
        {
            await Task.Delay(20, Cancel);
        }

        var of = await town.Case(number);
        Assert.Equal((ItemStages.Review, Monday), (of.Stage, of.AcceptedAt));
        var cards = await town.Cards();
        Assert.Equal(
            [
                "SV-R03 2026-11-27 00:00", "SV-R07 2026-12-01 00:00", "SV-R01 2026-12-03 00:00", "SV-R02 2026-12-08 00:00",
                "SV-R03 2026-12-15 00:00", "SV-R04 2026-12-22 00:00",
            ],
            cards.OrderBy(card => card.Moment).Select(card => $"{card.Rule} {card.Moment.Local():yyyy-MM-dd HH:mm}"));
        Assert.All(cards, card => Assert.Equal(restart, card.IssuedAt));
        Assert.Equal(restart, (await town.Events(number))[^1].At);
    }

    [Fact]
    public async Task Whoever_is_quicker_than_the_platform_after_a_standstill_is_shown_what_silence_decided()
    {
        await using var town = await Town.Start(city);
        var (first, second) = (await town.Open(), await town.Open());
        await town.Take(town.Clerk, second, new(ItemSteps.AskCorrection) { Opinion = "缺少照片" });
        town.Time.Now = ClockVerdicts.At("2027-01-15 10:00");

        // Nobody has looked yet: no pass has run. Neither a refusal nor a late correction overtakes the law.
        var refused = await town.Try(town.Clerk, first, new(ItemSteps.RefuseAcceptance) { Expected = 1, Reason = "不属于本单位", Basis = "行政许可法第三十二条", Document = "不受〔2027〕1号" });
        Assert.Equal("CASE-C01", Assert.Single(refused.Refusals).Code);
        Assert.Equal((ItemStages.Review, Monday), ((await town.Case(first)).Stage, (await town.Case(first)).AcceptedAt));
        Assert.Contains(await town.Cards(), card => card.Case == first && card.Rule == "SV-R07");
        var corrected = await town.Try(town.Applicant, second, new(ItemSteps.Correct) { Expected = 2 });
        Assert.Equal("CASE-C01", Assert.Single(corrected.Refusals).Code);
        Assert.Equal(ItemStages.Uncorrected, (await town.Case(second)).Stage);

        // While the platform is kept from its step, the step of a person waits too; nothing is decided against the law.
        var third = await town.Open();
        town.Time.Now = ClockVerdicts.At("2027-02-15 10:00");
        await town.Db.Run($"update casework.clock set next_judgement = {town.Time.Now.AddMinutes(5).ToUniversalTime()} where \"case\" = {third}", Cancel);
        Assert.Equal("CASE-R27", Assert.Single((await town.Try(town.Clerk, third, new(ItemSteps.Accept))).Refusals).Code);
        await town.Take(town.Clerk, third, new(BuiltInSteps.Claim));
    }

    [Fact]
    public async Task Urging_reaches_whoever_has_the_case_and_the_head_while_nobody_has_it()
    {
        await using var town = await Town.Start(city);
        var (pool, taken) = (await town.Open(), await town.Open());
        await town.Take(town.Clerk, taken, new(BuiltInSteps.Claim));
        await town.At("2026-11-30 08:00");
        Task<List<string>> Receivers(string number, string @event) => town.Db.List(
            $"select receiver from casework.outbox where case_no = {number} and event = {@event} and channel = 'inbox' order by receiver", row => row.GetString(0), Cancel);
        Assert.Equal([Town.HeadName], await Receivers(pool, "supervision.card"));
        Assert.Equal([town.Clerk.Name], await Receivers(taken, "supervision.card"));

        var supervisor = new Caller
        {
            Id = "supervisor",
            Name = "监察员",
            Kind = CallerKind.Staff,
            Office = "data",
            Role = Roles.Head,
            Permissions = new HashSet<string>([ApprovalSystem.Supervise], StringComparer.Ordinal),
        };
        foreach (var number in (string[])[pool, taken])
        {
            await town.Take(supervisor, number, new(ItemSteps.Urge) { Opinion = "请在今日内答复申请人" });
        }

        Assert.Equal([Town.HeadName], await Receivers(pool, ItemSteps.Urge));
        Assert.Equal([town.Clerk.Name], await Receivers(taken, ItemSteps.Urge));
        Assert.Contains("请在今日内答复申请人", await town.Db.Scalar<string>($"select body from casework.outbox where case_no = {taken} and event = {ItemSteps.Urge}", Cancel), StringComparison.Ordinal);
    }

    /// <summary>A host on a database of its own with one item in force; its workers run only after a restart.</summary>
    private sealed class Town(string database, WebApplication host, SetTime time) : IAsyncDisposable
    {
        public const string HeadName = "周负责";

        private static readonly string Folder = Directory.CreateTempSubdirectory("shali-silence-").FullName;

        private readonly ServiceItem _item = ItemTown.Item();
        private WebApplication _host = host;
        private bool _runs;

        public SetTime Time => time;

        public Db Db => Get<Db>();

        public Caller Applicant { get; } = CaseTown.Resident("沉默");

        public Caller Clerk { get; } = CaseTown.Clerk("silence") with { Permissions = new HashSet<string>([ApprovalSystem.Handle, "casework.answer"], StringComparer.Ordinal) };

        public T Get<T>()
            where T : notnull => _host.Services.GetRequiredService<T>();

        public static async Task<Town> Start(City city)
        {
            var (database, time) = (await city.OwnDatabase(), new SetTime(Monday));
            var town = new Town(database, await Build(database, time), time);
            await town.Get<Offices>().Save(
                new Act(Caller.Platform("test"), "identity.office.save"),
                [new("market-regulation", "测试市市场监督管理局", "市市场监管局", "department", null, "4111", new(2000, 1, 1), null)]);
            await town.Get<Offices>().Reload(Cancel);
            await town.Get<DemoAccounts>().Create(
                [new("silence.head", HeadName, null, [new Post("", "", "market-regulation", Roles.Head, DataScope.All, "", "", new(2020, 1, 1), null)])], Caller.Platform("test"));
            var published = await town.Get<CaseTypes>().Publish(ItemCaseType.Of(town._item), Caller.Platform("test"), Cancel);
            Assert.True(published.Ok, published.Refusals.ToString());
            return town;
        }

        public async Task<string> Open()
        {
            var opened = await Get<CaseDesk>().Open(
                Applicant,
                new(_item.CaseType, new Dictionary<string, string> { ["shop"] = "沉默的店", ["kind"] = "retail" })
                {
                    Person = Applicant.Person,
                    PersonName = Applicant.Name,
                    Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("photo", "门面照片", MaterialSource.Paper)],
                },
                null, Cancel);
            return opened.Ok ? opened.Value.Number : throw new InvalidOperationException(opened.Refusals.ToString());
        }

        public Task<Outcome<Written>> Try(Caller who, string number, StepRequest request) => Get<CaseDesk>().Take(who, number, request, null, Cancel);

        public async Task Take(Caller who, string number, StepRequest request)
        {
            var taken = await Try(who, number, request);
            Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
        }

        public Task At(string moment) => At(ClockVerdicts.At(moment));

        public async Task At(DateTimeOffset moment)
        {
            time.Now = moment;
            await Get<SupervisionPass>().Run(Cancel);
        }

        /// <summary>The host ends; at that later moment another one starts, with all that a start does.</summary>
        public async Task Restart(DateTimeOffset moment)
        {
            await Get<Platform.Audit.AuditLog>().DisposeAsync();
            await _host.DisposeAsync();
            time.Now = moment;
            _host = await Build(database, time);
            await _host.StartAsync(Cancel);
            _runs = true;
        }

        public async Task<Case> Case(string number) => Typed<Case>.Of((await Get<RecordReader>().Get(CaseResources.Case, number, null, Cancel))!);

        public async Task<IReadOnlyList<CaseEvent>> Events(string number) => [.. (await Get<RecordReader>().List(
            CaseResources.Event, new RecordQuery { Where = new Filter.Compare("case", Comparison.Equal, number), Limit = 100 }, Cancel))
            .Records.Select(Typed<CaseEvent>.Of).OrderBy(one => one.Ordinal)];

        public async Task<IReadOnlyList<Card>> Cards() => [.. (await Get<RecordReader>().List(
            Platform.Casework.Supervision.Cards.Resource, new RecordQuery { Limit = 100 }, Cancel)).Records.Select(Typed<Card>.Of)];

        public Task<long> Told(string number, string notice) => Db.Scalar<long>(
            $"select count(*) from casework.outbox where case_no = {number} and event = {notice} and channel = 'inbox'", Cancel);

        public async ValueTask DisposeAsync()
        {
            if (_runs)
            {
                await _host.StopAsync(Cancel);
            }

            await Get<Platform.Audit.AuditLog>().DisposeAsync();
            await _host.DisposeAsync();
        }

        private static Task<WebApplication> Build(string database, SetTime time) => ShaliHost.Build(
            new HostSettings(database, Folder, 0, Demo: true) { Quiet = true, Identity = City.QuickSignOn, MasterKey = City.MasterKey, Time = time }, Cancel);
    }
}
