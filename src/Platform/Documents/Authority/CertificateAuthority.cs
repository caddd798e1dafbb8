using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Platform.Documents.Authority;

/// <summary>
/// The platform's own certificate authority: a root, an issuing authority under it, and under that the seals of the
/// offices and the time-stamp authority. Keys are made where they are first needed, once for all nodes, kept sealed
/// in the database, and replaced before they end. A seal that was revoked is not replaced by itself.
/// </summary>
public sealed class CertificateAuthority
{
    private const long Lock = 0x5348_4345_5254; // "SHCERT"

    private static readonly Basis SignatureLaw = new("中华人民共和国电子签名法", "第二十七条");

    private readonly Db _db;
    private readonly RecordStore _store;
    private readonly Offices _offices;
    private readonly Installation _site;
    private readonly TimeProvider _time;
    private readonly IDataProtector _protector;
    private readonly AuthoritySites _sites;
    private readonly ConcurrentDictionary<string, AuthorityKey> _keys = new(StringComparer.Ordinal);

    public CertificateAuthority(
        Db db, RecordStore store, Offices offices, Installation site, IDataProtectionProvider protection, DocumentSettings settings, TimeProvider time)
    {
        (_db, _store, _offices, _site, _time) = (db, store, offices, site, time);
        _protector = protection.CreateProtector("Shali.Documents.CertificateKeys");
        _sites = new(settings.PublicAddress);
    }

    private static ResourceDefinition Resource => Definition.Of<Certificate>();

    /// <summary>The time-stamp authority's certificate and key.</summary>
    internal async Task<AuthorityKey> TimeStamping(CancellationToken cancel) => (await Current(CertificateProfile.TimeStamp, "", cancel))!;

    /// <summary>The seal of an office; made when it has none, renewed when it ends soon.</summary>
    internal async Task<Outcome<AuthorityKey>> SealOf(string office, CancellationToken cancel) =>
        _offices.Find(office) is not { } found || found.To <= _time.Today()
            ? new Refusal("DOC-S02", "office", Text.NoSuchOffice(office))
            : await Current(CertificateProfile.Seal, office, cancel) is { } seal
                ? seal
                : new Refusal("DOC-S03", "office", Text.SealRevoked(found.Name), SignatureLaw);

    /// <summary>A certificate by its number, as the registry has it; null for one that is not ours.</summary>
    public Task<Certificate?> Find(string serial, CancellationToken cancel) => _db.One(
        $"select {Sql.Trusted(Plan.Of(Resource).Columns)} from documents.certificate where serial = {serial}",
        row => Typed<Certificate>.Of(Plan.Of(Resource).Read(row)),
        cancel);

    /// <summary>The seals of all offices, newest first, for those who look after them.</summary>
    public Task<List<Certificate>> Seals(CancellationToken cancel) => _db.List(
        $"""
        select {Sql.Trusted(Plan.Of(Resource).Columns)} from documents.certificate where use = {CertificateUse.Seal}
        order by revoked_at is null desc, valid_from desc limit 1000
        """,
        row => Typed<Certificate>.Of(Plan.Of(Resource).Read(row)),
        cancel);

    /// <summary>Roots, then issuing authorities: what a reader of our documents has to trust.</summary>
    public async Task<IReadOnlyList<X509Certificate2>> Authorities(CancellationToken cancel)
    {
        _ = await Current(CertificateProfile.Issuing, "", cancel);
        var kept = await _db.List(
            $"""
            select certificate from documents.certificate_key where use in ({CertificateUse.Root}, {CertificateUse.Issuing})
            order by use = {CertificateUse.Root} desc, at
            """,
            row => row.GetFieldValue<byte[]>(0),
            cancel);
        return [.. kept.Select(X509CertificateLoader.LoadCertificate)];
    }

    /// <summary>Replaces what ends soon, so that nothing stops on the day when it ends.</summary>
    /// <returns>How many certificates were made.</returns>
    public async Task<int> Renew(CancellationToken cancel)
    {
        var before = await Count(cancel);
        if (before == 0)
        {
            return 0;
        }

        _ = await Current(CertificateProfile.Issuing, "", cancel);
        _ = await Current(CertificateProfile.TimeStamp, "", cancel);
        foreach (var office in await _db.List(
            $"select distinct office from documents.certificate_key where use = {CertificateUse.Seal}", row => row.GetString(0), cancel))
        {
            if (_offices.Find(office) is { To: null })
            {
                _ = await Current(CertificateProfile.Seal, office, cancel);
            }
        }

        return (int)(await Count(cancel) - before);
    }

    /// <summary>Takes a certificate out of use from now on, for good. What it signed before stays as it was.</summary>
    /// <param name="reason">A code of <see cref="RevocationReasons"/>.</param>
    public async Task<Outcome<Written>> Revoke(Caller who, string serial, string reason, string? caseNumber, CancellationToken cancel)
    {
        if (await Find(serial, cancel) is not { } certificate || certificate.Use is CertificateUse.Root)
        {
            return new Refusal("DOC-C01", "serial", Text.NoSuchCertificate);
        }

        if (certificate.RevokedAt is not null)
        {
            return new Refusal("DOC-C02", "serial", Text.RevokedAlready);
        }

        if (RevocationReasons.Of(reason) is null)
        {
            return new Refusal("DOC-C03", "reason", Text.ReasonUnknown);
        }

        return await _store.Write(
            new Act(who, "documents.certificate.revoke", Text.RevokePurpose, caseNumber),
            [
                new Change.Update(
                    Resource, serial, null,
                    Typed<Certificate>.Differences(certificate, certificate with { RevokedAt = _time.GetUtcNow(), Reason = reason })),
            ],
            cancel);
    }

    /// <summary>
    /// An office gets a new seal after the old one was revoked: somebody has looked into it and says so.
    /// </summary>
    public async Task<Outcome<string>> Replace(Caller who, string office, CancellationToken cancel)
    {
        if (_offices.Find(office) is not { } found || found.To <= _time.Today())
        {
            return new Refusal("DOC-S02", "office", Text.NoSuchOffice(office));
        }

        return await Current(CertificateProfile.Seal, office, cancel) is not null
            ? new Refusal("DOC-C04", "office", Text.SealInUse(found.Name))
            : (await Make(CertificateProfile.Seal, office, who, evenIfRevoked: true, cancel))!.Serial;
    }

    /// <summary>
    /// A certificate for a key that somebody else made and keeps: of a front node, or of the centre in the exchange. It is in the registry
    /// when this returns.
    /// </summary>
    /// <param name="common">The name in it, such as the code of a node.</param>
    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    internal async Task<X509Certificate2> Certify(Caller who, string office, string common, byte[] publicKey, CancellationToken cancel)
    {
        var issuer = (await Current(CertificateProfile.Issuing, "", cancel))!;
        var name = CertificateProfile.Name(_offices.NameOf(office), common, office);
        var certificate = CertificateProfile.Exchange.Make(name, PublicKey.CreateFromSubjectPublicKeyInfo(publicKey, out _), issuer, _sites, _time.GetUtcNow());
        await Register(CertificateUse.Exchange, office, certificate, issuer.Certificate, who, cancel);
        return certificate;
    }

    /// <summary>The key of an authority that has issued certificates, for its list of revocations; null for others.</summary>
    internal async Task<AuthorityKey?> AuthorityOf(string serial, CancellationToken cancel) =>
        await Load(serial, cancel) is { Use: CertificateUse.Root or CertificateUse.Issuing } key ? key : null;

    private async Task<AuthorityKey?> Current(CertificateProfile profile, string office, CancellationToken cancel)
    {
        var due = _time.GetUtcNow().AddDays(profile.RenewDays);
        var head = await Newest(profile.Use, office, cancel);
        if (head is { Registered: false })
        {
            // A node was killed after it had made the key and before the registry knew of it.
            await Register((await Load(head.Serial, cancel))!, Caller.Platform("authority"), cancel);
        }

        return head switch
        {
            null => await Make(profile, office, Caller.Platform("authority"), evenIfRevoked: false, cancel),
            { Revoked: true } => null,
            { To: var to } newest when to <= due => await Make(profile, office, Caller.Platform("authority"), evenIfRevoked: false, cancel)
                ?? await Load(newest.Serial, cancel),
            { Serial: var serial } => await Load(serial, cancel),
        };
    }

    private async Task<AuthorityKey?> Make(CertificateProfile profile, string office, Caller who, bool evenIfRevoked, CancellationToken cancel)
    {
        var issuer = profile.Use switch
        {
            CertificateUse.Root => null,
            CertificateUse.Issuing => await Current(CertificateProfile.Root, "", cancel),
            _ => await Current(CertificateProfile.Issuing, "", cancel),
        };
        var serial = await _db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);

                // Another node may have made it while this one waited.
                if (await Newest(profile.Use, office, cancel) is { } newest
                    && (newest.Revoked ? !evenIfRevoked : newest.To > _time.GetUtcNow().AddDays(profile.RenewDays)))
                {
                    return newest.Revoked ? null : newest.Serial;
                }

                using var key = CertificateProfile.NewKey();
                using var certificate = profile.Make(NameOf(profile, office), key, issuer, _sites, _time.GetUtcNow());
                var number = certificate.SerialNumber.ToLowerInvariant();
                await session.Run(
                    $"""
                    insert into documents.certificate_key (serial, use, office, issuer, certificate, sealed, not_after, at) values (
                        {number}, {profile.Use}, {office}, {issuer?.Serial ?? number}, {certificate.RawData},
                        {_protector.Protect(key.ExportPkcs8PrivateKey())}, {new DateTimeOffset(certificate.NotAfter).ToUniversalTime()}, {_time.GetUtcNow()})
                    """,
                    cancel);
                return number;
            },
            cancel);
        if (serial is null)
        {
            return null;
        }

        var made = (await Load(serial, cancel))!;
        await Register(made, who, cancel);
        return made;
    }

    /// <summary>Puts what is public about a certificate into the registry; once, whoever comes first.</summary>
    private Task Register(AuthorityKey key, Caller who, CancellationToken cancel) => Register(key.Use, key.Office, key.Certificate, key.Issuer, who, cancel);

    private async Task Register(string use, string office, X509Certificate2 certificate, X509Certificate2? issuer, Caller who, CancellationToken cancel)
    {
        var serial = certificate.SerialNumber.ToLowerInvariant();
        if (await Find(serial, cancel) is not null)
        {
            return;
        }

        _ = await _store.Write(
            new Act(who, "documents.certificate.issue", Text.IssuePurpose(use)),
            [
                new Change.Insert(Resource, serial, Typed<Certificate>.Values(new Certificate
                {
                    Serial = serial,
                    Use = use,
                    Office = office.Length > 0 ? office : null,
                    Subject = certificate.Subject,
                    Issuer = issuer?.SerialNumber.ToLowerInvariant() ?? serial,
                    Pem = certificate.ExportCertificatePem() + "\n",
                    Fingerprint = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)),
                    ValidFrom = new DateTimeOffset(certificate.NotBefore).ToUniversalTime(),
                    ValidTo = new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
                })),
            ],
            cancel);
    }

    private async Task<AuthorityKey?> Load(string serial, CancellationToken cancel)
    {
        if (_keys.TryGetValue(serial, out var known))
        {
            return known;
        }

        var kept = await _db.One(
            $"select use, office, issuer, certificate, sealed from documents.certificate_key where serial = {serial}",
            row => (Use: row.GetString(0), Office: row.GetString(1), Issuer: row.GetString(2), Certificate: row.GetFieldValue<byte[]>(3), Sealed: row.GetFieldValue<byte[]>(4)),
            cancel);
        if (kept.Certificate is null)
        {
            return null;
        }

        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_protector.Unprotect(kept.Sealed), out _);
        using var bare = X509CertificateLoader.LoadCertificate(kept.Certificate);
        return _keys.GetOrAdd(serial, new AuthorityKey(kept.Use, serial, kept.Office, bare.CopyWithPrivateKey(key), key)
        {
            Issuer = kept.Issuer == serial ? null : (await Load(kept.Issuer, cancel))?.Certificate,
        });
    }

    private async Task<Head?> Newest(string use, string office, CancellationToken cancel) => await _db.One(
        $"""
        select k.serial, k.not_after, c.revoked_at is not null, c.serial is not null
        from documents.certificate_key k left join documents.certificate c on c.serial = k.serial
        where k.use = {use} and k.office = {office} order by k.at desc, k.serial limit 1
        """,
        row => new Head(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetBoolean(3)),
        cancel);

    private Task<long> Count(CancellationToken cancel) => _db.Scalar<long>($"select count(*) from documents.certificate_key", cancel);

    private X500DistinguishedName NameOf(CertificateProfile profile, string office)
    {
        var government = _offices.Find("city")?.Name ?? _site.City;
        var demo = _site.Demo ? Text.DemoMark : "";
        return profile.Use == CertificateUse.Seal
            ? CertificateProfile.Name(_offices.NameOf(office), _offices.NameOf(office) + demo, office)
            : CertificateProfile.Name(government, Text.AuthorityName(_site.City, profile.Use, _time.Today().Year) + demo);
    }

    private sealed record Head(string Serial, DateTimeOffset To, bool Revoked, bool Registered);
}
