using Npgsql;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// <c>shali verify-log</c> and <c>shali export-log</c>. Exit code 0: sound; 2: something was altered; 1: could not
/// be checked.
/// </summary>
public static class VerifyLogCommand
{
    public const int Sound = 0;
    public const int NotChecked = 1;
    public const int Altered = 2;

    /// <summary>
    /// <c>verify-log [DIR] [--database CONNECTION] [--witness FILE] [--key FILE]</c>: a folder that export-log wrote,
    /// or a database (else that of <c>SHALI_DATABASE</c>).
    /// </summary>
    public static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, CancellationToken cancel = default)
    {
        if (!TryRead(args, ["--database", "--witness", "--key"], out var folder, out var options, out var unknown))
        {
            await output.WriteLineAsync(Text.UnknownArgument(unknown!));
            return NotChecked;
        }

        try
        {
            using var key = options.TryGetValue("--key", out var path) ? LogExport.ReadKeyFile(path) : null;
            var database = Database(options);
            if ((folder is null && database is null) || (path is not null && key is null))
            {
                await output.WriteLineAsync(path is not null && key is null ? Text.NoKey(path) : Text.NothingToVerify);
                return NotChecked;
            }

            var report = folder is not null
                ? await LogVerification.OfFolder(folder, key, cancel)
                : await LogVerification.OfDatabase(database!, options.GetValueOrDefault("--witness"), key, cancel);
            await Print(report, output);
            return report.Sound ? Sound : Altered;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(Text.NotVerified(failure.Message));
            return NotChecked;
        }
    }

    /// <summary><c>export-log DIR [--database CONNECTION]</c></summary>
    public static async Task<int> Export(IReadOnlyList<string> args, TextWriter output, CancellationToken cancel = default)
    {
        if (!TryRead(args, ["--database"], out var folder, out var options, out var unknown))
        {
            await output.WriteLineAsync(Text.UnknownArgument(unknown!));
            return NotChecked;
        }

        if (folder is null || Database(options) is not { } database)
        {
            await output.WriteLineAsync(Text.NothingToExport);
            return NotChecked;
        }

        try
        {
            await output.WriteLineAsync(Text.Exported(await LogExport.Write(database, folder, cancel), folder));
            return Sound;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(Text.NotVerified(failure.Message));
            return NotChecked;
        }
    }

    private static async Task Print(VerificationReport report, TextWriter output)
    {
        await output.WriteLineAsync(Text.Verified(report));
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync(finding.ToString());
        }

        await output.WriteLineAsync(report.Sound ? Text.Sound : Text.NotSound(report.Findings.Count));
    }

    private static string? Database(Dictionary<string, string> options) =>
        options.GetValueOrDefault("--database")
            ?? (Environment.GetEnvironmentVariable("SHALI_DATABASE") is { Length: > 0 } database ? database : null);

    private static bool TryRead(
        IReadOnlyList<string> args, string[] known, out string? folder, out Dictionary<string, string> options, out string? unknown)
    {
        (folder, options, unknown) = (null, new(StringComparer.Ordinal), null);
        for (var i = 0; i < args.Count; i++)
        {
            if (known.Contains(args[i]) && i + 1 < args.Count)
            {
                options[args[i]] = args[++i];
            }
            else if (folder is null && !args[i].StartsWith('-'))
            {
                folder = args[i];
            }
            else
            {
                unknown = args[i];
                return false;
            }
        }

        return true;
    }
}
