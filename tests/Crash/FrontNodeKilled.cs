using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shali.FrontNode;
using Shali.Platform.Audit.Verification;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// Node and host are killed, connections cut and disks filled while an office gives its rows and changes them: at the end the register is the
/// source, no row is lost, none is there twice, and both sides hold the same receipts.
/// </summary>
public sealed class FrontNodeKilled(City city)
{
    private const int Rows = 4_000;

    private static readonly int Kills = Storm.KillsOr(6);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kills_of_node_and_host_lose_nothing_and_double_nothing()
    {
        var own = await city.OwnDatabase();
        await using var near = await city.AnotherHost(own);
        await near.StartAsync(Cancel);
        await using var town = await NodeTown.Start(city, host: near);
        var source = town.Sqlite();
        source.Fill(1, Rows);

        // The host that is killed is a process of its own on the same database.
        var folder = Directory.CreateDirectory(Path.Combine(town.Folder, "host")).FullName;
        var key = Path.Combine(folder, "master.key");
        await File.WriteAllTextAsync(key, new string('0', 2 * MasterKey.Size) + "\n", Cancel);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var port = PortalProcess.FreePort();
        string[] host = ["--no-demo", "--data", folder, "--database", own];
        var configuration = Path.Combine(town.Folder, "node.json");
        await File.WriteAllTextAsync(configuration, Configured(town, source, port), Cancel);

        var centre = await PortalProcess.Serving(port, host);
        var node = Begin(configuration);
        while (await Position(town) < 1)
        {
            Assert.False(node.HasExited);
            await Task.Yield();
        }

        using (var second = Begin(configuration))
        {
            // While one works with the folder, another does not begin.
            await second.WaitForExitAsync(Cancel);
            Assert.Equal(1, second.ExitCode);
        }

        var random = new Random(20261126);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await Position(town);
            source.Run(string.Create(CultureInfo.InvariantCulture, $"update 企业 set 名称 = '改{kill}' where 改动 % 50 = {kill % 50}; delete from 企业 where 改动 = {kill + 100}; insert into 企业 values ('N{kill:D4}', '新{kill}', null, null, 100000)"));
            while (await Position(town) < before + random.Next(0, 4))
            {
                Assert.False(node.HasExited);
                await Task.Yield();
            }

            switch (kill % 6)
            {
                case 5:
                    centre.Kill();
                    await centre.WaitForExitAsync(Cancel);
                    centre.Dispose();
                    centre = await PortalProcess.Serving(port, host);
                    break;
                case 2:
                    await Cut(own);
                    break;
                default:
                    node.Kill();
                    await node.WaitForExitAsync(Cancel);
                    node.Dispose();
                    node = Begin(configuration);
                    break;
            }
        }

        node.Kill();
        await node.WaitForExitAsync(Cancel);
        node.Dispose();

        // What is left goes the ordinary way.
        using (var last = Node.Open(Configuration.Read(configuration)))
        {
            await NodeTown.Round(last);
            var compared = (await last.Gives[0].Compare(Cancel))!;
            Assert.Equal(0, compared.Drift);
            await Judge(town, source, last);
        }

        PortalProcess.Terminate(centre);
        await centre.WaitForExitAsync(Cancel);
        centre.Dispose();
        await near.StopAsync(Cancel);

        // Acts, journal, versions and log say the same, also of what ended.
        Assert.Empty((await LogVerification.OfDatabase(own, null, null, Cancel)).Findings);
    }

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
        await Judge(town, source, last);
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
        await Judge(town, source, node);
        Assert.All(await town.Records(), record => Assert.EndsWith("v1", record, StringComparison.Ordinal));
    }

    private static async Task Judge(NodeTown town, SqliteSource source, Node node)
    {
        var records = await town.Records();
        Assert.Equal(source.Count("企业"), records.Count);
        Assert.Equal(records.Count, records.Select(record => record[..record.IndexOf('|', StringComparison.Ordinal)]).Distinct().Count());
        await using (var connection = new SqliteConnection(source.Place.Connection + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = new SqliteCommand("select 编号 || '|' || 名称 from 企业 order by 编号", connection);
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            var i = 0;
            while (await reader.ReadAsync(Cancel))
            {
                Assert.StartsWith(reader.GetString(0) + "|", records[i++], StringComparison.Ordinal);
            }
        }

        // History without gaps: order was kept for each row, and nothing was written twice.
        var versions = await town.Db.List(
            $"select key, version from {Sql.Name(town.Resource.Schema, "journal")} where resource = {town.Resource.Id} order by key, version",
            row => (Key: row.GetString(0), Version: row.GetInt32(1)), Cancel);
        Assert.All(versions.GroupBy(line => line.Key, StringComparer.Ordinal), lines => Assert.Equal(Enumerable.Range(1, lines.Count()), lines.Select(line => line.Version)));

        // The books of both sides: each batch of the stream once, with the same receipt.
        var stream = (await node.Store.Together(store => store.Flow("firms"), Cancel)).Stream;
        var batches = await town.Db.List(
            $"select batch, body from exchange.receipt where node = {town.Code} and stream = {stream} order by batch",
            row => (Batch: row.GetInt64(0), Receipt: EvidenceJson.Read<Receipt>(row.GetFieldValue<byte[]>(1))!), Cancel);
        Assert.Equal(Enumerable.Range(1, batches.Count).Select(i => (long)i), batches.Select(batch => batch.Batch));
        Assert.Equal(batches.Count, await node.Store.Together(store => store.Receipts("firms"), Cancel));
        Assert.Equal(versions.Count, batches.Sum(batch => batch.Receipt.Counts.New + batch.Receipt.Counts.Changed + batch.Receipt.Counts.Ended));
    }

    private static async Task<long> Position(NodeTown town)
    {
        try
        {
            return await town.Db.Scalar<long>($"select coalesce(max(batch), 0) from {Sql.Name(town.Resource.Schema, "node_point")}", Cancel);
        }
        catch (NpgsqlException)
        {
            // Not there yet, or just cut off.
            return 0;
        }
    }

    private async Task Cut(string database)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await using var super = new Db(NpgsqlDataSource.Create(city.SuperuserConnectionString.Replace("Database=shali", "Database=postgres", StringComparison.Ordinal)));
        await super.Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = {name} and usename = 'shali'", Cancel);
    }

    private static string Configured(NodeTown town, SqliteSource source, int port) =>
        $$"""
        {
          // The office's own register of firms.
          "centre": "http://127.0.0.1:{{port}}/",
          "data": {{JsonSerializer.Serialize(Path.Combine(town.Folder, "node"))}},
          "status_port": null,
          "gives": [
            {
              "flow": "firms",
              "resource": "{{town.Resource.Id}}",
              "source": { "kind": "sqlite", "connection": {{JsonSerializer.Serialize(source.Place.Connection)}}, "table": "企业" },
              "map": { "number": "编号", "name": "名称", "opened": "成立日期", "capital": "资本" },
              "every_seconds": 1,
              "batch_rows": 40,
            },
          ],
        }
        """;

    private static Process Begin(string configuration)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Shali.FrontNode.dll"));
        start.ArgumentList.Add("run");
        start.ArgumentList.Add(configuration);
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }
}
