namespace Shali.Platform.Audit.Verification;

/// <summary>
/// A record without text must be one that a later record of the log says was removed, all of its set, none besides,
/// and old enough. Runs along with the log: the removed records come first, what seals them after.
/// </summary>
internal sealed class RemovalCheck(Findings findings) : IDisposable
{
    /// <summary>A clock may differ, and an entry may have waited: so far a record's moment may be from its place.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    private readonly Dictionary<long, Claim> _claimed = [];

    /// <summary>The latest moment that a record with its text says: no later record of the log is older than that.</summary>
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>Records that were removed as the log says.</summary>
    public long Count { get; private set; }

    public void Add(CheckedRecord record)
    {
        if (record.Removed is { } statement)
        {
            if (statement <= record.Index)
            {
                findings.Add("LOG-10", Text.RecordAt(record.Index), Text.RemovedUnannounced);
                return;
            }

            if (!_claimed.TryGetValue(statement, out var claim))
            {
                _claimed.Add(statement, claim = new() { First = record.Index });
            }

            claim.Sum.Add(record.Index, record.Leaf);
            (claim.Last, claim.After) = (record.Index, _latest);
            return;
        }

        if (record.At > _latest)
        {
            _latest = record.At.Value;
        }

        if (record.Stretch is { } stretch)
        {
            Settle(record, stretch);
        }
    }

    /// <summary>What no record of the log has claimed by now was taken out by somebody else.</summary>
    public void End()
    {
        foreach (var claim in _claimed.Values)
        {
            findings.Add("LOG-10", Text.RecordsAt(claim.First, claim.Last), Text.RemovedUnannounced);
            claim.Sum.Dispose();
        }

        _claimed.Clear();
    }

    public void Dispose() => End();

    private void Settle(CheckedRecord statement, RemovedStretch stretch)
    {
        // A removal that was announced and not carried out took nothing away.
        if (!_claimed.Remove(statement.Index, out var claim))
        {
            return;
        }

        using var sum = claim.Sum;
        var place = Text.RecordsAt(claim.First, claim.Last);
        if (sum.Count != stretch.Count || sum.Digest() != stretch.Digest || claim.First < stretch.Low || claim.Last >= stretch.High)
        {
            findings.Add("LOG-11", place, Text.RemovedOthers(statement.Index, stretch.Count, sum.Count));
        }

        if (stretch.Until > statement.At - AuditSettings.KeepMin || claim.After > stretch.Until + Slack)
        {
            findings.Add("LOG-12", place, Text.RemovedTooEarly(statement.Index));
        }

        Count += sum.Count;
    }

    /// <summary>The records without text that name one statement, until it is reached.</summary>
    private sealed class Claim
    {
        public RemovedStretch.Sum Sum { get; } = new();

        public long First { get; init; }

        public long Last { get; set; }

        /// <summary>What stands before the last of them was written then: they cannot be older.</summary>
        public DateTimeOffset After { get; set; }
    }
}
