using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Demo;

/// <summary>
/// The clock of a demo city's past. Only the host in which the demo's cases are made has it: nobody reaches that host,
/// and no form anywhere says what time it is. Work that goes on side by side stands each at its own moment.
/// </summary>
public sealed class PastTime(DateTimeOffset now) : TimeProvider
{
    private readonly AsyncLocal<DateTimeOffset?> _here = new();
    private long _ticks = now.UtcTicks;

    /// <summary>The moment for whatever has none of its own.</summary>
    public DateTimeOffset Everywhere
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    /// <summary>The first moment of a day in the city.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset);

    public override DateTimeOffset GetUtcNow() => _here.Value ?? Everywhere;

    /// <summary>Does the work as if it were this moment.</summary>
    public async Task At(DateTimeOffset moment, Func<Task> work)
    {
        _here.Value = moment.ToUniversalTime();
        await work();
    }
}
