using System.Diagnostics;
using MySqlConnector;

[assembly: AssemblyFixture(typeof(Shali.Tests.Support.MariaServer))]

namespace Shali.Tests.Support;

/// <summary>A private MariaDB of a department: one for all tests of a run, made when the first asks for it, on a local socket.</summary>
public sealed class MariaServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-maria-").FullName;
    private readonly Lazy<Task> _started;
    private Process? _server;
    private int _databases;

    public MariaServer() => _started = new(Start);

    private string Socket => Path.Combine(_folder, "s");

    /// <summary>The connection string of an empty database of its own.</summary>
    public async Task<string> Database()
    {
        await _started.Value;
        var name = $"dept_{Interlocked.Increment(ref _databases)}";
        await Run(Connection("mysql"), $"create database {name} character set utf8mb4 collate utf8mb4_bin");
        return Connection(name);
    }

    public static async Task Run(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string database) => $"Server={Socket};Protocol=UnixSocket;User ID=root;Database={database};Pooling=false";

    private async Task Start()
    {
        // The folder is thrown away: nothing need be forced to disk, and small files are made quicker.
        string[] small = ["--no-defaults", .. Environment.IsPrivilegedProcess ? (string[])["--user=root"] : [], $"--datadir={Path.Combine(_folder, "data")}", "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0"];
        using (var make = Begin("mariadb-install-db", [.. small, "--auth-root-authentication-method=normal", "--skip-test-db"]))
        {
            await make.WaitForExitAsync();
            Assert.Equal(0, make.ExitCode);
        }

        _server = Begin("/usr/sbin/mariadbd", [.. small, $"--socket={Socket}", "--skip-networking", "--skip-log-bin", "--performance-schema=OFF", $"--log-error={Path.Combine(_folder, "log")}"]);
        while (true)
        {
            try
            {
                await using var connection = new MySqlConnection(Connection("mysql"));
                await connection.OpenAsync();
                return;
            }
            catch (MySqlException) when (!_server.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process Begin(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
