using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Exchange.Push;

/// <summary>
/// The signature of a push: HMAC-SHA256 over <c>{timestamp}.{body}</c> with the secret of the hook. The receiver compares it, refuses
/// a time stamp that is far from his clock, and keeps the ids of events that he has.
/// </summary>
public static class PushSignature
{
    public const string TimeHeader = "Shali-Timestamp";
    public const string Header = "Shali-Signature";
    public const string GrantHeader = "Shali-Grant";

    /// <summary>Seconds that the receiver's clock may differ.</summary>
    public const int Tolerance = 300;

    public static string Of(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.")));
        hash.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>As a receiver checks it.</summary>
    public static bool Holds(string secret, string timestamp, string signature, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Math.Abs(now.ToUnixTimeSeconds() - at) <= Tolerance
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, at, body)), Encoding.ASCII.GetBytes(signature));
}
