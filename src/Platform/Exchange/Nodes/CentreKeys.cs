using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Shali.Platform.Documents.Authority;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Nodes;

/// <summary>
/// The centre's own keys in the exchange, one for each suite: made where they are first needed, the same on every host, kept sealed,
/// renewed before they end. Each host signs in groups of its own.
/// </summary>
public sealed class CentreKeys : IAsyncDisposable
{
    private const long Lock = 0x5348_4558_4B45; // "SHEXKE"
    private const string Centre = "data";

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    private readonly Db _db;
    private readonly CertificateAuthority _authority;
    private readonly TimeProvider _time;
    private readonly IDataProtector _protector;
    private readonly ConcurrentDictionary<string, CentreKey> _keys = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);

    public CentreKeys(Db db, CertificateAuthority authority, IDataProtectionProvider protection, TimeProvider time)
    {
        (_db, _authority, _time) = (db, authority, time);
        _protector = protection.CreateProtector("Shali.Exchange.SigningKeys");
    }

    /// <summary>The key of a suite with which the centre signs now.</summary>
    public async ValueTask<CentreKey> Of(SignatureSuite suite, CancellationToken cancel) =>
        _keys.TryGetValue(suite.Name, out var known) && known.To > _time.GetUtcNow() + RenewBefore ? known : await Open(suite, cancel);

    /// <summary>Whether one of the centre's keys, of now or before, sealed this.</summary>
    public async Task<bool> Signed(GroupSeal seal, byte[] message, CancellationToken cancel)
    {
        var certificate = await _db.Scalar<byte[]>($"select certificate from exchange.signing_key where serial = {seal.Serial} and suite = {seal.Suite}", cancel);
        if (certificate is null)
        {
            return false;
        }

        using var read = X509CertificateLoader.LoadCertificate(certificate);
        return SignatureSuite.KeyOf(read.PublicKey.ExportSubjectPublicKeyInfo()) is { } key && seal.Holds(message, key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _keys.Values)
        {
            await key.Signer.DisposeAsync();
        }

        _opening.Dispose();
    }

    private async Task<CentreKey> Open(SignatureSuite suite, CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            if (_keys.TryGetValue(suite.Name, out var known) && known.To > _time.GetUtcNow() + RenewBefore)
            {
                return known;
            }

            if (!await Exists(suite, cancel))
            {
                await Make(suite, cancel);
            }

            var (serial, certificate, kept, to) = await _db.One(
                $"select serial, certificate, sealed, not_after from exchange.signing_key where suite = {suite.Name} order by not_after desc, serial limit 1",
                row => (row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<DateTimeOffset>(3)),
                cancel);
            using var read = X509CertificateLoader.LoadCertificate(certificate!);
            var opened = new CentreKey(serial!, read.ExportCertificatePem() + "\n", to, new(suite.Open(_protector.Unprotect(kept!)), serial!));
            _keys[suite.Name] = opened;
            return opened;
        }
        finally
        {
            _opening.Release();
        }
    }

    private Task<bool> Exists(SignatureSuite suite, CancellationToken cancel) => _db.Scalar<bool>(
        $"select exists (select from exchange.signing_key where suite = {suite.Name} and not_after > {_time.GetUtcNow() + RenewBefore})", cancel);

    /// <summary>Once for all hosts. The certificate is in the registry before the key is: nothing is signed by an unknown one.</summary>
    private async Task Make(SignatureSuite suite, CancellationToken cancel)
    {
        using var key = suite.NewKey();
        using var certificate = await _authority.Certify(Caller.Platform("exchange"), Centre, NodeText.CentreName(suite.Label), key.PublicKey, cancel);
        await _db.InTransaction(
            async session =>
            {
                await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);
                await session.Run(
                    $"""
                    insert into exchange.signing_key (suite, serial, certificate, sealed, not_after, at)
                    select {suite.Name}, {certificate.SerialNumber.ToLowerInvariant()}, {certificate.RawData}, {_protector.Protect(key.Private())},
                        {new DateTimeOffset(certificate.NotAfter).ToUniversalTime()}, {_time.GetUtcNow()}
                    where not exists (select from exchange.signing_key where suite = {suite.Name} and not_after > {_time.GetUtcNow() + RenewBefore})
                    """,
                    cancel);
            },
            cancel);
    }
}

/// <summary>One of the centre's keys.</summary>
/// <param name="Pem">Its certificate.</param>
public sealed record CentreKey(string Serial, string Pem, DateTimeOffset To, GroupSigner Signer);
