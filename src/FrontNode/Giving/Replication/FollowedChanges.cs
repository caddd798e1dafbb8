using Npgsql;
using Shali.Platform.Exchange.Nodes;

namespace Shali.FrontNode.Giving.Replication;

/// <summary>
/// Takes a table's changes from the log of its database into the outbox. What is queued and how far that is stand in one transaction of the
/// node (<see cref="ChangePoint"/>); the database is told afterwards. It keeps its log until then: when the outbox is full, we do not read on.
/// </summary>
/// <param name="taken">What is on its way into the outbox.</param>
internal sealed class FollowedChanges(GiveSettings settings, IReadOnlyList<string> columns, TakenChanges taken, NodeStore store, FlowStatus status, TimeProvider time) : IAsyncDisposable
{
    private const long HeldMuch = 1L << 30;

    // How often we say where we are: while we wait for what was committed already, and while nothing comes.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    private ChangeStream? _stream;
    private ChangePoint _point = new("", 0);
    private FieldReading? _reading;
    private Transaction? _within;
    private ulong _target;
    private bool _renew;
    private bool _isCurrent;
    private string _note = "";
    private long _keptAt;

    /// <summary>It is connected and can be listened to.</summary>
    public bool IsOpen => _stream is not null;

    private string Name => settings.Flow;

    private ChangesSettings Slot => settings.Source.Changes!;

    /// <summary>Sees to it that the source can tell its changes, and from where; where it cannot, all rows have to be looked at.</summary>
    /// <exception cref="FlowStopped">Something is missing at the source; says what its administrator does.</exception>
    public async Task Begin(ReplicatedTable source, FieldReading reading, CancellationToken cancel)
    {
        var state = await source.Ask(cancel);
        var keys = reading.KeyFields.Select(field => settings.Map[field]).ToList();
        if (state.Findings(Slot, settings.Source.Table, columns.ToHashSet(StringComparer.Ordinal), keys).Where(finding => finding.Good == false).Select(finding => finding.Sentence).ToList() is { Count: > 0 } missing)
        {
            throw new FlowStopped(string.Join(' ', missing));
        }

        var layout = await source.Layout(state, columns, keys, cancel);
        (_reading, _target) = (reading, state.Place);
        if (_stream is not null && (_renew || !_stream.Layout.Same(layout)))
        {
            await Close();
        }

        if (_stream is null)
        {
            await Open(source, state, layout, cancel);
        }

        source.MustSee = _point.Recent;
        (_note, _isCurrent) = (state.Held >= HeldMuch ? Text.SlotHolds(state.Held >> 30) : "", false);
    }

    /// <summary>All rows were looked at.</summary>
    /// <returns>What stands together with the end of that look.</returns>
    public Action<NodeStore> Looked(ReplicatedTable source) => each =>
    {
        _point = _point.AfterLook(source.Looked!);
        _point.Write(each, Name);
    };

    /// <summary>Takes what was committed before <see cref="Begin"/>.</summary>
    public async Task CatchUp(CancellationToken cancel)
    {
        await Take(() => _point.Place >= _target || _stream!.Read >= _target, cancel);
        _isCurrent = true;
        await status.Set(FlowState.Running, _note);
    }

    /// <summary>Takes what is committed within some time.</summary>
    public Task Listen(TimeSpan span, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        return Take(() => time.GetElapsedTime(begun) >= span, cancel);
    }

    /// <summary>Nothing is lost: what was not kept here the source tells again.</summary>
    public async Task Close()
    {
        var stream = _stream;
        (_stream, _within) = (null, null);
        taken.Clear();
        if (stream is not null)
        {
            await stream.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task Open(ReplicatedTable source, SourceState state, TableLayout layout, CancellationToken cancel)
    {
        var before = await store.Together(each => ChangePoint.Read(each, Name), cancel);
        var slot = state.Slot;
        if (slot is null or { IsLost: true } || _renew)
        {
            await status.Set(FlowState.Trying, Text.MakingSlot(Slot.Slot));
            await source.DropSlot(cancel);
            await source.MakeSlot(cancel);
            state = await source.Ask(cancel);
            _target = state.Place;
            _renew = false;
            await store.Say(Name, before is null ? Text.SlotMade(Slot.Slot) : Text.SlotMadeAgain(Slot.Slot), time.GetUtcNow());
            before = null;
        }

        slot = (await source.Free(cancel)).Slot ?? throw new SourceAwayException(Text.SlotGone(Slot.Slot));
        var stream = await ChangeStream.Open(settings.Source, layout, cancel);
        try
        {
            // A place that the slot has passed without us, or that is not of this life of the server, says nothing.
            var holds = before is not null && before.Server == stream.Server && slot.Confirmed <= before.Place && before.Place <= state.Place;
            _point = holds ? before! : new(stream.Server, slot.Confirmed);
            await store.Together(
                each =>
                {
                    ReplicationSlots.Remember(each, settings);
                    if (!holds)
                    {
                        _point.Write(each, Name);
                        each.Save(each.Flow(Name) with { FullAt = null });
                        each.Log(Name, before is null ? Text.LookFirst : Text.PlaceLost, time.GetUtcNow());
                    }
                },
                cancel);
            _stream = stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task Take(Func<bool> done, CancellationToken cancel)
    {
        while (true)
        {
            var next = _stream!.Next();
            if (!next.IsCompleted)
            {
                // Nothing comes just now: what is there goes on its way, and all that the log said up to here is known.
                var read = _stream.Read;
                if (_within is null && await Rest(read, done, cancel))
                {
                    return;
                }

                if (await Task.WhenAny(next, Task.Delay(_isCurrent ? Later : Soon, time, cancel)) != next)
                {
                    cancel.ThrowIfCancellationRequested();
                    await _stream.Say(cancel);
                }

                continue;
            }

            await Entry(await Told(() => _stream.Take(_within is { } within && (within.IsTaken || within.Count < within.Before), cancel)), cancel);
            if (taken.IsFull)
            {
                await Flush(cancel);
            }

            if (_within is null && done())
            {
                await Flush(cancel);
                return;
            }
        }
    }

    /// <summary>Between two transactions, while nothing comes.</summary>
    /// <param name="read">Up to here the log said nothing more of this table: that is kept in the end, so that the source need not keep its log.</param>
    private async Task<bool> Rest(ulong read, Func<bool> done, CancellationToken cancel)
    {
        await Flush(cancel);
        if (_isCurrent)
        {
            await status.Set(FlowState.Running, _note);
        }

        // Also while nothing else is to be done: a server that is shut down waits until we have confirmed its last word.
        var isDone = done();
        if (read > _point.Place && (isDone || time.GetElapsedTime(_keptAt) >= Later))
        {
            _keptAt = time.GetTimestamp();
            _point = _point.At(read);
            await store.Together(each => _point.Write(each, Name), cancel);
            await _stream!.Confirm(_point.Place, cancel);
        }

        return isDone;
    }

    private async Task Entry(LogEntry entry, CancellationToken cancel)
    {
        switch (entry)
        {
            case LogEntry.Begun begun:
                var seen = begun.Commit < _point.Place || (_point.Whole is { } whole && whole.Sees(begun.Transaction, begun.Commit));
                _within = new(begun.Transaction, begun.Commit, seen) { Before = begun.Commit == _point.Within ? _point.Taken : 0, Ended = begun.Commit == _point.Within ? _point.Ended : 0 };
                break;
            case LogEntry.Ended ended:
                await Guard(cancel);
                _point = _point.Past(Math.Max(_point.Place, ended.Place), _within is { IsTaken: false } past ? past.Number : null);
                _within = null;
                break;
            case LogEntry.Passed:
                _within!.Count++;
                break;
            case LogEntry.Changed change:
                _within!.Count++;
                _within.Ended += change.New is null ? 1 : 0;
                taken.Add(change, _within.Number, _within.Commit);
                break;
            case LogEntry.Emptied when !_within!.IsTaken:
                throw new LookNeededException(Text.Truncated);
            default:
                break;
        }
    }

    /// <summary>A transaction that ends more rows than anybody would believe ends none on the log's word: a look at all rows decides.</summary>
    private async Task Guard(CancellationToken cancel)
    {
        // First as if nothing were known: what is always believed need not be counted against all rows.
        if (_within is { IsTaken: false } within && settings.IsMoreThanAnybodyBelieves((int)Math.Min(within.Ended, int.MaxValue), 0)
            && settings.IsMoreThanAnybodyBelieves((int)Math.Min(within.Ended, int.MaxValue), await store.Together(each => each.KnownRows(Name), cancel)))
        {
            throw new LookNeededException(Text.ManyEnded(within.Ended));
        }
    }

    private async Task Flush(CancellationToken cancel)
    {
        if (taken.Count == 0)
        {
            return;
        }

        await Guard(cancel);
        var part = _within is { IsTaken: false } open ? open : null;
        _point = await taken.Queue(_reading!, _point with { Within = part?.Commit ?? 0, Taken = part?.Count ?? 0, Ended = part?.Ended ?? 0 }, cancel);
        await _stream!.Confirm(_point.Place, cancel);
    }

    private async Task<LogEntry> Told(Func<Task<LogEntry>> take)
    {
        try
        {
            return await take();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            throw new SourceAwayException(Text.SlotInUse(Slot.Slot));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            // The publication was made anew: what the log holds from before it cannot be read any more.
            _renew = true;
            throw new LookNeededException(Text.PublicationRenewed(Slot.Publication));
        }
    }

    /// <summary>A transaction of the source that is being told.</summary>
    /// <param name="IsTaken">All of it is known already.</param>
    private sealed record Transaction(uint Number, ulong Commit, bool IsTaken)
    {
        /// <summary>Changes of the table so far.</summary>
        public long Count { get; set; }

        /// <summary>So many of them were taken before.</summary>
        public long Before { get; init; }

        /// <summary>Rows that it has ended so far.</summary>
        public long Ended { get; set; }
    }
}
