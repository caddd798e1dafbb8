using System.Globalization;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>What a transaction of PostgreSQL saw: those of the others that had ended before it looked.</summary>
/// <param name="Snapshot">As <c>pg_current_snapshot()</c> writes it: the oldest that ran, the first that had not begun, those that ran between.</param>
/// <param name="Place">In the log, in bytes: what was committed behind it was not seen.</param>
internal sealed record Moment(string Snapshot, ulong Place)
{
    /// <param name="transaction">Its number as the log has it: without the epoch.</param>
    /// <param name="commit">Where in the log it was committed.</param>
    public bool Sees(uint transaction, ulong commit) => commit < Place && Sees(transaction);

    /// <inheritdoc cref="Sees(uint, ulong)"/>
    public bool Sees(uint transaction)
    {
        var parts = Snapshot.Split(':');
        var (oldest, next) = (Number(parts[0]), Number(parts[1]));
        var number = (long)((next & ~0xffffffffUL) | transaction);

        // The log numbers in 32 bits, the snapshot in 64: it is the one nearest to what has not begun.
        number += number - (long)next > int.MaxValue ? -(1L << 32) : (long)next - number > int.MaxValue ? 1L << 32 : 0;
        return number < (long)oldest || (number < (long)next && !parts[2].Split(',').Contains(number.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal));
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
