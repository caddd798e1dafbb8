using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Npgsql;
using Shali.Platform.Kernel;
using Shali.Portal.Hosting;

namespace Shali.Bench;

/// <summary>
/// A demo city for measuring, as people run it: the host as a process of its own with its private, durable PostgreSQL,
/// and beside it the bare route that a governed read is compared with. Kept between runs in its folder, so that the
/// fill is paid once for each size.
/// </summary>
internal sealed class BenchCity : IAsyncDisposable
{
    private readonly Process _host;
    private readonly Process _bare;

    private BenchCity(Process host, Process bare, string folder, int port, int barePort, double start, bool filled) =>
        (_host, _bare, Folder, Port, BarePort, StartSeconds, WasFilled) = (host, bare, folder, port, barePort, start, filled);

    public string Folder { get; }

    public int Port { get; }

    public int BarePort { get; }

    /// <summary>Seconds from the command to the line that says it serves.</summary>
    public double StartSeconds { get; }

    /// <summary>The city was made by an earlier run; this was a second start.</summary>
    public bool WasFilled { get; }

    /// <summary>Most memory that the web server has held so far, in MB.</summary>
    public double MemoryPeak => File.ReadLines($"/proc/{_host.Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => double.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024)
        .First();

    public static async Task<BenchCity> Open(string folder, int people)
    {
        Directory.CreateDirectory(folder);
        var filled = File.Exists(Path.Combine(folder, "demo-logins.json"));
        var (port, barePort) = (FreePort(), FreePort());
        var clock = Stopwatch.StartNew();
        var host = Run("Shali.Portal.dll", "--data", folder, "--port", Text(port), "--people", Text(people));
        var said = new StringBuilder();
        var serves = false;
        while (!serves && await host.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (!filled)
            {
                Console.WriteLine(line);
            }

            serves = line.Contains(":" + Text(port), StringComparison.Ordinal);
        }

        if (!serves)
        {
            throw new InvalidOperationException(said + await host.StandardError.ReadToEndAsync());
        }

        var start = clock.Elapsed.TotalSeconds;
        var bare = Run("Shali.Bench.dll", "bare-route", Path.Combine(folder, "pg"), Text(barePort));

        // Whoever is not listened to stops talking, and then working: what they say after this goes by.
        _ = host.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = host.StandardError.BaseStream.CopyToAsync(Stream.Null);
        _ = bare.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = bare.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var city = new BenchCity(host, bare, folder, port, barePort, start, filled);
        await city.Calm();
        return city;
    }

    /// <summary>
    /// After a fill the city still counts its people and PostgreSQL tidies its tables: what is measured afterwards is
    /// measured when that is done.
    /// </summary>
    private async Task Calm()
    {
        await using var db = Database();
        var quiet = 0;
        for (var clock = Stopwatch.StartNew(); quiet < 5 && clock.Elapsed < TimeSpan.FromMinutes(10);)
        {
            await Task.Delay(1000);
            var busy = await db.Scalar<long>(
                $"""
                select (select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid())
                     + (select count(*) from pg_stat_progress_vacuum) + (select count(*) from pg_stat_progress_analyze)
                """);
            quiet = busy == 0 ? quiet + 1 : 0;
        }
    }

    /// <summary>A bearer token of the demo client of an office, by the ordinary door.</summary>
    public async Task<string> Token(string office)
    {
        var logins = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "demo-logins.json"))).RootElement;
        var client = logins.EnumerateArray().First(login =>
            login.TryGetProperty("client_id", out _) && login.GetProperty("office").GetString() == office);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
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

    public Db Database() => new(NpgsqlDataSource.Create(PrivatePostgres.Running(Path.Combine(Folder, "pg"))!));

    /// <summary>Random keys of persons.</summary>
    public async Task<string[]> Persons(int count)
    {
        await using var db = Database();
        return [.. await db.List($"select _key from population.person tablesample system (5) limit {count}", row => row.GetString(0))];
    }

    public async ValueTask DisposeAsync()
    {
        _bare.Kill();
        await _bare.WaitForExitAsync();
        _bare.Dispose();
        using (var term = Process.Start("kill", ["-TERM", Text(_host.Id)]))
        {
            await term.WaitForExitAsync();
        }

        await _host.WaitForExitAsync();
        _host.Dispose();
    }

    private static Process Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
