using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>ECDSA P-256 with SHA-256, by .NET.</summary>
internal sealed class P256Suite : SignatureSuite
{
    private const string Curve = "1.2.840.10045.3.1.7";

    public override string Name => "ecdsa-p256-sha256";

    public override string Label => "ECDSA P-256 / SHA-256";

    public override string HashName => "sha-256";

    public override void Hash(ReadOnlySpan<byte> bytes, Span<byte> hash) => SHA256.HashData(bytes, hash);

    public override SigningKey NewKey() => new Pair(this, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public override SigningKey Open(byte[] privateKey)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return new Pair(this, key);
    }

    public override VerifyingKey? Public(byte[] publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            if (read == publicKey.Length && key.ExportParameters(false).Curve.Oid.Value == Curve)
            {
                return new Checker(this, key);
            }
        }
        catch (CryptographicException)
        {
            // Another curve, or no key at all.
        }

        key.Dispose();
        return null;
    }

    public override byte[]? ReadRequest(byte[] request)
    {
        try
        {
            var read = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
            var key = read.PublicKey.ExportSubjectPublicKeyInfo();
            return Public(key) is null ? null : key;
        }
        catch (Exception broken) when (broken is CryptographicException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed class Pair(SignatureSuite suite, ECDsa key) : SigningKey(suite)
    {
        private readonly Lock _signing = new();

        public override byte[] PublicKey { get; } = key.ExportSubjectPublicKeyInfo();

        public override byte[] Private() => key.ExportPkcs8PrivateKey();

        public override byte[] Sign(ReadOnlySpan<byte> message)
        {
            lock (_signing)
            {
                return key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
        }

        public override byte[] Request(string commonName)
        {
            var name = new X500DistinguishedNameBuilder();
            name.AddCommonName(commonName);
            return new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                key.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Checker(SignatureSuite suite, ECDsa key) : VerifyingKey(suite)
    {
        private readonly Lock _checking = new();

        public override bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            lock (_checking)
            {
                try
                {
                    return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                }
                catch (CryptographicException)
                {
                    return false;
                }
            }
        }
    }
}
