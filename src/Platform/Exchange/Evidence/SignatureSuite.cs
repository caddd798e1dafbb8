namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// A signature with its hash, as messages and receipts use them. Two are known: what every library has, and what the law on
/// commercial cryptography asks for. Signatures are ASN.1 (<c>SEQUENCE { r, s }</c>), hashes have 32 bytes.
/// </summary>
public abstract class SignatureSuite
{
    /// <summary>Bytes of a hash, of both suites.</summary>
    public const int HashSize = 32;

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public static readonly SignatureSuite P256 = new P256Suite();

    /// <summary>SM2 with SM3 (GB/T 32918, GB/T 32905), under the usual identity.</summary>
    public static readonly SignatureSuite Sm2 = new Sm2Suite();

    public static readonly IReadOnlyList<SignatureSuite> All = [P256, Sm2];

    /// <summary>Permanent name in messages and receipts.</summary>
    public abstract string Name { get; }

    /// <summary>The name for people.</summary>
    public abstract string Label { get; }

    /// <summary>Name of the hash as a digest of content carries it (RFC 9530).</summary>
    public abstract string HashName { get; }

    public static SignatureSuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);

    /// <summary>The suite of a public key; null for one of another kind.</summary>
    public static VerifyingKey? KeyOf(byte[] publicKey) => All.Select(suite => suite.Public(publicKey)).FirstOrDefault(key => key is not null);

    public abstract void Hash(ReadOnlySpan<byte> bytes, Span<byte> hash);

    public byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new byte[HashSize];
        Hash(bytes, hash);
        return hash;
    }

    /// <summary>A new pair of keys.</summary>
    public abstract SigningKey NewKey();

    /// <param name="privateKey">PKCS #8, as <see cref="SigningKey.Private"/> gives it.</param>
    public abstract SigningKey Open(byte[] privateKey);

    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    /// <returns>Null when it is no key of this suite.</returns>
    public abstract VerifyingKey? Public(byte[] publicKey);

    /// <summary>The public key of a request for a certificate (PKCS #10) that proves its private key; null for any other.</summary>
    public abstract byte[]? ReadRequest(byte[] request);

    public override string ToString() => Name;
}

/// <summary>A private key. Safe to use from several threads.</summary>
public abstract class SigningKey(SignatureSuite suite) : IDisposable
{
    public SignatureSuite Suite { get; } = suite;

    /// <summary>SubjectPublicKeyInfo.</summary>
    public abstract byte[] PublicKey { get; }

    /// <summary>PKCS #8, in clear: for where it is sealed or kept under the machine's own rights.</summary>
    public abstract byte[] Private();

    public abstract byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>A request for a certificate (PKCS #10) with this name.</summary>
    public abstract byte[] Request(string commonName);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A public key. Safe to use from several threads.</summary>
public abstract class VerifyingKey(SignatureSuite suite)
{
    public SignatureSuite Suite { get; } = suite;

    /// <summary>Signatures that are remembered: more than there are groups under way at a time.</summary>
    private const int Remembered = 256;

    private readonly Verified?[] _verified = new Verified?[Remembered];

    /// <summary>False also for what is no signature at all.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>The same, for a signature that stands over many messages: it is calculated for the first of them.</summary>
    public bool VerifyOnce(byte[] message, byte[] signature)
    {
        // The middle of a signature is as good as dice.
        ref var slot = ref _verified[signature.Length == 0 ? 0 : signature[signature.Length / 2] % Remembered];
        var before = Volatile.Read(ref slot);
        if (before is null || !message.AsSpan().SequenceEqual(before.Message) || !signature.AsSpan().SequenceEqual(before.Signature))
        {
            before = new(message, signature, new(() => Verify(message, signature)));
            Volatile.Write(ref slot, before);
        }

        return before.Holds.Value;
    }

    private sealed record Verified(byte[] Message, byte[] Signature, Lazy<bool> Holds);
}
