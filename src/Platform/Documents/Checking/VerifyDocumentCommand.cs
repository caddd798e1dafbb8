using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Documents.Checking;

/// <summary>
/// <c>shali verify-document FILE --ca CA.pem [--crl FILE]</c>: the signature of a document, on a machine without a network.
/// Whether the document was revoked or replaced only the registry knows.
/// </summary>
public static class VerifyDocumentCommand
{
    private const int Sound = 0;
    private const int NotChecked = 1;
    private const int Unsound = 2;

    /// <returns>0 the signature is good, 2 it is not, 1 it could not be checked.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TimeProvider? clock = null)
    {
        if (args is not [var path, "--ca", var authority, .. var rest] || rest is not ([] or ["--crl", _]))
        {
            await output.WriteLineAsync(Text.CommandUsage);
            return NotChecked;
        }

        try
        {
            var file = await File.ReadAllBytesAsync(path);
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(await File.ReadAllTextAsync(authority));
            if (trusted.Count == 0)
            {
                await output.WriteLineAsync(Text.NotCertificates(authority));
                return NotChecked;
            }

            RevocationFile? list = null;
            if (rest is [_, var crl])
            {
                list = RevocationFile.Read(await File.ReadAllBytesAsync(crl), trusted);
                if (list is null)
                {
                    await output.WriteLineAsync(Text.NotRevocationList(crl));
                    return NotChecked;
                }
            }

            return await Check(file, [.. trusted], list, output, (clock ?? TimeProvider.System).GetUtcNow());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync(Text.CannotRead((failure as FileNotFoundException)?.FileName ?? path));
            return NotChecked;
        }
        catch (CryptographicException)
        {
            await output.WriteLineAsync(Text.NotCertificates(authority));
            return NotChecked;
        }
    }

    private static async Task<int> Check(
        byte[] file, IReadOnlyList<X509Certificate2> trusted, RevocationFile? list, TextWriter output, DateTimeOffset now)
    {
        var signatures = PdfSignature.In(file);
        if (signatures.Count == 0)
        {
            await output.WriteLineAsync(Text.NotSigned);
        }

        var sound = signatures.Count > 0;
        foreach (var signature in signatures)
        {
            if (SignatureCheck.Judge(signature, trusted, now) is not { } verdict)
            {
                await output.WriteLineAsync(Text.SignatureBroken);
                sound = false;
                continue;
            }

            await output.WriteLineAsync(Text.Sealed(verdict.Signer.Subject));
            await output.WriteLineAsync(verdict.StampedAt is { } moment ? Text.Stamped(moment) : verdict.Trouble);
            var complete = signature.End == file.Length;
            await output.WriteLineAsync(!verdict.Whole ? Text.ContentChanged : complete ? Text.SignatureWhole : Text.AddedAfterwards(file.Length - signature.End));
            await output.WriteLineAsync(verdict.Ours ? Text.ChainGood : Text.ChainBad);
            var revoked = list?.Revoked.TryGetValue(verdict.Serial, out var since) == true ? since : (DateTimeOffset?)null;
            await output.WriteLineAsync(list is null ? Text.NoList : revoked is null ? Text.NotOnList : Text.OnList(revoked));
            if (list is not null && list.Next < now)
            {
                await output.WriteLineAsync(Text.ListIsOld(list.Next));
            }

            // Revoked later than stamped: it was good when it was used.
            sound &= verdict is { Whole: true, Ours: true } && complete && (revoked is null || verdict.StampedAt < revoked);
        }

        await output.WriteLineAsync(sound ? Text.Sound : Text.Unsound);
        return sound ? Sound : Unsound;
    }
}
