using Shali.Platform.Audit.Verification;

namespace Shali.Portal.Hosting;

/// <summary>
/// <c>verify-log</c> and <c>export-log</c> on this machine: when neither a folder nor a database is given they take
/// the private database of the data folder, started for that time if it does not run.
/// </summary>
internal static class LogCommands
{
    public static Task<int> Verify(string[] args) =>
        HasFolder(args) ? VerifyLogCommand.Run(args, Console.Out) : OnOwnDatabase(args, verify: true);

    public static Task<int> Export(string[] args) => OnOwnDatabase(args, verify: false);

    private static async Task<int> OnOwnDatabase(string[] args, bool verify)
    {
        var at = Array.IndexOf(args, "--data");
        var data = Path.GetFullPath(at >= 0 && at + 1 < args.Length ? args[at + 1] : "var");
        List<string> rest = at >= 0 ? [.. args[..at], .. args.Skip(at + 2)] : [.. args];
        if (Environment.GetEnvironmentVariable("SHALI_DATABASE") is { Length: > 0 } || rest.Contains("--database"))
        {
            return await Run(rest, verify);
        }

        var cluster = Path.Combine(data, "pg");
        if (!Directory.Exists(cluster))
        {
            return await Run(rest, verify);
        }

        var witness = Path.Combine(data, "checkpoints.log");
        if (verify && !rest.Contains("--witness") && File.Exists(witness))
        {
            rest.AddRange(["--witness", witness]);
        }

        var running = PrivatePostgres.Running(cluster);
        await using var postgres = running is null ? await PrivatePostgres.Start(cluster) : null;
        return await Run([.. rest, "--database", running ?? postgres!.ConnectionString], verify);
    }

    private static Task<int> Run(IReadOnlyList<string> args, bool verify) =>
        verify ? VerifyLogCommand.Run(args, Console.Out) : VerifyLogCommand.Export(args, Console.Out);

    /// <summary>A word that is neither an option nor the value of one.</summary>
    private static bool HasFolder(string[] args) =>
        args.Where((word, i) => !word.StartsWith('-') && (i == 0 || !args[i - 1].StartsWith('-'))).Any();
}
