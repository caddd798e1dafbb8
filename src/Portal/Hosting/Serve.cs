using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>The life of one instance: folder, database, city, server; and the same way back at the end.</summary>
internal static class Serve
{
    /// <param name="stop">Ends it, as SIGTERM does.</param>
    public static async Task<int> Run(RunOptions options, TextWriter output, CancellationToken stop = default)
    {
        void Say(string sentence) => output.WriteLine(sentence);

        var clock = Stopwatch.StartNew();
        PortIsFree(options.Port);
        using var folder = DataFolder.Open(options.Data);
        await using var postgres = options.Database is null
            ? await PrivatePostgres.Start(folder.File("pg"), say: Say, cancel: stop)
            : null;
        var connection = options.Database ?? postgres!.ConnectionString;
        await DatabaseCheck.Demand(connection);

        var settings = new HostSettings(connection, folder.Path, options.Port, options.Demo)
        {
            MasterKey = await Key(connection, MasterKeyFile.Of(folder.Path, options.MasterKeyFile), Say),
            Proxies = options.Proxies,
            Push = usual => usual with { Networks = options.PushNetworks },
            KeepRecords = options.KeepRecords,
            Passwords = options.Passwords,
            PublicAddress = options.Address,
            Smtp = options.Smtp,
        };
        await using var app = await ShaliHost.Build(settings, stop);
        if (options.Demo)
        {
            await DemoStart.Run(settings, app.Services, options.People, (ulong)options.Seed, Say, stop);
        }

        await Listen(app, options.Port);
        Say($"沙澧已就绪（{clock.Elapsed.TotalSeconds:0.0} 秒）：http://127.0.0.1:{options.Port}");
        if (options.Demo)
        {
            Say($"演示账号和口令见 {folder.File("demo-logins.json")}");
        }

        if (!options.Demo && await app.Services.GetRequiredService<FirstAdministrator>().CreateCode(stop) is { } code)
        {
            Say($"尚无账号。第一位系统管理员请在 24 小时内打开 http://127.0.0.1:{options.Port}/setup，一次性启用码：{code}");
        }

        await app.WaitForShutdownAsync(stop);
        Say("正在停止……");
        return 0;
    }

    private static async Task<MasterKey> Key(string connection, MasterKeyFile file, Action<string> say)
    {
        await using var db = Db.Briefly(connection);
        return await file.Read(await SealedKeys.Any(db), say);
    }

    /// <summary>The port was free when we looked; somebody may have taken it while the city was made ready.</summary>
    private static async Task Listen(WebApplication app, int port)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw PortTaken(port);
        }
    }

    private static void PortIsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException failure)
        {
            throw failure.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? PortTaken(port)
                : new StartRefusedException($"无法监听端口 {port}：{failure.Message}");
        }
    }

    private static StartRefusedException PortTaken(int port) => new($"端口 {port} 已被占用，请用 --port 指定另一个端口。");
}
