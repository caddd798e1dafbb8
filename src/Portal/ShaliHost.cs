using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Shali.Centres.DataCentre.D1Population;
using Shali.Government.S11Approvals;
using Shali.Platform.Api;
using Shali.Platform.Audit;
using Shali.Platform.Calendar;
using Shali.Platform.Casework;
using Shali.Platform.Catalogue;
using Shali.Platform.DataQuality;
using Shali.Platform.Documents;
using Shali.Platform.Exchange;
using Shali.Platform.Exchange.Push;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Regions;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Systems;
using Shali.Platform.Ui;
using Shali.Portal.Hosting;

namespace Shali.Portal;

/// <summary>What the host needs to know to run.</summary>
/// <param name="ConnectionString">The one store.</param>
/// <param name="DataFolder">Uploads, the checkpoint witness, demo logins.</param>
/// <param name="Port">0: any free port.</param>
/// <param name="Demo">A demo city: the second factor is off and a banner says so.</param>
public sealed record HostSettings(string ConnectionString, string DataFolder, int Port, bool Demo)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seals the keys in the database. Only tests go without.</summary>
    public MasterKey MasterKey { get; init; } = MasterKey.None;

    /// <summary>Reverse proxies whose word on address, scheme and host of a request is believed.</summary>
    public IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; } = [];

    /// <summary>What a password must be.</summary>
    public PasswordPolicy Passwords { get; init; } = PasswordPolicy.GradedProtection;

    /// <summary>How long records of reads and sign-ons are kept in the audit log.</summary>
    public TimeSpan KeepRecords { get; init; } = AuditSettings.KeepDefault;

    /// <summary>The systems that run: the city's own unless a test adds one.</summary>
    public IReadOnlyList<CitySystem> Systems { get; init; } = Portal.Systems.All;

    /// <summary>Where e-mail leaves the house; null: by none.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <summary>Where the public reaches the city: it stands in certificates and on documents. Null: the loopback address.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Other limits of the public check than usual.</summary>
    public Func<DocumentSettings, DocumentSettings> Documents { get; init; } = usual => usual;

    /// <summary>Other figures of sign-on than usual: tests do not spend the time that guessing a password shall cost.</summary>
    public Func<IdentitySettings, IdentitySettings> Identity { get; init; } = usual => usual;

    /// <summary>Other figures of the audit log than usual.</summary>
    public Func<AuditSettings, AuditSettings> Audit { get; init; } = usual => usual;

    /// <summary>Other figures of pushes than usual.</summary>
    public Func<PushSettings, PushSettings> Push { get; init; } = usual => usual;

    /// <summary>Fewer words on the console.</summary>
    public bool Quiet { get; init; }
}

/// <summary>Puts the platform and its systems together. The order of the parts is the order of a request.</summary>
public static class ShaliHost
{
    private static readonly Assembly[] Parts = [typeof(Db).Assembly, typeof(PopulationSystem).Assembly, typeof(ApprovalSystem).Assembly, typeof(ShaliHost).Assembly];

    /// <summary>One hash over every fixed table: test databases are kept by it.</summary>
    public static string SchemaFingerprint => Migrations.Fingerprint(Parts);

    /// <summary>Brings the fixed tables up to date.</summary>
    public static Task Migrate(Db db, CancellationToken cancel = default) => Migrations.Apply(db, Parts, cancel);

    /// <summary>Ready to run: tables are there, definitions are published, nothing listens yet and no address is mapped (<see cref="Doors"/>).</summary>
    public static async Task<WebApplication> Build(HostSettings settings, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(settings.DataFolder);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShaliHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(kestrel => Limits(kestrel, settings));

        // A console that nobody reads (a paused terminal, a full pipe) must not stop a city: what it does not take is dropped, and counted.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(settings.Quiet ? LogLevel.Error : LogLevel.Warning)

            // It warns that no encryptor of its own is set: the ring is sealed where it is stored (KeyRing).
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        Register(builder.Services, settings);

        WebApplication? app = null;
        builder.Services.AddHostedService(_ => new Doors(() => Map(app!)));
        app = builder.Build();
        var db = app.Services.GetRequiredService<Db>();
        await Migrate(db, cancel);
        await SealedKeys.Seal(db, settings.MasterKey, cancel);

        // Made here if it is not there: from the first start on the database holds something that only the right key opens.
        (await CheckpointKey.Open(db, settings.MasterKey, app.Services.GetRequiredService<AuditSettings>().Origin, settings.Time, cancel)).Dispose();
        await app.Services.GetRequiredService<ResourceRegistry>().Open(cancel);
        await app.Services.GetRequiredService<CalendarBook>().Open(cancel);
        await app.Services.OpenCasework(cancel);
        await app.Services.OpenExchange(cancel);
        await RegionSystem.Open(app.Services.GetRequiredService<RecordReader>(), cancel);
        return app;
    }

    private static void Register(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Time);
        services.AddSingleton(_ => new Db(DataSource(settings.ConnectionString)));
        services.AddSingleton(settings.MasterKey);
        Metrics.Add(services);
        services.AddSingleton(settings.Systems);
        services.AddUi(new Installation { Demo = settings.Demo, SecondFactor = !settings.Demo });
        services.AddRegistry();
        services.AddIdentity(settings.Identity(new IdentitySettings
        {
            SecondFactor = !settings.Demo,
            FirstSignOnChangesPassword = !settings.Demo,
            Passwords = settings.Passwords,
        }));
        services.AddAudit(settings.Audit(new AuditSettings
        {
            Witness = Path.Combine(settings.DataFolder, "checkpoints.log"),
            Keep = settings.KeepRecords,
        }));
        services.AddRecords();
        services.AddDocuments(settings.Documents(new(settings.PublicAddress ?? new Uri($"http://127.0.0.1:{settings.Port}/"))));
        services.AddLoad(new LoadSettings(Path.Combine(settings.DataFolder, "loads")));
        services.AddMessages(new MessageSettings(settings.Demo) { Smtp = settings.Smtp });
        services.AddCatalogue();
        services.AddApi();
        services.AddExchange(settings.Push(new PushSettings(settings.Demo)));
        services.AddDataQuality();
        foreach (var system in settings.Systems)
        {
            system.Register(services);
        }
    }

    private static void Map(WebApplication app)
    {
        app.UseProxies(app.Services.GetRequiredService<HostSettings>().Proxies);
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseRouting();
        app.UseCaller();
        app.UseRouteAccess();
        Health.Map(app);
        Metrics.Map(app);
        app.MapUi();
        app.MapIdentity();
        app.MapRecords();
        app.MapLoad();
        app.MapCatalogue();
        app.MapApi();
        foreach (var system in app.Services.GetRequiredService<IReadOnlyList<CitySystem>>())
        {
            system.Map(app);
        }

        RouteAccessCheck.Demand(app);
    }

    private static void Limits(KestrelServerOptions kestrel, HostSettings settings)
    {
        kestrel.ListenLocalhostOrLoopback(settings.Port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 4L * 1024 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);
    }

    private static void ListenLocalhostOrLoopback(this KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, port);

    /// <summary>One pool for the process. Statements that come back are prepared by the driver.</summary>
    public static NpgsqlDataSource DataSource(string connectionString)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        source.ConnectionStringBuilder.MaxAutoPrepare = 200;
        source.ConnectionStringBuilder.AutoPrepareMinUsages = 3;
        source.ConnectionStringBuilder.MaxPoolSize = 60;
        source.ConnectionStringBuilder.NoResetOnClose = true;
        source.ConnectionStringBuilder.IncludeErrorDetail = false;
        source.UseNetTopologySuite();
        source.Name = "shali";
        return source.Build();
    }
}
