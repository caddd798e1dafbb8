using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shali.Platform.Audit;

namespace Shali.Platform.Exchange.Evidence;

/// <summary><c>shali verify-receipt FILE --ca CA.pem [--log LOG.pem]</c>: a receipt on a machine without a network.</summary>
public static class VerifyReceiptCommand
{
    private const int Sound = 0;
    private const int NotChecked = 1;
    private const int Unsound = 2;

    /// <returns>0 everything that could be checked holds, 2 something does not, 1 it could not be checked.</returns>
    public static async Task<int> Run(string[] args, TextWriter output)
    {
        if (args is not [var path, "--ca", var authority, .. var rest] || rest is not ([] or ["--log", _]))
        {
            await output.WriteLineAsync(NodeText.VerifyUsage);
            return NotChecked;
        }

        try
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(await File.ReadAllTextAsync(authority));
            if (trusted.Count == 0 || EvidenceJson.Read<ReceiptFile>(await File.ReadAllBytesAsync(path)) is not { } file)
            {
                await output.WriteLineAsync(trusted.Count == 0 ? NodeText.NoCertificatesIn(authority) : NodeText.NotAReceipt);
                return NotChecked;
            }

            using var key = rest is [_, var log] ? LogKey(await File.ReadAllTextAsync(log)) : null;
            var findings = ReceiptCheck.Check(file, [.. trusted], key);
            if (file.Read() is { } receipt && receipt.Statement.Read() is { } statement)
            {
                await output.WriteLineAsync(NodeText.ReceiptSays(receipt, statement));
            }

            foreach (var finding in findings)
            {
                await output.WriteLineAsync($"{(finding.Holds switch { true => "✓", false => "✗", null => "—" })} {finding.Sentence}");
            }

            var sound = findings.All(finding => finding.Holds != false);
            await output.WriteLineAsync(sound ? NodeText.ReceiptSound : NodeText.ReceiptUnsound);
            return sound ? Sound : Unsound;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            await output.WriteLineAsync(NodeText.CannotRead(failure.Message));
            return NotChecked;
        }
    }

    /// <summary>As the log publishes it: its name in the first line, then the key in PEM.</summary>
    internal static CheckpointKey LogKey(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 ? throw new ArgumentException(NodeText.NoLogKeyIn) : CheckpointKey.ForChecking(text[..line].Trim(), text[(line + 1)..]);
    }
}
