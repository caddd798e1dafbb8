using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;
using Npgsql;
using Shali.Bench;
using Shali.FrontNode;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Audit;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>
/// The departments' own databases at their front nodes: what one registers the others know, and what contradicts itself between them
/// ends where it was wrong.
/// </summary>
public sealed class DepartmentsJoin(City city, MariaServer maria)
{
    private static readonly string[] Takers = ["tax", "labour", "statistics", "environment", "natural-resources", "housing"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EnterpriseTown Town => new(city);

    [Fact]
    public async Task A_firm_that_is_registered_changed_and_ended_is_known_to_every_department()
    {
        await using var market = await NodeTown.Start(city, function: "market-regulation");
        var database = await city.OwnDatabase();
        await Postgres(database, "create table 企业登记 (信用代码 varchar(18) primary key, 企业名称 text, 类型 text, 状态 text, 法人 text, 成立 date, 地址 text)");
        var giving = market.Open(market.Settings(Registered(new() { Kind = "postgresql", Connection = database, Table = "企业登记" })));
        var takers = new List<(NodeTown Town, Node Node, Func<string, Task<List<string>>> Ask)>();
        try
        {
            foreach (var function in Takers)
            {
                var town = await NodeTown.Start(city, function: function);
                takers.Add((town, null!, null!));
                var (place, ask) = await Table(town, function == "tax");
                takers[^1] = (town, town.Open(town.Settings() with { Takes = [Taken(place)] }), ask);
            }

            var organisation = EnterpriseTown.Organisation();
            var credit = EnterpriseTown.Credit(organisation);
            await Postgres(database, $"insert into 企业登记 values ('{credit}', '新设食品有限公司', 'company', '1', '某甲', '2026-01-05', '测试路1号')");
            await NodeTown.Round(giving);
            Assert.Equal(["新设食品有限公司|1"], await Known(takers, credit));

            await Postgres(database, $"update 企业登记 set 企业名称 = '改名食品有限公司' where 信用代码 = '{credit}'");
            await NodeTown.Round(giving);
            Assert.Equal(["改名食品有限公司|1"], await Known(takers, credit));

            await Postgres(database, $"update 企业登记 set 状态 = '4' where 信用代码 = '{credit}'");
            await NodeTown.Round(giving);
            Assert.Equal(["改名食品有限公司|4"], await Known(takers, credit));
        }
        finally
        {
            foreach (var (town, _, _) in takers)
            {
                await town.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_new_firm_is_known_to_seven_offices_within_seconds_each_in_its_way()
    {
        // Its node is the whole word of the registrar: what others wrote into the city that all tests share would end.
        await using var host = await city.AnotherHost(await city.OwnDatabase());
        await host.StartAsync(Cancel);
        await using (var spread = await FirmSpread.Begin(host.Services, new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), ""))
        {
            foreach (var name in (string[])["新设面粉有限公司", "新设物流有限公司"])
            {
                var known = await spread.Register(EnterpriseTown.Credit(EnterpriseTown.Organisation()), name, Cancel);
                Assert.Equal(FirmSpread.Seven.Select(one => one.Office).Order(), known.Keys.Order());
            }
        }

        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Each_department_gives_from_its_own_engine_and_what_it_puts_right_there_ends_the_contradiction()
    {
        await Town.Offices();
        var organisation = EnterpriseTown.Organisation();
        var credit = EnterpriseTown.Credit(organisation);
        await Town.Put(Town.Firm(organisation) with { Name = "四库食品有限公司" });

        // The tax office: MariaDB, the name of before, capital in yuan.
        await using var tax = await NodeTown.Start(city, function: "tax");
        var books = await maria.Database();
        await MariaServer.Run(books, "create table dj_nsrxx (nsrsbh varchar(20) primary key, nsrmc varchar(120), nsrzt char(2), xyjb char(1), djrq date, fddbr varchar(60), zczb decimal(18,2), hydm varchar(4), xssr decimal(18,2))");
        await MariaServer.Run(books, $"insert into dj_nsrxx values ('{credit}', '三库食品有限公司', '03', 'B', '2016-03-09', '某甲', 1000000, '14', 3000000)");
        var taxes = tax.Open(tax.Settings(new GiveSettings
        {
            Flow = "taxpayers",
            Resource = "enterprises/taxpayer",
            Source = new() { Kind = "mariadb", Connection = books, Table = "dj_nsrxx" },
            Map = Map(("taxpayer_number", "nsrsbh"), ("name", "nsrmc"), ("state", "nsrzt"), ("credit_grade", "xyjb"), ("registered_on", "djrq"), ("representative", "fddbr"), ("registered_capital", "zczb"), ("industry", "hydm"), ("turnover", "xssr")),
        }));

        // The statisticians: SQLite, another industry, a survey of the year 2199.
        await using var statistics = await NodeTown.Start(city, function: "statistics");
        var directory = $"Data Source={Path.Combine(statistics.Folder, "directory.db")};Pooling=false";
        await Sqlite(directory, "create table 名录 (单位代码 text primary key, 单位名称 text, 运营状态 text, 规上 text, 行业 text, 调查时点 text)");
        await Sqlite(directory, $"insert into 名录 values ('{organisation}', '四库食品有限公司', '1', '否', '14', '2199-12-31')");
        var units = statistics.Open(statistics.Settings(new GiveSettings
        {
            Flow = "units",
            Resource = "enterprises/statistical-unit",
            Source = new() { Kind = "sqlite", Connection = directory, Table = "名录" },
            Map = Map(("unit_code", "单位代码"), ("name", "单位名称"), ("state", "运营状态"), ("above_threshold", "规上"), ("industry", "行业"), ("surveyed_on", "调查时点")),
        }));

        // The housing office: a folder of spreadsheets, one row without a number.
        await using var housing = await NodeTown.Start(city, function: "housing");
        var folder = Directory.CreateDirectory(Path.Combine(housing.Folder, "备案"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "2026.csv"), $"单元号,代码,单位,坐落,方式,日期\nU{organisation},{credit},四库食品有限公司,测试路{organisation}号,租赁,2020-05-01\n,{credit},没有号码,某处,租赁,2020-05-01\n", Cancel);
        var houses = housing.Open(housing.Settings(new GiveSettings
        {
            Flow = "premises",
            Resource = "enterprises/premises",
            Source = new() { Kind = "files", Folder = folder.FullName },
            Map = Map(("unit_number", "单元号"), ("occupant_code", "代码"), ("occupant_name", "单位"), ("location", "坐落"), ("right", "方式"), ("registered_on", "日期")),
        }));
        foreach (var node in new[] { taxes, units, houses })
        {
            await NodeTown.Round(node);
        }

        await Town.Compare();
        Assert.Equal(["S05-C12", "S05-C15"], await Town.Open(organisation));
        var sides = await city.Service<FirmSides>().Of(Town.Staff("tax"), organisation, Cancel);
        Assert.Equal(["r", "t", "h", "s"], sides.Where(side => side.Rows > 0).Select(side => side.Authority.Alias));

        await MariaServer.Run(books, $"update dj_nsrxx set nsrmc = '四库食品有限公司' where nsrsbh = '{credit}'");
        await Sqlite(directory, "update 名录 set 调查时点 = '2025-12-31'");
        await NodeTown.Round(taxes);
        await NodeTown.Round(units);
        await Town.Compare();
        Assert.Empty(await Town.Open(organisation));
        Assert.Equal(ContradictionState.Closed, (await Town.Find("S05-C15", organisation))!.State);
    }

    private static GiveSettings Registered(PlaceSettings place) => new()
    {
        Flow = "registrations",
        Resource = "enterprises/registration",
        Source = place,
        Map = Map(("credit_code", "信用代码"), ("name", "企业名称"), ("type", "类型"), ("state", "状态"), ("representative", "法人"), ("established_on", "成立"), ("address", "地址")),
    };

    private static TakeSettings Taken(PlaceSettings place) => new()
    {
        Flow = "registrations",
        Resource = "enterprises/registration",
        Target = place,
        Key = "代码",
        Map = Map(("name", "名称"), ("state", "状态")),
        Purpose = "掌握市场主体登记变化",
    };

    /// <summary>What all tables say of the firm, each different saying once.</summary>
    private async Task<List<string>> Known(List<(NodeTown Town, Node Node, Func<string, Task<List<string>>> Ask)> takers, string credit)
    {
        await city.Service<AuditLog>().Placed(Authority.Schema, Cancel);
        var said = new List<string>();
        foreach (var (_, node, ask) in takers)
        {
            while (await node.Takes[0].Next(wait: false, Cancel))
            {
            }

            said.Add(Assert.Single(await ask($"select 名称, 状态 from 登记 where 代码 = '{credit}'")));
        }

        Assert.Equal(Takers.Length, said.Count);
        return [.. said.Distinct(StringComparer.Ordinal)];
    }

    private async Task<(PlaceSettings Place, Func<string, Task<List<string>>> Ask)> Table(NodeTown town, bool inMaria)
    {
        var connection = inMaria ? await maria.Database() : $"Data Source={Path.Combine(town.Folder, "own.db")};Pooling=false";
        Task<List<string>> Ask(string sql) => Rows(inMaria ? new MySqlConnection(connection) : new SqliteConnection(connection), sql);
        await Ask("create table 登记 (代码 varchar(40) primary key, 名称 varchar(120), 状态 varchar(4))");
        return (new() { Kind = inMaria ? "mariadb" : "sqlite", Connection = connection, Table = "登记" }, Ask);
    }

    private static Task Postgres(string database, string sql) => Rows(new NpgsqlConnection(database), sql);

    private static Task Sqlite(string database, string sql) => Rows(new SqliteConnection(database), sql);

    private static async Task<List<string>> Rows(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            var rows = new List<string>();
            while (await reader.ReadAsync(Cancel))
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            }

            return rows;
        }
    }

    private static Dictionary<string, string> Map(params (string Field, string Column)[] pairs) => pairs.ToDictionary(pair => pair.Field, pair => pair.Column, StringComparer.Ordinal);
}
