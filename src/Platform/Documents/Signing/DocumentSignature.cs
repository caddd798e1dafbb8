using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Documents.Layout;

namespace Shali.Platform.Documents.Signing;

/// <summary>
/// Signs a prepared file as PAdES baseline B-T (ETSI EN 319 142-1): a detached CMS signature over every byte but its own
/// place, with the signer's certificate named in it and a time stamp over it.
/// </summary>
internal static class DocumentSignature
{
    private const string TimeStampToken = "1.2.840.113549.1.9.16.2.14";

    /// <returns>The signed file, and the hash that the signature is about: by it a copied signature is recognised.</returns>
    public static (byte[] Bytes, byte[] Digest) Sign(PreparedDocument document, AuthorityKey seal, AuthorityKey stamping, DateTimeOffset moment)
    {
        var (start, length) = document.Place;
        byte[] covered = [.. document.Bytes.AsSpan(0, start), .. document.Bytes.AsSpan(start + length)];
        var cms = new SignedCms(new ContentInfo(covered), detached: true);
        cms.ComputeSignature(TimeStamps.Signer(seal));
        var signer = cms.SignerInfos[0];
        signer.AddUnsignedAttribute(new AsnEncodedData(
            new Oid(TimeStampToken), TimeStamps.OverSignature(stamping, signer.GetSignature(), moment)));
        var hex = Convert.ToHexString(cms.Encode());
        if (hex.Length > length - 2)
        {
            throw new InvalidOperationException($"The signature needs {hex.Length} places and the file has {length - 2}.");
        }

        var bytes = (byte[])document.Bytes.Clone();
        Encoding.ASCII.GetBytes(hex).CopyTo(bytes, start + 1);
        return (bytes, SHA256.HashData(covered));
    }
}
