using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Exchange.Evidence;

/// <summary><c>shali verify-file FILE MANIFEST --ca CA.pem [--log LOG.pem]</c>: an exported file on a machine without a network.</summary>
public static class VerifyFileCommand
{
    private const int Sound = 0;
    private const int NotChecked = 1;
    private const int Unsound = 2;

    /// <returns>0 everything that could be checked holds, 2 something does not, 1 it could not be checked.</returns>
    public static async Task<int> Run(string[] args, TextWriter output)
    {
        if (args is not [var path, var manifest, "--ca", var authority, .. var rest] || rest is not ([] or ["--log", _]))
        {
            await output.WriteLineAsync(NodeText.VerifyFileUsage);
            return NotChecked;
        }

        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(await File.ReadAllTextAsync(authority));
            if (trusted.Count == 0 || EvidenceJson.Read<ManifestFile>(await File.ReadAllBytesAsync(manifest)) is not { } file)
            {
                await output.WriteLineAsync(trusted.Count == 0 ? NodeText.NoCertificatesIn(authority) : NodeText.NotAManifest);
                return NotChecked;
            }

            using var key = rest is [_, var log] ? VerifyReceiptCommand.LogKey(await File.ReadAllTextAsync(log)) : null;
            var findings = ManifestCheck.Check(file, path, [.. trusted], key);
            if (file.Read() is { } said)
            {
                await output.WriteLineAsync(NodeText.ManifestSays(said));
            }

            foreach (var finding in findings)
            {
                await output.WriteLineAsync($"{(finding.Holds switch { true => "✓", false => "✗", null => "—" })} {finding.Sentence}");
            }

            var sound = findings.All(finding => finding.Holds != false);
            await output.WriteLineAsync(sound ? NodeText.FileSound : NodeText.FileUnsound);
            return sound ? Sound : Unsound;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or FormatException)
        {
            await output.WriteLineAsync(NodeText.CannotRead(failure.Message));
            return NotChecked;
        }
    }
}
