using System.Diagnostics;
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
/// A node that pushes is killed again and again while records change. Every change arrives, what comes twice has the same id, and the
/// changes of one record come in their order.
/// </summary>
public sealed class PushSurvives(City city)
{
    private static readonly int Kills = Storm.KillsOr(2);
    private const int Keys = 20;
    private const int Rounds = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_lose_no_change_and_keep_the_order_of_each_record()
    {
        var (database, folder) = (await city.OwnDatabase(), Directory.CreateTempSubdirectory("shali-push-").FullName);
        await using var app = await ShaliHost.Build(PushChild.Settings(database, folder));
        await using var receiver = await HookReceiver.Start();
        receiver.Slow = TimeSpan.FromMilliseconds(5);
        var store = app.Services.GetRequiredService<RecordStore>();
        var (resource, number) = await Granted(app.Services, receiver.Address);
        var writing = Write(store, resource);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = Child(database, number);
            try
            {
                await receiver.Until(Math.Min(receiver.Distinct + 30, Keys * Rounds));
            }
            finally
            {
                child.Kill();
                await child.WaitForExitAsync(CancellationToken.None);
            }
        }

        await writing;
        var last = app.Services.GetRequiredService<Pusher>();
        last.TakesHeld = true;
        while (receiver.Distinct < Keys * Rounds)
        {
            await last.Push(number, Cancel);
        }

        var arrived = receiver.Events.Select(one => (Id: one.GetProperty("id").GetString()!, Key: one.GetProperty("subject").GetString()!, Version: one.GetProperty("recordversion").GetInt32())).ToList();
        foreach (var record in arrived.DistinctBy(one => one.Id).GroupBy(one => one.Key))
        {
            Assert.Equal(Enumerable.Range(1, Rounds), record.Select(one => one.Version));
        }

        Assert.Equal(Keys * Rounds, arrived.DistinctBy(one => (one.Key, one.Version)).Count());
        Directory.Delete(folder, recursive: true);
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

    private static Process Child(string database, string grant)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, AuditChild.Argument) { RedirectStandardOutput = true };
        start.Environment[PushChild.Variable] = database;
        start.Environment[PushChild.Grant] = grant;
        return Process.Start(start)!;
    }
}
