using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Shali.Platform.Audit;
using Shali.Platform.Audit.Merkle;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>One thing that was looked at.</summary>
/// <param name="Holds">Null: it could not be looked at; the sentence says why.</param>
public sealed record ReceiptFinding(bool? Holds, string Sentence);

/// <summary>A receipt against published keys, without network or database: what a judge, or the other office, can do himself.</summary>
public static class ReceiptCheck
{
    /// <param name="authorities">Root and issuing certificates, as <c>/ca/ca.pem</c> gives them.</param>
    /// <param name="logKey">Key of the transparency log, as <c>/api/audit/key</c> gives it; null: not at hand.</param>
    public static IReadOnlyList<ReceiptFinding> Check(ReceiptFile file, IReadOnlyList<X509Certificate2> authorities, CheckpointKey? logKey)
    {
        if (file.Read() is not { Form: Receipt.FormNow } receipt || receipt.Statement.Read() is not { } statement
            || Certificate(file.NodeCertificate) is not { } node || Certificate(file.CentreCertificate) is not { } centre)
        {
            return [new(false, NodeText.NotAReceipt)];
        }

        using (node)
        using (centre)
        {
            return
            [
                Chain(centre, authorities, receipt.At, NodeText.CentreChain),
                Chain(node, authorities, statement.Made, NodeText.NodeChain(statement.Node)),
                new(
                    Serial(centre) == file.Seal.Serial && SignatureSuite.KeyOf(centre.PublicKey.ExportSubjectPublicKeyInfo()) is { } centreKey && file.Seal.Holds(file.Receipt, centreKey),
                    NodeText.CentreSigned),
                new(
                    Serial(node) == receipt.Statement.Serial && SignatureSuite.KeyOf(node.PublicKey.ExportSubjectPublicKeyInfo()) is { } nodeKey
                        && nodeKey.Suite.Name == statement.Suite && nodeKey.Verify(receipt.Statement.Text, receipt.Statement.Signature),
                    NodeText.NodeSigned(statement.Node)),
                new(
                    receipt.Counts.Accepted + receipt.Counts.Refused == statement.Rows + statement.Gone && receipt.Refused.Count == receipt.Counts.Refused,
                    NodeText.CountsFit(statement.Rows + statement.Gone, receipt.Counts.Refused)),
                Log(file.Log, receipt.Number, file.Receipt, logKey),
            ];
        }
    }

    /// <summary>Null when it is no certificate.</summary>
    internal static X509Certificate2? Certificate(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The number of a certificate as the registry writes it.</summary>
    internal static string Serial(X509Certificate2 certificate) => certificate.SerialNumber.ToLowerInvariant();

    /// <summary>What the log's record of a receipt says in its note.</summary>
    internal static string LogNote(string number, ReadOnlySpan<byte> receipt) => $"{number} sha256:{Convert.ToHexStringLower(SHA256.HashData(receipt))}";

    internal static ReceiptFinding Chain(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> authorities, DateTimeOffset moment, string sentence)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = moment.UtcDateTime;
        foreach (var authority in authorities)
        {
            (authority.Subject == authority.Issuer ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        }

        return new(chain.Build(certificate), sentence);
    }

    /// <summary>Whether the log holds what is called so.</summary>
    internal static ReceiptFinding Log(LogProof? proof, string number, byte[] body, CheckpointKey? key)
    {
        if (proof is not { } log)
        {
            return new(null, NodeText.NoLogProof);
        }

        if (key is null)
        {
            return new(null, NodeText.NoLogKey);
        }

        var holds = key.Check(SignedNote.Parse(log.Checkpoint)) is { } checkpoint && checkpoint.Size == log.Size
            && MerkleProof.VerifyInclusion(MerkleHash.Leaf(log.Body), log.Index, log.Size, log.Path, checkpoint.Root)
            && Note(log.Body) == LogNote(number, body);
        return new(holds, NodeText.InLog(log.Index));
    }

    private static string? Note(byte[] body)
    {
        try
        {
            using var read = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            return read.RootElement.TryGetProperty("note", out var note) ? note.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
