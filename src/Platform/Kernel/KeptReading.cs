namespace Shali.Platform.Kernel;

/// <summary>
/// Something that is read as a whole from the database and kept in memory: all definitions, offices, grants. Of two who
/// read at once, the one who began later is believed: a slow reader with an older view replaces nothing, so what was
/// revoked stays revoked.
/// </summary>
/// <param name="first">What is known before anything was read.</param>
public sealed class KeptReading<T>(T first)
    where T : class
{
    private readonly Lock _keeping = new();
    private volatile T _value = first;
    private long _begun;
    private long _kept;

    public T Value => _value;

    /// <summary>Afterwards <see cref="Value"/> shows everything that was committed before this call, or something newer.</summary>
    public async Task Read(Func<Task<T>> read)
    {
        var turn = Interlocked.Increment(ref _begun);
        var value = await read();
        lock (_keeping)
        {
            if (turn > _kept)
            {
                (_value, _kept) = (value, turn);
            }
        }
    }
}
