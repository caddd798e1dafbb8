using Microsoft.Extensions.DependencyInjection;
using Shali.Centres.Demo;
using Shali.Government.S11Approvals.Efficiency;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;
using Shali.Portal;
using Shali.Portal.Hosting;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// The approvals of a demo city: every item has cases, in every state that lists and boards show, all by the rules; made
/// once, and made whole also when the making was broken off.
/// </summary>
public sealed class DemoCasesMade(City city)
{
    private const int People = 1_200;
    private const ulong Seed = 7;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_city_has_cases_of_every_item_and_makes_them_once()
    {
        var folder = Directory.CreateTempSubdirectory("shali-demo-cases-").FullName;
        var settings = new HostSettings(await city.OwnDatabase(), folder, 0, Demo: true) { Quiet = true, MasterKey = City.MasterKey };
        await using var host = await ShaliHost.Build(settings, Cancel);
        await DemoSeed.Run(host.Services, People, Seed, folder, _ => { }, Cancel);
        await host.Services.GetRequiredService<ItemSeed>().Run(Cancel);
        var said = new List<string>();
        var fields = Platform.Registry.Types.FieldTypes.Codes;
        using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
        {
            // Somewhere in the making, or before it, or behind it: what follows holds in any case.
            try
            {
                await DemoCases.Make(settings, host.Services, People, Seed, said.Add, stop.Token);
            }
            catch (Exception cut) when (cut is OperationCanceledException or Npgsql.NpgsqlException)
            {
                said.Clear();
            }
        }

        await DemoCases.Make(settings, host.Services, People, Seed, said.Add, Cancel);
        Assert.Same(fields, Platform.Registry.Types.FieldTypes.Codes);
        Assert.Matches("^演示城市：已办理 [0-9]+ 个审批办件$", Assert.Single(said));
        var db = host.Services.GetRequiredService<Db>();
        Assert.Equal(
            ItemSeed.All.Count, await db.Scalar<int>($"select count(distinct type)::int from casework.case where type like 'approvals/item-%'", Cancel));
        Assert.Equal(90, await db.Scalar<int>($"select count(*)::int from casework.case where type like 'approvals/item-%' and parent is null", Cancel));
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from casework.case where type like 'approvals/package-%')", Cancel));
        Assert.Equal(0, await db.Scalar<int>($"select count(*)::int from casework.case where received_at > now() or closed_at > now()", Cancel));
        Assert.Equal(0, await db.Scalar<int>($"select count(*)::int from casework.clock where next_judgement <= now()", Cancel));
        var states = await db.List($"select distinct state from casework.case where type like 'approvals/item-%' order by 1", row => row.GetString(0), Cancel);
        Assert.Contains(CaseState.Ended, states);
        Assert.Contains(CaseState.Running, states);
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from casework.card where kind = 'yellow') and exists (select 1 from approvals.rating)", Cancel));

        // Each card at its own moment, and none told of before it came about.
        Assert.Equal(0, await db.Scalar<int>($"select count(*)::int from casework.card where issued_at < moment or issued_at > moment + interval '1 day'", Cancel));

        // The quarter that was closed in the past is still what the records say.
        var book = host.Services.GetRequiredService<ScoreBook>();
        var quarter = Quarter.Of(TimeProvider.System.Today()).Before;
        Assert.NotEmpty(await book.Closed(quarter, Cancel));
        Assert.Empty(await book.Differences(quarter, Cancel));

        var acts = await db.Scalar<long>($"select count(*) from casework.act", Cancel);
        await DemoCases.Make(settings, host.Services, People, Seed, said.Add, Cancel);
        Assert.Equal(acts, await db.Scalar<long>($"select count(*) from casework.act", Cancel));
        await host.Services.GetRequiredService<Platform.Audit.AuditLog>().DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
