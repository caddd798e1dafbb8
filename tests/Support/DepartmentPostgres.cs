using System.Diagnostics;
using Npgsql;
using Shali.Portal.Hosting;

namespace Shali.Tests.Support;

/// <summary>A department's own PostgreSQL: a server that a test can kill and start again, on a local socket.</summary>
internal sealed class DepartmentPostgres : IAsyncDisposable
{
    private static readonly string Bin = PostgresVersion.Binaries(null);

    /// <summary>As initdb makes it; each department has a copy.</summary>
    private static readonly Lazy<string> New = new(Make);

    private readonly string _folder = Directory.CreateTempSubdirectory("shali-dept-").FullName;
    private string[] _settings;
    private Process? _server;

    private DepartmentPostgres(string[] settings) => _settings = settings;

    public string Connection => $"Host={_folder};Username=postgres;Database=postgres;Pooling=false;Timeout=5";

    /// <summary>The department's clerks stay connected as long as the server runs.</summary>
    private string Clerks => Connection.Replace("Pooling=false", "Maximum Pool Size=2", StringComparison.Ordinal);

    private string Data => Path.Combine(_folder, "data");

    /// <param name="settings">Settings of the server, as <c>name=value</c>.</param>
    public static async Task<DepartmentPostgres> Begin(params string[] settings)
    {
        var made = new DepartmentPostgres(settings);
        File.SetUnixFileMode(made._folder, City.Enterable);
        ServerCommand.Own(made._folder);
        await City.CopyFolder(New.Value, made.Data);
        await made.Start();
        return made;
    }

    /// <summary>As power goes: nothing is written any more, and nobody is told.</summary>
    public async Task Kill()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        HangUp();
    }

    /// <summary>As an administrator does for settings that hold from the next start on.</summary>
    public async Task Restart(params string[] settings)
    {
        ServerCommand.Interrupt(_server!.Id);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _settings = settings;
        await Start();
    }

    /// <summary>Returns when it takes connections: after its recovery.</summary>
    public async Task Start()
    {
        while (true)
        {
            var (program, arguments) = Command("postgres", ["-D", Data, "-k", _folder, "-c", "listen_addresses=", "-c", "shared_buffers=16MB", "-c", "jit=off", .. _settings.SelectMany(setting => new[] { "-c", setting })]);
            _server = ServerCommand.Start([program, .. arguments]);
            _server.BeginErrorReadLine();
            _server.BeginOutputReadLine();
            while (!_server.HasExited)
            {
                try
                {
                    await Run("select 1");
                    return;
                }
                catch (NpgsqlException)
                {
                    await Task.Delay(20);
                }
            }

            // The sessions of the one that was killed hold its memory for a moment longer.
            _server.Dispose();
            await Task.Delay(50);
        }
    }

    public async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(Clerks);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> List<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(Clerks);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        HangUp();
        if (_server is { HasExited: false })
        {
            ServerCommand.Interrupt(_server.Id);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("shali-dept-new-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.SetUnixFileMode(folder, City.Enterable);
        ServerCommand.Own(folder);
        var data = Path.Combine(folder, "data");
        var (program, arguments) = Command("initdb", "-D", data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync", "--no-instructions");
        ServerCommand.Must(ServerCommand.Run(program, arguments));
        return data;
    }

    /// <summary>The clerks' connections end.</summary>
    private void HangUp()
    {
        using var clerk = new NpgsqlConnection(Clerks);
        NpgsqlConnection.ClearPool(clerk);
    }

    private static (string Program, string[] Arguments) Command(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", [.. ServerCommand.AsServer, Path.Combine(Bin, program), .. arguments])
        : (Path.Combine(Bin, program), arguments);
}
