using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shali.Centres.Demo;
using Shali.Platform.Kernel;
using Shali.Portal;
using Shali.Portal.Hosting;

namespace Shali.Bench;

/// <summary>
/// A demo city for measuring: durable PostgreSQL, the host, and beside it the bare route that a governed read is
/// compared with. Kept between runs in its folder, so that the fill is paid once for each size.
/// </summary>
internal sealed class BenchCity : IAsyncDisposable
{
    private readonly PrivatePostgres _postgres;
    private readonly WebApplication _app;
    private readonly WebApplication _bare;

    private BenchCity(PrivatePostgres postgres, WebApplication app, WebApplication bare, string folder, double fill) =>
        (_postgres, _app, _bare, Folder, FillSeconds) = (postgres, app, bare, folder, fill);

    public string Folder { get; }

    /// <summary>Seconds from an empty folder to a served city; 0 when the folder was filled before.</summary>
    public double FillSeconds { get; }

    public string ConnectionString => _postgres.ConnectionString;

    public IServiceProvider Services => _app.Services;

    public int Port => PortOf(_app);

    public int BarePort => PortOf(_bare);

    public static async Task<BenchCity> Open(string folder, int people)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(folder);
        var postgres = await PrivatePostgres.Start(Path.Combine(folder, "pg"));
        var app = await ShaliHost.Build(new HostSettings(postgres.ConnectionString, folder, 0, Demo: true) { Quiet = true });
        var filled = File.Exists(Path.Combine(folder, "demo-logins.json"));
        await DemoSeed.Run(app.Services, people, 411100, folder, Console.WriteLine);
        await app.StartAsync();
        var bare = await Bare(postgres.ConnectionString);
        return new(postgres, app, bare, folder, filled ? 0 : clock.Elapsed.TotalSeconds);
    }

    /// <summary>A bearer token of the demo client of an office, by the ordinary door.</summary>
    public async Task<string> Token(string office)
    {
        var logins = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "demo-logins.json"))).RootElement;
        var client = logins.EnumerateArray().First(login =>
            login.TryGetProperty("client_id", out _) && login.GetProperty("office").GetString() == office);
        using var handler = new SocketsHttpHandler();
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{Port}/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client.GetProperty("client_id").GetString()!,
                ["client_secret"] = client.GetProperty("client_secret").GetString()!,
                ["scope"] = "api.read api.write",
            }),
        };
        using var answer = await http.SendAsync(request, CancellationToken.None);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Random keys of persons.</summary>
    public async Task<string[]> Persons(int count) =>
        [.. await _app.Services.GetRequiredService<Db>().List(
            $"select _key from population.person tablesample system (20) limit {count}", row => row.GetString(0))];

    public async ValueTask DisposeAsync()
    {
        await _bare.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    /// <summary>What the same answer costs without any government: a minimal API, the driver, the same columns, as JSON.</summary>
    private static async Task<WebApplication> Bare(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, NoResetOnClose = true, MaxPoolSize = 40 });
        app.MapGet("/person/{key}", async (string key, HttpContext context) =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                select _key, citizen_number, name, sex, nationality, birth_date, registered_address, registered_village,
                    household, relation_to_head, residence_village, residence_address, marital_status, education, occupation,
                    phone, state from population.person where _key = $1
                """;
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            var person = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                person[reader.GetName(i)] = await reader.IsDBNullAsync(i) ? null : reader.GetValue(i);
            }

            return Results.Json(person);
        });
        await app.StartAsync();
        return app;
    }

    private static int PortOf(WebApplication app) => new Uri(app.Urls.First()).Port;
}
