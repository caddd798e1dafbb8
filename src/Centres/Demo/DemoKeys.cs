namespace Shali.Centres.Demo;

/// <summary>
/// Keys of the form that the platform makes, but the same in every run with the same seed. They rise, so that the
/// indexes grow at their end while millions of rows come in.
/// </summary>
public sealed class DemoKeys(ulong seed)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    // 2026-01-01T00:00:00Z in milliseconds; each key is one later.
    private const long Epoch = 1_767_225_600_000;

    private long _made;

    public string Next()
    {
        var number = _made++;
        var (low, high) = unchecked((Dice.Mix(seed + ((ulong)number * 2)), Dice.Mix(seed + ((ulong)number * 2) + 1)));
        return string.Create(26, (Epoch + number, low, high), static (text, state) =>
        {
            var (moment, low, high) = state;
            for (var i = 9; i >= 0; i--, moment >>= 5)
            {
                text[i] = Alphabet[(int)(moment & 31)];
            }

            for (var i = 25; i >= 18; i--, low >>= 5)
            {
                text[i] = Alphabet[(int)(low & 31)];
            }

            for (var i = 17; i >= 10; i--, high >>= 5)
            {
                text[i] = Alphabet[(int)(high & 31)];
            }
        });
    }
}
