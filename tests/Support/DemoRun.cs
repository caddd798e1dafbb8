using System.Globalization;
using System.Text.Json;
using Shali.Portal.Hosting;

namespace Shali.Tests.Support;

/// <summary>
/// The demo city as a newcomer has it: what <c>./run</c> does at a later start, on a port of its own, with the logins that
/// were written down at the first. It runs in this process; CityKilled has the program in one of its own.
/// </summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _said = new(CultureInfo.InvariantCulture);
    private readonly Task<int> _running;
    private readonly Uri _address;
    private readonly JsonElement[] _logins;

    private DemoRun(string database, string folder)
    {
        using var logins = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "demo-logins.json")));
        _logins = [.. logins.RootElement.EnumerateArray().Select(login => login.Clone())];
        var port = PortalProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        _address = new($"http://127.0.0.1:{port}");
        var output = TextWriter.Synchronized(_said);
        _running = Task.Run(() => Commands.Run(
            ["--data", folder, "--database", database, "--people", DemoMade.People.ToString(CultureInfo.InvariantCulture), "--port", port], output, output, _stop.Token));
    }

    /// <summary>A city that ended while it was needed says why: the test that met it knows only that nobody answers.</summary>
    public Uri Address => _running.IsCompleted ? throw Ended() : _address;

    public static async Task<DemoRun> Start(City city)
    {
        var made = await city.DemoMade();
        await City.KeepMasterKey(made.Settings.DataFolder);
        var run = new DemoRun(made.Copy, made.Settings.DataFolder);
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(run.Address, "/health/ready"));
                answer.EnsureSuccessStatusCode();
                return run;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    public string Password(string login) => Entry("login", login).GetProperty("password").GetString()!;

    public string Secret(string client) => Entry("client_id", client).GetProperty("client_secret").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _ = Address;
        await _stop.CancelAsync();
        Assert.Equal(0, await _running);
        _stop.Dispose();
    }

    private InvalidOperationException Ended() => new($"The demo city ended by itself: {_said}", _running.Exception);

    private JsonElement Entry(string name, string value) => _logins.Single(login => login.TryGetProperty(name, out var found) && found.GetString() == value);
}
