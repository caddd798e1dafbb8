using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Portal.Hosting;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>What keeps the city from starting is said in one sentence, with exit code 1, and nothing is touched.</summary>
public sealed class StartRefused(City city) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali start ").FullName;
    private readonly string _port = PortalProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_port_in_use()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var data = Path.Combine(_folder, "var");
        Refused(await PortalProcess.Run("--port", port, "--data", data), $"端口 {port} 已被占用");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_folder_in_use()
    {
        using var held = DataFolder.Open(_folder);
        Refused(await Start(), "正被另一个实例使用");
        Assert.Equal(["shali.lock"], Files());
    }

    /// <summary>Files in the folder of the database, and what is said of them.</summary>
    public static readonly TheoryData<string, string, string> Broken = new()
    {
        { "pg/cluster/base", "", "不完整：里面有文件，但不是一个数据库" },
        { "pg/cluster/PG_VERSION", "13", "由 PostgreSQL 13 建立，太旧" },
        { "pg/cluster/PG_VERSION", "9.6", "由 PostgreSQL 9.6 建立，太旧" },
        { "pg/cluster/PG_VERSION", "99", "本机没有这个版本" },
        { "pg/cluster/PG_VERSION", "half", "没有版本号" },
        { "pg/cluster/PG_VERSION", "15", "缺少数据库的口令文件" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task A_folder_that_holds_no_whole_database(string file, string content, string sentence)
    {
        File.SetUnixFileMode(_folder, City.Enterable);
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
        Refused(await Start(), sentence);
        Assert.Equal(content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_database_that_is_too_old()
    {
        // Stands before the server's own answer, as an older server would give it.
        var database = await city.OwnDatabase();
        await using (var db = Db.Briefly(database))
        {
            await db.Run(Sql.Trusted("create schema old; create function old.current_setting(text) returns text language sql as $$ select '140011' $$"));
        }

        Refused(await Start("--database", database + ";Search Path=old,pg_catalog"), "数据库版本 PostgreSQL 14 太旧");
    }

    [Fact]
    public async Task A_database_without_PostGIS()
    {
        var database = await city.OwnDatabase();
        var super = new NpgsqlConnectionStringBuilder(city.SuperuserConnectionString) { Database = new NpgsqlConnectionStringBuilder(database).Database, Pooling = false };
        await using (var db = Db.Briefly(super.ConnectionString))
        {
            await db.Run(Sql.Trusted("drop extension postgis cascade"));
        }

        Refused(await Start("--database", database), "没有 PostGIS 扩展");
    }

    /// <summary>Changes of a good connection string.</summary>
    public static readonly TheoryData<string, string> Unreachable = new()
    {
        { "Password=wrong", "用户名或密码不正确" },
        { "Username=nobody", "用户名或密码不正确" },
        { "Database=none", "没有连接串指明的数据库" },
        { "Host=/nowhere", "无法连接数据库" },
        { "Frobnicate=1", "连接串无效" },
    };

    [Theory, MemberData(nameof(Unreachable))]
    public async Task A_database_that_does_not_let_us_in(string change, string sentence)
    {
        var database = city.Db.Source.ConnectionString + ";Password=" + new NpgsqlConnectionStringBuilder(city.SuperuserConnectionString).Password;
        Refused(await Start("--database", $"{database};{change}"), sentence);
    }

    [Fact]
    public async Task A_database_in_which_we_may_not_make_tables()
    {
        var database = await city.OwnDatabase();
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await using (var super = Db.Briefly(city.SuperuserConnectionString + ";Pooling=false"))
        {
            await super.Run(Sql.Trusted($"alter database {name} owner to postgres"));
        }

        Refused(await Start("--database", database), "没有在该数据库中建立模式的权限");
    }

    private static readonly string Right = new('0', MasterKey.Size * 2);

    /// <summary>Content of the key file (null: none), its mode, and what is said.</summary>
    public static readonly TheoryData<string?, UnixFileMode, string> Keys = new()
    {
        { null, Private, "没有找到主密钥文件" },
        { new string('1', MasterKey.Size * 2), Private, "主密钥不对" },
        { Right, Private | UnixFileMode.GroupRead, "可以被其他用户读取" },
        { Right[1..], Private, "内容不对" },
        { "", Private, "内容不对" },
        { Right.Replace('0', 'g'), Private, "内容不对" },
    };

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whoever is refused changes nothing: the next finds it as the first did.</summary>
    private static string? _unchanged;

    [Theory, MemberData(nameof(Keys))]
    public async Task A_wrong_or_missing_master_key(string? content, UnixFileMode mode, string sentence)
    {
        var database = _unchanged ??= await city.OwnDatabase();
        var file = Path.Combine(_folder, "master.key");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
            File.SetUnixFileMode(file, mode);
        }

        Refused(await Start("--database", database), sentence);
        Assert.Equal(content is not null, File.Exists(file));

        // The same when the file is named from outside.
        var named = file + ".named";
        if (content is not null)
        {
            File.Move(file, named);
        }

        var options = RunOptions.Parse(["--data", _folder, "--port", _port, "--database", database]) with { MasterKeyFile = named };
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => Serve.Run(options, TextWriter.Null));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_master_key_that_a_variable_names()
    {
        var named = Path.Combine(_folder, "named.key");
        await File.WriteAllTextAsync(named, new string('1', MasterKey.Size * 2));
        File.SetUnixFileMode(named, Private);
        var database = await city.OwnDatabase();
        Refused(await PortalProcess.Run([("SHALI_MASTER_KEY_FILE", named)], "--data", _folder, "--port", _port, "--database", database), "主密钥不对");
    }

    [Theory]
    [InlineData("--frobnicate", "", "不认识的参数 --frobnicate")]
    [InlineData("--port", "0", "1 至 65535")]
    [InlineData("--behind-proxy", "somewhere", "网络地址或网段")]
    [InlineData("--passwords", "short", "graded-protection 或 long-phrases")]
    [InlineData("--keep-records", "90", "184 至")]
    public async Task A_flag_that_is_unknown_or_out_of_range(string flag, string value, string sentence)
    {
        var (code, said) = await Inside([flag, .. value.Length > 0 ? [value] : Array.Empty<string>()]);
        Assert.Equal(1, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    private Task<(int Code, string Said)> Start(params string[] args) => Inside(["--data", _folder, "--port", _port, .. args]);

    /// <summary>What the program does with its arguments; in a process of its own it says and ends with the same (a port in use).</summary>
    private static async Task<(int Code, string Said)> Inside(string[] args)
    {
        await using var said = new StringWriter(CultureInfo.InvariantCulture);
        var output = TextWriter.Synchronized(said);
        return (await Commands.Run(args, output, output), said.ToString());
    }

    private static void Refused((int Code, string Said) outcome, string sentence)
    {
        Assert.Contains(sentence, outcome.Said, StringComparison.Ordinal);
        Assert.Single(outcome.Said.Trim().Split('\n'));
        Assert.Equal(1, outcome.Code);
    }

    private string[] Files() => [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file))];
}
