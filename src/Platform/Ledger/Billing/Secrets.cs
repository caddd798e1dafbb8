using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Ledger;

/// <summary>Comparing what somebody typed with what only he should know.</summary>
internal static class Secrets
{
    /// <summary>In a time that does not tell how much of it was right.</summary>
    public static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
