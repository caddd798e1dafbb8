using Shali.Platform.Exchange;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What went out by each grant is counted, whoever counts, writes or fails meanwhile.</summary>
public sealed class GrantFigures(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_some_count_and_others_write()
    {
        using var flows = new GrantFlows(city.Service<Db>(), TimeProvider.System);
        const int Each = 2_000;
        var counting = Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    flows.Note("G-figures", "api", 3, i);
                }
            },
            Cancel)).ToList();
        while (!counting.TrueForAll(one => one.IsCompleted))
        {
            await Task.WhenAll(flows.Flush(Cancel), flows.Flush(Cancel));
        }

        await flows.Flush(Cancel);
        var flow = Assert.Single(await flows.Since(TimeProvider.System.Today(), Cancel), one => one.Grant == "G-figures");
        Assert.Equal((4L * Each, 12L * Each, Each - 1L), (flow.Requests, flow.Records, flow.Position));
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_the_next_time()
    {
        await using var db = Db.Briefly(await city.OwnDatabase());
        using var flows = new GrantFlows(db, TimeProvider.System);
        flows.Note("G-again", "api", 2);
        await db.Run($"alter table push.flow rename to flow_away", Cancel);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => flows.Flush(Cancel));
        flows.Note("G-again", "api", 5);
        await db.Run($"alter table push.flow_away rename to flow", Cancel);
        await flows.Flush(Cancel);
        await flows.Flush(Cancel);
        var flow = Assert.Single(await flows.Since(TimeProvider.System.Today(), Cancel), one => one.Grant == "G-again");
        Assert.Equal((2L, 7L), (flow.Requests, flow.Records));
    }
}
