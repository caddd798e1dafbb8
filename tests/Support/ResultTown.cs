using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Government.S11Approvals;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Audit;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Ledger;
using Shali.Platform.Registry;
using Shali.Portal;

namespace Shali.Tests.Support;

/// <summary>
/// A city of its own none of whose workers run: a test says when a paper is issued, a bill heard of, and what time it is.
/// One item is published, with fees where the test says so.
/// </summary>
internal sealed class ResultTown(WebApplication host, MovingClock time, ServiceItem item) : IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("shali-results-").FullName;
    private static readonly string Organisation = "00123456" + OrganisationCode.CheckOf("00123456");
    private static int _person;

    public MovingClock Time => time;

    public ServiceItem Item => item;

    public Db Db => Get<Db>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static Caller Clerk(string id, string role = Roles.Clerk, string office = "market-regulation") => new()
    {
        Id = "clerk-" + id,
        Name = "经办" + id,
        Kind = CallerKind.Staff,
        Office = office,
        OfficeName = office,
        Role = role,
        Permissions = new HashSet<string>(
            [ApprovalSystem.Handle, ApprovalSystem.Window, "casework.answer", .. role == Roles.Head ? [ApprovalSystem.Decide] : Array.Empty<string>()], StringComparer.Ordinal),
    };

    public static readonly Caller Head = Clerk("head", Roles.Head);

    public static async Task<ResultTown> Start(City city, Func<ServiceItem, ServiceItem>? change = null, string? database = null)
    {
        var time = new MovingClock(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero));
        var item = ItemTown.Item() with { ChecksSubstance = false };
        item = change?.Invoke(item) ?? item;
        var host = await ShaliHost.Build(
            new HostSettings(database ?? await city.OwnDatabase(), Folder, 0, Demo: true) { Quiet = true, Time = time, Identity = City.QuickSignOn, MasterKey = City.MasterKey });
        var town = new ResultTown(host, time, item);
        await town.Found();
        return town;
    }

    /// <summary>An applicant's case, with these answers.</summary>
    public async Task<(string Number, Caller Who)> Open(Dictionary<string, string>? answers = null, string? type = null, Caller? by = null)
    {
        var n = Interlocked.Increment(ref _person);
        var who = by ?? new Caller { Id = $"account-result-{n}", Name = "郑申请", Kind = CallerKind.Resident, Person = $"result-person-{n}", Role = Roles.Resident };
        var opened = await Get<CaseDesk>().Open(
            who,
            new(type ?? item.CaseType, answers ?? new Dictionary<string, string> { ["shop"] = "郑家面馆", ["kind"] = "retail" })
            {
                Person = who.Person,
                PersonName = who.Name,
                Entity = who.Entity,
                EntityName = who.Entity is null ? null : "郑家餐饮有限公司",
                Phone = "13800000000",
                Materials = [new("lease", "场所使用证明", MaterialSource.Paper), new("photo", "门面照片", MaterialSource.Paper)],
            },
            null);
        Assert.True(opened.Ok, opened.Refusals.ToString());
        return (opened.Value.Number, who);
    }

    public Task<Outcome<Written>> Try(Caller who, string number, StepRequest request) => Get<CaseDesk>().Take(who, number, request, null);

    public async Task Take(Caller who, string number, StepRequest request)
    {
        var taken = await Try(who, number, request);
        Assert.True(taken.Ok, $"{request.Step}: {taken.Refusals}");
    }

    /// <summary>From acceptance to the decision.</summary>
    public async Task Decide(string number, string step = ItemSteps.Grant)
    {
        await Take(Clerk("one"), number, new(ItemSteps.Examine) { Opinion = "符合" });
        await Take(Head, number, new(step) { Opinion = "同意", Reason = "面积不足", Basis = "《食品安全法》第三十三条" });
    }

    /// <summary>Everything that steps have left, until nothing is due.</summary>
    public async Task Follow()
    {
        while (await Get<FollowUpRun>().Run() > 0)
        {
        }
    }

    /// <summary>The case hears what became of its bill.</summary>
    public async Task Hear()
    {
        await Sequenced();
        await Get<BillNews>().Tell();
        await Follow();
    }

    public Task Sequenced() => Get<AuditLog>().Placed("ledger");

    public async Task<string> Pay(Bill bill, string choice = "pay")
    {
        var begun = await Get<Payments>().Begin(Caller.Anonymous, bill.Number, TestChannel.ChannelCode, Guid.NewGuid().ToString("N"));
        Assert.True(begun.Ok, begun.Refusals.ToString());
        await Get<TestPayer>().Choose(begun.Value.Order, choice, default);
        await Deliver();
        return begun.Value.Order;
    }

    /// <summary>What the channel sends over HTTP in a running city, by the same signature and the same check.</summary>
    public async Task Deliver()
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
    }

    public async Task<IReadOnlyList<Bill>> Bills(string number) => [.. (await List<Bill>("case", number)).OrderBy(bill => bill.Number, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<T>> List<T>(string field, string value) =>
        [.. (await Get<RecordReader>().List(Definition.Of<T>(), new RecordQuery { Where = new Filter.Compare(field, Comparison.Equal, value), Limit = 1_000 })).Records.Select(Typed<T>.Of)];

    public async Task<CaseFile> File(string number) => (await Get<CaseReader>().Get(Head, number))!;

    public async ValueTask DisposeAsync()
    {
        await Get<AuditLog>().DisposeAsync();
        await host.DisposeAsync();
    }

    private async Task Found()
    {
        var offices = Get<Offices>();
        await offices.Reload(default);
        if (offices.Find("health") is not null)
        {
            return;
        }

        await offices.Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [
                new("city", "测试市人民政府", "市政府", "government", null, "4111", new(2000, 1, 1), null),
                new("finance", "测试市财政局", "市财政局", "department", "city", "4111", new(2000, 1, 1), null),
                new("data", "测试市数据局", "市数据局", "department", "city", "4111", new(2000, 1, 1), null),
                new("market-regulation", "测试市市场监督管理局", "市市场监管局", "department", "city", "4111", new(2000, 1, 1), null),
                new("health", "测试市卫生健康委员会", "市卫健委", "department", "city", "4111", new(2000, 1, 1), null),
            ]);
        await offices.Reload(default);
        await Must(Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "ledger.fee.publish"),
            [LedgerOffice.Fee("F-1", "market-regulation", 120m), LedgerOffice.Fee("F-2", "health", 55.25m), LedgerOffice.Fee("F-3", "market-regulation", 10m)]));
        await Must(Get<RecordStore>().Write(
            new Act(Caller.Platform("test"), "load"),
            [
                new Change.Insert(
                    Centres.DataCentre.D2LegalEntities.Resources.Entity, Organisation,
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        ["organisation_code"] = Organisation,
                        ["credit_code"] = CreditCode.Compose("11", "411100", Organisation),
                        ["name"] = "测试市市场监督管理局",
                        ["kind"] = "organ",
                        ["state"] = "active",
                        ["established_on"] = new DateOnly(1990, 1, 1),
                    }),
            ]));
        await Publish(item);
    }

    /// <summary>An item, written by one and published by another.</summary>
    public async Task Publish(ServiceItem given)
    {
        var (author, reviewer) = (Editor("author", given.Office), Editor("reviewer", given.Office));
        var desk = Get<ItemDesk>();
        var key = ItemTown.Value(await desk.Begin(author, given));
        ItemTown.Value(await desk.Submit(author, key, 1));
        ItemTown.Value(await desk.Publish(reviewer, key, 2));
    }

    private static Caller Editor(string id, string office) => Clerk(id, Roles.Head, office) with
    {
        Permissions = new HashSet<string>([ApprovalSystem.EditItems, ApprovalSystem.PublishItems], StringComparer.Ordinal),
    };

    private static async Task Must<T>(Task<Outcome<T>> write)
    {
        var written = await write;
        Assert.True(written.Ok, written.Refusals.ToString());
    }
}
