using Npgsql;
using Shali.Bench;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>The books alone: once, balanced, never changed, and damage is found.</summary>
public sealed class LedgerBooks(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_storm_of_events_balances_to_the_cent()
    {
        await using var office = await LedgerOffice.Open(city);
        var storm = new LedgerStorm(office.Get<Posting>(), office.Get<Balances>(), office.Get<BookCheck>(), office.Get<RecordStore>());
        await storm.Open(Cancel);
        var result = await storm.Run(12_000, 20261125, 16, Cancel);
        Assert.Empty(result.Wrong);
        Assert.True(result.Accepted > 6_000 && result.Repeated > 500 && result.Refused > 500, result.ToString());
    }

    [Fact]
    public async Task The_same_request_is_one_entry_and_another_content_is_refused()
    {
        await using var office = await LedgerOffice.Open(city);
        await Open(office, ("a", false), ("b", false));
        var posting = office.Get<Posting>();
        var first = await posting.Post(Entry("r1", 100), Cancel);
        var again = await posting.Post(Entry("r1", 100), Cancel);
        Assert.Equal((first.Value.Id, true), (again.Value.Id, again.Value.Earlier));
        Assert.Equal("LDG-E07", (await posting.Post(Entry("r1", 101), Cancel)).Refusals[0].Code);
        Assert.Equal(new Money(100), await office.Balance("a"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_an_entry_is_said_at_once_and_its_neighbours_are_posted()
    {
        await using var office = await LedgerOffice.Open(city);
        await Open(office, ("a", false), ("b", false));
        var posting = office.Get<Posting>();
        var bad = posting.Post(new Entry("", EntryKind.Charge, "x", "", [new("a", "a", new(0)), new("a", "no", new(5))]), Cancel);
        var none = posting.Post(new Entry("n", EntryKind.Charge, "x", "", []), Cancel);
        var good = posting.Post(Entry("r1", 100), Cancel);
        Assert.Equal("LDG-E02 LDG-E03 LDG-E04 LDG-E05", string.Join(' ', (await bad).Refusals.Select(refusal => refusal.Code).Order(StringComparer.Ordinal)));
        Assert.Equal("LDG-E01", (await none).Refusals[0].Code);
        Assert.True((await good).Ok);
        await office.Sound();
    }

    [Fact]
    public async Task A_guarded_account_is_never_overdrawn_however_many_draw_at_once()
    {
        await using var office = await LedgerOffice.Open(city);
        await Open(office, ("bank", false), ("purse", true), ("shop", false));
        var store = office.Get<RecordStore>();
        Assert.True((await office.Get<Posting>().Post(new("load", EntryKind.Payment, "p", "充值", [new("bank", "purse", new(1_000))]), Cancel)).Ok);
        var draws = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => store.Write(
            new Act(LedgerOffice.Cashier, "ledger.post"),
            "ledger",
            writing => Books.Must(writing, Cancel, new Entry($"draw-{i}", EntryKind.Payment, "p", "消费", [new("purse", "shop", new(90))])),
            Cancel)));
        Assert.Equal(11, draws.Count(draw => draw.Ok));
        Assert.All(draws.Where(draw => !draw.Ok), draw => Assert.Equal("LDG-E10", draw.Refusals[0].Code));
        Assert.Equal(new Money(-10), await office.Balance("purse"));
        await office.Sound();
    }

    [Fact]
    public async Task A_reversal_takes_back_all_and_only_once()
    {
        await using var office = await LedgerOffice.Open(city);
        await Open(office, ("a", false), ("b", false));
        var posting = office.Get<Posting>();
        var id = (await posting.Post(Entry("r1", 100), Cancel)).Value.Id;
        var part = new Entry("back", EntryKind.Reversal, "x", "冲销", [new("b", "a", new(99))]) { Reverses = id };
        Assert.Equal("LDG-E08", (await posting.Post(part, Cancel)).Refusals[0].Code);
        var whole = part with { Transfers = [new("b", "a", new(100))] };
        Assert.True((await posting.Post(whole, Cancel)).Ok);
        Assert.Equal("LDG-E09", (await posting.Post(whole with { Request = "back-2" }, Cancel)).Refusals[0].Code);
        Assert.Equal(Money.Zero, await office.Balance("a"));
    }

    [Fact]
    public async Task Balances_are_told_as_of_any_moment()
    {
        await using var office = await LedgerOffice.Open(city);
        await Open(office, ("a", false), ("b", false));
        var moments = new List<DateTimeOffset>();
        for (var i = 1; i <= 6; i++)
        {
            Assert.True((await office.Get<Posting>().Post(Entry($"r{i}", i * 100), Cancel)).Ok);
            moments.Add(office.Time.GetUtcNow());
            office.Time.Move(TimeSpan.FromHours(10));
            await office.Get<Balances>().Gather(Cancel);
        }

        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            sum += (i + 1) * 100;
            Assert.Equal(new Money(sum), await office.Get<Balances>().Of("a", moments[i], Cancel));
            Assert.Equal(new Money(-sum), await office.Get<Balances>().Of("b", moments[i].AddMinutes(1), Cancel));
        }

        var second = moments[2].Local().Day();
        var trial = await office.Get<Balances>().Trial(second, second, Cancel);
        Assert.True(trial.Balanced);
        Assert.True(trial.Lines.Single(line => line.Code == "a").Opening > Money.Zero);
    }

    [Theory]
    [InlineData("insert into ledger.posting values (999999, 1, '2026-11-25', 'a', 'a', 5)", "23514")]
    [InlineData("insert into ledger.posting values (999999, 1, '2026-11-25', 'a', 'b', -5)", "23514")]
    [InlineData("update ledger.posting set amount = 1", "42501")]
    [InlineData("delete from ledger.entry", "42501")]
    [InlineData("truncate ledger.posting", "42501")]
    public async Task The_database_itself_refuses_what_must_never_be(string statement, string state)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => city.Db.Run(Sql.Trusted(statement), Cancel));
        Assert.Equal(state, refused.SqlState);
    }

    [Theory]
    [InlineData("update ledger.posting set amount = amount + 1 where entry = {0} and line = 1", "LDG-V01 LDG-V04 LDG-V05")]
    [InlineData("update ledger.posting set debit = 'b', credit = 'a' where entry = {0}", "LDG-V01 LDG-V04")]
    [InlineData("update ledger.entry set about = 'another' where id = {0}", "LDG-V01")]
    [InlineData("delete from ledger.entry where id = {0}", "LDG-V01 LDG-V03")]
    [InlineData("insert into ledger.posting select entry, 2, day, debit, credit, amount from ledger.posting where entry = {0}", "LDG-V01 LDG-V04 LDG-V05")]
    [InlineData("update ledger.turnover set debit = debit + 1 where account = 'a'", "LDG-V04")]
    [InlineData("delete from ledger.batch where number = (select act::text from ledger.entry where id = {0})", "LDG-V02")]
    public async Task What_the_database_administrator_changes_is_found(string statement, string codes)
    {
        var database = await city.OwnDatabase();
        await using var office = await LedgerOffice.On(database);
        await Open(office, ("a", false), ("b", false));
        Assert.True((await office.Get<Posting>().Post(Entry("r1", 100), Cancel)).Ok);
        var id = (await office.Get<Posting>().Post(Entry("r2", 200), Cancel)).Value.Id;
        await office.Get<Balances>().Gather(Cancel);
        Assert.Empty(await office.Get<BookCheck>().Run(cancel: Cancel));
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await using (var super = Db.Briefly(new NpgsqlConnectionStringBuilder(city.SuperuserConnectionString) { Database = name }.ConnectionString))
        {
            await super.Run(Sql.Trusted(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id)), Cancel);
        }

        var found = await office.Get<BookCheck>().Run(cancel: Cancel);
        Assert.Equal(codes, string.Join(' ', found.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)));
    }

    private static Entry Entry(string request, long fen) => new(request, EntryKind.Charge, "x", "测试", [new("a", "b", new(fen))]);

    private static async Task Open(LedgerOffice office, params (string Code, bool Guarded)[] accounts)
    {
        var opened = await office.Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "ledger.account.open"),
            "ledger",
            writing => Chart.Open(
                writing,
                accounts.Select(account => new LedgerAccount
                {
                    Code = account.Code,
                    Name = account.Code,
                    Kind = account.Guarded ? AccountKind.Liability : AccountKind.Asset,
                    Office = "finance",
                    Guarded = account.Guarded,
                    OpenedOn = default,
                }),
                Cancel),
            Cancel);
        Assert.True(opened.Ok, opened.Refusals.ToString());
    }
}
