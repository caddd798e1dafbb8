using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Portal;
using Shali.Portal.Hosting;
using Shali.Tests.Support;

namespace Shali.Tests.Crash;

/// <summary>
/// The whole city as a process of its own, with its durable database, killed again and again (host, PostgreSQL, both at
/// once) while a file is loaded and records are written through the interface. What was acknowledged is there, nothing
/// is there twice, the load ends with every row, and the log verifies.
/// </summary>
public sealed class CityKilled(City city)
{
    /// <summary>More than are loaded between two kills.</summary>
    private const int RowsPerKill = 6_000;

    /// <summary>Once in each way.</summary>
    private static readonly int Kills = Storm.KillsOr(3);

    private static readonly int Rows = Kills * RowsPerKill;
    private const string Entity = "MA1FL2A06";
    private const string Address = "legal-entities.old-number";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-crash-").FullName;
    private readonly int _port = PortalProcess.FreePort();
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private string _token = "";

    [Fact]
    public async Task Kills_lose_nothing_and_double_nothing()
    {
        // So that the unprivileged user of the database can enter.
        File.SetUnixFileMode(_folder, City.Enterable);
        var program = await Found();
        var host = await StartHost();
        await SignOn(program);
        var job = await BeginLoad();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(lane => Task.Run(() => Write(lane, stop.Token))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = _acknowledged.Count;
            await Until(() => Task.FromResult(_acknowledged.Count > before + 5), $"writes go on before kill {kill}");
            // In turn: the host, its database, both at once.
            var killed = kill % 3 > 0 ? Postmaster() : null;
            if (killed is not null)
            {
                Process.GetProcessById(killed.Value).Kill();
            }

            if (kill % 3 != 1)
            {
                host.Kill();
                await host.WaitForExitAsync();
                host.Dispose();
                host = await StartHost();
            }

            // What its server had begun for a writer may still be answered: those writes do not tell that it is there again.
            await Until(() => Task.FromResult(Postmaster() is { } serving && serving != killed), $"the database serves after kill {kill}");
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await Until(async () => await State(job) is "done", "the load ends");
        await Judge();
        PortalProcess.Terminate(host);
        await host.WaitForExitAsync();
        Assert.Equal(0, host.ExitCode);
        host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Judge()
    {
        await using var db = Db.Briefly(PrivatePostgres.Running(Path.Combine(_folder, "pg"))!);
        Assert.Equal(Rows, await db.Scalar<long>($"select count(*) from legal_entities.old_number where number like 'L%'"));
        Assert.Equal(Rows, await db.Scalar<long>($"select count(distinct number) from legal_entities.old_number where number like 'L%'"));
        var written = (await db.List(
            $"select number, _key from legal_entities.old_number where number like 'W%'", row => (Number: row.GetString(0), Key: row.GetString(1))))
            .ToLookup(row => row.Number, row => row.Key, StringComparer.Ordinal);
        Assert.All(_acknowledged, edit => Assert.Equal(edit.Value, Assert.Single(written[edit.Key])));
        var (code, said) = await PortalProcess.Run("verify-log", "--data", _folder);
        Assert.True(code == 0, said);
    }

    /// <summary>Writes one record after the other; what was not acknowledged is sent again under the same key.</summary>
    private async Task Write(int lane, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var number = $"W{lane}-{i}";
            while (!_acknowledged.ContainsKey(number) && !stop.IsCancellationRequested)
            {
                try
                {
                    using var request = Request(HttpMethod.Post, $"/api/collections/{Address}/items");
                    request.Headers.Add("Idempotency-Key", $"crash-{number}");
                    request.Content = new StringContent(
                        $$$"""{"type":"Feature","geometry":null,"properties":{"entity":"{{{Entity}}}","kind":"tax","number":"{{{number}}}"}}""",
                        Encoding.UTF8,
                        "application/geo+json");
                    using var answer = await Http.SendAsync(request, CancellationToken.None);
                    if (answer.StatusCode == HttpStatusCode.Created)
                    {
                        _acknowledged[number] = answer.Headers.Location!.ToString().Split('/')[^1];
                    }
                    else
                    {
                        Assert.True((int)answer.StatusCode >= 500, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
                        await Task.Delay(20, CancellationToken.None);
                    }
                }
                catch (Exception away) when (away is HttpRequestException or TaskCanceledException or IOException)
                {
                    await Task.Delay(20, CancellationToken.None);
                }
            }
        }
    }

    private async Task<string> BeginLoad()
    {
        var file = new StringBuilder("entity,kind,number\n");
        for (var i = 0; i < Rows; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"{Entity},registration,L{i:D7}\n");
        }

        using var request = Request(HttpMethod.Post, $"/api/collections/{Address}/loads?mode=good-rows&purpose=crash");
        request.Content = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var answer = await Http.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private async Task<string?> State(string job)
    {
        try
        {
            using var request = Request(HttpMethod.Get, job);
            using var answer = await Http.SendAsync(request);
            var state = answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()
                : null;
            Assert.NotEqual("failed", state);
            return state;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>A city with one office and its program, in the folder that the killed city serves.</summary>
    private async Task<NewClient> Found()
    {
        await City.KeepMasterKey(_folder);
        await city.OwnServer(Path.Combine(_folder, "pg"));
        await using var postgres = await PrivatePostgres.Start(Path.Combine(_folder, "pg"));
        await using var host = await ShaliHost.Build(new HostSettings(postgres.ConnectionString, _folder, 0, Demo: false) { Quiet = true, Identity = City.QuickSignOn, MasterKey = City.MasterKey });
        await host.Services.GetRequiredService<Offices>().Save(
            new Act(Caller.Platform("test"), "identity.office.save"),
            [IssuedDocuments.Issuer]);
        return (await host.Services.GetRequiredService<Clients>().CreateClient(Caller.Platform("test"), "market-regulation", "测试程序", ["api.read", "api.write"])).Value;
    }

    private async Task SignOn(NewClient program)
    {
        using var answer = await Http.PostAsync(new Uri($"http://127.0.0.1:{_port}/connect/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = program.ClientId,
            ["client_secret"] = program.ClientSecret,
            ["scope"] = "api.read api.write",
        }));
        _token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, address.StartsWith('/') ? $"http://127.0.0.1:{_port}{address}" : address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }

    /// <summary>On what is there: nothing of the demo is made or looked for.</summary>
    private Task<Process> StartHost() => PortalProcess.Serving(_port, "--data", _folder, "--no-demo");

    /// <summary>Null while the server comes up again.</summary>
    private int? Postmaster()
    {
        try
        {
            var first = File.ReadLines(Path.Combine(_folder, "pg", "cluster", "postmaster.pid")).FirstOrDefault();
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task Until(Func<Task<bool>> condition, string what)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(90);)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail($"Not within 90 seconds: {what}.");
    }
}
