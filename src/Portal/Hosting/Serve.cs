using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Shali.Centres.Demo;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>The life of one instance: folder, database, city, server; and the same way back at the end.</summary>
internal static class Serve
{
    private const int VersionMin = 150_000;

    public static async Task<int> Run(RunOptions options)
    {
        var clock = Stopwatch.StartNew();
        PortIsFree(options.Port);
        using var folder = DataFolder.Open(options.Data);
        await using var postgres = options.Database is null
            ? await PrivatePostgres.Start(folder.File("pg"), say: Say)
            : null;
        var connection = options.Database ?? postgres!.ConnectionString;
        await DatabaseSuits(connection);

        var settings = new HostSettings(connection, folder.Path, options.Port, options.Demo) { Smtp = options.Smtp };
        await using var app = await ShaliHost.Build(settings);
        if (options.Demo)
        {
            await DemoSeed.Run(app.Services, options.People, (ulong)options.Seed, folder.Path, Say);
        }

        await app.StartAsync();
        Say($"沙澧已就绪（{clock.Elapsed.TotalSeconds:0.0} 秒）：http://127.0.0.1:{options.Port}");
        if (options.Demo)
        {
            Say($"演示账号和口令见 {folder.File("demo-logins.json")}");
        }

        if (!options.Demo && await app.Services.GetRequiredService<FirstAdministrator>().CreateCode() is { } code)
        {
            Say($"尚无账号。第一位系统管理员请在 24 小时内打开 http://127.0.0.1:{options.Port}/setup，一次性启用码：{code}");
        }

        await app.WaitForShutdownAsync();
        Say("正在停止……");
        return 0;
    }

    private static void Say(string sentence) => Console.WriteLine(sentence);

    private static void PortIsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException failure)
        {
            throw new StartRefusedException(failure.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"端口 {port} 已被占用，请用 --port 指定另一个端口。"
                : $"无法监听端口 {port}：{failure.Message}");
        }
    }

    /// <summary>An existing PostgreSQL must be reachable, new enough, and have PostGIS.</summary>
    private static async Task DatabaseSuits(string connectionString)
    {
        try
        {
            await using var db = new Db(NpgsqlDataSource.Create(connectionString + ";Pooling=false"));
            var version = int.Parse((await db.Scalar<string>($"select current_setting('server_version_num')"))!, System.Globalization.CultureInfo.InvariantCulture);
            if (version < VersionMin)
            {
                throw new StartRefusedException($"数据库版本 {version / 10_000} 太旧，需要 PostgreSQL 15 或更高版本。没有改动任何内容。");
            }

            if (!await db.Scalar<bool>($"select exists (select 1 from pg_extension where extname = 'postgis')"))
            {
                throw new StartRefusedException("数据库中没有 PostGIS 扩展，请由数据库管理员执行：create extension postgis;");
            }
        }
        catch (ArgumentException malformed)
        {
            throw new StartRefusedException($"数据库连接串无效：{malformed.Message}");
        }
        catch (NpgsqlException failure) when (failure is not PostgresException { SqlState: PostgresErrorCodes.UndefinedFunction })
        {
            throw new StartRefusedException($"无法连接数据库：{failure.Message}");
        }
    }
}
