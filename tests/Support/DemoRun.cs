using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Shali.Tests.Support.DemoRun))]

namespace Shali.Tests.Support;

/// <summary>
/// The demo city as a newcomer has it: the program in a process of its own, with the logins that it wrote down. Started by
/// the first test that asks for it.
/// </summary>
public sealed class DemoRun : IAsyncLifetime
{
    /// <summary>As many as make a city within seconds; pictures for the README are taken of the usual one.</summary>
    private static readonly string People = Environment.GetEnvironmentVariable("SHALI_README_PICTURES") is null ? "1200" : "50000";

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-demo-run-").FullName;
    private readonly SemaphoreSlim _starting = new(1);
    private Process? _process;
    private Task<string> _said = Task.FromResult("");
    private Uri? _address;
    private JsonElement[] _logins = [];

    public ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder, City.Enterable);
        return ValueTask.CompletedTask;
    }

    public async Task<Uri> Address()
    {
        await _starting.WaitAsync();
        try
        {
            if (_address is null)
            {
                var port = PortalProcess.FreePort();
                (_process, _said) = await PortalProcess.Heard(port, "--data", Path.Combine(_folder, "data"), "--people", People);
                using var logins = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "data", "demo-logins.json")));
                _logins = [.. logins.RootElement.EnumerateArray().Select(login => login.Clone())];
                _address = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
            }

            await Lives();
            return _address;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async Task<string> Password(string login)
    {
        await Address();
        return Entry("login", login).GetProperty("password").GetString()!;
    }

    public async Task<string> Secret(string client)
    {
        await Address();
        return Entry("client_id", client).GetProperty("client_secret").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Lives();
            PortalProcess.Terminate(_process);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A city that ended while it was needed says why: the test that met it knows only that nobody answers.</summary>
    private async Task Lives()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"The demo city ended by itself ({_process.ExitCode}): {await _said}");
        }
    }

    private JsonElement Entry(string name, string value) => _logins.Single(login => login.TryGetProperty(name, out var found) && found.GetString() == value);
}
