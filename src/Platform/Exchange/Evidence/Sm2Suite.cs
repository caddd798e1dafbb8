using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Shali.Platform.Exchange.Evidence;

/// <summary>
/// SM2 with SM3, by BouncyCastle: the runtime and the system's OpenSSL know the curve, but not the signature over the
/// signer's identity. The identity is the usual <c>1234567812345678</c> (GM/T 0009).
/// </summary>
internal sealed class Sm2Suite : SignatureSuite
{
    private static readonly ECNamedDomainParameters Domain = new(GMObjectIdentifiers.sm2p256v1, CustomNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1));

    [ThreadStatic]
    private static SM3Digest? _digest;

    public override string Name => "sm2-sm3";

    public override string Label => "SM2 / SM3";

    public override string HashName => "sm3";

    public override void Hash(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        var digest = _digest ??= new SM3Digest();
        digest.BlockUpdate(bytes);
        digest.DoFinal(hash);
    }

    public override SigningKey NewKey()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(Domain, new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        return new Pair(this, (ECPrivateKeyParameters)pair.Private);
    }

    public override SigningKey Open(byte[] privateKey)
    {
        var read = (ECPrivateKeyParameters)PrivateKeyFactory.CreateKey(privateKey);
        return new Pair(this, new ECPrivateKeyParameters("EC", read.D, Domain));
    }

    public override VerifyingKey? Public(byte[] publicKey)
    {
        try
        {
            var info = SubjectPublicKeyInfo.GetInstance(publicKey);
            return IsOfCurve(info) && PublicKeyFactory.CreateKey(info) is ECPublicKeyParameters read
                ? new Checker(this, new ECPublicKeyParameters("EC", Domain.ValidatePublicPoint(Domain.Curve.DecodePoint(read.Q.GetEncoded())), Domain))
                : null;
        }
        catch (Exception broken) when (broken is ArgumentException or IOException or InvalidOperationException or GeneralSecurityException)
        {
            return null;
        }
    }

    public override byte[]? ReadRequest(byte[] request)
    {
        try
        {
            var read = new Pkcs10CertificationRequest(request);
            var info = read.GetCertificationRequestInfo().SubjectPublicKeyInfo;
            return IsOfCurve(info) && read.Verify() ? info.GetDerEncoded() : null;
        }
        catch (Exception broken) when (broken is ArgumentException or IOException or InvalidOperationException or GeneralSecurityException)
        {
            return null;
        }
    }

    private static bool IsOfCurve(SubjectPublicKeyInfo info) =>
        info.Algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey)
        && info.Algorithm.Parameters is DerObjectIdentifier curve && curve.Equals(GMObjectIdentifiers.sm2p256v1);

    private sealed class Pair(SignatureSuite suite, ECPrivateKeyParameters key) : SigningKey(suite)
    {
        private readonly ThreadLocal<SM2Signer> _signers = new(() =>
        {
            var signer = new SM2Signer();
            signer.Init(true, key);
            return signer;
        });

        public override byte[] PublicKey { get; } = SubjectPublicKeyInfoFactory
            .CreateSubjectPublicKeyInfo(new ECPublicKeyParameters("EC", Domain.G.Multiply(key.D), Domain)).GetDerEncoded();

        public override byte[] Private() => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded();

        public override byte[] Sign(ReadOnlySpan<byte> message)
        {
            var signer = _signers.Value!;
            signer.BlockUpdate(message);
            return signer.GenerateSignature();
        }

        public override byte[] Request(string commonName)
        {
            var name = new X509Name(new List<DerObjectIdentifier> { X509Name.CN }, new List<string> { commonName });
            var factory = new Asn1SignatureFactory("SM3WITHSM2", key);
            var open = PublicKeyFactory.CreateKey(PublicKey);
            return new Pkcs10CertificationRequest(factory, name, open, new DerSet()).GetDerEncoded();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _signers.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class Checker(SignatureSuite suite, ECPublicKeyParameters key) : VerifyingKey(suite)
    {
        public override bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            var signer = new SM2Signer();
            signer.Init(false, key);
            signer.BlockUpdate(message);
            return signer.VerifySignature(signature.ToArray());
        }
    }
}
