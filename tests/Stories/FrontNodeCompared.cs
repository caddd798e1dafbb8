using Shali.FrontNode;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Both sides are compared, and what differs is put right.</summary>
public sealed class FrontNodeCompared(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_somebody_changed_at_the_centre_is_found_by_comparing_and_put_right()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 300);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await NodeTown.Round(node);
        var same = (await node.Gives[0].Compare(Cancel))!;
        Assert.Equal((300L, 300L, 0L), (same.NodeRows, same.CentreRows, same.Drift));

        var values = new Dictionary<string, object?> { ["name"] = "手工改的" };
        var written = await town.Get<RecordStore>().Write(
            new Act(Platform.Identity.Caller.Platform("test"), "test"),
            [
                new Change.Update(town.Resource, "F000005", null, values),
                new Change.Delete(town.Resource, "F000006", null),
                new Change.Insert(town.Resource, "F999999", new Dictionary<string, object?> { ["name"] = "只在中心" }),
            ],
            Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        var drift = (await node.Gives[0].Compare(Cancel))!;
        Assert.Equal(["F000006"], drift.Missing);
        Assert.Equal(["F000005"], drift.Different);
        Assert.Equal(["F999999"], drift.Extra);
        await NodeTown.Round(node);
        Assert.Equal(0, (await node.Gives[0].Compare(Cancel))!.Drift);
        Assert.Equal(300, (await town.Records()).Count);
        Assert.Equal(
            [(0L, 0L, 0L), (1L, 1L, 1L), (0L, 0L, 0L)],
            await town.Db.List($"select missing, different, extra from exchange.reconciliation where node = {town.Code} order by at", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), Cancel));
    }

    [Fact]
    public async Task A_node_with_a_handful_of_rows_does_not_empty_a_register_that_others_filled()
    {
        await using var town = await NodeTown.Start(city);
        var written = await town.Get<RecordStore>().Write(
            new Act(Platform.Identity.Caller.Platform("test"), "test"),
            [.. Enumerable.Range(0, 60).Select(i => new Change.Insert(town.Resource, $"Z{i:D6}", new Dictionary<string, object?> { ["name"] = "别处提供的" }))],
            Cancel);
        Assert.True(written.Ok, written.Refusals.ToString());
        var source = town.Sqlite();
        source.Fill(1, 3);
        var give = town.Give(source.Place);
        using (var node = Node.Open(town.Settings(give)))
        {
            await NodeTown.Round(node);
            var stopped = await Assert.ThrowsAsync<FlowStopped>(() => node.Gives[0].Compare(Cancel));
            Assert.True(stopped.Final);
            Assert.Contains("60 行不在本数据源（中心共 63 行）", stopped.Message, StringComparison.Ordinal);
            await NodeTown.Round(node);
            Assert.Equal(63, (await town.Records()).Count);
        }

        // Somebody has looked: the source's word counts.
        var sure = town.Open(town.Settings(give with { EndsMaxPercent = 100 }));
        Assert.Equal(60, (await sure.Gives[0].Compare(Cancel))!.Extra.Count);
        await NodeTown.Round(sure);
        Assert.Equal(3, (await town.Records()).Count);
    }
}
