using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shali.Platform.Documents.Authority;

/// <summary>
/// What stands in each kind of certificate (RFC 5280). Keys are ECDSA P-256 with SHA-256 (128 bit, SP 800-57): the
/// strongest that every common reader of PDF verifies. Serial numbers are 16 random bytes.
/// </summary>
/// <param name="Years">How long it is valid.</param>
/// <param name="RenewDays">How many days before its end it is replaced.</param>
internal sealed record CertificateProfile(string Use, int Years, int RenewDays)
{
    public static readonly CertificateProfile Root = new(CertificateUse.Root, 20, 365 * 6);
    public static readonly CertificateProfile Issuing = new(CertificateUse.Issuing, 10, 365 * 4);
    public static readonly CertificateProfile Seal = new(CertificateUse.Seal, 3, 60);
    public static readonly CertificateProfile TimeStamp = new(CertificateUse.TimeStamp, 3, 60);
    public static readonly CertificateProfile Exchange = new(CertificateUse.Exchange, 3, 60);

    private const string OrganisationIdentifier = "2.5.4.97";
    private const string SigningDocuments = "1.3.6.1.5.5.7.3.36"; // RFC 9336
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4"; // What older readers ask of a signer.
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string TlsClient = "1.3.6.1.5.5.7.3.2"; // A node shows it when the host asks for it (mutual TLS).

    public static readonly IReadOnlyList<CertificateProfile> All = [Root, Issuing, Seal, TimeStamp, Exchange];

    /// <summary>
    /// A key is made when it is first needed, for something whose moment is written already; and whoever checks has a clock of his own.
    /// What is signed then is signed within the certificate's time.
    /// </summary>
    internal static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A name as it stands in certificates; the office's code goes with it, since names change.</summary>
    public static X500DistinguishedName Name(string organisation, string common, string? code = null)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCountryOrRegion("CN");
        name.AddOrganizationName(Cut(organisation, 64));
        if (code is not null)
        {
            name.Add(OrganisationIdentifier, Cut(code, 64), UniversalTagNumber.UTF8String);
        }

        name.AddCommonName(Cut(common, 64));
        return name.Build();
    }

    /// <summary>The signed certificate.</summary>
    /// <param name="issuer">Null: signs itself.</param>
    /// <param name="sites">Where the issuer's certificate and list of revocations are found.</param>
    /// <param name="from">When it is made.</param>
    public X509Certificate2 Make(X500DistinguishedName subject, ECDsa key, AuthorityKey? issuer, AuthoritySites sites, DateTimeOffset from) =>
        Make(subject, new CertificateRequest(subject, key, HashAlgorithmName.SHA256), key, issuer, sites, from);

    /// <summary>The same for a key that is somebody else's, of whatever kind.</summary>
    public X509Certificate2 Make(X500DistinguishedName subject, PublicKey key, AuthorityKey issuer, AuthoritySites sites, DateTimeOffset from) =>
        Make(subject, new CertificateRequest(subject, key, HashAlgorithmName.SHA256), issuer.Key, issuer, sites, from);

    private X509Certificate2 Make(
        X500DistinguishedName subject, CertificateRequest request, ECDsa key, AuthorityKey? issuer, AuthoritySites sites, DateTimeOffset from)
    {
        var extensions = request.CertificateExtensions;
        var authority = Use is CertificateUse.Root or CertificateUse.Issuing;
        extensions.Add(new X509BasicConstraintsExtension(authority, authority, Use == CertificateUse.Root ? 1 : 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(
            authority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature | NonRepudiation, critical: true));
        if (Purposes.Count > 0)
        {
            extensions.Add(new X509EnhancedKeyUsageExtension(Purposes, critical: Use == CertificateUse.TimeStamp));
        }

        extensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is not null)
        {
            extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer.Certificate, true, false));
            extensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([sites.Crl(issuer.Serial).AbsoluteUri]));
            extensions.Add(new X509AuthorityInformationAccessExtension((IEnumerable<string>?)null, [sites.Certificate(issuer.Serial).AbsoluteUri]));
        }

        var to = from.AddYears(Years);
        var end = issuer is not null && to > issuer.Certificate.NotAfter ? new DateTimeOffset(issuer.Certificate.NotAfter) : to;
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return issuer is null
            ? X509CertificateLoader.LoadCertificate(request.Create(subject, X509SignatureGenerator.CreateForECDsa(key), from - Lead, end, serial).RawData)
            : X509CertificateLoader.LoadCertificate(
                request.Create(issuer.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.Key), from - Lead, end, serial).RawData);
    }

    // Who seals cannot say afterwards that he did not; a time stamp only says when.
    private X509KeyUsageFlags NonRepudiation => Use == CertificateUse.Seal ? X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.None;

    private OidCollection Purposes => Use switch
    {
        CertificateUse.Seal => [new Oid(SigningDocuments), new Oid(EmailProtection)],
        CertificateUse.TimeStamp => [new Oid(TimeStamping)],
        CertificateUse.Exchange => [new Oid(TlsClient)],
        _ => [],
    };

    // X.520 allows 64 characters; an office with a longer name is still told by its code.
    private static string Cut(string text, int most)
    {
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (cut.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }
}

/// <summary>A certificate with its private key, in memory.</summary>
internal sealed record AuthorityKey(string Use, string Serial, string Office, X509Certificate2 Certificate, ECDsa Key)
{
    /// <summary>The certificate above this one; null for a root.</summary>
    public X509Certificate2? Issuer { get; init; }
}

/// <summary>Public addresses of the authority; they stand in certificates, so they are permanent.</summary>
internal sealed record AuthoritySites(Uri Base)
{
    public Uri Crl(string serial) => new(Base, $"/ca/crl/{serial}.crl");

    public Uri Certificate(string serial) => new(Base, $"/ca/certificates/{serial}.crt");

    public Uri Check(string key, string code) => new(Base, $"/verify/{key}/{code}");
}
