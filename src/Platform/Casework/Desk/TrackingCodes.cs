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

    public string Of(string number) => Code(number, Length);

    /// <summary>
    /// A code of sixteen letters that opens the case for one use only, such as its rating: whoever has it cannot ask
    /// how the case stands, and nobody finds it by trying.
    /// </summary>
    /// <param name="use">What it is for; each use has codes of its own.</param>
    public string For(string use, string number) => Code($"{use}:{number}", 2 * Length);

    /// <summary>Whether the code opens the case for this use.</summary>
    public bool Fits(string use, string number, string? code) => Same(For(use, number), code);

    private string Code(string of, int length)
    {
        var hash = HMACSHA256.HashData(_key ?? throw new InvalidOperationException("The key is read at the start."), Encoding.ASCII.GetBytes(of));
        return string.Create(length, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Letters[BitConverter.ToUInt16(bytes, i * 2) % Letters.Length];
            }
        });
    }

    /// <summary>Whether the code belongs to the number. Takes the same time for every wrong one.</summary>
    public bool Fits(string number, string? code) => Same(Of(number), code);

    private static bool Same(string right, string? code) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(right),
        Encoding.ASCII.GetBytes(string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant().PadRight(right.Length)[..right.Length]));
}
