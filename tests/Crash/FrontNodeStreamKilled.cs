using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Shali.FrontNode;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// While a department changes its rows without end and its log tells them, its node and its database are killed as power goes: at the end both
/// sides are equal row by row, no change was written twice, none overtook another, and nothing had to be compared anew.
/// <c>SHALI_KILLS=100 ./test -class '*FrontNodeStreamKilled'</c> kills as often as you like.
/// </summary>
public sealed class FrontNodeStreamKilled(City city)
{
    private const int Rows = 600;

    private static readonly int Kills = Storm.KillsOr(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_and_database_killed_during_a_stream_of_changes_lose_and_double_nothing()
    {
        var random = new Random(Storm.Seed());
        await using var town = await NodeTown.Start(city);
        await using var department = await DepartmentPostgres.Begin("wal_level=logical");
        await department.Run(
            $"""
            create table 企业 (编号 varchar(20) primary key, 名称 text, 成立日期 date, 资本 numeric, 说明 text, 改动 int);
            alter table 企业 alter 说明 set storage external;
            create publication 变更 for table 企业;
            insert into 企业 select 'F' || to_char(i, 'FM000000'), '第0次', '2001-02-03', i, repeat('长', 3000), i from generate_series(1, {Rows}) i
            """);
        var settings = town.Settings(town.Give(new() { Kind = "postgresql", Connection = department.Connection, Table = "企业", Changes = new() { Publication = "变更", Slot = "shali_firms" } }) with { EverySeconds = 1, BatchRows = 20 });
        var file = Path.Combine(town.Folder, "node.json");
        await File.WriteAllTextAsync(file, Written(settings), Cancel);
        using var end = new CancellationTokenSource();
        var changing = Change(department, end.Token);
        var node = Begin(file);
        await Above(town, node, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(400), Cancel);
            var (position, both) = (await Position(town), kill % 4 == 3);
            if (both || kill % 2 == 0)
            {
                await Kill(node);
            }

            if (both || kill % 2 == 1)
            {
                await department.Kill();
                await Task.Delay(random.Next(200), Cancel);
                await department.Start();
            }

            node = node.HasExited ? Begin(file) : node;
            await Above(town, node, position);
        }

        await end.CancelAsync();
        var changes = await changing;
        await Kill(node);
        using (var last = Node.Open(settings))
        {
            await NodeTown.Round(last);
            Assert.Equal(0, (await last.Gives[0].Compare(Cancel))!.Drift);
            var log = await last.Store.Together(store => store.LogLinesOf(5_000), Cancel);
            Assert.Single(log, line => line.Sentence == Text.LookFirst);
            Assert.DoesNotContain(log, line => line.Sentence.Contains("比对全部数据", StringComparison.Ordinal) && line.Sentence != Text.LookFirst);
        }

        var versions = await ExchangeBooks.SameAsSource(town, await department.List("select 编号 || '|' || 名称 from 企业 order by 编号", row => row.GetString(0)));
        var states = await ExchangeBooks.OrderKept(town);
        var (batches, counts) = await ExchangeBooks.Equal(town, settings.Data, "firms");
        Assert.Equal(versions, counts.New + counts.Changed + counts.Ended);
        Console.WriteLine($"FrontNodeStreamKilled: {Kills} kills; {changes} transactions, {batches} batches, {versions} versions, {states} states in order, 0 lost, 0 doubled");
    }

    /// <summary>Each row that changes bears the number of its change; keys change too, and long texts stay as they are.</summary>
    /// <returns>How many transactions there were.</returns>
    private static async Task<int> Change(DepartmentPostgres department, CancellationToken end)
    {
        var changes = 0;
        for (var turn = 1; !end.IsCancellationRequested; turn++)
        {
            try
            {
                await department.Run(string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    update 企业 set 名称 = '第{turn}次' where 改动 % 23 = {turn % 23};
                    insert into 企业 values ('N{turn:D6}', '第{turn}次', null, {turn}, repeat('新', 3000), {turn});
                    update 企业 set 编号 = 'M' || substr(编号, 2), 名称 = '第{turn}次' where 编号 = 'N{turn - 5:D6}';
                    delete from 企业 where 编号 = 'M{turn - 40:D6}'
                    """));
                changes++;
            }
            catch (NpgsqlException)
            {
                // The server was killed: the department's clerks wait too.
            }

            await Task.Delay(30, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return changes;
    }

    private static async Task Above(NodeTown town, Process node, long before)
    {
        while (await Position(town) <= before)
        {
            Assert.False(node.HasExited, node.HasExited ? $"the node ended with {node.ExitCode}" : "");
            await Task.Delay(20, Cancel);
        }
    }

    private static Task<long> Position(NodeTown town) => town.Db.Scalar<long>($"select count(*) from exchange.receipt where node = {town.Code}", Cancel);

    private static Process Begin(string file)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "shali-node"), ["run", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var node = Process.Start(start)!;
        _ = node.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = node.StandardError.ReadToEndAsync(CancellationToken.None);
        return node;
    }

    private static async Task Kill(Process node)
    {
        node.Kill();
        await node.WaitForExitAsync(Cancel);
    }

    private static string Written(Configuration settings)
    {
        var give = settings.Gives[0];
        return JsonSerializer.Serialize(new
        {
            centre = settings.Centre,
            data = settings.Data,
            status_port = (int?)null,
            gives = new[]
            {
                new
                {
                    flow = give.Flow,
                    resource = give.Resource,
                    source = new { kind = give.Source.Kind, connection = give.Source.Connection, table = give.Source.Table, changes = new { publication = give.Source.Changes!.Publication, slot = give.Source.Changes.Slot } },
                    map = give.Map,
                    every_seconds = give.EverySeconds,
                    batch_rows = give.BatchRows,
                },
            },
        });
    }
}
