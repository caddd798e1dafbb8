using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Shali.Platform.Identity;

/// <summary>Hashes passwords (PBKDF2, HMAC-SHA-512, salted) and makes random ones.</summary>
public sealed class Passwords(IdentitySettings settings)
{
    /// <summary>
    /// Work factor for secrets that a machine drew: 80 random bits cannot be guessed however fast a guess is. The
    /// hash is renewed with the full factor when its owner signs on.
    /// </summary>
    private const int IterationsForRandom = 2_000;

    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _chosen = Hasher(settings.HashIterations);
    private readonly PasswordHasher<object> _random = Hasher(Math.Min(IterationsForRandom, settings.HashIterations));
    private readonly Lazy<string> _nobody = new(() => Hasher(settings.HashIterations).HashPassword(NoUser, "nobody"));

    public string Hash(string password) => _chosen.HashPassword(NoUser, password);

    public string HashRandom(string password) => _random.HashPassword(NoUser, password);

    /// <summary>A wrong guess takes the same time whether or not there is an account, so that logins cannot be probed.</summary>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        if (password.Length > PasswordPolicy.LengthMax)
        {
            return PasswordVerificationResult.Failed;
        }

        var result = _chosen.VerifyHashedPassword(NoUser, hash ?? _nobody.Value, password);
        if (hash is null)
        {
            return PasswordVerificationResult.Failed;
        }

        // An account that still has the password it was given answers a wrong guess as late as any other.
        if (result == PasswordVerificationResult.Failed && Rounds(hash) < settings.HashIterations)
        {
            _chosen.VerifyHashedPassword(NoUser, _nobody.Value, password);
        }

        return result;
    }

    /// <summary>As the framework writes a hash: a mark, the function, the rounds, each number of four bytes, highest first.</summary>
    private static uint Rounds(string hash) =>
        Convert.FromBase64String(hash) is { Length: > 9 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)) : 0;

    /// <summary>16 characters of three kinds, none that people mix up; 80 bits and more.</summary>
    public static string Random()
    {
        Span<char> password = stackalloc char[16];
        RandomNumberGenerator.GetItems((Lower + Upper + Digits).AsSpan(), password[3..]);
        password[0] = Lower[RandomNumberGenerator.GetInt32(Lower.Length)];
        password[1] = Upper[RandomNumberGenerator.GetInt32(Upper.Length)];
        password[2] = Digits[RandomNumberGenerator.GetInt32(Digits.Length)];
        RandomNumberGenerator.Shuffle(password);
        return new string(password);
    }

    /// <summary>256 random bits for cookies, client secrets and one-time codes, in letters that an address can carry.</summary>
    public static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
        .Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static PasswordHasher<object> Hasher(int iterations) =>
        new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
}
