using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>A finance office with books of its own: a database, offices, fee items, a clock that a test moves.</summary>
public sealed class LedgerOffice : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-ledger-").FullName;
    private WebApplication _app = null!;

    public static readonly Caller Cashier = new() { Id = "test:cashier", Name = "出纳", Kind = CallerKind.Staff, Office = "finance", Permissions = new HashSet<string> { LedgerSystem.Cashier } };

    public MovingClock Time { get; } = new(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero));

    public Db Db => Get<Db>();

    public static async Task<LedgerOffice> Open(City city)
    {
        var office = new LedgerOffice();
        await office.Open(await city.OwnDatabase());
        return office;
    }

    public static async Task<LedgerOffice> On(string database)
    {
        var office = new LedgerOffice();
        await office.Open(database);
        return office;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A bill over a fee of market regulation (120.00) and two units of one of health (55.25 each).</summary>
    public async Task<Bill> Bill(string? once = null)
    {
        var issued = await Get<Bills>().Issue(Cashier, Request(), once ?? Guid.NewGuid().ToString("N"), TestContext.Current.CancellationToken);
        Assert.True(issued.Ok, issued.Refusals.ToString());
        return issued.Value;
    }

    public BillRequest Request() => new(
        "办2026-1", new Payer("王小明", "person-1"), "market-regulation", [new("FEE-1"), new("FEE-2", 2)], Time.Today().AddDays(10));

    /// <summary>Pays through the test channel, as the visitor chooses, and hands the channel's notices over.</summary>
    public async Task<string> Pay(Bill bill, string choice = "pay", bool deliver = true)
    {
        var begun = await Get<Payments>().Begin(Caller.Anonymous, bill.Number, TestChannel.ChannelCode, Guid.NewGuid().ToString("N"), TestContext.Current.CancellationToken);
        Assert.True(begun.Ok, begun.Refusals.ToString());
        await Get<TestPayer>().Choose(begun.Value.Order, choice, TestContext.Current.CancellationToken);
        if (deliver)
        {
            await Deliver();
        }

        return begun.Value.Order;
    }

    /// <summary>What the channel sends over HTTP in a running city, by the same signature and the same check.</summary>
    public async Task<int> Deliver()
    {
        var channel = Get<TestChannel>();
        var due = await Db.List(
            $"update test_channel.notice set sent_at = {Time.GetUtcNow()} where sent_at is null and due <= {Time.GetUtcNow()} returning id, body",
            row => (Id: row.GetInt64(0), Body: row.GetString(1)));
        foreach (var (_, body) in due.OrderBy(notice => notice.Id))
        {
            var seconds = Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            var answer = await channel.Verify(body, seconds, await channel.Sign(body, seconds, default), default);
            var taken = await Get<Payments>().Answer(channel.Code, answer!);
            Assert.True(taken.Ok, taken.Refusals.ToString());
        }

        return due.Count;
    }

    public async Task<Bill> Now(string number) => Typed<Bill>.Of((await Get<RecordReader>().Get(Resources.Bill, number))!);

    public async Task<List<Problem>> Problems() =>
        [.. (await Get<RecordReader>().List(Resources.Problem, new RecordQuery { Limit = 1000 })).Records.Select(Typed<Problem>.Of)];

    public async Task<Money> Balance(string account) => await Get<Balances>().Of(account);

    /// <summary>The books are whole: debits are credits, every seal holds.</summary>
    public async Task Sound()
    {
        var trial = await Get<Balances>().Trial(new(2000, 1, 1), new(2100, 1, 1));
        Assert.True(trial.Balanced, $"{trial.Debits} {trial.Credits}");
        Assert.Empty(await Get<BookCheck>().Run());
    }

    public async ValueTask DisposeAsync()
    {
        // The log ends while what it asks is still there.
        await Get<Shali.Platform.Audit.AuditLog>().DisposeAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Open(string database)
    {
        _app = await ShaliHost.Build(new(database, _folder, 0, Demo: true) { Quiet = true, MasterKey = City.MasterKey, Time = Time });
        if (Get<Offices>().Find("health") is null)
        {
            await Get<Offices>().Reload(default);
        }

        if (Get<Offices>().Find("health") is not null)
        {
            return;
        }

        var founded = await Get<Offices>().Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [
                new("city", "测试市人民政府", "市政府", "government", null, "4111", new(2000, 1, 1), null),
                new("finance", "测试市财政局", "市财政", "department", "city", "4111", new(2000, 1, 1), null),
                new("market-regulation", "测试市市场监督管理局", "市市场监管", "department", "city", "4111", new(2000, 1, 1), null),
                new("health", "测试市卫生健康委员会", "市卫健", "department", "city", "4111", new(2000, 1, 1), null),
            ]);
        Assert.True(founded.Ok, founded.Refusals.ToString());
        var fees = await Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "ledger.fee.publish"),
            [Fee("FEE-1", "market-regulation", 120m), Fee("FEE-2", "health", 55.25m), Fee("FEE-9", "health", 10m, FeeState.Draft)]);
        Assert.True(fees.Ok, fees.Refusals.ToString());
    }

    public static Change Fee(string code, string office, decimal price, string state = FeeState.Published) => new Change.Insert(
        Resources.FeeItem, "", Typed<FeeItem>.Values(new FeeItem
        {
            Code = code,
            Name = "测试收费" + code,
            Office = office,
            BasisAct = "测试法",
            BasisArticle = "第一条",
            StandardNumber = "测价〔2026〕1号",
            Price = price,
            Unit = "件",
            State = state,
        }))
    { ValidFrom = new(2020, 1, 1) };
}

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class MovingClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
