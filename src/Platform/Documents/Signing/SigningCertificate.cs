using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Documents.Signing;

/// <summary>
/// The signed attribute that names the signer's certificate by its SHA-256 (signing-certificate-v2, RFC 5035), so that
/// no other certificate over the same key can take its place.
/// </summary>
internal static class SigningCertificate
{
    private const string Attribute = "1.2.840.113549.1.9.16.2.47";

    public static AsnEncodedData Of(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            // The hash algorithm is left out: SHA-256 is the default, and DER does not write defaults.
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return new AsnEncodedData(new Oid(Attribute), writer.Encode());
    }
}
