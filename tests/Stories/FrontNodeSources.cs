using System.Text;
using Npgsql;
using Shali.FrontNode;
using Shali.Platform.Exchange.Nodes;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What a source is and becomes: engines, files, a shape that changes, rows that vanish.</summary>
public sealed class FrontNodeSources(City city, MariaServer maria)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        Assert.True(await node.Reporting.Tell(Cancel), node.Reporting.Fault);
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
}
