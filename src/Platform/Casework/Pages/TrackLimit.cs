using System.Collections.Concurrent;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// How often one address may ask with a wrong code, and how often one number may be tried from anywhere: a code of
/// eight letters is not found by trying.
/// </summary>
public sealed class TrackLimit(TimeProvider time)
{
    private const int WrongOfNumber = 10;

    /// <summary>Many people can stand behind one address: a hall, a company.</summary>
    private const int WrongOfAddress = 100;
    private const int Kept = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Wrong)> _wrong = new(StringComparer.Ordinal);

    public bool Allows(string address, string number) => Few("a" + address, WrongOfAddress) && Few("n" + number, WrongOfNumber);

    public void Wrong(string address, string number)
    {
        if (_wrong.Count > Kept)
        {
            foreach (var (key, (since, _)) in _wrong)
            {
                if (time.GetUtcNow() - since > Window)
                {
                    _wrong.TryRemove(key, out _);
                }
            }
        }

        Count("a" + address);
        Count("n" + number);
    }

    private bool Few(string key, int most) => !_wrong.TryGetValue(key, out var known) || known.Wrong < most || time.GetUtcNow() - known.Since > Window;

    private void Count(string key)
    {
        var now = time.GetUtcNow();
        _wrong.AddOrUpdate(key, _ => (now, 1), (_, known) => now - known.Since > Window ? (now, 1) : (known.Since, known.Wrong + 1));
    }
}
