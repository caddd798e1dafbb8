using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>The thresholds of this node, read again when any node changed them.</summary>
public sealed class ThresholdBook(Db db, RecordReader reader)
{
    private readonly KeptReading<Edition> _edition = new(new(-1, -1, Thresholds.Default));

    public Thresholds Current => _edition.Value.Thresholds;

    /// <summary>True when they were different from those known.</summary>
    public async Task<bool> Refresh(CancellationToken cancel = default)
    {
        // Every write raises the act, every deletion lowers the count; the table is small, the journal is not.
        var edition = await db.One(
            $"select coalesce(max(_act), 0), count(*) from casework.threshold", row => (Act: row.GetInt64(0), Count: row.GetInt64(1)), cancel);
        if (edition == (_edition.Value.Act, _edition.Value.Count))
        {
            return false;
        }

        await _edition.Read(async () =>
        {
            var thresholds = new List<Threshold>();
            await foreach (var record in reader.Stream(Definition.Of<Threshold>(), new RecordQuery(), cancel))
            {
                thresholds.Add(Typed<Threshold>.Of(record));
            }

            return new(edition.Act, edition.Count, new(thresholds));
        });
        return true;
    }

    private sealed record Edition(long Act, long Count, Thresholds Thresholds);
}
