using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>
/// A PostgreSQL cluster of our own, made from the machine's binaries, that lives and ends with the process. It
/// listens on a local socket only. As root it runs as the unprivileged user <c>postgres</c>.
/// A killed process leaves its server running; the next start stops that one first and PostgreSQL recovers itself.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Owner = "shali";
    private const string PostGis = "postgis-3";

    private readonly string _folder;
    private readonly string _bin;
    private readonly bool _durable;
    private readonly CancellationTokenSource _end = new();
    private Process? _server;
    private Task _watch = Task.CompletedTask;

    private PrivatePostgres(string folder, string bin, bool durable) => (_folder, _bin, _durable) = (folder, bin, durable);

    /// <summary>For the application: not a superuser, owner of the one database.</summary>
    public string ConnectionString => Connect(Owner, "shali");

    /// <summary>For tests that play the database administrator.</summary>
    public string SuperuserConnectionString => Connect("postgres", "shali");

    /// <summary>Process id of the server.</summary>
    public int ProcessId => _server?.Id ?? 0;

    private string Data => Path.Combine(_folder, "cluster");

    private string Sockets => Path.Combine(
        Path.GetTempPath(), "shali-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_folder)))[..12]);

    /// <param name="durable">False only in tests and while a measurement is filled: nothing is forced to disk, what a transaction writes into tables that it emptied itself is not logged, and a database that is made then proves its (random) passwords by md5.</param>
    public static async Task<PrivatePostgres> Start(string folder, bool durable = true, Action<string>? say = null, CancellationToken cancel = default)
    {
        var place = Reachable(folder);
        var postgres = new PrivatePostgres(place, PostgresVersion.Binaries(PostgresVersion.MadeWith(Path.Combine(place, "cluster"))), durable);
        try
        {
            await postgres.Initialise(say, cancel);
            postgres.StopOrphan();
            await postgres.Launch(cancel);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }

        postgres._watch = postgres.Watch(postgres._end.Token);
        return postgres;
    }

    /// <summary>For commands beside a running instance: how to reach the server of this folder; null when none runs.</summary>
    public static string? Running(string folder)
    {
        var postgres = new PrivatePostgres(Reachable(folder), "", durable: true);
        return postgres.Runs() ? postgres.ConnectionString : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        if (_server is { HasExited: false })
        {
            // Fast shutdown: sessions are ended, everything committed is on disk.
            ServerCommand.Interrupt(_server.Id);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _server.WaitForExitAsync(patience.Token);
        }

        _server?.Dispose();
        _end.Dispose();
    }

    /// <summary>A server that dies is started again; it recovers itself, and waiting requests find it by trying again.</summary>
    private async Task Watch(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await _server!.WaitForExitAsync(end);
                _server.Dispose();
                await Launch(end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (StartRefusedException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                await Task.Delay(1000, CancellationToken.None);
            }
        }
    }

    private string Connect(string user, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = Sockets,
        Port = 5432,
        Username = user,
        Password = Password(),
        Database = database,
    }.ConnectionString;

    /// <summary>
    /// As root the server runs as another user, who may be unable to enter the folder (a checkout under /root): then
    /// the cluster lives under /var/lib/shali and a file in the folder says where.
    /// </summary>
    private static string Reachable(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!Environment.IsPrivilegedProcess || ServerCommand.Run("setpriv", [.. ServerCommand.AsServer, "test", "-x", folder]).Code == 0)
        {
            return folder;
        }

        var elsewhere = Path.Combine("/var/lib/shali", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16]);
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(folder, "LOCATION"), elsewhere + "\n");
        return elsewhere;
    }

    private string Password()
    {
        var file = Path.Combine(_folder, "password");
        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new StartRefusedException($"数据目录 {_folder} 不完整：缺少数据库的口令文件 password。没有改动任何内容；请从备份放回该文件。");
    }

    private async Task Initialise(Action<string>? say, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(Data, "PG_VERSION")))
        {
            return;
        }

        if (Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
        {
            throw new StartRefusedException(
                $"数据目录 {Data} 不完整：里面有文件，但不是一个数据库。没有改动任何内容；请检查后移走该目录，再重新启动。");
        }

        say?.Invoke("初始化数据库……");
        // What an interrupted first start left behind was never a database: it is made anew and moved into place whole.
        var draft = Path.Combine(_folder, "cluster.draft");
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        var password = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(password, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancel);
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(draft);
        ServerCommand.Own(draft);
        ServerCommand.Own(password);
        ServerCommand.Must(RunAsServer(
            "initdb", "-D", draft, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",

            // What guessing a password shall cost, thousands of connections of the tests need not pay: each would work for 10 ms.
            $"--auth={(_durable ? "scram-sha-256" : "md5")}",
            $"--pwfile={password}", "--no-sync", "--no-instructions"));
        Directory.Move(draft, Data);
    }

    /// <summary>Only a server of this very folder is stopped: after a restart of the machine its number is somebody else's.</summary>
    private void StopOrphan()
    {
        if (Runs())
        {
            RunAsServer("pg_ctl", "stop", "-D", Data, "-m", "fast", "-w", "-t", "60");
        }
    }

    private bool Runs()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var pid))
        {
            return false;
        }

        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(Data, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task Launch(CancellationToken cancel)
    {
        Directory.CreateDirectory(Sockets);
        File.SetUnixFileMode(Sockets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServerCommand.Own(Sockets);
        for (var attempt = Stopwatch.StartNew(); ;)
        {
            _server = ServerCommand.Start(AsServerCommand(["postgres", "-D", Data, "-k", Sockets, "-c", "listen_addresses=", .. Settings()]));
            try
            {
                await Ready(cancel);
                break;
            }
            catch (StartRefusedException refused) when (HeldByTheDead(refused.Message) && attempt.Elapsed < TimeSpan.FromSeconds(20))
            {
                // The sessions of a server that was killed hold its memory for a moment longer.
                await Task.Delay(200, cancel);
            }
        }

        await CreateDatabase(cancel);
    }

    private static bool HeldByTheDead(string words) =>
        words.Contains("shared memory", StringComparison.Ordinal) || words.Contains("lock file", StringComparison.Ordinal);

    private IEnumerable<string> Settings()
    {
        string[] settings =
        [
            "shared_buffers=256MB", "max_connections=120", "work_mem=16MB", "maintenance_work_mem=256MB",
            "effective_cache_size=2GB", "random_page_cost=1.1", "jit=off", "max_wal_size=4GB", "checkpoint_timeout=15min",
            // Long values are packed at each write: by lz4, whose work is hardly seen.
            "wal_compression=lz4", "default_toast_compression=lz4", "logging_collector=off", "log_min_messages=warning", "timezone=UTC",
            "max_parallel_workers_per_gather=2",

            // PostGIS and what it needs are linked once for the server instead of for each connection that meets a geometry.
            .. File.Exists(Path.Combine(_bin, "..", "lib", PostGis + ".so")) ? [$"shared_preload_libraries={PostGis}"] : (string[])[],
            .. _durable ? (string[])[] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"],
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }

    private async Task Ready(CancellationToken cancel)
    {
        // A folder that is not whole is told of by what it lacks, however quickly its server ends.
        _ = Password();
        var log = new StringBuilder();
        _server!.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && log.Length < 20_000)
            {
                log.AppendLine(line.Data);
            }
        };
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromSeconds(120);)
        {
            if (_server.HasExited)
            {
                // The last words of the server: what came before them led up to it.
                _server.WaitForExit();
                var words = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                throw new StartRefusedException(
                    $"数据库没有启动起来：{words.LastOrDefault(word => word.Contains("FATAL", StringComparison.Ordinal)) ?? words.LastOrDefault() ?? $"postgres {_server.ExitCode}"}");
            }

            try
            {
                await using var db = Db.Briefly(Connect("postgres", "postgres") + ";Timeout=2");
                await using var connection = await db.Source.OpenConnectionAsync(cancel);
                return;
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new StartRefusedException($"数据库的口令文件 {Path.Combine(_folder, "password")} 与数据库不符。没有改动任何内容；请从备份放回该文件。");
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, cancel);
            }
        }

        throw new StartRefusedException("数据库在两分钟内没有就绪。");
    }

    private async Task CreateDatabase(CancellationToken cancel)
    {
        await using var db = Db.Briefly(Connect("postgres", "postgres"));
        if (await db.Scalar<bool>($"select exists (select 1 from pg_database where datname = 'shali')", cancel))
        {
            return;
        }

        // Made under another name and renamed when it is whole: a killed first start leaves nothing half-made behind.
        var password = Password();
        await db.Run(Sql.Trusted("drop database if exists shali_draft"), cancel);
        await db.Run(Sql.Trusted($"do $$ begin create role {Owner} login; exception when duplicate_object then null; end $$"), cancel);
        await db.Run(Sql.Trusted($"alter role {Owner} password '{ScramSecret.Of(password)}'"), cancel);
        await db.Run(Sql.Trusted($"create database shali_draft owner {Owner}"), cancel);
        await using (var inside = Db.Briefly(Connect("postgres", "shali_draft")))
        {
            if (!await inside.Scalar<bool>($"select exists (select from pg_available_extensions where name = 'postgis')", cancel))
            {
                throw new StartRefusedException("本机的 PostgreSQL 没有 PostGIS，请安装：apt-get install postgresql-15-postgis-3");
            }

            await inside.Run(Sql.Trusted("create extension postgis"), cancel);
        }

        await db.Run(Sql.Trusted("alter database shali_draft rename to shali"), cancel);
    }

    private string[] AsServerCommand(string[] command)
    {
        command[0] = Path.Combine(_bin, command[0]);
        return Environment.IsPrivilegedProcess ? ["setpriv", .. ServerCommand.AsServer, .. command] : command;
    }

    private (int Code, string Said) RunAsServer(params string[] command)
    {
        var whole = AsServerCommand(command);
        return ServerCommand.Run(whole[0], whole[1..]);
    }
}
