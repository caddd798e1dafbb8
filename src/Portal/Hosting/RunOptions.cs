using System.Globalization;
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

    /// <summary>False: a production start, without demo city and with the second factor on.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>Where e-mail leaves the house, from <c>SHALI_SMTP</c>: it holds a password, so it is no argument.</summary>
    public SmtpSettings? Smtp { get; init; }

    public const string Usage = """
        用法：./run [--port 端口] [--data 目录] [--people 人数] [--seed 种子] [--database "连接串"] [--no-demo]
          --port      网页服务端口，默认 8080，只监听本机
          --data      数据目录，默认 var
          --people    演示城市的人口数，默认 50000（全市为 2367490）
          --seed      演示数据的随机种子，默认 411100
          --database  使用已有的 PostgreSQL（15 以上，装有 PostGIS），不启动自带的数据库
          --no-demo   不生成演示城市；首位管理员凭屏幕上的一次性口令登录
        """;

    public static RunOptions Parse(IReadOnlyList<string> args)
    {
        var options = new RunOptions
        {
            Database = Environment.GetEnvironmentVariable("SHALI_DATABASE") is { Length: > 0 } text ? text : null,
            Smtp = Mail(Environment.GetEnvironmentVariable("SHALI_SMTP")),
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
                "--no-demo" => options with { Demo = false },
                var unknown => throw new StartRefusedException($"不认识的参数 {unknown}。\n{Usage}"),
            };
        }

        return options with { Data = Path.GetFullPath(options.Data) };
    }

    private static SmtpSettings? Mail(string? address) => string.IsNullOrEmpty(address)
        ? null
        : SmtpSettings.Parse(address) ?? throw new StartRefusedException("SHALI_SMTP 应为 smtp://用户:密码@主机:端口?from=发件地址。");

    private static string Value(IReadOnlyList<string> args, int i) => i < args.Count
        ? args[i]
        : throw new StartRefusedException($"参数 {args[i - 1]} 后面缺少取值。\n{Usage}");

    private static int Number(IReadOnlyList<string> args, int i, int min, int max) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new StartRefusedException($"参数 {args[i - 1]} 的取值应为 {min} 至 {max} 的整数，而不是“{args[i]}”。");
}
