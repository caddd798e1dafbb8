using Shali.FrontNode;
using Shali.FrontNode.Giving.Replication;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>A department's PostgreSQL whose changes are read from its log: the source is not changed, and every change comes once.</summary>
public sealed class FrontNodeReplicates(City city)
{
    private const string Firms =
        """
        create table 企业 (编号 varchar(20) primary key, 名称 text, 成立日期 date, 资本 numeric(12,2), 其他 int);
        create publication 变更 for table 企业;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_comes_once_with_its_end_and_what_was_rolled_back_never()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms + "insert into 企业 select 'F' || i, '企业' || i, '2001-02-03', i from generate_series(1, 5) i");
        using var node = Node.Open(town.Settings(Give(town, department)));
        await NodeTown.Round(node);
        Assert.Equal(["F1|企业1|2001-02-03|1.00|v1", "F2|企业2|2001-02-03|2.00|v1", "F3|企业3|2001-02-03|3.00|v1", "F4|企业4|2001-02-03|4.00|v1", "F5|企业5|2001-02-03|5.00|v1"], await town.Records());

        await department.Run("insert into 企业 values ('F6', '新来', null, null)");
        await department.Run("update 企业 set 名称 = '改了' where 编号 = 'F1'");
        await department.Run("update 企业 set 编号 = 'F22' where 编号 = 'F2'");
        await department.Run("delete from 企业 where 编号 = 'F3'");
        await department.Run("begin; insert into 企业 values ('F9', '不要', null, null); update 企业 set 名称 = '不要'; rollback");
        await department.Run("begin; update 企业 set 名称 = '一' where 编号 = 'F4'; savepoint s; update 企业 set 名称 = '二' where 编号 = 'F4'; rollback to s; delete from 企业 where 编号 = 'F5'; insert into 企业 values ('F5', '再来', '2001-02-03', 5); commit");
        await NodeTown.Round(node);
        Assert.Equal(
            ["F1|改了|2001-02-03|1.00|v2", "F22|企业2|2001-02-03|2.00|v1", "F4|一|2001-02-03|4.00|v2", "F5|再来|2001-02-03|5.00|v2", "F6|新来|||v1"],
            await town.Records());

        // All of it came from the log: only the first look was at all rows.
        Assert.Single(await Log(node), line => line.Contains("比对全部数据", StringComparison.Ordinal));
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
        Assert.Equal(FlowWay.Replication, await town.Db.Scalar<string>($"select report #>> '{{flows,0,way}}' from exchange.health where node = {town.Code}", Cancel));

        // What does not concern the flow's columns writes nothing, and the source need not keep its log for us.
        var batches = (await town.Receipts()).Count;
        await department.Run("update 企业 set 其他 = 7; create table 别的 (i int); insert into 别的 select generate_series(1, 1000)");
        await NodeTown.Round(node);
        Assert.Equal(batches, (await town.Receipts()).Count);
        var end = (await department.List("select (pg_current_wal_flush_lsn() - '0/0')::text", row => ulong.Parse(row.GetString(0), null)))[0];
        await NodeTown.Round(node);
        while ((await department.List("select (confirmed_flush_lsn - '0/0')::text from pg_replication_slots", row => ulong.Parse(row.GetString(0), null)))[0] < end)
        {
            await Task.Delay(20, Cancel);
        }

        await town.Whole();
    }

    [Fact]
    public async Task A_value_means_the_same_whichever_way_it_was_read()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical", "timezone=Asia/Shanghai", "datestyle=German");
        string[] values =
        [
            "'文字'::text", "'定长'::char(6)", "12::smallint", "'-3'::int", "9000000000::bigint", "1.50::numeric(9,2)", "1.50::numeric", "1e25::numeric", "'NaN'::numeric",
            "1234567890123456789012345678901234.5::numeric", "0.1::real", "1e20::float8", "'infinity'::float8", "true", "'2001-02-03'::date", "'infinity'::date", "'2001-02-03 04:05:06.789'::timestamp",
            "'2001-02-03 00:00:00'::timestamp", "'2001-02-03 04:05:06+08'::timestamptz", "'04:05:06'::time", "'04:05:06'::interval", "'1 day'::interval", "'\\x00ff'::bytea",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "'{\"a\": [1]}'::jsonb", "'开业'::状态", "'深'::短名", "null::date", "'{1,2}'::int[]",
        ];
        await department.Run("create type 状态 as enum ('开业', '歇业'); create domain 短名 as varchar(4)");
        await department.Run($"create table 值 as select 1 as 主键, {string.Join(", ", values.Select((value, i) => $"{value} as 列{i}"))} where false");
        await department.Run("alter table 值 add primary key (主键); create publication 变更 for table 值");
        await department.Run("select pg_create_logical_replication_slot('shali_values', 'pgoutput')");
        await department.Run($"insert into 值 select 1, {string.Join(", ", values)}");

        string[] columns = ["主键", .. Enumerable.Range(0, values.Length).Select(i => $"列{i}")];
        // Another name of the program: the driver keeps the kinds of a database for each way to it, and some have been made since.
        var place = new PlaceSettings { Kind = "postgresql", Connection = department.Connection + ";Application Name=node", Table = "值", Changes = new() { Publication = "变更", Slot = "shali_values" } };
        await using var source = await ReplicatedTable.OpenAt(place, Cancel);
        var read = new List<string?[]>();
        await foreach (var row in source.Rows(columns, null, null, 0, Cancel))
        {
            read.Add(row.Cells);
        }

        var layout = await source.Layout(await source.Ask(Cancel), columns, ["主键"], Cancel);
        await using var stream = await ChangeStream.Open(place, layout, Cancel);
        LogEntry entry;
        do
        {
            entry = await stream.Take(pass: false, Cancel);
        }
        while (entry is not LogEntry.Changed);

        // What the log's text does not say beyond doubt is empty here, and the row is read again.
        var told = ((LogEntry.Changed)entry).New!.Cells;
        Assert.Equal(["1"], ((LogEntry.Changed)entry).Again!);
        var untold = Enumerable.Range(0, values.Length).Where(i => told[i + 1] is null && values[i] != "null::date").Select(i => values[i]);
        Assert.Equal(["'NaN'::numeric", "1234567890123456789012345678901234.5::numeric", "'infinity'::float8", "'infinity'::date", "'1 day'::interval", "'{1,2}'::int[]"], untold);
        Assert.Equal(read[0].Zip(told).Where(pair => pair.Second is not null).Select(pair => pair.First), told.Where(cell => cell is not null));
        var (moment, again) = await source.Again(columns, ["主键"], [["1"], ["2"]], [], Cancel);
        Assert.Equal(read[0], again[0]!.Cells);
        Assert.Null(again[1]);
        Assert.False(moment.Sees(1_000_000));
    }

    [Fact]
    public async Task Long_values_that_did_not_change_are_read_again_and_older_changes_do_not_overtake_them()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms + "alter table 企业 alter 名称 set storage external, add 名 text; alter table 企业 rename 名称 to 全文; alter table 企业 rename 名 to 名称");
        var give = Give(town, department);
        give = give with { Map = new Dictionary<string, string>(give.Map, StringComparer.Ordinal) { ["name"] = "全文" } };
        using var node = Node.Open(town.Settings(give));
        var text = string.Concat(Enumerable.Repeat("长", 3_000));
        await department.Run($"insert into 企业 (编号, 全文, 资本) select 'F' || i, '{text}', i from generate_series(1, 3) i");
        await department.Run("update 企业 set 全文 = '短' where 编号 = 'F1'");
        await NodeTown.Round(node);

        // 3,000 signs are more than the register takes: the rows are kept with their reason, as in every way of reading.
        Assert.Equal(["F1|短||1.00|v1"], await town.Records());
        await department.Run("alter table 企业 alter 全文 set storage external; update 企业 set 全文 = repeat('字', 40), 资本 = 7 where 编号 = 'F1'");
        await NodeTown.Round(node);
        var kept = string.Concat(Enumerable.Repeat("字", 40));
        Assert.Equal([$"F1|{kept}||7.00|v2"], await town.Records());
        Assert.Equal(["F2", "F3"], (await Rejects(node)).Select(reject => reject.Key).Order());

        // Now the long text is not repeated by the log: the rows are refused again for the very same reason, not for a missing name.
        await department.Run("update 企业 set 资本 = 资本 + 10 where 编号 <> 'F1'");
        await NodeTown.Round(node);
        Assert.All(await Rejects(node), reject => Assert.Contains("40", reject.Reasons, StringComparison.Ordinal));
        Assert.Contains((await Rejects(node)).Select(reject => reject.Row), row => row.Contains("\"12", StringComparison.Ordinal));

        // Before we hear of the first change the row has changed thrice and got a short text: each state comes in its turn or not at all.
        await department.Run("update 企业 set 资本 = 20 where 编号 = 'F2'");
        await department.Run("update 企业 set 全文 = '第一' where 编号 = 'F2'");
        await department.Run("update 企业 set 全文 = '第二' where 编号 = 'F2'");
        await department.Run("delete from 企业 where 编号 = 'F3'");
        await NodeTown.Round(node);
        Assert.Equal([$"F1|{kept}||7.00|v2", "F2|第二||20.00|v1"], await town.Records());
        Assert.Empty(await Rejects(node));
        await town.Whole();
    }

    [Fact]
    public async Task A_table_that_is_known_by_its_whole_rows_needs_no_primary_key()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run("create table 企业 (内号 int primary key, 编号 varchar(20), 名称 text, 成立日期 date, 资本 numeric(12,2)); create publication 变更 for table 企业; alter table 企业 alter 名称 set storage external");
        using var node = Node.Open(town.Settings(Give(town, department)));
        var stopped = await Assert.ThrowsAsync<FlowStopped>(() => node.Gives[0].Look(Cancel));
        Assert.Contains("REPLICA IDENTITY FULL", stopped.Message, StringComparison.Ordinal);
        await department.Run("alter table 企业 replica identity full; insert into 企业 select i, 'F' || i, '企业' || i, null, i from generate_series(1, 3) i");
        await NodeTown.Round(node);
        await department.Run("update 企业 set 资本 = 9 where 内号 = 1; update 企业 set 编号 = 'F22' where 内号 = 2; delete from 企业 where 内号 = 3");
        await NodeTown.Round(node);
        Assert.Equal(["F1|企业1||9.00|v2", "F22|企业2||2.00|v1"], await town.Records());
    }

    [Fact]
    public async Task A_shape_that_changes_stops_the_flow_and_an_emptied_table_ends_nothing()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms + "insert into 企业 select 'F' || to_char(i, 'FM000'), '企业' || i, '2001-02-03', i from generate_series(1, 200) i");
        var node = Node.Open(town.Settings(Give(town, department) with { BatchRows = 50 }));
        await NodeTown.Round(node);

        // A new column hurts nobody; another type of a mapped one does, and what is changed meanwhile waits in the log.
        await department.Run("alter table 企业 add 新列 text; update 企业 set 名称 = '先' where 编号 = 'F001'");
        await NodeTown.Round(node);
        await department.Run("update 企业 set 名称 = '甲' where 编号 = 'F001'; alter table 企业 alter 成立日期 type text using '旧'; update 企业 set 名称 = '乙' where 编号 = 'F002'");
        Assert.False(await node.Gives[0].Look(Cancel));
        Assert.Equal(FlowState.Stopped, node.Gives[0].Status.Now.State);
        Assert.Contains("成立日期", node.Gives[0].Status.Now.Note, StringComparison.Ordinal);
        Assert.Equal("F001|先|2001-02-03|1.00|v2", (await town.Records())[0]);
        await department.Run("alter table 企业 alter 成立日期 type date using '2001-02-03'");
        await NodeTown.Round(node);
        Assert.Equal(["F001|甲|2001-02-03|1.00|v3", "F002|乙|2001-02-03|2.00|v2"], (await town.Records())[..2]);

        // Reloaded in one transaction: only what differs is written. Emptied: nothing ends until somebody has looked.
        await department.Run("begin; create table 存 as select * from 企业; truncate 企业; insert into 企业 select * from 存; update 企业 set 名称 = '丙' where 编号 = 'F003'; commit");
        await NodeTown.Round(node);
        Assert.Equal("F003|丙|2001-02-03|3.00|v2", (await town.Records())[2]);
        Assert.Equal("F004|企业4|2001-02-03|4.00|v1", (await town.Records())[3]);
        await department.Run("delete from 企业");
        Assert.False(await node.Gives[0].Look(Cancel));
        Assert.Contains("ends_max_percent", node.Gives[0].Status.Now.Note, StringComparison.Ordinal);
        Assert.Equal(200, (await town.Records()).Count);
        node.Dispose();
        using var sure = Node.Open(town.Settings(Give(town, department) with { EndsMaxPercent = 100 }));
        await NodeTown.Round(sure);
        Assert.Empty(await town.Records());
        await department.Run("truncate 企业; insert into 企业 (编号, 名称) values ('F001', '回来')");
        await NodeTown.Round(sure);
        Assert.Equal(["F001|回来|||v5"], await town.Records());
        await town.Whole();
    }

    [Fact]
    public async Task A_slot_that_was_lost_or_dropped_and_a_publication_made_anew_lose_nothing()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical", "max_slot_wal_keep_size=1MB", "min_wal_size=32MB", "max_wal_size=32MB");
        await department.Run(Firms + "insert into 企业 select 'F' || i, '企业' || i, null, i from generate_series(1, 5) i");
        var settings = town.Settings(Give(town, department));
        using (var first = Node.Open(settings))
        {
            await NodeTown.Round(first);
        }

        // More log than a slot may hold, and a checkpoint: the database throws it away.
        await department.Run("update 企业 set 名称 = '停机时' where 编号 = 'F1'; delete from 企业 where 编号 = 'F2'");
        for (var i = 0; i < 4; i++)
        {
            await department.Run("select pg_switch_wal()");
            await department.Run("create table if not exists 满 (t text); insert into 满 select repeat('x', 1000) from generate_series(1, 1000); checkpoint");
        }

        Assert.Equal(["lost"], await department.List("select wal_status from pg_replication_slots", row => row.GetString(0)));
        var node = Node.Open(settings);
        await NodeTown.Round(node);
        Assert.Equal(["F1|停机时||1.00|v2", "F3|企业3||3.00|v1", "F4|企业4||4.00|v1", "F5|企业5||5.00|v1"], await town.Records());
        Assert.Contains(await Log(node), line => line.Contains("已重建", StringComparison.Ordinal));
        node.Dispose();

        // Dropped, and another made in its place by hand: its log does not begin where ours ended.
        await department.Run("select pg_drop_replication_slot('shali_firms'); update 企业 set 名称 = '无人看' where 编号 = 'F3'; select pg_switch_wal()");
        await department.Run("select pg_create_logical_replication_slot('shali_firms', 'pgoutput')");
        node = Node.Open(settings);
        await NodeTown.Round(node);
        Assert.Contains("F3|无人看||3.00|v2", await town.Records());
        Assert.Contains(await Log(node), line => line.Contains("不连续", StringComparison.Ordinal));

        // The publication was away for a while: what was changed then is in no stream.
        foreach (var step in (string[])["drop publication 变更", "update 企业 set 名称 = '没有发布' where 编号 = 'F4'", "create publication 变更 for table 企业", "update 企业 set 名称 = '又有' where 编号 = 'F5'"])
        {
            await department.Run(step);
        }

        await NodeTown.Round(node);
        Assert.Equal(["F4|没有发布||4.00|v2", "F5|又有||5.00|v2"], (await town.Records())[2..]);
        node.Dispose();
        await town.Whole();
    }

    [Fact]
    public async Task A_full_outbox_stops_the_reading_and_a_transaction_larger_than_it_goes_in_pieces()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms);
        using var node = Node.Open(town.Settings(Give(town, department) with { BatchRows = 10, EndsMaxPercent = 100 }) with { OutboxMaxMb = 0 });
        await NodeTown.Round(node);
        await department.Run("begin; insert into 企业 select 'F' || to_char(i, 'FM000'), '企业' || i, null, i from generate_series(1, 45) i; update 企业 set 名称 = '改' where 资本 <= 15; delete from 企业 where 资本 > 40; commit");
        var full = 0;
        for (var whole = false; !whole;)
        {
            try
            {
                whole = await node.Gives[0].Look(Cancel);
            }
            catch (FlowStopped stopped)
            {
                Assert.False(stopped.Final);
                Assert.Equal(1, (await node.Store.Together(store => store.WaitingOf("firms"), Cancel)).Batches);
                full++;
            }

            while (await node.Sendings[0].Next(Cancel))
            {
            }
        }

        // Each piece once: the part of the transaction that was taken is not taken again.
        Assert.True(full >= 5, $"{full} times full");
        var records = await town.Records();
        Assert.Equal(40, records.Count);
        Assert.Equal(("F001|改||1.00|v2", "F016|企业16||16.00|v1"), (records[0], records[15]));
        var counts = (await town.Receipts()).Select(receipt => receipt.Counts).ToList();
        Assert.Equal((45, 15, 0, 5), (counts.Sum(count => count.New), counts.Sum(count => count.Changed), counts.Sum(count => count.Unchanged), counts.Sum(count => count.Ended)));
        await town.Whole();
    }

    [Fact]
    public async Task Cut_after_each_piece_before_the_source_is_told_no_change_is_taken_twice()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms);
        var settings = town.Settings(Give(town, department) with { BatchRows = 10 });
        using (var first = Node.Open(settings))
        {
            await NodeTown.Round(first);
        }

        await department.Run("begin; insert into 企业 select 'F' || to_char(i, 'FM000'), '企业' || i, null, i from generate_series(1, 45) i; update 企业 set 名称 = '改' where 资本 <= 15; commit");
        await department.Run("update 企业 set 名称 = '再改' where 资本 <= 3");
        var cuts = 0;
        for (var whole = false; !whole;)
        {
            using var node = Node.Open(settings);
            node.Gives[0].Step = static _ => throw new InvalidOperationException("cut");
            try
            {
                whole = await node.Gives[0].Look(Cancel);
            }
            catch (InvalidOperationException)
            {
                cuts++;
            }
        }

        Assert.True(cuts >= 6, $"{cuts} cuts");
        using var last = Node.Open(settings);
        await NodeTown.Round(last);
        Assert.Equal(["F001|再改||1.00|v3", "F002|再改||2.00|v3", "F003|再改||3.00|v3", "F004|改||4.00|v2"], (await town.Records())[..4]);
        var counts = (await town.Receipts()).Select(receipt => receipt.Counts).ToList();
        Assert.Equal((45, 18, 0), (counts.Sum(count => count.New), counts.Sum(count => count.Changed), counts.Sum(count => count.Unchanged)));
        await town.Whole();
    }

    /// <summary>The driver would wait for its answer without end.</summary>
    [Fact]
    public async Task A_session_at_the_source_that_does_not_end_when_it_is_asked_to_is_ended_from_another()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(Firms + "insert into 企业 values ('F1', '企业', null, 1)");
        var settings = town.Settings(Give(town, department));
        string session;
        using (var node = Node.Open(settings))
        {
            await NodeTown.Round(node);
            session = Assert.Single(await department.List("select active_pid::text from pg_replication_slots", row => row.GetString(0)));
            Assert.Equal(0, (await Tool.Run("kill", "-STOP", session)).Code);
        }

        Assert.Equal(0, (await Tool.Run("kill", "-CONT", session)).Code);
        await department.Run("update 企业 set 名称 = '改了'");
        using var next = Node.Open(settings);
        await NodeTown.Round(next);
        Assert.Equal(["F1|改了||1.00|v2"], await town.Records());
    }

    [Fact]
    public async Task What_the_source_lacks_is_said_with_what_its_administrator_does()
    {
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin();
        await department.Run("create table 企业 (编号 varchar(20), 名称 text, 成立日期 date, 资本 numeric(12,2)); create role 读者 login; grant select on 企业 to 读者; create view 视图 as select * from 企业; grant select on 视图 to 读者");
        var give = Give(town, department);
        give = give with { Source = give.Source with { Connection = department.Connection.Replace("Username=postgres", "Username=读者", StringComparison.Ordinal) } };
        var settings = town.Settings(give);
        var node = Node.Open(settings);
        var (wrong, said) = await Check(node, settings);
        Assert.Equal(1, wrong);
        Assert.Contains("ALTER SYSTEM SET wal_level = 'logical'", said, StringComparison.Ordinal);
        Assert.Contains("ALTER ROLE \"读者\" REPLICATION", said, StringComparison.Ordinal);
        Assert.Contains("CREATE PUBLICATION 变更 FOR TABLE 企业", said, StringComparison.Ordinal);
        Assert.Contains("REPLICA IDENTITY", said, StringComparison.Ordinal);
        Assert.Contains("pg_create_logical_replication_slot('shali_firms', 'pgoutput')", said, StringComparison.Ordinal);
        Assert.Contains("max_slot_wal_keep_size", said, StringComparison.Ordinal);
        Assert.Equal((1, true), await Told(settings, give with { Source = give.Source with { Table = "视图" } }, "视图、外部表"));
        Assert.IsType<FlowStopped>(await Record.ExceptionAsync(() => node.Gives[0].Look(Cancel)));

        await department.Restart("wal_level=logical", "max_slot_wal_keep_size=1GB");
        await department.Run("create publication 变更 for table 企业 with (publish = 'insert'); alter role 读者 replication; alter table 企业 add primary key (编号)");
        Assert.Equal((1, true), await Told(settings, give, "SET (publish = 'insert, update, delete, truncate')"));
        await department.Run("alter publication 变更 set (publish = 'insert, update, delete, truncate'); alter publication 变更 set table 企业 where (编号 <> 'x')");
        Assert.Equal((1, true), await Told(settings, give, "行条件"));
        await department.Run("alter publication 变更 set table 企业 (编号, 名称)");
        Assert.Equal((1, true), await Told(settings, give, "资本"));
        await department.Run("alter publication 变更 set table 企业");
        (wrong, said) = await Check(node, settings);
        Assert.True(wrong == 0, said);
        Assert.DoesNotContain("✗", said, StringComparison.Ordinal);
        Assert.DoesNotContain("-1", said, StringComparison.Ordinal);
        await NodeTown.Round(node);
        (wrong, said) = await Check(node, settings);
        Assert.Contains("复制槽 shali_firms 可用", said, StringComparison.Ordinal);

        // A flow that is taken out of the configuration leaves a slot: it is not forgotten until somebody has dropped it.
        var (left, unused) = await Check(node, settings with { Gives = [] });
        Assert.Equal(1, left);
        Assert.Contains("pg_drop_replication_slot('shali_firms')", unused, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeRefusedException>(() => ReplicationSlots.Retire(settings, node.Store, "firms", Cancel));
        node.Dispose();
        using var later = Node.Open(settings);
        Assert.Contains("已删除", await ReplicationSlots.Retire(settings, later.Store, "firms", Cancel), StringComparison.Ordinal);
        Assert.Empty(await department.List("select slot_name::text from pg_replication_slots", row => row.GetString(0)));
        Assert.Equal(0, (await Check(later, settings with { Gives = [] })).Wrong);
        await Assert.ThrowsAsync<NodeRefusedException>(() => ReplicationSlots.Retire(settings with { Gives = [] }, later.Store, "firms", Cancel));

        async Task<(int Wrong, bool Said)> Told(Configuration configuration, GiveSettings changed, string what)
        {
            var (count, words) = await Check(node, configuration with { Gives = [changed] });
            return (count, words.Contains(what, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("mariadb", "p", "s", null, "只用于 postgresql")]
    [InlineData("postgresql", "", "s", null, "publication")]
    [InlineData("postgresql", "p", "Slot-1", null, "Slot-1")]
    [InlineData("postgresql", "p", "s", "改动", "watermark")]
    public void What_does_not_go_together_is_said_by_name(string kind, string publication, string slot, string? watermark, string said)
    {
        var place = new PlaceSettings { Kind = kind, Connection = "Host=a", Table = "t", Changes = new() { Publication = publication, Slot = slot } };
        var give = new GiveSettings { Flow = "f", Resource = "r", Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" }, Source = place, Watermark = watermark };
        var take = new TakeSettings { Flow = "t", Resource = "r", Map = give.Map, Target = place, Key = "k" };
        var configuration = new Configuration { Centre = new("https://a/"), Data = "x", Gives = [give, give with { Flow = "g" }], Takes = [take] };
        var faults = string.Join('\n', configuration.Faults());
        Assert.Contains(said, faults, StringComparison.Ordinal);
        Assert.Contains("用于两个流程", faults, StringComparison.Ordinal);
        Assert.Contains("流程 t 的 target 不能写 changes", faults, StringComparison.Ordinal);
    }

    private static GiveSettings Give(NodeTown town, DepartmentPostgres department) => town.Give(new()
    {
        Kind = "postgresql",
        Connection = department.Connection,
        Table = "企业",
        Changes = new() { Publication = "变更", Slot = "shali_firms" },
    });

    private static async Task<List<string>> Log(Node node) =>
        (await node.Store.Together(store => store.LogLinesOf(500), Cancel)).ConvertAll(line => line.Sentence);

    private static Task<List<KeptReject>> Rejects(Node node) => node.Store.Together(store => store.RejectsOf("firms", 10), Cancel);

    private static async Task<(int Wrong, string Said)> Check(Node node, Configuration settings)
    {
        using var said = new StringWriter();
        return (await Checking.Run(settings, node, said, Cancel), said.ToString());
    }
}
