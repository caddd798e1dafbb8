using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shali.Tests.Support;

/// <summary>The program as people start it: the built dll in a process of its own.</summary>
internal static class PortalProcess
{
    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Code, string Said)> Run(params string[] args) => Run([], args);

    public static async Task<(int Code, string Said)> Run((string Name, string Value)[] environment, params string[] args)
    {
        using var process = Begin(environment, args);
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }

    /// <summary>Returns when the server says that it serves.</summary>
    public static async Task<Process> Serving(int port, params string[] args) => (await Heard(port, args)).Process;

    /// <summary>As <see cref="Serving"/>; and what it has said when it has ended.</summary>
    public static async Task<(Process Process, Task<string> Said)> Heard(int port, params string[] args)
    {
        var process = Begin([], [.. args, "--port", port.ToString(CultureInfo.InvariantCulture)]);
        var errors = process.StandardError.ReadToEndAsync();
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.Contains($":{port}", StringComparison.Ordinal))
            {
                return (process, ToTheEnd(process.StandardOutput.ReadToEndAsync(), errors));
            }
        }

        throw new InvalidOperationException(said + await errors);
    }

    /// <summary>As a person ends it.</summary>
    public static void Terminate(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>
    /// A free port that the machine gives to nobody's outgoing connections (those are above 32,767): it is still free when a server
    /// that takes its time comes to it, or one that was killed comes back.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody's: another one.
            }
        }
    }

    private static async Task<string> ToTheEnd(Task<string> said, Task<string> errors) => await said + await errors;

    private static Process Begin((string Name, string Value)[] environment, string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Shali.Portal.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        // It lives for seconds: what the runtime would learn of it for hours to come is not worth its while.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
