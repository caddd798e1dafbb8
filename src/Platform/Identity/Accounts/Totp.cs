using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using Shali.Platform.Kernel;

namespace Shali.Platform.Identity;

/// <summary>
/// One-time codes from an authenticator (RFC 6238: six digits, thirty seconds, one step of tolerance). A code works
/// once; the secret is stored protected.
/// </summary>
public sealed class Totp(Db db, IDataProtectionProvider protection, TimeProvider time)
{
    private const int SecretBytes = 20;

    private readonly IDataProtector _protector = protection.CreateProtector("Shali.Identity.Totp");

    /// <summary>The secret to set up an authenticator with; made once and kept until it is confirmed.</summary>
    public async Task<byte[]> Begin(Account account, CancellationToken cancel)
    {
        if (account is { TotpSecret: { } kept, TotpConfirmedAt: null })
        {
            return _protector.Unprotect(kept);
        }

        var secret = KeyGeneration.GenerateRandomKey(SecretBytes);
        await db.Run(
            $"""
            update identity.account set totp_secret = {_protector.Protect(secret)}, totp_confirmed_at = null, totp_step = 0
            where id = {account.Id} and totp_confirmed_at is null
            """,
            cancel);
        return secret;
    }

    /// <summary>The address that an authenticator reads from the square code.</summary>
    public static string Uri(byte[] secret, string login, string issuer) =>
        new OtpUri(OtpType.Totp, Base32Encoding.ToString(secret), login, issuer).ToString();

    /// <summary>The secret as a person types it: groups of four letters.</summary>
    public static string Typed(byte[] secret) =>
        string.Join(' ', Base32Encoding.ToString(secret).TrimEnd('=').Chunk(4).Select(group => new string(group)));

    /// <summary>Is the code right, now, and not used before? A right code confirms the authenticator.</summary>
    public async Task<bool> Verify(Account account, string code, CancellationToken cancel)
    {
        if (account.TotpSecret is not { } stored)
        {
            return false;
        }

        var totp = new OtpNet.Totp(_protector.Unprotect(stored));
        var digits = new string([.. code.Where(char.IsAsciiDigit)]);
        if (!totp.VerifyTotp(time.GetUtcNow().UtcDateTime, digits, out var step, new VerificationWindow(1, 1)))
        {
            return false;
        }

        // The step moves forward only: of two requests with one code one finds it used.
        return await db.Run(
            $"""
            update identity.account set totp_step = {step}, totp_confirmed_at = coalesce(totp_confirmed_at, {time.GetUtcNow()})
            where id = {account.Id} and totp_step < {step}
            """,
            cancel) > 0;
    }
}
