using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Portal;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Records change and are pushed while the node that pushes is killed again and again. Every change arrives, what comes twice has the
/// same id, and the changes of one record come in their order.
/// </summary>
internal sealed class PushTrial(City city) : ITrial
{
    private const int Keys = 20;
    private const int Rounds = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-push-").FullName;
    private string _database = "";
    private WebApplication _app = null!;
    private HookReceiver _receiver = null!;
    private ResourceDefinition _resource = null!;
    private string _grant = "";
    private Task? _writing;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task Prepare()
    {
        _database = await city.OwnDatabase();
        _app = await ShaliHost.Build(PushChild.Settings(_database, _folder));
        _receiver = await HookReceiver.Start();
        _receiver.Slow = TimeSpan.FromMilliseconds(5);
        (_resource, _grant) = await Granted(_app.Services, _receiver.Address);
    }

    /// <summary>One node pushes: a second that took what the first still holds would push beside it.</summary>
    public IEnumerable<(string Name, string Value)> Variables(int node) => node == 0 ? [(PushChild.Variable, _database), (PushChild.Grant, _grant)] : [];

    public void Heard(string line)
    {
    }

    public Task Enough(int round, KilledNodes nodes)
    {
        _writing ??= Write(_app.Services.GetRequiredService<RecordStore>(), _resource);
        var wanted = Math.Min(_receiver.Distinct + 30, Keys * Rounds);
        return nodes.Until(() => _receiver.Distinct >= wanted);
    }

    public async Task Judge()
    {
        await _writing!;
        var last = _app.Services.GetRequiredService<Pusher>();
        last.TakesHeld = true;
        while (_receiver.Distinct < Keys * Rounds)
        {
            await last.Push(_grant, Cancel);
        }

        var arrived = _receiver.Events.Select(one => (Id: one.GetProperty("id").GetString()!, Key: one.GetProperty("subject").GetString()!, Version: one.GetProperty("recordversion").GetInt32())).ToList();
        foreach (var record in arrived.DistinctBy(one => one.Id).GroupBy(one => one.Key))
        {
            Assert.Equal(Enumerable.Range(1, Rounds), record.Select(one => one.Version));
        }

        Assert.Equal(Keys * Rounds, arrived.DistinctBy(one => (one.Key, one.Version)).Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task Write(RecordStore store, ResourceDefinition resource)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var key in Enumerable.Range(0, Keys).Select(i => $"k{i:D2}"))
            {
                var values = new Dictionary<string, object?> { ["name"] = $"第{round}次" };
                var written = await store.Write(
                    new Act(Caller.Platform("test"), "test"),
                    [round == 1 ? new Change.Insert(resource, key, values) : new Change.Update(resource, key, null, values)], Cancel);
                Assert.True(written.Ok, written.Refusals.ToString());

                // Nodes come up, push and die while it goes on.
                await Task.Delay(15, Cancel);
            }
        }
    }

    private static async Task<(ResourceDefinition Resource, string Grant)> Granted(IServiceProvider services, string address)
    {
        var published = await services.GetRequiredService<ResourceRegistry>().Publish(
            new ResourceDefinition
            {
                Id = "push-crash/thing",
                Name = "推送的登记",
                Clause = "S06",
                Owner = "police",
                Sharing = Sharing.Conditional("限履行职责时使用"),
                Fields = [new() { Name = "name", Label = "名称", Type = FieldTypes.Text }],
            },
            Caller.Platform("test"), Cancel);
        Assert.True(published.Ok, published.Refusals.ToString());
        const string Number = "2900000000000017";
        var today = TimeProvider.System.Today();
        var terms = new GrantTerms("push-crash/thing", "health")
        {
            Fields = ["name"],
            Scene = "推送",
            Basis = "某法第一条",
            Ways = [GrantWay.Push],
            Rate = GrantRules.RateMax,
            Begins = today,
            Ends = today.AddYears(1),
        };
        var made = await services.GetRequiredService<RecordStore>().Write(
            new Act(Caller.Platform("test"), "test"), GrantResources.Grant.Schema,
            session => services.GetRequiredService<GrantDesk>().Make(session, Caller.Platform("test"), Number, terms, Cancel), Cancel);
        Assert.True(made.Ok, made.Refusals.ToString());
        await services.GetRequiredService<Revocations>().Read(Cancel);
        var head = new Caller { Id = "head", Name = "负责人", Kind = CallerKind.Staff, Office = "health", Role = Roles.Head, Permissions = new HashSet<string>([SharingRights.Apply], StringComparer.Ordinal) };
        var saved = await services.GetRequiredService<Hooks>().Save(head, Number, address, fromNow: true, Cancel);
        Assert.True(saved.Ok, saved.Refusals.ToString());
        return (published.Value, Number);
    }
}
