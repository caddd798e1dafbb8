using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>An office's own tables come to the centre through its front node, each change once.</summary>
public sealed class FrontNodeGives(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("sm2-sm3")]
    public async Task What_changes_in_the_source_is_changed_at_the_centre_once_with_journal_and_receipt(string suite)
    {
        await using var town = await NodeTown.Start(city, suite);
        var source = town.Sqlite();
        source.Fill(1, 250);
        var node = town.Open(town.Settings(town.Give(source.Place) with { BatchRows = 100 }));
        await NodeTown.Round(node);
        Assert.Equal(250, (await town.Records()).Count);
        Assert.Equal("F000001|企业1|2000-01-02|1.50|v1", (await town.Records())[0]);
        Assert.Equal(3, (await town.Receipts()).Count);

        // Nothing new: nothing is sent, nothing written.
        await NodeTown.Round(node);
        Assert.Equal(3, (await town.Receipts()).Count);

        source.Run("update 企业 set 名称 = '新名' where 编号 = 'F000001'; delete from 企业 where 编号 = 'F000002'; insert into 企业 values ('F000300', '来了', '2026-01-01', 3, 1)");
        await NodeTown.Round(node);
        var records = await town.Records();
        Assert.Equal(250, records.Count);
        Assert.Equal("F000001|新名|2000-01-02|1.50|v2", records[0]);
        Assert.DoesNotContain(records, record => record.StartsWith("F000002", StringComparison.Ordinal));
        var last = (await town.Receipts())[^1];
        Assert.Equal(new ReceiptCounts(1, 1, 0, 1, 0), last.Counts);

        // The record that ended has its history; the source is the office.
        var history = await town.Get<RecordReader>().History(town.Resource, "F000002", Cancel);
        Assert.Equal(['D', 'I'], history.Select(entry => entry.Operation));
        Assert.All(history, entry => Assert.Equal(("node:" + town.Code, town.Office, "exchange.give"), (entry.WhoId, entry.Office, entry.Kind)));
        await town.Whole();
    }

    [Fact]
    public async Task Another_who_comes_back_to_a_deleted_number_goes_on_with_its_history()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var node = town.Open(town.Settings(town.Give(source.Place) with { EndsMaxPercent = 100 }));
        await NodeTown.Round(node);
        source.Run("delete from 企业 where 编号 = 'F000002'");
        await NodeTown.Round(node);
        source.Run("insert into 企业 values ('F000002', '再来', null, null, 1)");
        await NodeTown.Round(node);
        Assert.Equal("F000002|再来|||v3", (await town.Records())[1]);
        await town.Whole();
    }

    [Fact]
    public async Task A_batch_that_is_answered_twice_is_written_once_and_has_one_receipt()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 20);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await node.Gives[0].Look(Cancel);
        var batch = (await node.Store.Together(store => store.Next("firms"), Cancel))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => node.Centre.Post<Given>("/exchange/give", batch.Body, Cancel)));
        Assert.Single(answers.Select(answer => Convert.ToBase64String(answer.Value!.Receipt)).Distinct());
        Assert.Equal(20, (await town.Records()).Count);
        Assert.Equal(1, await town.Db.Scalar<long>($"select count(*) from {Platform.Kernel.Sql.Name(town.Resource.Schema, "act")} where kind = 'exchange.give'", Cancel));
        await NodeTown.Round(node);
        await town.Whole();
    }

    [Fact]
    public async Task A_node_that_lost_its_disk_gives_everything_again_and_nothing_is_written_twice()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 30);
        var settings = town.Settings(town.Give(source.Place));
        using (var first = Node.Open(settings))
        {
            await NodeTown.Round(first);
        }

        File.Delete(Path.Combine(settings.Data, "node.db"));
        var second = town.Open(settings);
        await NodeTown.Round(second);
        Assert.All(await town.Records(), record => Assert.EndsWith("v1", record, StringComparison.Ordinal));
        Assert.Equal(new ReceiptCounts(0, 0, 30, 0, 0), (await town.Receipts())[^1].Counts);

        // The centre's position was restored from an older day: the node is told, and begins anew.
        await town.Db.Run($"update {Platform.Kernel.Sql.Name(town.Resource.Schema, "node_point")} set batch = 0", Cancel);
        source.Run("update 企业 set 名称 = '改' where 编号 = 'F000001'");
        await NodeTown.Round(second);
        await NodeTown.Round(second);
        Assert.Equal("F000001|改|2000-01-02|1.50|v2", (await town.Records())[0]);
        await town.Whole();
    }

    [Fact]
    public async Task A_full_outbox_leaves_the_rows_in_the_source_until_there_is_room()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 40);
        var node = town.Open(town.Settings(town.Give(source.Place) with { BatchRows = 10 }) with { OutboxMaxMb = 0 });
        for (var whole = false; !whole;)
        {
            try
            {
                whole = await node.Gives[0].Look(Cancel);
            }
            catch (FlowStopped full)
            {
                Assert.False(full.Final);
                Assert.Equal(1, (await node.Store.Together(store => store.WaitingOf("firms"), Cancel)).Batches);
            }

            while (await node.Sendings[0].Next(Cancel))
            {
            }
        }

        Assert.Equal(40, (await town.Records()).Count);
        Assert.Equal(4, (await town.Receipts()).Count);
    }

    [Fact]
    public async Task Only_the_own_offices_resources_can_be_given()
    {
        await using var town = await NodeTown.Start(city);
        await using var other = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var node = town.Open(town.Settings(town.Give(source.Place) with { Resource = other.Resource.Id }));
        var stopped = await Assert.ThrowsAsync<FlowStopped>(() => node.Gives[0].Look(Cancel));
        Assert.Contains("不由本部门提供", stopped.Message, StringComparison.Ordinal);

        // Also when the node's own check is left out.
        using var key = SignatureSuite.P256.NewKey();
        var statement = new Statement(
            StatementKind.Give, town.Code, "firms", other.Resource.Id, new string('0', 26), 1, 0, 0, new RowDigest(SignatureSuite.P256).Total(), "ecdsa-p256-sha256", DateTimeOffset.UnixEpoch);
        var body = new GiveBody(SignedStatement.Sign(statement, node.Centre.Key, node.Centre.Identity.Serial), ["name", "number"], [], ["number"], []);
        Assert.Equal("NODE-B05", (await node.Centre.Post<Given>("/exchange/give", body.Write(), Cancel)).Refusal!.Code);
        Assert.Equal("NODE-B05", (await node.Centre.Post<Compared>(
            "/exchange/compare",
            EvidenceJson.Write(new CompareRequest(new(new string('0', 26), "firms", StatementKind.Give, other.Resource.Id, ["name"]), [.. Enumerable.Repeat(new ComparePart(0, [1]), 256)])), Cancel)).Refusal!.Code);
        Assert.Equal("SHR-A01", (await node.Centre.Post<Compared>(
            "/exchange/compare",
            EvidenceJson.Write(new CompareRequest(new(new string('0', 26), "firms", StatementKind.Take, other.Resource.Id, ["name"]), [.. Enumerable.Repeat(new ComparePart(0, [1]), 256)])), Cancel)).Refusal!.Code);
    }
}
