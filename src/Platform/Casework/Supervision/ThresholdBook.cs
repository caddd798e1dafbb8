using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>The thresholds of this node, read again when any node changed them.</summary>
public sealed class ThresholdBook(Db db, RecordReader reader)
{
    private volatile Thresholds _current = Thresholds.Default;
    private long _act = -1;

    public Thresholds Current => _current;

    /// <summary>True when they were different from those known.</summary>
    public async Task<bool> Refresh(CancellationToken cancel = default)
    {
        var act = await db.Scalar<long?>(
            $"select max(act) from casework.journal where resource = 'casework/threshold'", cancel) ?? 0;
        if (act == Interlocked.Read(ref _act))
        {
            return false;
        }

        var thresholds = new List<Threshold>();
        await foreach (var record in reader.Stream(Definition.Of<Threshold>(), new RecordQuery(), cancel))
        {
            thresholds.Add(Typed<Threshold>.Of(record));
        }

        _current = new(thresholds);
        Interlocked.Exchange(ref _act, act);
        return true;
    }
}
