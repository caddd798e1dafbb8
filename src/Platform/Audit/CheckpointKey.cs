using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>
/// The key that signs checkpoints: ECDSA P-256 (type 0x02 of C2SP signed-note). All nodes of a city sign with the
/// same one; its public half is published beside the checkpoint. In the database it is sealed under the master key.
/// Whoever has both is still kept from rewriting the past by the checkpoints that others already hold.
/// </summary>
public sealed class CheckpointKey : IDisposable
{
    public static readonly SealedColumn Column = new("audit.key", "name", "private");

    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    private CheckpointKey(string name, ECDsa key)
    {
        Name = name;
        _key = key;
        Public = key.ExportSubjectPublicKeyInfo();
        Id = SHA256.HashData(Public)[..4];
    }

    /// <summary>Origin of the log and name of the key: <c>city.example/audit</c>.</summary>
    public string Name { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] Public { get; }

    /// <summary>The first four bytes of SHA-256 over <see cref="Public"/>, as they stand before each signature.</summary>
    public byte[] Id { get; }

    public static string Pem(byte[] spki) => PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";

    /// <summary>The city's key; made at the first start.</summary>
    public static async Task<CheckpointKey> Open(Db db, MasterKey master, string name, TimeProvider time, CancellationToken cancel = default)
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await db.Run(
            $"""
            insert into audit.key (name, private, public, at)
            values ({name}, {master.Seal(fresh.ExportPkcs8PrivateKey(), Column.Place(name))}, {fresh.ExportSubjectPublicKeyInfo()}, {time.GetUtcNow()})
            on conflict do nothing
            """,
            cancel);
        var (known, kept) = await db.One(
            $"select name, private from audit.key", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), cancel);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Open(kept, Column.Place(known!)), out _);
        return new(known!, key);
    }

    /// <summary>For those who only check: a public key in PEM.</summary>
    public static CheckpointKey ForChecking(string name, string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(name, key);
    }

    public SignedNote Sign(Checkpoint checkpoint)
    {
        lock (_signing)
        {
            var signature = _key.SignData(
                Encoding.UTF8.GetBytes(checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            return new(checkpoint.Text, [(Name, [.. Id, .. signature])]);
        }
    }

    /// <summary>The checkpoint, when this key has signed the note; null otherwise.</summary>
    public Checkpoint? Check(SignedNote? note)
    {
        if (note is null || Checkpoint.Parse(note.Text) is not { } checkpoint || checkpoint.Origin != Name)
        {
            return null;
        }

        lock (_signing)
        {
            return note.Signatures.Any(line => line.Key == Name
                && line.Signature.AsSpan(0, 4).SequenceEqual(Id)
                && _key.VerifyData(
                    Encoding.UTF8.GetBytes(note.Text),
                    line.Signature.AsSpan(4),
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.Rfc3279DerSequence))
                ? checkpoint
                : null;
        }
    }

    public void Dispose() => _key.Dispose();
}
