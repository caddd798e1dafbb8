using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Shali.FrontNode;
using Shali.Platform.Kernel;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// A department with its PostgreSQL, its node on a small disk, a line, and a centre on a small disk: each can be hit, while the department
/// changes its rows without end. What is given to the centre comes back into another table of the department.
/// </summary>
internal sealed class FaultyExchange : IAsyncDisposable
{
    private const int Rows = 1_200;
    private const int Hour = 3_600;
    private const string Followed = ", \"changes\": { \"publication\": \"变更\", \"slot\": \"shali_firms\" }";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    private readonly CancellationTokenSource _end = new();
    private readonly Random _random;
    private readonly string[] _host;
    private readonly int _port = PortalProcess.FreePort();
    private readonly int _page = PortalProcess.FreePort();
    private Process _centre = null!;
    private Process? _node;
    private bool _clockCanBeWrong;
    private Task _changing = Task.CompletedTask;

    private FaultyExchange(Random random, SmallDatabase database, string key)
    {
        (_random, Database, IsReplicated) = (random, database, random.Next(2) == 0);
        _host = ["--no-demo", "--data", key, "--database", database.Connection];
        Line = new(_port);
    }

    public SmallDatabase Database { get; }

    public SmallDisk Disk { get; private set; } = null!;

    public FaultyLine Line { get; }

    public DepartmentPostgres Department { get; private set; } = null!;

    public WebApplication Near { get; private set; } = null!;

    public NodeTown Town { get; private set; } = null!;

    /// <summary>The department's log tells what changed; else all its rows are compared each time.</summary>
    public bool IsReplicated { get; }

    /// <summary>Transactions of the department so far.</summary>
    public int Changes { get; private set; }

    public string Configuration => Path.Combine(Town.Folder, "node.json");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="megabytes">Of each disk.</param>
    public static async Task<FaultyExchange> Begin(City city, Random random, string folder, int megabytes)
    {
        var host = Directory.CreateDirectory(Path.Combine(folder, "host")).FullName;
        await City.KeepMasterKey(host);
        var made = new FaultyExchange(random, await SmallDatabase.Of(city, Path.Combine(folder, "database"), megabytes), host);

        // Another host on the same database, for the test's own questions. Nothing runs in it.
        made.Near = await city.AnotherHost(made.Database.Connection);
        made._centre = await PortalProcess.Serving(made._port, made._host);
        made.Town = await NodeTown.Start(city, host: made.Near, at: new($"http://127.0.0.1:{made._port}/"));
        made.Disk = SmallDisk.At(Path.Combine(folder, "node"), megabytes / 2);
        File.Copy(Path.Combine(made.Town.Settings().Data, "identity.json"), Path.Combine(made.Disk.Folder, "identity.json"));
        made.Department = await DepartmentPostgres.Begin("wal_level=logical");
        await made.Department.Run(
            $"""
            create table 企业 (编号 varchar(20) primary key, 名称 text, 成立日期 date, 资本 numeric, 改动 int);
            create index on 企业 (改动);
            create publication 变更 for table 企业;
            insert into 企业 select 'F' || to_char(i, 'FM000000'), '第0次', '2001-02-03', i, i from generate_series(1, {Rows}) i;
            create table 登记 (主键 varchar(40) primary key, 编号 text, 名称 text)
            """);
        await File.WriteAllTextAsync(made.Configuration, made.Settings(), Cancel);
        made.BeginNode();
        made._changing = made.Change();
        return made;
    }

    public async Task KillNode()
    {
        await EndNode();
        BeginNode();
    }

    public async Task KillCentre()
    {
        _centre.Kill();
        await _centre.WaitForExitAsync(Cancel);
        _centre.Dispose();
        _centre = await PortalProcess.Serving(_port, _host);
    }

    /// <param name="told">Waits until the centre has been told of it too.</param>
    /// <param name="meanwhile">What else befalls while the disk is full.</param>
    public async Task FillNodeDisk(bool told, Func<Task>? meanwhile)
    {
        Disk.FillFor(_node!);
        await Says(Text.DiskFull);
        if (told)
        {
            await Until(async () => await Town.Db.Scalar<bool>($"select report::text like {'%' + Text.DiskFull + '%'} from exchange.health where node = {Town.Code}", Cancel));
        }

        if (meanwhile is not null)
        {
            await meanwhile();
        }

        Disk.FreeFor(_node!);
    }

    /// <inheritdoc cref="FillNodeDisk"/>
    public async Task FillCentreDisk(Func<Task>? meanwhile)
    {
        await Database.Fill(Town.Resource.Schema);
        await Says("UI-503");
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        await Database.Free(Town.Resource.Schema);
    }

    /// <summary>The node's clock is an hour off, and right again.</summary>
    public async Task PutClockWrong()
    {
        if (!_clockCanBeWrong)
        {
            await EndNode();
            BeginNode(wrong: true);
        }

        await File.WriteAllTextAsync(NodeChild.ClockOf(Configuration), (_random.Next(2) == 0 ? Hour : -Hour).ToString(CultureInfo.InvariantCulture), Cancel);
        await Says("NODE-M03");
        File.Delete(NodeChild.ClockOf(Configuration));
    }

    public async Task KillDepartment()
    {
        await Department.Kill();
        await Task.Delay(_random.Next(300), Cancel);
        await Department.Start();
    }

    /// <summary>How many batches of rows the centre has taken.</summary>
    public async Task<long> Position()
    {
        try
        {
            return await Town.Db.Scalar<long>($"select coalesce(max(batch), 0) from {Sql.Name(Town.Resource.Schema, "node_point")}", Cancel);
        }
        catch (NpgsqlException)
        {
            // Not there yet, or just cut off.
            return 0;
        }
    }

    public Task PositionAbove(long before) => Until(async () => await Position() > before);

    /// <summary>The department rests, the node ends; what is left goes the ordinary way, in this process.</summary>
    public async Task<Node> Settle()
    {
        await _end.CancelAsync();
        await _changing;
        await EndNode();
        var node = Town.Open(FrontNode.Configuration.Read(Configuration));
        await NodeTown.Round(node);
        await Town.Get<Platform.Audit.AuditLog>().Placed(Town.Resource.Schema, Cancel);
        while (await node.Takes[0].Next(wait: false, Cancel))
        {
        }

        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _changing;
        await EndNode();
        if (!_centre.HasExited)
        {
            PortalProcess.Terminate(_centre);
            await _centre.WaitForExitAsync(CancellationToken.None);
        }

        _centre.Dispose();
        await Line.DisposeAsync();
        await Near.DisposeAsync();
        await Town.DisposeAsync();
        await Department.DisposeAsync();
        Disk.Dispose();
        await Database.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Each row that changes bears the number of its change.</summary>
    private async Task Change()
    {
        for (var turn = 1; !_end.IsCancellationRequested; turn++)
        {
            try
            {
                await Department.Run(string.Create(
                    CultureInfo.InvariantCulture,
                    $"update 企业 set 名称 = '第{turn}次' where 改动 % 97 = {turn % 97}; insert into 企业 values ('N{turn:D6}', '第{turn}次', null, {turn}, {turn}); delete from 企业 where 编号 = 'N{turn - 40:D6}'"));
                Changes++;
            }
            catch (NpgsqlException)
            {
                // The server was killed: the department's clerks wait too.
            }

            await Task.Delay(75, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns when the node says this of one of its flows.</summary>
    private Task Says(string sentence) => Until(async () =>
    {
        try
        {
            var page = await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_page}/"), Cancel);

            // Not of what was once: that stands in the log.
            return page.AsSpan(0, page.IndexOf(Text.LogTitle, StringComparison.Ordinal)).Contains(sentence, StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // It has just been started.
            return false;
        }
    });

    private async Task Until(Func<Task<bool>> holds)
    {
        while (!await Now(holds))
        {
            Assert.False(_node!.HasExited, _node.HasExited ? $"the node ended with {_node.ExitCode}" : "");
            await Task.Delay(20, Cancel);
        }
    }

    /// <summary>Not yet, where a connection of the pool is from before its server was killed.</summary>
    private static async Task<bool> Now(Func<Task<bool>> holds)
    {
        try
        {
            return await holds();
        }
        catch (NpgsqlException lost) when (lost.IsTransient)
        {
            return false;
        }
    }

    private async Task EndNode()
    {
        if (_node is { } node)
        {
            _node = null;
            node.Kill();
            await node.WaitForExitAsync(CancellationToken.None);
            node.Dispose();
        }
    }

    /// <param name="wrong">As a process whose clock can be put wrong; else as one or the other.</param>
    private void BeginNode(bool wrong = false)
    {
        _clockCanBeWrong = wrong || _random.Next(2) == 0;

        // A write beyond the limit of a process shall fail, as on a full disk, and not end it.
        string[] program = _clockCanBeWrong ? [Environment.ProcessPath!, AuditChild.Argument] : [Path.Combine(AppContext.BaseDirectory, "shali-node"), "run", Configuration];
        var start = new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec \"$@\"", "sh", .. program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (_clockCanBeWrong)
        {
            start.Environment[NodeChild.Variable] = Configuration;
        }

        _node = Process.Start(start)!;
        _ = _node.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = _node.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    private string Settings() =>
        $$"""
        {
          "centre": "http://127.0.0.1:{{Line.Port}}/",
          "data": {{JsonSerializer.Serialize(Disk.Folder)}},
          "status_port": {{_page}},
          "gives": [
            {
              // The office's own register of firms.
              "flow": "firms",
              "resource": "{{Town.Resource.Id}}",
              "source": { "kind": "postgresql", "connection": "{{Department.Connection}}", "table": "企业"{{(IsReplicated ? Followed : "")}} },
              "map": { "number": "编号", "name": "名称", "opened": "成立日期", "capital": "资本" },
              "every_seconds": 1,
              "batch_rows": 60,
            },
          ],
          "takes": [
            {
              "flow": "back",
              "resource": "{{Town.Resource.Id}}",
              "purpose": "核对",
              "target": { "kind": "postgresql", "connection": "{{Department.Connection}}", "table": "登记" },
              "key": "主键",
              "map": { "number": "编号", "name": "名称" },
              "batch_rows": 200,
            },
          ],
        }
        """;
}
