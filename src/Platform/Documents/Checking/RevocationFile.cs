using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shali.Platform.Documents.Checking;

/// <summary>A list of revocations that somebody has brought along, for a check without a network (RFC 5280 section 5).</summary>
/// <param name="Next">When a newer one must exist.</param>
/// <param name="Revoked">Serial numbers in lower-case hexadecimal, and since when.</param>
internal sealed record RevocationFile(DateTimeOffset Next, IReadOnlyDictionary<string, DateTimeOffset> Revoked)
{
    /// <summary>Null when it is not such a list, or not signed by one of these authorities.</summary>
    public static RevocationFile? Read(byte[] bytes, IEnumerable<X509Certificate2> authorities)
    {
        try
        {
            var list = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
            var signed = list.ReadEncodedValue();
            list.ReadSequence();
            var signature = list.ReadBitString(out _);
            return authorities.Any(authority => Signs(authority, signed.Span, signature)) ? Parse(signed) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool Signs(X509Certificate2 authority, ReadOnlySpan<byte> signed, byte[] signature)
    {
        using var key = authority.GetECDsaPublicKey();
        return key is not null && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static RevocationFile Parse(ReadOnlyMemory<byte> signed)
    {
        var list = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        list.ReadInteger();
        list.ReadSequence();
        list.ReadSequence();
        Moment(list);
        var next = Moment(list);
        var revoked = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (list.HasData && list.PeekTag() == Asn1Tag.Sequence)
        {
            for (var entries = list.ReadSequence(); entries.HasData;)
            {
                var entry = entries.ReadSequence();
                var serial = Convert.ToHexStringLower(entry.ReadIntegerBytes().Span);
                revoked[serial] = Moment(entry);
            }
        }

        return new(next, revoked);
    }

    private static DateTimeOffset Moment(AsnReader reader) =>
        reader.PeekTag() == new Asn1Tag(UniversalTagNumber.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
