using Microsoft.Extensions.DependencyInjection;
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
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_demo_city_has_cases_of_every_item_and_makes_them_once()
    {
        var (settings, _, said) = await city.DemoMade();
        await using var host = await ShaliHost.Build(settings, Cancel);
        Assert.Matches("^演示城市：已办理 [0-9]+ 个审批办件$", Assert.Single(said));
        var db = host.Services.GetRequiredService<Db>();
        Assert.Empty(ItemSeed.All.Select(item => item.CaseType).Except(await db.List($"select distinct type from casework.case", row => row.GetString(0), Cancel)));
        Assert.Equal(90, await db.Scalar<int>($"select count(*)::int from casework.case where type like 'approvals/item-%' and parent is null", Cancel));
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from casework.case where type like 'approvals/package-%')", Cancel));
        Assert.Equal(0, await db.Scalar<int>($"select count(*)::int from casework.case where received_at > now() or closed_at > now()", Cancel));
        Assert.Equal(0, await db.Scalar<int>($"select count(*)::int from casework.clock where next_judgement <= now()", Cancel));
        var states = await db.List($"select distinct state from casework.case where type like 'approvals/item-%' order by 1", row => row.GetString(0), Cancel);
        Assert.Contains(CaseState.Ended, states);
        Assert.Contains(CaseState.Running, states);
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from casework.card where kind = 'yellow') and exists (select 1 from approvals.rating)", Cancel));

        // Whoever was asked for corrections sees what is wrong, and what was mended is there in a new version.
        Assert.Equal(
            (0, 0), await db.One(
                $"""
                select (select count(*)::int from casework.event e join casework.case c on c.number = e."case"
                        where c.type like 'approvals/%' and step = 'ask-correction' and (details is null or details not like '%faults%')),
                    (select count(*)::int from casework.material m join casework.case c on c.number = m."case" where m.state = 'faulty' and c.stage not in ('correcting', 'uncorrected'))
                """,
                row => (row.GetInt32(0), row.GetInt32(1)), Cancel));
        Assert.True(await db.Scalar<bool>($"select exists (select 1 from casework.event where step = 'correct')", Cancel));
        Assert.Equal(4, await db.Scalar<int>($"select count(*)::int from ledger.relief where state = 'published'", Cancel));
        Assert.Equal(["asked", "granted", "refused"], await db.List($"select distinct state from ledger.relief_request order by 1", row => row.GetString(0), Cancel));
        Assert.True(await db.Scalar<int>($"select count(*)::int from casework.case where type like 'approvals/item-%' and stage = 'correcting'", Cancel) > 2);

        // The log was written today and speaks of the past: a search by the days of the past finds all of it.
        var log = host.Services.GetRequiredService<Platform.Audit.AuditLog>();
        await log.Placed("casework");
        var past = Quarter.Of(TimeProvider.System.Today()).Before;
        var (found, _) = await host.Services.GetRequiredService<Platform.Audit.AuditSearch>().Find(new() { Kind = Platform.Audit.AuditKinds.Act, Resource = "casework", From = past.First, To = past.Last, Limit = 10_000 }, Cancel);
        Assert.Equal(
            await db.Scalar<int>($"select count(*)::int from casework.act where position is not null and at >= {past.Begin.ToUniversalTime()} and at < {past.End.ToUniversalTime()}", Cancel), found.Count);
        Assert.NotEmpty(found);

        // Each card at its own moment, and none told of before it came about.
        // What silence accepts counts from the day of receipt: its limits may have passed before anybody knew of them.
        Assert.Equal(0, await db.Scalar<int>(
            $"""
            select count(*)::int from casework.card where issued_at < moment or (issued_at > moment + interval '1 day'
                and not exists (select 1 from casework.event e where e."case" = card."case" and e.step = {ItemSteps.DeemAccepted}))
            """,
            Cancel));

        // The quarter that was closed in the past is still what the records say.
        var book = host.Services.GetRequiredService<ScoreBook>();
        var quarter = Quarter.Of(TimeProvider.System.Today()).Before;
        Assert.NotEmpty(await book.Closed(quarter, Cancel));
        Assert.Empty(await book.Differences(quarter, Cancel));

        var acts = await db.Scalar<long>($"select count(*) from casework.act", Cancel);
        await DemoCases.Make(settings, host.Services, DemoMade.People, DemoMade.Seed, _ => { }, Cancel);
        Assert.Equal(acts, await db.Scalar<long>($"select count(*) from casework.act", Cancel));
        await host.Services.GetRequiredService<Platform.Audit.AuditLog>().DisposeAsync();
    }
}
