using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shali.Platform.Kernel;

namespace Shali.Platform.Documents.Authority;

/// <summary>
/// The signed list of revoked certificates of one authority (RFC 5280 section 5). Made when somebody asks and a
/// revocation or ten minutes have passed; its number is the moment, so it grows on every node alike.
/// </summary>
public sealed class RevocationList(Db db, CertificateAuthority authority, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, (long Revoked, DateTimeOffset At, byte[] List)> _made = new(StringComparer.Ordinal);

    /// <summary>DER; null when there is no such authority.</summary>
    public async Task<byte[]?> Of(string serial, CancellationToken cancel)
    {
        if (await authority.AuthorityOf(serial, cancel) is not { } issuer)
        {
            return null;
        }

        var revoked = await db.List(
            $"select serial, revoked_at, reason from documents.certificate where issuer = {serial} and serial <> {serial} and revoked_at is not null order by serial",
            row => (Serial: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1), Reason: row.GetString(2)),
            cancel);
        var now = time.GetUtcNow();
        if (_made.TryGetValue(serial, out var made) && made.Revoked == revoked.Count && now - made.At < Fresh)
        {
            return made.List;
        }

        var builder = new CertificateRevocationListBuilder();
        foreach (var each in revoked)
        {
            builder.AddEntry(Convert.FromHexString(each.Serial), each.At, RevocationReasons.Of(each.Reason) ?? X509RevocationReason.Unspecified);
        }

        var list = builder.Build(
            issuer.Certificate, new BigInteger(now.ToUnixTimeMilliseconds()), now + Lasts, HashAlgorithmName.SHA256, rsaSignaturePadding: null, thisUpdate: now);
        _made[serial] = (revoked.Count, now, list);
        return list;
    }
}
