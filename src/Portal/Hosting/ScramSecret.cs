using System.Security.Cryptography;

namespace Shali.Portal.Hosting;

/// <summary>
/// What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5802), for one that a machine drew: 192 random bits are not guessed however
/// fast a guess is, so they are not stretched, and each connection of the pool opens in half the time.
/// </summary>
internal static class ScramSecret
{
    private const int Iterations = 1;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
