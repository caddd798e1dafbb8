using Microsoft.Data.Sqlite;
using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// A node that gives is cut at every step of a batch, on both sides, and its disk is filled: each batch is written once. What befalls at random
/// moments is <see cref="FrontNodeStorm"/>.
/// </summary>
public sealed class FrontNodeKilled(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_at_every_step_on_both_sides_a_batch_is_written_once()
    {
        await using var own = await city.AnotherHost(await city.OwnDatabase());
        await own.StartAsync(Cancel);
        await using var town = await NodeTown.Start(city, host: own);
        var source = town.Sqlite();
        source.Fill(1, 100);
        var settings = town.Settings(town.Give(source.Place) with { BatchRows = 10 });
        var centre = town.Get<GiveDesk>();
        foreach (var (side, step) in ((string, string)[])
            [("node", "queued"), ("node", "sending"), ("node", "answered"), ("centre", "judged"), ("centre", "written"), ("centre", "moved"), ("centre", "committed"), ("node", "answered")])
        {
            using var node = Node.Open(settings);
            var cut = false;
            void Cut(string now)
            {
                if (now == step && !cut)
                {
                    cut = true;
                    throw new InvalidOperationException(step);
                }
            }

            if (side == "centre")
            {
                centre.Step = Cut;
                await NodeTown.Round(node);
                Assert.Equal(FlowState.Trying, node.Gives[0].Status.Now.State);
            }
            else
            {
                node.Gives[0].Step = Cut;
                node.Sendings[0].Step = Cut;
                await Assert.ThrowsAsync<InvalidOperationException>(() => NodeTown.Round(node));
            }

            Assert.True(cut);
            centre.Step = static _ => { };
        }

        var last = town.Open(settings);
        await NodeTown.Round(last);
        await Judge(town, source);
        Assert.All(await town.Records(), record => Assert.EndsWith("v1", record, StringComparison.Ordinal));
        await own.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_full_disk_at_the_node_loses_nothing()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3_000);
        var node = town.Open(town.Settings(town.Give(source.Place) with { BatchRows = 500 }));
        node.Store.PagesMost(50);
        var full = await Assert.ThrowsAsync<SqliteException>(() => node.Gives[0].Look(Cancel));
        Assert.Equal(13, full.SqliteErrorCode);

        // What had room goes; with room again the rest follows.
        while (await node.Sendings[0].Next(Cancel))
        {
        }

        node.Store.PagesMost(1_000_000);
        await NodeTown.Round(node);
        await Judge(town, source);
        Assert.All(await town.Records(), record => Assert.EndsWith("v1", record, StringComparison.Ordinal));
    }

    private static async Task Judge(NodeTown town, SqliteSource source)
    {
        var versions = await ExchangeBooks.SameAsSource(town, source.Lines());
        var (_, counts) = await ExchangeBooks.Equal(town, town.Settings().Data, "firms");
        Assert.Equal(versions, counts.New + counts.Changed + counts.Ended);
    }
}
