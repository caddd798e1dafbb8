using System.Text;
using Npgsql;
using Shali.FrontNode;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>An office's own tables come to the centre through its front node.</summary>
public sealed class FrontNodeGives(City city, MariaServer maria)
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
        Assert.Equal(3, (await Receipts(town)).Count);

        // Nothing new: nothing is sent, nothing written.
        await NodeTown.Round(node);
        Assert.Equal(3, (await Receipts(town)).Count);

        source.Run("update 企业 set 名称 = '新名' where 编号 = 'F000001'; delete from 企业 where 编号 = 'F000002'; insert into 企业 values ('F000300', '来了', '2026-01-01', 3, 1)");
        await NodeTown.Round(node);
        var records = await town.Records();
        Assert.Equal(250, records.Count);
        Assert.Equal("F000001|新名|2000-01-02|1.50|v2", records[0]);
        Assert.DoesNotContain(records, record => record.StartsWith("F000002", StringComparison.Ordinal));
        var last = (await Receipts(town))[^1];
        Assert.Equal(new ReceiptCounts(1, 1, 0, 1, 0), last.Counts);

        // The record that ended has its history; the source is the office.
        var history = await town.Get<RecordReader>().History(town.Resource, "F000002", Cancel);
        Assert.Equal(['D', 'I'], history.Select(entry => entry.Operation));
        Assert.All(history, entry => Assert.Equal(("node:" + town.Code, town.Office, "exchange.give"), (entry.WhoId, entry.Office, entry.Kind)));
        await Whole(town);
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
        await Whole(town);
    }

    [Fact]
    public async Task PostgreSql_is_read_by_its_watermark_and_deletions_by_a_full_compare()
    {
        await using var town = await NodeTown.Start(city);
        var database = await city.OwnDatabase();
        async Task Run(string sql)
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync(Cancel);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new(sql));
            await batch.ExecuteNonQueryAsync(Cancel);
        }

        await Run("create schema 业务");
        await Run("create table 业务.企业 (编号 varchar(20) primary key, 名称 text, 成立日期 date, 资本 numeric(12,2), 改动 timestamptz not null default now())");
        await Run("insert into 业务.企业 select 'F' || i, '企业' || i, '2001-02-03', 10, now() from generate_series(1, 50) i");
        var place = new PlaceSettings { Kind = "postgresql", Connection = database, Table = "业务.企业" };
        var node = town.Open(town.Settings(town.Give(place) with { Watermark = "改动", FullEveryMinutes = 0, EndsMaxPercent = 100 }));
        await NodeTown.Round(node);
        Assert.Equal(50, (await town.Records()).Count);

        var often = town.Give(place) with { Watermark = "改动", FullEveryMinutes = 1_000_000 };
        using var watching = Node.Open(town.Settings(often));
        await Run("update 业务.企业 set 名称 = '改了', 改动 = now() where 编号 = 'F7'");
        await Run("delete from 业务.企业 where 编号 = 'F8'");
        await NodeTown.Round(watching);
        Assert.Contains("F7|改了|2001-02-03|10.00|v2", await town.Records());
        Assert.Equal(50, (await town.Records()).Count);

        await NodeTown.Round(node);
        Assert.Equal(49, (await town.Records()).Count);
    }

    [Fact]
    public async Task MariaDB_is_read_with_dates_of_zeros_and_signs_of_four_bytes()
    {
        await using var town = await NodeTown.Start(city);
        var database = await maria.Database();
        await MariaServer.Run(database, "create table 企业 (编号 varchar(20) primary key, 名称 varchar(100), 成立日期 date, 资本 decimal(12,2), 改动 int unsigned)");
        await MariaServer.Run(database, "set sql_mode=''; insert into 企业 values ('F1', '𠮷田商店', '2001-02-03', 10.50, 1), ('F2', '坏日期', '0000-00-00', 1, 2), ('F3', null, '2001-02-03', 1, 3), ('F4', '好店', null, null, 4)");
        var place = new PlaceSettings { Kind = "mariadb", Connection = database, Table = "企业" };
        var node = town.Open(town.Settings(town.Give(place) with { Watermark = "改动", Overlap = 0 }));
        await NodeTown.Round(node);

        // A bad row is named and kept; the others flow.
        Assert.Equal(["F1|𠮷田商店|2001-02-03|10.50|v1", "F4|好店|||v1"], await town.Records());
        var rejects = await node.Store.Together(store => store.RejectsOf("firms", 10), Cancel);
        Assert.Equal(["F2", "F3"], rejects.Select(reject => reject.Key).Order());
        Assert.Contains("成立日期", rejects.Single(reject => reject.Key == "F2").Reasons, StringComparison.Ordinal);
        Assert.Contains("名称", rejects.Single(reject => reject.Key == "F3").Reasons, StringComparison.Ordinal);

        await MariaServer.Run(database, "update 企业 set 成立日期 = '2001-02-04', 改动 = 5 where 编号 = 'F2'");
        await NodeTown.Round(node);
        Assert.Contains("F2|坏日期|2001-02-04|1.00|v1", await town.Records());
        Assert.Equal(["F3"], (await node.Store.Together(store => store.RejectsOf("firms", 10), Cancel)).Select(reject => reject.Key));
    }

    [Fact]
    public async Task A_folder_of_files_is_what_there_is_now()
    {
        await using var town = await NodeTown.Start(city);
        var folder = Directory.CreateDirectory(Path.Combine(town.Folder, "files")).FullName;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await File.WriteAllTextAsync(Path.Combine(folder, "一.csv"), "编号,名称,成立日期,资本\nF1,甲,2001/2/3,1\nF2,乙,,2\n", Encoding.GetEncoding("gb18030"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "二.csv"), "名称,编号,成立日期,资本,多余\n丙,F3,20010203,3,x\n", new UTF8Encoding(true), Cancel);
        var node = town.Open(town.Settings(town.Give(new() { Kind = "files", Folder = folder }) with { EndsMaxPercent = 100 }));
        await NodeTown.Round(node);
        Assert.Equal(["F1|甲|2001-02-03|1.00|v1", "F2|乙||2.00|v1", "F3|丙|2001-02-03|3.00|v1"], await town.Records());

        File.Delete(Path.Combine(folder, "二.csv"));
        await NodeTown.Round(node);
        Assert.Equal(2, (await town.Records()).Count);
    }

    [Fact]
    public async Task A_source_that_changes_its_shape_stops_and_goes_on_when_somebody_has_looked()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 5);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await NodeTown.Round(node);

        // A new column hurts nobody.
        source.Run("alter table 企业 add column 新列 text");
        Assert.True(await node.Gives[0].Look(Cancel));

        source.Run("alter table 企业 rename to 旧; create table 企业 (编号 text primary key, 名称 text, 成立日期 integer, 资本 numeric, 改动 integer); insert into 企业 select 编号, 名称, 1, 资本, 改动 from 旧");
        Assert.False(await node.Gives[0].Look(Cancel));
        Assert.Equal(FlowState.Stopped, node.Gives[0].Status.Now.State);
        Assert.Contains("成立日期", node.Gives[0].Status.Now.Note, StringComparison.Ordinal);
        await node.Report(Cancel);
        var said = await town.Db.Scalar<string>($"select report #>> '{{flows,0,state}}' from exchange.health where node = {town.Code}", Cancel);
        Assert.Equal(FlowState.Stopped, said);
        Assert.Equal("F000001|企业1|2000-01-02|1.50|v1", (await town.Records())[0]);

        source.Run("drop table 企业; alter table 旧 rename to 企业");
        Assert.True(await node.Gives[0].Look(Cancel));
        source.Run("alter table 企业 drop column 资本");
        Assert.False(await node.Gives[0].Look(Cancel));
        Assert.Contains("资本", node.Gives[0].Status.Now.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_said_and_the_flow_goes_on()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 3);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        var faults = 0;
        node.Gives[0].Step = _ =>
        {
            if (faults++ == 0)
            {
                throw new InvalidCastException("nobody thought of this");
            }
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = node.Run(stop.Token);
        while ((await town.Records()).Count < 3)
        {
            await Task.Delay(20, Cancel);
        }

        var log = await node.Store.Together(store => store.LogLinesOf(100), Cancel);
        Assert.Contains(log, line => line.Sentence.Contains("nobody thought of this", StringComparison.Ordinal));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_source_that_was_emptied_by_mistake_ends_nothing()
    {
        await using var town = await NodeTown.Start(city);
        var source = town.Sqlite();
        source.Fill(1, 200);
        var node = town.Open(town.Settings(town.Give(source.Place)));
        await NodeTown.Round(node);
        source.Run("delete from 企业");
        Assert.False(await node.Gives[0].Look(Cancel));
        Assert.Equal(FlowState.Stopped, node.Gives[0].Status.Now.State);
        Assert.Equal(200, (await town.Records()).Count);

        using var sure = Node.Open(town.Settings(town.Give(source.Place) with { EndsMaxPercent = 100 }));
        await NodeTown.Round(sure);
        Assert.Empty(await town.Records());
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
        await Whole(town);
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
        Assert.Equal(new ReceiptCounts(0, 0, 30, 0, 0), (await Receipts(town))[^1].Counts);

        // The centre's position was restored from an older day: the node is told, and begins anew.
        await town.Db.Run($"update {Platform.Kernel.Sql.Name(town.Resource.Schema, "node_point")} set batch = 0", Cancel);
        source.Run("update 企业 set 名称 = '改' where 编号 = 'F000001'");
        await NodeTown.Round(second);
        await NodeTown.Round(second);
        Assert.Equal("F000001|改|2000-01-02|1.50|v2", (await town.Records())[0]);
        await Whole(town);
    }

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
        Assert.Equal(4, (await Receipts(town)).Count);
    }

    [Fact]
    public async Task Receipts_hold_offline_with_the_published_keys_and_no_altered_one_does()
    {
        await using var town = await NodeTown.Start(city, "sm2-sm3");
        var source = town.Sqlite();
        source.Fill(1, 10);
        await NodeTown.Round(town.Open(town.Settings(town.Give(source.Place))));
        var receipt = (await Receipts(town)).Single();
        byte[] content;
        do
        {
            // The log signs its checkpoints a moment later.
            content = await city.Http.GetByteArrayAsync($"/exchange/receipts/{receipt.Number}/file", Cancel);
        }
        while (EvidenceJson.Read<ReceiptFile>(content)!.Log is null);

        var (file, ca, log) = (Path.Combine(town.Folder, "r.json"), Path.Combine(town.Folder, "ca.pem"), Path.Combine(town.Folder, "log.pem"));
        await File.WriteAllBytesAsync(file, content, Cancel);
        await File.WriteAllTextAsync(ca, await city.Http.GetStringAsync("/ca/ca.pem", Cancel), Cancel);
        await File.WriteAllTextAsync(log, await city.Http.GetStringAsync("/audit/key", Cancel), Cancel);
        using var said = new StringWriter();
        Assert.Equal(0, await VerifyReceiptCommand.Run([file, "--ca", ca, "--log", log], said));
        Assert.Contains(receipt.Number, said.ToString(), StringComparison.Ordinal);
        Assert.Equal(6, said.ToString().Split('✓').Length - 1);

        var good = EvidenceJson.Read<ReceiptFile>(content)!;
        var altered = good with { Receipt = EvidenceJson.Write(receipt with { Counts = receipt.Counts with { New = 9, Unchanged = 1 } }) };
        ReceiptFile[] bad =
        [
            altered,
            good with { Receipt = EvidenceJson.Write(receipt with { Statement = receipt.Statement with { Signature = [1, 2] } }) },
            good with { NodeCertificate = good.CentreCertificate },
            good with { Log = good.Log! with { Index = good.Log.Index + 1 } },
            good with { Seal = good.Seal with { Size = good.Seal.Size + 1 } },
        ];
        foreach (var one in bad)
        {
            await File.WriteAllBytesAsync(file, EvidenceJson.Write(one), Cancel);
            Assert.Equal(2, await VerifyReceiptCommand.Run([file, "--ca", ca, "--log", log], TextWriter.Null));
        }

        await File.WriteAllTextAsync(file, "{}", Cancel);
        Assert.NotEqual(0, await VerifyReceiptCommand.Run([file, "--ca", ca], TextWriter.Null));
        Assert.Equal(1, await VerifyReceiptCommand.Run([file], TextWriter.Null));
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

    /// <summary>The receipts of the node, oldest first.</summary>
    private static async Task<List<Receipt>> Receipts(NodeTown town) => await town.Db.List(
        $"select body from exchange.receipt where node = {town.Code} order by at, batch", row => EvidenceJson.Read<Receipt>(row.GetFieldValue<byte[]>(0))!, Cancel);

    /// <summary>Journal and digests say what stands in the table, and the node has a receipt for every batch that the centre has.</summary>
    private static async Task Whole(NodeTown town)
    {
        var lines = await town.Db.List(
            $"select j.key, j.version, j.digest, j.op::text from {Platform.Kernel.Sql.Name(town.Resource.Schema, "journal")} j where j.resource = {town.Resource.Id} order by j.key, j.version",
            row => (Key: row.GetString(0), Version: row.GetInt32(1), Digest: row.GetFieldValue<byte[]>(2), Op: row.GetString(3)[0]), Cancel);
        Assert.Equal(lines.Count, lines.DistinctBy(line => (line.Key, line.Version)).Count());
        await foreach (var record in town.Get<RecordReader>().Stream(town.Resource, new(), Cancel))
        {
            var last = lines.Last(line => line.Key == record.Key);
            Assert.Equal((record.Version, Convert.ToHexString(RecordDigest.Of(record, last.Op, record.Version))), (last.Version, Convert.ToHexString(last.Digest)));
        }
    }
}
