using System.Threading.Channels;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Reads, checks and numbers the rows of a file on a thread of its own and hands them on in chunks, while those before
/// are being written. Three chunks go round; memory does not depend on the file.
/// </summary>
internal sealed class LoadSource : IDisposable
{
    private const int ChunksInFlight = 3;

    private readonly IRowSource _rows;
    private readonly RowCheck _check;
    private readonly RowIdentity _identity;
    private readonly ResourceDefinition _resource;
    private readonly LoadLimits _limits;
    private readonly KeyMaker _keys;
    private readonly DateOnly? _validFrom;
    private readonly SeenRows _seen = new();
    private readonly (int Position, FieldDefinition Field, SeenRows Seen)[] _uniques;
    private readonly Channel<Chunk> _full = Channel.CreateUnbounded<Chunk>();
    private readonly Channel<Chunk> _empty = Channel.CreateUnbounded<Chunk>();
    private volatile bool _allNew;

    public LoadSource(IRowSource rows, ResourceDefinition resource, ColumnMapping mapping, LoadLimits limits, TimeProvider time)
    {
        (_rows, _resource, _limits) = (rows, resource, limits);
        _check = new(resource, mapping, rows.Columns, fromSheet: rows is not GeoJsonRows);
        _identity = new(resource);
        _keys = new(time);
        _validFrom = resource.ValidTime ? time.Today() : null;
        var alone = _identity.Positions.Length == 1 ? _identity.Positions[0] : -1;
        _uniques = [.. resource.Fields.Select((field, i) => (i, field, new SeenRows())).Where(unique => unique.field.Unique && unique.i != alone)];
        for (var i = 0; i < ChunksInFlight; i++)
        {
            _empty.Writer.TryWrite(new Chunk(limits.ChunkRows));
        }
    }

    public RowIdentity Identity => _identity;

    public IReadOnlyList<string> Columns => _rows.Columns;

    public Refusal? Stopped => _rows.Stopped;

    public IReadOnlyList<string> Warnings => _rows.Warnings;

    /// <summary>No record was there before: every row is new, and its key and digest can be made ahead.</summary>
    public bool AllNew
    {
        get => _allNew;
        set => _allNew = value;
    }

    /// <summary>False when the pass only checks.</summary>
    public bool MakesAhead { get; init; }

    /// <summary>Chunks after the row <paramref name="from"/>; give each back with <see cref="Return"/>.</summary>
    public async IAsyncEnumerable<Chunk> Chunks(
        long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Factory.StartNew(
            () => ReadAll(from, stop.Token).GetAwaiter().GetResult(), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var chunk in _full.Reader.ReadAllAsync(cancel))
            {
                yield return chunk;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Return(Chunk chunk) => _empty.Writer.TryWrite(chunk);

    /// <summary>Key, version and digest of a row that becomes a new record.</summary>
    public void MakeNew(LoadRow row)
    {
        if (row.Key.Length == 0)
        {
            row.Key = _keys.Next();
        }

        row.Digest = RecordDigest.Of(
            _resource, row.Key, row.Version, RecordDigest.Inserted, row.Values, row.ValidFrom, row.ValidTo);
    }

    public void Dispose() => _rows.Dispose();

    private async Task ReadAll(long from, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var chunk = await _empty.Reader.ReadAsync(cancel);
                var more = Fill(chunk, from, cancel);
                chunk.Progress = _rows.Progress;
                if (chunk.Count > 0)
                {
                    await _full.Writer.WriteAsync(chunk, cancel);
                }

                if (!more)
                {
                    _full.Writer.Complete();
                    return;
                }
            }
        }
        catch (Exception fault)
        {
            _full.Writer.TryComplete(fault);
        }
    }

    private bool Fill(Chunk chunk, long from, CancellationToken cancel)
    {
        chunk.Clear();
        while (!chunk.Full)
        {
            var row = chunk.Next;
            if (!_rows.Read(row.Source))
            {
                return false;
            }

            Judge(row);
            row.Settle();
            if (row.Source.Ordinal > from)
            {
                chunk.Take();
            }
            else if ((row.Source.Ordinal & 0xfff) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        return true;
    }

    /// <summary>What can be said of a row from the file alone; the same in every run over the file.</summary>
    private void Judge(LoadRow row)
    {
        row.Clear(_resource.Fields.Count);
        row.ValidFrom = _validFrom;
        _check.Check(row.Source, row.Values, row.Reasons);
        if (row.Reasons.Count > 0)
        {
            row.Fate = Fate.Bad;
            return;
        }

        var hash = _identity.Hash(row.Values);
        if (_identity.Kind == IdentityKind.Content)
        {
            row.Key = _identity.ContentKey(row.Values, _seen.Count(hash));
        }
        else
        {
            var content = unchecked((uint)_identity.Content(row.Values));
            if (!_seen.Add(hash, content, (uint)row.Source.Number, out var first, out var before))
            {
                if (content == before)
                {
                    row.Fate = Fate.Unchanged;
                }
                else
                {
                    row.Refuse(new("LOAD-R10", _resource.Fields[_identity.Positions[0]].Name, Text.SameRecord(_identity.Labels, first)));
                }

                return;
            }

            row.Key = _identity.KeyPosition >= 0 ? _identity.KeyText(row.Values) : "";
        }

        Uniques(row);
        if (row.Fate == Fate.Good && _allNew && MakesAhead)
        {
            MakeNew(row);
        }
    }

    private void Uniques(LoadRow row)
    {
        foreach (var (position, field, seen) in _uniques)
        {
            if (row.Values[position] is { } value
                && !seen.Add(RowHash.Add(RowHash.Start, field, value), 0, (uint)row.Source.Number, out var first, out _))
            {
                row.Refuse(new("LOAD-R11", field.Name, Text.SameValue(field.Label, first)));
            }
        }
    }
}
