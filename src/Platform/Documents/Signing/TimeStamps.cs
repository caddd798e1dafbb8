using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Shali.Platform.Documents.Authority;

namespace Shali.Platform.Documents.Signing;

/// <summary>
/// The platform's own time-stamp authority (RFC 3161). It says that a hash was there at a moment of the platform's
/// clock; each seal carries one, so that a document outlives the certificate that signed it.
/// </summary>
public sealed class TimeStamps(CertificateAuthority authority, TimeProvider time)
{
    /// <summary>What the stamps promise: the platform's clock, to the second. An arc of our own under 2.25 (UUID).</summary>
    public const string Policy = "2.25.201694379823417034712053217460936418527";

    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>A token over the hash.</summary>
    internal static byte[] Stamp(AuthorityKey key, ReadOnlySpan<byte> hash, string algorithm, DateTimeOffset moment, ReadOnlyMemory<byte>? nonce = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(algorithm);
                }

                writer.WriteOctetString(hash);
            }

            writer.WriteInteger(new BigInteger(RandomNumberGenerator.GetBytes(16), isUnsigned: true));
            writer.WriteGeneralizedTime(moment, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1); // Accuracy: one second.
            }

            if (nonce is { } value)
            {
                writer.WriteInteger(value.Span);
            }
        }

        var cms = new SignedCms(new ContentInfo(new Oid(TstInfo), writer.Encode()));
        cms.ComputeSignature(Signer(key));
        return cms.Encode();
    }

    /// <summary>Token over SHA-256 of a signature's value, for PAdES B-T.</summary>
    internal static byte[] OverSignature(AuthorityKey key, byte[] signature, DateTimeOffset moment) =>
        Stamp(key, SHA256.HashData(signature), Sha256, moment);

    /// <summary>Answers a request as RFC 3161 asks: granted with a token, or rejected with the reason as a bit.</summary>
    public async Task<byte[]> Answer(byte[] query, CancellationToken cancel)
    {
        const int BadAlgorithm = 0;
        const int BadFormat = 5;
        const int UnknownPolicy = 15;
        const int UnknownExtension = 16;
        if (!Rfc3161TimestampRequest.TryDecode(query, out var request, out var consumed) || consumed != query.Length)
        {
            return Rejected(BadFormat);
        }

        if (HashLength(request.HashAlgorithmId.Value) != request.GetMessageHash().Length)
        {
            return Rejected(BadAlgorithm);
        }

        if (request.RequestedPolicyId is { } wanted && wanted.Value != Policy)
        {
            return Rejected(UnknownPolicy);
        }

        if (request.HasExtensions)
        {
            return Rejected(UnknownExtension);
        }

        var key = await authority.TimeStamping(cancel);
        return Granted(Stamp(key, request.GetMessageHash().Span, request.HashAlgorithmId.Value!, time.GetUtcNow(), request.GetNonce()));
    }

    internal static CmsSigner Signer(AuthorityKey key)
    {
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, key.Certificate)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid(Sha256),
        };
        if (key.Issuer is { } issuer)
        {
            signer.Certificates.Add(issuer);
        }

        signer.SignedAttributes.Add(SigningCertificate.Of(key.Certificate));
        return signer;
    }

    private static int HashLength(string? algorithm) => algorithm switch
    {
        Sha256 or "1.2.156.10197.1.401" => 32,
        "2.16.840.1.101.3.4.2.2" => 48,
        "2.16.840.1.101.3.4.2.3" => 64,
        _ => -1,
    };

    private static byte[] Granted(byte[] token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            writer.WriteEncodedValue(token);
        }

        return writer.Encode();
    }

    private static byte[] Rejected(int reason)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(2);
            var bits = new byte[(reason / 8) + 1];
            bits[reason / 8] = (byte)(0x80 >> (reason % 8));
            writer.WriteBitString(bits, 7 - (reason % 8));
        }

        return writer.Encode();
    }
}
