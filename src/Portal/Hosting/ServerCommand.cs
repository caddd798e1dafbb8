using System.Diagnostics;
using System.Runtime.InteropServices;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary>Programs of PostgreSQL as the machine runs them: in a session of their own; as root, as the user <c>postgres</c>.</summary>
internal static class ServerCommand
{
    private const int SigInt = 2;

    public static string[] AsServer => Environment.IsPrivilegedProcess
        ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
        : [];

    /// <summary>Fast shutdown of a server: sessions are ended, everything committed is on disk.</summary>
    public static void Interrupt(int process) => _ = Kill(process, SigInt);

    public static void Must((int Code, string Said) result)
    {
        if (result.Code != 0)
        {
            throw new StartRefusedException($"数据库初始化失败：{result.Said.Trim()}");
        }
    }

    public static (int Code, string Said) Run(string program, string[] args)
    {
        using var process = Start([program, .. args]);
        var said = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, said.Result + output.Result);
    }

    public static Process Start(string[] command)
    {
        // Its own session: Ctrl-C at the terminal reaches us, and we end the server in good order.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        foreach (var part in command)
        {
            start.ArgumentList.Add(part);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start) ?? throw new StartRefusedException($"无法启动 {command[0]}。");
    }

    public static void Own(string path)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Must(Run("chown", ["-R", "postgres:postgres", path]));
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
