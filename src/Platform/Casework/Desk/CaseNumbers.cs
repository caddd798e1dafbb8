using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// Numbers of cases: the day, seven digits and a check digit, as 2026112500000123. Drawn by the hundred, so a number
/// costs no round trip; gaps mean nothing.
/// </summary>
public sealed class CaseNumbers(Db db, TimeProvider time) : IDisposable
{
    private const int Block = 100;
    private const long Serials = 10_000_000;

    private readonly SemaphoreSlim _drawing = new(1);
    private long _next;
    private long _end;

    public async Task<string> Next(CancellationToken cancel = default)
    {
        await _drawing.WaitAsync(cancel);
        try
        {
            if (_next == _end)
            {
                _next = await db.Scalar<long>($"select nextval('casework.number')", cancel);
                _end = _next + Block;
            }

            return Make(time.Today(), _next++);
        }
        finally
        {
            _drawing.Release();
        }
    }

    internal static string Make(DateOnly day, long serial)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}{serial % Serials:0000000}");
        return digits + Check(digits);
    }

    /// <summary>As somebody typed it: without spaces and hyphens. Null when it is no number of a case.</summary>
    public static string? Read(string? typed)
    {
        var digits = string.Concat((typed ?? "").Where(char.IsAsciiDigit));
        return digits.Length == 16 && (typed ?? "").All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '-') && Check(digits[..15]) == digits[15]
            ? digits
            : null;
    }

    /// <summary>In groups, as it is read out: 20261125-0000012-3.</summary>
    public static string Show(string number) => NumberGroups.Of(number);

    public void Dispose() => _drawing.Dispose();

    // Luhn: one wrong digit or two swapped ones are noticed before anything is looked for.
    private static char Check(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            sum += i % 2 == 0 ? (digit * 2 / 10) + (digit * 2 % 10) : digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
