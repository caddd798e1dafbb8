using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using Shali.FrontNode;
using Shali.Platform.Audit;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>Another office's data comes into a table of the department, by a grant.</summary>
public sealed class FrontNodeTakes(City city, MariaServer maria)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mariadb")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_snapshot_then_what_changes_comes_into_the_departments_table(string kind)
    {
        await using var town = await NodeTown.Start(city);
        var (resource, grant) = await Granted(town);
        var (place, ask) = await Table(town, kind);
        var take = Take(resource, place) with { Grant = grant, BatchRows = 1 };
        var node = town.Open(town.Settings() with { Takes = [take] });
        await Drain(node, resource);

        // Its rows and fields and no others, in clear where the grant says so.
        Assert.Equal(["欧阳测试|411102", "司马测试|411102"], (await ask("select 姓名, 区 from 房主")).OrderByDescending(row => row, StringComparer.Ordinal));

        var sharing = new SharingTown(city);
        var key = (await sharing.Write(resource, ("p4", "上官测试", "411102", "某街4号"), ("p5", "东方测试", "411103", "他街5号")))[0];
        await Drain(node, resource);
        Assert.Equal(3, (await ask("select 姓名, 区 from 房主")).Count);

        // What leaves the condition of the grant ends in the table.
        var moved = await city.Store.Write(
            new Act(Platform.Identity.Caller.Platform("test"), "test"),
            [new Change.Update(resource, key, null, new Dictionary<string, object?> { ["district"] = "411103" })], Cancel);
        Assert.True(moved.Ok);
        await Drain(node, resource);
        Assert.Equal(2, (await ask("select 姓名, 区 from 房主")).Count);

        // Every page has a receipt with both signatures, under the number of the grant.
        var receipts = await city.Db.List(
            $"select body from exchange.receipt where node = {town.Code} and kind = 'take' order by batch", row => EvidenceJson.Read<Receipt>(row.GetFieldValue<byte[]>(0))!, Cancel);
        Assert.Equal([1L, 2L, 3L, 4L], receipts.Select(receipt => receipt.Statement.Read()!.Batch));
        Assert.All(receipts, receipt => Assert.Equal(grant, receipt.Basis));
        Assert.Equal(4, await node.Store.Together(store => store.Receipts("homes"), Cancel));
    }

    [Fact]
    public async Task A_flow_that_works_again_says_so_though_more_is_to_be_taken()
    {
        await using var town = await NodeTown.Start(city);
        var (resource, grant) = await Granted(town);
        var (place, _) = await Table(town, "sqlite");
        var node = town.Open(town.Settings() with { Takes = [Take(resource, place) with { Grant = grant, BatchRows = 1 }] });
        var flow = node.Takes[0];
        await flow.Status.Set(FlowState.Trying, "无法连接中心");
        Assert.True(await flow.Next(wait: false, Cancel));
        Assert.Equal((FlowState.Running, ""), flow.Status.Now);

        // It is not up to date before it has everything.
        Assert.Null(flow.Status.CurrentAt);
        await Drain(node, resource);
        Assert.NotNull(flow.Status.CurrentAt);
    }

    [Theory]
    [InlineData("mariadb", "decimal(12,2)")]
    [InlineData("sqlite", "numeric")]
    public async Task What_somebody_changed_in_the_departments_table_is_found_by_comparing_and_put_right(string kind, string number)
    {
        await using var town = await NodeTown.Start(city);
        var sharing = new SharingTown(city);
        var resource = await sharing.Register(Sharing.Conditional("限履行职责时使用"));
        await sharing.Grant(sharing.Terms(resource, town.Office) with { Ways = [GrantWay.Feed], Rate = 60_000, Fields = ["owner_name", "district", "area"] });
        var (place, ask) = await Table(town, kind);
        await ask($"alter table 房主 add column 面积 {number}");
        var take = Take(resource, place) with { Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["owner_name"] = "姓名", ["district"] = "区", ["area"] = "面积" } };
        var node = town.Open(town.Settings() with { Takes = [take] });
        Assert.Null(await node.Takes[0].Compare(Cancel));
        await Drain(node, resource);
        Assert.Equal(0, (await node.Takes[0].Compare(Cancel))!.Drift);

        await ask("update 房主 set 姓名 = '谁' where 姓名 = '欧阳测试'");
        await ask("delete from 房主 where 姓名 = '司马测试'");
        await ask("insert into 房主 (主键, 姓名) values ('x', '外来的')");
        var drift = (await node.Takes[0].Compare(Cancel))!;
        Assert.Equal((1, 1, 1), (drift.Missing.Count, drift.Different.Count, drift.Extra.Count));
        await Drain(node, resource);
        Assert.Equal(0, (await node.Takes[0].Compare(Cancel))!.Drift);
        Assert.Equal(["欧阳测试|411102", "司马测试|411102"], (await ask("select 姓名, 区 from 房主")).OrderByDescending(row => row, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_grant_nothing_comes_and_an_ended_one_is_named()
    {
        await using var town = await NodeTown.Start(city);
        var (resource, grant) = await Granted(town);
        var (place, ask) = await Table(town, "sqlite");
        await using var other = await NodeTown.Start(city);
        var stranger = other.Open(other.Settings() with { Takes = [Take(resource, place) with { Flow = "other" }] });
        var refused = await Assert.ThrowsAsync<FlowStopped>(() => stranger.Takes[0].Next(false, Cancel));
        Assert.Contains("SHR-A01", refused.Message, StringComparison.Ordinal);

        var node = town.Open(town.Settings() with { Takes = [Take(resource, place)] });
        await Drain(node, resource);
        Assert.Equal(2, (await ask("select 姓名, 区 from 房主")).Count);
        var ended = await city.Service<GrantDesk>().Change(new SharingTown(city).Staff("police"), grant, GrantAct.Find("revoke")!, "不再需要", null, null, Cancel);
        Assert.True(ended.Ok, ended.Refusals.ToString());
        refused = await Assert.ThrowsAsync<FlowStopped>(() => node.Takes[0].Next(false, Cancel));
        Assert.Contains("SHR-A04", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_the_table_does_not_take_is_named_and_the_others_come()
    {
        await using var town = await NodeTown.Start(city);
        var (resource, _) = await Granted(town);
        var database = await maria.Database();
        await MariaServer.Run(database, "create table 房主 (主键 varchar(40) primary key, 姓名 varchar(4), 区 varchar(20))");
        var place = new PlaceSettings { Kind = "mariadb", Connection = database, Table = "房主" };
        var node = town.Open(town.Settings() with { Takes = [Take(resource, place)] });
        var long_ = (await new SharingTown(city).Write(resource, ("p9", "名字太长的人", "411102", "某街9号")))[0];
        await Drain(node, resource);
        var rejects = await node.Store.Together(store => store.RejectsOf("homes", 10), Cancel);
        Assert.Equal([long_], rejects.Select(reject => reject.Key));
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancel);
        await using var command = new MySqlCommand("select count(*) from 房主", connection);
        Assert.Equal(2L, await command.ExecuteScalarAsync(Cancel));

        await MariaServer.Run(database, "alter table 房主 drop column 区");
        Assert.Contains("区", (await Assert.ThrowsAsync<FlowStopped>(() => node.Takes[0].Next(false, Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_cut_off_at_any_step_loses_nothing_and_doubles_nothing()
    {
        await using var town = await NodeTown.Start(city);
        var (resource, _) = await Granted(town);
        var (place, ask) = await Table(town, "sqlite");
        var settings = town.Settings() with { Takes = [Take(resource, place) with { BatchRows = 1 }] };
        foreach (var step in (string[])["taken", "written", "committed", "taken", "committed"])
        {
            using var dying = Node.Open(settings);
            dying.Takes[0].Step = now => _ = now == step ? throw new InvalidOperationException(step) : 0;
            await Assert.ThrowsAsync<InvalidOperationException>(() => Drain(dying, resource));
        }

        var node = town.Open(settings);
        await Drain(node, resource);
        Assert.Equal(2, (await ask("select 姓名, 区 from 房主")).Count);
        Assert.Equal(
            [1L, 2L],
            await city.Db.List($"select batch from exchange.receipt where node = {town.Code} order by batch", row => row.GetInt64(0), Cancel));
    }

    [Fact]
    public async Task A_page_that_somebody_altered_on_the_way_is_not_confirmed()
    {
        await using var town = await NodeTown.Start(city);
        var node = town.Open(town.Settings());
        var forged = EvidenceJson.Write(new Statement(
            StatementKind.Take, town.Code, "homes", town.Resource.Id, new string('0', 26), 1, 1, 0, [1], "ecdsa-p256-sha256", DateTimeOffset.UnixEpoch));
        var seal = new GroupSeal("ecdsa-p256-sha256", "0a", 0, 1, [], node.Centre.Key.Sign(forged));
        var answer = await node.Centre.Post<Confirmed>("/exchange/confirm", EvidenceJson.Write(new Confirmation(forged, seal, node.Centre.Key.Sign(forged))), Cancel);
        Assert.Equal(("NODE-T03", true), (answer.Refusal!.Code, answer.Refusal.Sealed));
        Assert.Equal("NODE-T01", (await node.Centre.Get<TakePage>("/exchange/take?resource=x&limit=0", Cancel)).Refusal!.Code);
        Assert.Equal("NODE-T04", (await node.Centre.Get<TakePage>(
            $"/exchange/take?resource={town.Resource.Id}&phase=feed&after=99999999999.1&limit=5&wait=0&flow=f&stream=s&batch=1", Cancel)).Refusal!.Code);
    }

    /// <summary>Takes until there is nothing more.</summary>
    private async Task Drain(Node node, ResourceDefinition resource)
    {
        // An act has its place in the feed a moment after its commit.
        await city.Service<AuditLog>().Placed(resource.Schema, Cancel);
        while (await node.Takes[0].Next(wait: false, Cancel))
        {
        }
    }

    private static TakeSettings Take(ResourceDefinition resource, PlaceSettings place) => new()
    {
        Flow = "homes",
        Resource = resource.Id,
        Target = place,
        Key = "主键",
        Map = new Dictionary<string, string>(StringComparer.Ordinal) { ["owner_name"] = "姓名", ["district"] = "区" },
        Purpose = "核定住房情况",
    };

    /// <summary>A register of the police, with a grant for the node's office.</summary>
    private async Task<(ResourceDefinition Resource, string Grant)> Granted(NodeTown town)
    {
        var sharing = new SharingTown(city);
        var resource = await sharing.Register(Sharing.Conditional("限履行职责时使用"));
        return (resource, await sharing.Grant(sharing.Terms(resource, town.Office) with { Ways = [GrantWay.Feed], Rate = 60_000 }));
    }

    /// <summary>An empty table of the department, and a way to look into it.</summary>
    private async Task<(PlaceSettings Place, Func<string, Task<List<string>>> Ask)> Table(NodeTown town, string kind)
    {
        var connectionString = kind switch
        {
            "mariadb" => await maria.Database(),
            "postgresql" => await city.OwnDatabase(),
            _ => $"Data Source={Path.Combine(town.Folder, "target.db")};Pooling=false",
        };
        async Task<System.Data.Common.DbConnection> Open()
        {
            System.Data.Common.DbConnection connection = kind switch
            {
                "mariadb" => new MySqlConnection(connectionString),
                "postgresql" => new NpgsqlConnection(connectionString),
                _ => new SqliteConnection(connectionString),
            };
            await connection.OpenAsync(Cancel);
            return connection;
        }

        async Task<List<string>> Ask(string sql)
        {
            await using var connection = await Open();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            var rows = new List<string>();
            while (await reader.ReadAsync(Cancel))
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            }

            return rows;
        }

        await Ask("create table 房主 (主键 varchar(40) primary key, 姓名 varchar(40), 区 varchar(20))");
        return (new() { Kind = kind, Connection = connectionString, Table = "房主" }, Ask);
    }
}
