using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// The code that stands beside the number on a receipt: with both, anyone may ask how a case stands. Worked out from
/// the number with a key of this city, so a receipt can be printed again and nothing is kept with the case.
/// </summary>
public sealed class TrackingCodes(Db db)
{
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Length = 8;

    private byte[]? _key;

    /// <summary>Reads the key; makes it at the first start.</summary>
    public async Task Open(CancellationToken cancel = default)
    {
        await db.Run($"insert into casework.secret (key) values ({RandomNumberGenerator.GetBytes(32)}) on conflict do nothing", cancel);
        _key = await db.One($"select key from casework.secret", row => row.GetFieldValue<byte[]>(0), cancel);
    }

    public string Of(string number)
    {
        var hash = HMACSHA256.HashData(_key ?? throw new InvalidOperationException("The key is read at the start."), Encoding.ASCII.GetBytes(number));
        return string.Create(Length, hash, static (text, bytes) =>
        {
            for (var i = 0; i < Length; i++)
            {
                text[i] = Letters[BitConverter.ToUInt16(bytes, i * 2) % Letters.Length];
            }
        });
    }

    /// <summary>Whether the code belongs to the number. Takes the same time for every wrong one.</summary>
    public bool Fits(string number, string? code) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Of(number)),
        Encoding.ASCII.GetBytes(string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant().PadRight(Length)[..Length]));
}
