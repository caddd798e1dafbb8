using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Portal.Hosting;

[assembly: AssemblyFixture(typeof(Shali.Tests.Support.City))]

namespace Shali.Tests.Support;

/// <summary>
/// The city that all tests share: one real PostgreSQL, the real host on a loopback port. Tests use keys and names of
/// their own and clean up nothing. What needs a database to itself asks for <see cref="OwnDatabase"/>.
/// </summary>
public sealed class City : IAsyncLifetime
{
    /// <summary>Seals the keys of every database of the tests.</summary>
    public static readonly MasterKey MasterKey = new([new byte[MasterKey.Size]]);

    /// <summary>
    /// What a guess at a password costs is IdentityRules' to prove, and a city in production signs people on with its own settings
    /// (IdentityProduction, SignOnPages); hundreds of other sign-ons need not pay it.
    /// </summary>
    public static readonly Func<IdentitySettings, IdentitySettings> QuickSignOn = usual => usual with { HashIterations = 200 };

    private static int _databases;

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-test-").FullName;
    private PrivatePostgres _postgres = null!;
    private WebApplication _app = null!;
    private Db _super = null!;
    private readonly Lazy<Task<DemoMade>> _demoMade;
    private readonly Lazy<Task<DemoRun>> _demo;

    public City()
    {
        _demoMade = new(() => Support.DemoMade.Make(this, Directory.CreateDirectory(Path.Combine(_folder, "demo")).FullName));
        _demo = new(() => DemoRun.Start(this));
    }

    /// <summary>Follows no redirect and keeps no cookie: a test sees what the server says.</summary>
    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public Db Db => Service<Db>();

    public ResourceRegistry Registry => Service<ResourceRegistry>();

    public RecordStore Store => Service<RecordStore>();

    public RecordReader Reader => Service<RecordReader>();

    /// <summary>The database administrator, who can do anything to the tables.</summary>
    public string SuperuserConnectionString => _postgres.SuperuserConnectionString;

    public int PostgresProcess => _postgres.ProcessId;

    private string Server => Path.Combine(_folder, "pg");

    private string MadeServer => Path.Combine(_folder, "made");

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A temporary folder is its owner's alone; the database runs as another user.</summary>
    public const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder, Enterable);
        _postgres = await PrivatePostgres.Start(Server, durable: false);
        await using (var first = await ShaliHost.Build(Settings(_postgres.ConnectionString)))
        {
            // Everything is in place now: own databases and own servers are copies of this moment.
        }

        await _postgres.DisposeAsync();
        await CopyFolder(Server, MadeServer);
        _postgres = await PrivatePostgres.Start(Server, durable: false);
        _super = Db.Briefly(ToSuper("postgres"));

        // It would go from one of the many short-lived databases to the next.
        await _super.Run(Sql.Trusted("alter system set autovacuum_naptime = '1h'"));
        await _super.Run(Sql.Trusted("select pg_reload_conf()"));
        await _super.Run(Sql.Trusted("create database city_template template shali strategy file_copy"));
        await using (var template = Db.Briefly(ToSuper("city_template")))
        {
            // PostGIS brings 8,500 systems of coordinates: a quarter of the bytes of each copy, and no statement of ours asks for one.
            // What a database keeps for its connections is made by the first of them: each copy has it now.
            await template.Run(Sql.Trusted("truncate spatial_ref_sys"));
        }

        _app = await ShaliHost.Build(Settings(_postgres.ConnectionString));
        await _app.StartAsync();
        Http = NewClient();
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
    };

    /// <summary>A database of its own, with all tables and nothing in them; the connection string of its owner.</summary>
    public Task<string> OwnDatabase() => Copy("city_template");

    /// <summary>Another database as that one is now. Nobody may be connected to it.</summary>
    public Task<string> CopyOf(string connectionString) => Copy(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>
    /// A database of its own in which nobody has written anything: also without what a city begins with, and the log
    /// empty. For tests that count records.
    /// </summary>
    public async Task<string> UnwrittenDatabase()
    {
        var database = await OwnDatabase();
        await using var super = Db.Briefly(ToSuper(new NpgsqlConnectionStringBuilder(database).Database!));
        await super.Run(Sql.Trusted(
            """
            truncate casework.act, casework.journal, casework.idempotency, casework."grant", casework.grant__past;
            truncate audit.record, audit.node, audit.mention, audit.checkpoint, calendar.act, calendar.journal, calendar.idempotency, calendar.day, calendar.day__past;
            update audit.head set size = 0, range = '';
            update audit.indexed set upto = 0
            """));
        return database;
    }

    /// <summary>
    /// A server of its own, not yet started, whose database has all tables and nothing in them: what a test does that kills it.
    /// Its keys are sealed with <see cref="MasterKey"/>.
    /// </summary>
    /// <param name="folder">Where it is made; what is there does not exist yet.</param>
    public Task OwnServer(string folder) => CopyFolder(MadeServer, folder);

    /// <summary>Whose a file is stays: the server runs as another user.</summary>
    public static async Task CopyFolder(string original, string copy)
    {
        using var copying = Process.Start("cp", ["-a", original, copy]);
        await copying.WaitForExitAsync();
        Assert.Equal(0, copying.ExitCode);
    }

    /// <summary>The key of all hosts of the tests, where a process of its own looks for it.</summary>
    /// <param name="folder">Its data.</param>
    public static async Task KeepMasterKey(string folder)
    {
        var file = Path.Combine(folder, "master.key");
        await File.WriteAllTextAsync(file, new string('0', 2 * MasterKey.Size) + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>A second host, on another database or the same one: another web node.</summary>
    public Task<WebApplication> AnotherHost(string? connectionString = null, Func<HostSettings, HostSettings>? change = null)
    {
        var settings = Settings(connectionString ?? _postgres.ConnectionString);
        return ShaliHost.Build(change is null ? settings : change(settings));
    }

    /// <summary>The demo city, made by the first test that asks for it and changed by none.</summary>
    internal Task<DemoMade> DemoMade() => _demoMade.Value;

    /// <summary>The demo city that is served, and that visitors change.</summary>
    internal Task<DemoRun> Demo() => _demo.Value;

    public async ValueTask DisposeAsync()
    {
        if (_demo.IsValueCreated)
        {
            await (await Demo()).DisposeAsync();
        }

        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _super.DisposeAsync();
        await _postgres.DisposeAsync();

        // The files of two hundred databases: the end of a run waits for nothing else.
        Parallel.ForEach(Directory.GetDirectories(Path.Combine(Server, "cluster", "base")), database => Directory.Delete(database, recursive: true));
        Directory.Delete(_folder, recursive: true);
    }

    private string ToSuper(string database) =>
        new NpgsqlConnectionStringBuilder(_postgres.SuperuserConnectionString) { Database = database }.ConnectionString;

    private async Task<string> Copy(string original)
    {
        var name = $"own_{Interlocked.Increment(ref _databases)}";
        await _super.Run(Sql.Trusted($"create database {name} template {original} strategy file_copy owner shali"));
        return _postgres.ConnectionString.Replace("Database=shali", $"Database={name}", StringComparison.Ordinal);
    }

    private HostSettings Settings(string connectionString) =>
        new(connectionString, Path.Combine(_folder, "data"), 0, Demo: true)
        {
            Quiet = true,
            MasterKey = MasterKey,
            Systems = [.. Systems.All, new SampleCases()],

            Identity = QuickSignOn,

            // Each look asks as many schemas as all tests together have made; what a node writes itself it places at once.
            Audit = usual => usual with { Poll = TimeSpan.FromSeconds(1) },

            // All tests come from one address.
            Documents = usual => usual with { CodesPerMinute = 100_000, FilesPerMinute = 100_000 },
        };
}
