using Shali.Platform.Audit.Merkle;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// Builds the tree again from the bodies, in the order of the log, and holds it against every signed checkpoint.
/// Beside it runs the tree of the hashes as they are stored: when only that one fits a checkpoint, the stored hashes
/// are true and the bodies that differ from them were altered. What neither explains lies between the last
/// checkpoint that fits and the first that does not; the witness of leaves, where there is one, says exactly where.
/// </summary>
internal sealed class TreeCheck(IReadOnlyList<Checkpoint> checkpoints, LeafWitness? witness, Findings findings)
{
    private readonly List<long> _doubtful = [];
    private CompactRange _bodies = CompactRange.Empty();
    private CompactRange _stored = CompactRange.Empty();
    private long _fitted;
    private long _lastIndex = -1;
    private int _next;
    private bool _broken;

    public long Count { get; private set; }

    /// <summary>The tree of what was found; null when records are missing.</summary>
    public CompactRange? Range => _broken ? null : _stored;

    /// <summary>Hears of every complete subtree at a stored level.</summary>
    public Action<int, long, byte[]>? Completed { get; set; }

    public void Add(CheckedRecord record)
    {
        Gap(record.Index);
        Count++;
        var place = Text.RecordAt(record.Index);
        if (!record.Readable)
        {
            findings.Add("LOG-04", place, Text.BodyUnreadable);
        }
        else if (!record.ColumnsFit)
        {
            findings.Add("LOG-04", place, Text.ColumnsAltered);
        }

        Judge(record);
        if (!_broken)
        {
            _bodies.Append(record.Leaf);
            _stored.Append(record.Stored ?? record.Leaf, Completed);
            HoldAgainstCheckpoints();
        }
    }

    /// <summary>Checkpoints that reach beyond the last record: the tail was cut off.</summary>
    public void End()
    {
        if (checkpoints.LastOrDefault() is { } last && last.Size > _lastIndex + 1)
        {
            findings.Add("LOG-02", Text.RecordsAt(_lastIndex + 1, last.Size - 1), Text.TailRemoved(last.Size));
        }

        Doubts();
    }

    private void Gap(long index)
    {
        if (index > _lastIndex + 1)
        {
            findings.Add("LOG-02", Text.RecordsAt(_lastIndex + 1, index - 1), Text.RecordsRemoved);
            _broken = true;
        }
        else if (index <= _lastIndex)
        {
            findings.Add("LOG-02", Text.RecordAt(index), Text.RecordRepeated);
            _broken = true;
        }

        _lastIndex = Math.Max(index, _lastIndex);
    }

    private void Judge(CheckedRecord record)
    {
        var bodyFits = witness?.Fits(record.Index, record.Leaf);
        if (bodyFits == false)
        {
            // Of a removed record the leaf is all there is.
            findings.Add(
                record.Removed is null ? "LOG-01" : "LOG-03", Text.RecordAt(record.Index), record.Removed is null ? Text.BodyAltered : Text.RemovedLeafAltered);
            return;
        }

        if (record.Stored is { } stored && !stored.AsSpan().SequenceEqual(record.Leaf))
        {
            if (bodyFits == true)
            {
                findings.Add("LOG-03", Text.RecordAt(record.Index), Text.LeafAltered);
            }
            else
            {
                _doubtful.Add(record.Index);
            }
        }
    }

    private void HoldAgainstCheckpoints()
    {
        for (; _next < checkpoints.Count && checkpoints[_next].Size <= _stored.Size; _next++)
        {
            var checkpoint = checkpoints[_next];
            if (checkpoint.Size < _stored.Size)
            {
                continue;
            }

            var bodies = checkpoint.Root.AsSpan().SequenceEqual(_bodies.Root());
            var stored = checkpoint.Root.AsSpan().SequenceEqual(_stored.Root());
            if (bodies || stored)
            {
                foreach (var index in _doubtful)
                {
                    findings.Add(stored ? "LOG-01" : "LOG-03", Text.RecordAt(index), stored ? Text.BodyAltered : Text.LeafAltered);
                }

                // The tree that fits is the true one: both go on from it.
                (_bodies, _stored) = stored ? (_stored.Copy(), _stored) : (_bodies, _bodies.Copy());
                _doubtful.Clear();
                _fitted = checkpoint.Size;
            }
            else
            {
                findings.Add("LOG-05", Text.RecordsAt(_fitted, checkpoint.Size - 1), Text.CheckpointDiffers(checkpoint.Size));
                Doubts();
                _next = checkpoints.Count;
            }
        }
    }

    private void Doubts()
    {
        foreach (var index in _doubtful)
        {
            findings.Add("LOG-01", Text.RecordAt(index), Text.BodyOrLeafAltered);
        }

        _doubtful.Clear();
    }
}
