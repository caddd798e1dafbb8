using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>The thresholds of this node, read again when any node changed them.</summary>
public sealed class ThresholdBook(Db db, RecordReader reader)
{
    private volatile Thresholds _current = Thresholds.Default;
    private (long Act, long Count) _edition = (-1, -1);

    public Thresholds Current => _current;

    /// <summary>True when they were different from those known.</summary>
    public async Task<bool> Refresh(CancellationToken cancel = default)
    {
        // Every write raises the act, every deletion lowers the count; the table is small, the journal is not.
        var edition = await db.One(
            $"select coalesce(max(_act), 0), count(*) from casework.threshold", row => (Act: row.GetInt64(0), Count: row.GetInt64(1)), cancel);
        if (edition == _edition)
        {
            return false;
        }

        var thresholds = new List<Threshold>();
        await foreach (var record in reader.Stream(Definition.Of<Threshold>(), new RecordQuery(), cancel))
        {
            thresholds.Add(Typed<Threshold>.Of(record));
        }

        _current = new(thresholds);
        _edition = edition;
        return true;
    }
}
