using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;

namespace Shali.Portal.Hosting;

/// <summary>What the command line of <c>./run</c> says.</summary>
public sealed record RunOptions
{
    public int Port { get; init; } = 8080;

    /// <summary>Folder of everything that is kept: the private database, uploads, demo logins, checkpoints.</summary>
    public string Data { get; init; } = "var";

    /// <summary>Residents of the demo city.</summary>
    public int People { get; init; } = 50_000;

    public int Seed { get; init; } = 411100;

    /// <summary>Connection string of an existing PostgreSQL; null: a private one under <see cref="Data"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Where the public reaches the city; null: the loopback address.</summary>
    public Uri? Address { get; init; }

    /// <summary>False: a production start, without demo city and with the second factor on.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>Reverse proxies whose word on the caller's address is believed; empty: nobody's.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Private networks of the government's extranet to which pushes may go; empty: only public addresses.</summary>
    public IReadOnlyList<IPNetwork> PushNetworks { get; init; } = [];

    /// <summary>How long records of reads and sign-ons are kept in the audit log.</summary>
    public TimeSpan KeepRecords { get; init; } = AuditSettings.KeepDefault;

    /// <summary>What a password must be; the tested organisation decides.</summary>
    public PasswordPolicy Passwords { get; init; } = PasswordPolicy.GradedProtection;

    /// <summary>Where e-mail leaves the house, from <c>SHALI_SMTP</c>: it holds a password, so it is no argument.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>The file with the master key, from <c>SHALI_MASTER_KEY_FILE</c>; null: the one in <see cref="Data"/>.</summary>
    public string? MasterKeyFile { get; init; }

    public const string Usage = """
        用法：./run [--port 端口] [--data 目录] [--people 人数] [--seed 种子] [--database "连接串"] [--no-demo]
                    [--address 网址] [--behind-proxy 地址] [--push-network 网段] [--keep-records 天数]
                    [--passwords graded-protection|long-phrases]
          --port      网页服务端口，默认 8080，只监听本机
          --data      数据目录，默认 var
          --people    演示城市的人口数，默认 50000（全市为 2367490）
          --seed      演示数据的随机种子，默认 411100
          --database  使用已有的 PostgreSQL（15 以上，装有 PostGIS），不启动自带的数据库
          --address   公众访问的网址，印在文书的二维码和证书里，如 https://zwfw.example.gov.cn
          --no-demo   不生成演示城市；首位管理员凭屏幕上的一次性口令登录
          --behind-proxy  反向代理的地址或网段，可写多次：来自它的 X-Forwarded-For、-Proto、-Host 才被采信
          --push-network  允许推送到的内部网段，可写多次；默认只推送到公网地址，本机和链路本地始终不允许
          --passwords     密码要求：graded-protection（默认）10 位、三种字符、90 天更换；long-phrases 15 位、不强制更换
          --keep-records  查阅和登录记录的保存天数，默认 1096，不得少于 184
        """;

    public static RunOptions Parse(IReadOnlyList<string> args)
    {
        var options = new RunOptions
        {
            Database = Variable("SHALI_DATABASE"),
            Smtp = Mail(Variable("SHALI_SMTP")),
            MasterKeyFile = Variable(Hosting.MasterKeyFile.Variable),
        };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--port" => options with { Port = Number(args, ++i, 1, 65_535) },
                "--data" => options with { Data = Value(args, ++i) },
                "--people" => options with { People = Number(args, ++i, 100, 50_000_000) },
                "--seed" => options with { Seed = Number(args, ++i, 0, int.MaxValue) },
                "--database" => options with { Database = Value(args, ++i) },
                "--behind-proxy" => options with { Proxies = [.. options.Proxies, Network(args, ++i)] },
                "--push-network" => options with { PushNetworks = [.. options.PushNetworks, Network(args, ++i)] },
                "--passwords" => options with { Passwords = Policy(args, ++i) },
                "--keep-records" => options with
                {
                    KeepRecords = TimeSpan.FromDays(Number(args, ++i, (int)AuditSettings.KeepMin.TotalDays, 36_500)),
                },
                "--address" => options with { Address = Site(Value(args, ++i)) },
                "--no-demo" => options with { Demo = false },
                var unknown => throw new StartRefusedException($"不认识的参数 {unknown}。\n{Usage}"),
            };
        }

        return options with { Data = Path.GetFullPath(options.Data) };
    }

    /// <summary>For commands that take few of the flags; any other is refused with the command's own usage.</summary>
    public static RunOptions ParseOnly(IReadOnlyList<string> args, string usage, params string[] known)
    {
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!known.Contains(args[i], StringComparer.Ordinal))
            {
                throw new StartRefusedException($"不认识的参数 {args[i]}。\n{usage}");
            }
        }

        return Parse(args);
    }

    /// <summary>An address or a network: <c>127.0.0.1</c>, <c>10.8.0.0/24</c>.</summary>
    private static IPNetwork Network(IReadOnlyList<string> args, int i)
    {
        var text = Value(args, i);
        if (IPAddress.TryParse(text, out var address))
        {
            return new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartRefusedException($"参数 {args[i - 1]} 的取值应为网络地址或网段，而不是“{text}”。");
    }

    private static PasswordPolicy Policy(IReadOnlyList<string> args, int i) =>
        Array.Find(PasswordPolicy.All, policy => policy.Name == Value(args, i))
            ?? throw new StartRefusedException($"参数 --passwords 的取值应为 {string.Join(" 或 ", PasswordPolicy.All.Select(policy => policy.Name))}，而不是“{args[i]}”。");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static SmtpSettings? Mail(string? address) => address is null
        ? null
        : SmtpSettings.Parse(address) ?? throw new StartRefusedException("SHALI_SMTP 应为 smtp://用户:密码@主机:端口?from=发件地址。");

    private static string Value(IReadOnlyList<string> args, int i) => i < args.Count
        ? args[i]
        : throw new StartRefusedException($"参数 {args[i - 1]} 后面缺少取值。\n{Usage}");

    private static Uri Site(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var site) && site.Scheme is "http" or "https" && site.PathAndQuery == "/"
            ? site
            : throw new StartRefusedException($"参数 --address 的取值应为网址，如 https://zwfw.example.gov.cn，而不是“{text}”。");

    private static int Number(IReadOnlyList<string> args, int i, int min, int max) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new StartRefusedException($"参数 {args[i - 1]} 的取值应为 {min} 至 {max} 的整数，而不是“{args[i]}”。");
}
