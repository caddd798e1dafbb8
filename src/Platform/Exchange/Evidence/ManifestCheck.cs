using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Digests;
using Shali.Platform.Audit;
using Sylvan.Data.Csv;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>A file against its manifest, and the manifest against published keys, without network or database.</summary>
public static class ManifestCheck
{
    /// <param name="authorities">Root and issuing certificates, as <c>/ca/ca.pem</c> gives them.</param>
    /// <param name="logKey">Key of the transparency log; null: not at hand.</param>
    public static IReadOnlyList<ReceiptFinding> Check(ManifestFile file, string path, IReadOnlyList<X509Certificate2> authorities, CheckpointKey? logKey)
    {
        if (file.Read() is not { Form: Manifest.FormNow } manifest || file.Seals is not { Count: > 0 } || file.Certificates?.Count != file.Seals.Count)
        {
            return [new(false, NodeText.NotAManifest)];
        }

        return [.. file.Seals.Zip(file.Certificates).SelectMany(one => Seal(file, manifest, one.First, one.Second, authorities)), .. Content(manifest, path), ReceiptCheck.Log(file.Log, manifest.Number, file.Manifest, logKey)];
    }

    private static IEnumerable<ReceiptFinding> Seal(ManifestFile file, Manifest manifest, GroupSeal seal, string pem, IReadOnlyList<X509Certificate2> authorities)
    {
        using var centre = ReceiptCheck.Certificate(pem);
        var label = SignatureSuite.Find(seal.Suite)?.Label ?? seal.Suite;
        if (centre is null)
        {
            return [new(false, NodeText.ManifestSigned(label))];
        }

        return
        [
            ReceiptCheck.Chain(centre, authorities, manifest.At, NodeText.CentreChain),
            new(
                ReceiptCheck.Serial(centre) == seal.Serial && SignatureSuite.KeyOf(centre.PublicKey.ExportSubjectPublicKeyInfo()) is { } key && seal.Holds(file.Manifest, key),
                NodeText.ManifestSigned(label)),
        ];
    }

    private static IEnumerable<ReceiptFinding> Content(Manifest manifest, string path)
    {
        var (sha256, sm3, bytes) = Digests(path);
        var same = sha256 == manifest.Sha256 && sm3 == manifest.Sm3 && bytes == manifest.Bytes;
        yield return new(same, NodeText.FileFits(manifest.Bytes));
        if (!same && manifest.Format == "csv")
        {
            // Opened and saved by another program it has other bytes; the rows may still be the same.
            yield return new(RowsOf(manifest, path) == (manifest.Rows, manifest.RowsDigest), NodeText.RowsFit(manifest.Rows));
        }
    }

    private static (string Sha256, string Sm3, long Bytes) Digests(string path)
    {
        using var file = File.OpenRead(path);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sm3, buffer) = (new SM3Digest(), new byte[128 * 1024]);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            sha256.AppendData(buffer, 0, read);
            sm3.BlockUpdate(buffer, 0, read);
        }

        var hash = new byte[sm3.GetDigestSize()];
        sm3.DoFinal(hash, 0);
        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(hash), file.Length);
    }

    private static (long Rows, string Digest) RowsOf(Manifest manifest, string path)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { HasHeaders = true, MaxBufferSize = 1 << 24 });
        var digest = new RowDigest(SignatureSuite.P256);
        var order = RowDigest.OrderOf(manifest.Columns);
        if (!Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).SequenceEqual(manifest.Columns))
        {
            return (-1, "");
        }

        var cells = new string?[manifest.Columns.Count];
        while (reader.Read())
        {
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = reader.GetString(i);
            }

            digest.Add(digest.Row(manifest.Columns, order, cells));
        }

        return (digest.Count, Convert.ToHexStringLower(digest.Total()));
    }
}
