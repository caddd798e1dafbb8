using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// The keys that sign tokens and seal codes, made by the first node and kept, protected, in the database. A new
/// signing key is made once a year; the old ones stay published until their last token has expired.
/// </summary>
public sealed class SigningKeys(Db db, IDataProtectionProvider protection, TimeProvider time) : IConfigureOptions<OpenIddictServerOptions>
{
    private const long Lock = 0x5348_4B45_59;

    private static readonly TimeSpan Lasts = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector("Shali.Identity.SigningKeys");

    public void Configure(OpenIddictServerOptions options)
    {
        foreach (var (id, purpose, bytes) in Task.Run(Load).GetAwaiter().GetResult())
        {
            if (purpose == "sign")
            {
                var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(bytes, out _);
                options.SigningCredentials.Add(new SigningCredentials(
                    new ECDsaSecurityKey(ecdsa) { KeyId = id }, SecurityAlgorithms.EcdsaSha256));
            }
            else
            {
                options.EncryptionCredentials.Add(new EncryptingCredentials(
                    new SymmetricSecurityKey(bytes) { KeyId = id }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        }
    }

    /// <summary>All keys, newest first, after making those that are missing or due.</summary>
    private async Task<List<(string Id, string Purpose, byte[] Key)>> Load() => await db.InTransaction(async session =>
    {
        await session.Run($"select pg_advisory_xact_lock({Lock})");
        foreach (var purpose in new[] { "sign", "encrypt" })
        {
            var newest = await session.Scalar<DateTimeOffset?>($"select max(created_at) from identity.signing_key where purpose = {purpose}");
            if (newest is null || newest < time.GetUtcNow() - Lasts)
            {
                await session.Run(
                    $"""
                    insert into identity.signing_key (id, purpose, protected, created_at)
                    values ({Ulid.Next(time)}, {purpose}, {_protector.Protect(Make(purpose))}, {time.GetUtcNow()})
                    """);
            }
        }

        return await session.List(
            $"select id, purpose, protected from identity.signing_key order by created_at desc, id desc",
            row => (row.GetString(0), row.GetString(1), _protector.Unprotect(row.GetFieldValue<byte[]>(2))));
    });

    private static byte[] Make(string purpose)
    {
        if (purpose == "encrypt")
        {
            return RandomNumberGenerator.GetBytes(32);
        }

        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ecdsa.ExportPkcs8PrivateKey();
    }
}
