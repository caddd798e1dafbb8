using System.Security.Cryptography;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Keys of the same form as <see cref="Ulid"/>, for many records at once: one moment and one random start, then
/// rising by a random step. They sort in the order in which they were made, so the index grows at its end.
/// </summary>
internal sealed class KeyMaker(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int PerMoment = 10_000;

    private readonly byte[] _steps = new byte[4 * 1024];
    private int _step = 4 * 1024;
    private int _left;
    private long _moment;
    private UInt128 _random;

    public string Next()
    {
        if (_left-- == 0)
        {
            _left = PerMoment;
            // Never backwards, even if the clock is set back.
            _moment = Math.Max(_moment + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            Span<byte> random = stackalloc byte[10];
            RandomNumberGenerator.Fill(random);
            // The highest bit stays free: the steps of one moment cannot carry over.
            _random = (((UInt128)BitConverter.ToUInt16(random[8..]) & 0x7fff) << 64) | BitConverter.ToUInt64(random);
        }

        if (_step == _steps.Length)
        {
            RandomNumberGenerator.Fill(_steps);
            _step = 0;
        }

        _random += (1 + (UInt128)BitConverter.ToUInt32(_steps, _step)) << 16;
        _step += 4;
        return string.Create(26, (_moment, _random), static (text, state) =>
        {
            var (moment, random) = state;
            for (var i = 9; i >= 0; i--, moment >>= 5)
            {
                text[i] = Alphabet[(int)(moment & 31)];
            }

            for (var i = 25; i >= 10; i--, random >>= 5)
            {
                text[i] = Alphabet[(int)(uint)(random & 31)];
            }
        });
    }
}
