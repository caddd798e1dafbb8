using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Documents.Checking;

/// <summary>What one signature is worth, by itself: no registry is asked.</summary>
/// <param name="Whole">The bytes that it covers are as they were signed.</param>
/// <param name="Ours">The signer's certificate leads to a trusted root and was valid at the moment of the signature.</param>
/// <param name="Digest">The hash that was signed: tells of which document the signature is, even when it was put into another.</param>
internal sealed record SignatureVerdict(
    bool Whole, bool Ours, X509Certificate2 Signer, byte[] Digest, DateTimeOffset? StampedAt, string Trouble)
{
    public string Serial => Signer.SerialNumber.ToLowerInvariant();
}

/// <summary>Judges a CMS signature against the roots of the platform.</summary>
internal static class SignatureCheck
{
    private const string TimeStampToken = "1.2.840.113549.1.9.16.2.14";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>Null when the signature's structure cannot be read at all.</summary>
    /// <param name="trusted">Roots and issuing authorities; only self-signed ones are anchors.</param>
    /// <param name="now">For signatures without a time stamp.</param>
    public static SignatureVerdict? Judge(PdfSignature signature, IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now)
    {
        try
        {
            return Read(signature, trusted, now);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static SignatureVerdict? Read(PdfSignature signature, IReadOnlyList<X509Certificate2> trusted, DateTimeOffset now)
    {
        var cms = new SignedCms(new ContentInfo(signature.Covered), detached: true);
        cms.Decode(signature.Cms);
        if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0] is not { Certificate: { } signer } info || MessageDigest(info) is not { } digest)
        {
            return null;
        }

        var whole = info.DigestAlgorithm.Value == Sha256 && Holds(info);
        var stamped = StampedAt(info, trusted);
        var at = stamped ?? now;
        return new(whole, Leads(signer, cms.Certificates, trusted, at), signer, digest, stamped, stamped is null ? Text.NoTimeStamp : "");
    }

    /// <summary>Hash and signature fit the covered bytes and the certificate in the structure.</summary>
    private static bool Holds(SignerInfo info)
    {
        try
        {
            info.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? MessageDigest(SignerInfo info) => info.SignedAttributes.Cast<CryptographicAttributeObject>()
        .SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>())
        .OfType<Pkcs9MessageDigest>().Select(attribute => attribute.MessageDigest).FirstOrDefault();

    /// <summary>When a stamp of our own authority says that the signature was there.</summary>
    private static DateTimeOffset? StampedAt(SignerInfo info, IReadOnlyList<X509Certificate2> trusted)
    {
        foreach (var attribute in info.UnsignedAttributes.Cast<CryptographicAttributeObject>().Where(each => each.Oid.Value == TimeStampToken))
        {
            if (attribute.Values.Count == 1
                && Rfc3161TimestampToken.TryDecode(attribute.Values[0].RawData, out var token, out _)
                && token.VerifySignatureForSignerInfo(info, out var stamper)
                && Leads(stamper!, token.AsSignedCms().Certificates, trusted, token.TokenInfo.Timestamp))
            {
                return token.TokenInfo.Timestamp;
            }
        }

        return null;
    }

    private static bool Leads(X509Certificate2 signer, X509Certificate2Collection along, IReadOnlyList<X509Certificate2> trusted, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var each in trusted)
        {
            var anchor = each.SubjectName.RawData.AsSpan().SequenceEqual(each.IssuerName.RawData);
            (anchor ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(each);
        }

        chain.ChainPolicy.ExtraStore.AddRange(along);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // The registry, or the list that is given, tells.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(signer);
    }
}
