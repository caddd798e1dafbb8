namespace Shali.FrontNode.Giving.Replication;

/// <summary>Changes that were taken from the log and are not queued yet: as many as go into a batch.</summary>
internal sealed class TakenChanges(GiveSettings settings, IReadOnlyList<string> columns, NodeStore store, GiveOutbox outbox, TimeProvider time)
{
    // So many rows that were read again may be ahead of the log; with more, a look at all rows is less work.
    private const int AgainMost = 10_000;
    private const long BytesMost = 8L << 20;

    private readonly List<(LogEntry.Changed Change, uint Transaction, ulong Commit)> _changes = [];
    private long _bytes;

    public int Count => _changes.Count;

    public bool IsFull => _changes.Count >= settings.BatchRows || _bytes >= BytesMost;

    private string Name => settings.Flow;

    /// <param name="transaction">Whose change it is.</param>
    /// <param name="commit">Where in the log that was committed.</param>
    public void Add(LogEntry.Changed change, uint transaction, ulong commit)
    {
        _changes.Add((change, transaction, commit));
        _bytes += (change.New?.Cells.Sum(cell => (cell?.Length ?? 0) * 2L) ?? 0) + 100;
    }

    public void Clear()
    {
        _changes.Clear();
        _bytes = 0;
    }

    /// <summary>Queues them, in one transaction with how far that is.</summary>
    /// <param name="point">How far it is when they are queued.</param>
    /// <returns>The same, with the rows that had to be read again.</returns>
    /// <exception cref="FlowStopped">So much waits that they have to wait in the source.</exception>
    public async Task<ChangePoint> Queue(FieldReading reading, ChangePoint point, CancellationToken cancel)
    {
        var moment = await ReadAgain(reading, cancel);
        var gathering = new Gathering(settings, columns, reading, outbox, time);
        var again = new Dictionary<string, Moment>(point.Again, StringComparer.Ordinal);
        await store.Together(each => _changes.ForEach(taken => Apply(each, reading, gathering, taken, again, moment)), cancel);
        if (again.Count > AgainMost)
        {
            throw new LookNeededException(Text.ManyAgain);
        }

        var reached = point with { Again = again };
        await gathering.Flush(null, each => reached.Write(each, Name), cancel);
        Clear();
        return reached;
    }

    private void Apply(
        NodeStore each, FieldReading reading, Gathering gathering, (LogEntry.Changed Change, uint Transaction, ulong Commit) taken, Dictionary<string, Moment> again, Moment? moment)
    {
        bool IsKnown(string word) => again.TryGetValue(word, out var read) && read.Sees(taken.Transaction, taken.Commit);
        var row = taken.Change.New;
        var given = row is null ? null : gathering.Read(each, row);
        if (taken.Change.Old is { } old && reading.Read(old).Word is { Length: > 0 } was && was != given?.Word && !IsKnown(was))
        {
            gathering.Forget(was);
            each.Accept(Name, was);
            if (each.Digest(Name, was) is not null)
            {
                gathering.End(was);
            }
        }

        if (given is null || IsKnown(given.Word))
        {
            return;
        }

        if (given.Word.Length > 0)
        {
            gathering.Forget(given.Word);
            each.ForgetUnsent(Name, given.Word);
            if (taken.Change.Again is not null)
            {
                again[given.Word] = moment!;
            }
        }

        if (gathering.Judge(each, row!, given) is { } fresh)
        {
            gathering.Add(fresh);
        }
    }

    /// <summary>Rows that the log does not tell whole are read as they are now; null: there was none.</summary>
    private async Task<Moment?> ReadAgain(FieldReading reading, CancellationToken cancel)
    {
        var places = Enumerable.Range(0, _changes.Count).Where(i => _changes[i].Change.Again is not null).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        await using var source = await ReplicatedTable.OpenAt(settings.Source, cancel);
        var (moment, rows) = await source.Again(
            columns, [.. reading.KeyFields.Select(field => settings.Map[field])], [.. places.Select(i => _changes[i].Change.Again!)], places.Select(i => _changes[i].Transaction).ToHashSet(), cancel);
        foreach (var (row, i) in rows.Zip(places))
        {
            // A row that is not there any more: the log tells its end later.
            _changes[i] = _changes[i] with { Change = _changes[i].Change with { New = row } };
        }

        return moment;
    }
}
