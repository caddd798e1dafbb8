using System.Security.Cryptography;

namespace Shali.Platform.Kernel;

/// <summary>
/// Keys that the platform makes: 26 lower-case characters, sorted by the time of making, 80 random bits.
/// They say nothing about the person or thing that they name.
/// </summary>
public static class Ulid
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>No key made at this moment or later sorts before it, no earlier one behind it: a bound for keys by time.</summary>
    public static string Floor(DateTimeOffset moment) => string.Create(26, moment.ToUnixTimeMilliseconds(), static (text, moment) =>
    {
        text.Fill(Alphabet[0]);
        for (var i = 9; i >= 0; i--, moment >>= 5)
        {
            text[i] = Alphabet[(int)(moment & 31)];
        }
    });

    public static string Next(TimeProvider time)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return string.Create(26, (time.GetUtcNow().ToUnixTimeMilliseconds(), Low: BitConverter.ToUInt64(random), High: BitConverter.ToUInt16(random[8..])),
            static (text, state) =>
            {
                var (moment, low, high) = state;
                for (var i = 9; i >= 0; i--, moment >>= 5)
                {
                    text[i] = Alphabet[(int)(moment & 31)];
                }

                UInt128 rest = ((UInt128)high << 64) | low;
                for (var i = 25; i >= 10; i--, rest >>= 5)
                {
                    text[i] = Alphabet[(int)(rest & 31)];
                }
            });
    }
}
