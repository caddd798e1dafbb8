using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.FrontNode.Giving;

/// <summary>
/// One source on its way to the centre: looked at again and again, compared with what was given, changes put into the outbox. What the
/// node remembers of a row changes in the same transaction as the batch that carries it is queued, so a killed node neither forgets
/// nor repeats a row.
/// </summary>
public sealed class GiveFlow : IDisposable
{
    private const long BatchBytes = 8L << 20;

    /// <summary>So many rows may end at once in a source of any size.</summary>
    private const int Few = 20;

    private readonly GiveSettings _settings;
    private readonly Configuration _configuration;
    private readonly NodeStore _store;
    private readonly Centre _centre;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly string[] _fields;
    private readonly string[] _columns;
    private TaskCompletionSource _queued = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GiveFlow(GiveSettings settings, Configuration configuration, NodeStore store, Centre centre, TimeProvider time)
    {
        (_settings, _configuration, _store, _centre, _time) = (settings, configuration, store, centre, time);
        _fields = [.. settings.Map.Keys.Order(StringComparer.Ordinal)];
        _columns = [.. _fields.Select(field => settings.Map[field])];
        Status = new(settings.Flow, StatementKind.Give, settings.Resource, store, time);
    }

    public FlowStatus Status { get; }

    public string Name => _settings.Flow;

    /// <summary>Called by name between the steps, for tests of crashes.</summary>
    internal Action<string> Step { get; set; } = static _ => { };

    /// <summary>Completes when there is something new in the outbox; take it before looking there.</summary>
    internal Task Queued => Volatile.Read(ref _queued).Task;

    internal TimeSpan Rhythm => TimeSpan.FromSeconds(Math.Max(1, _settings.EverySeconds));

    /// <summary>Looks at the source once and queues what is new. False: it stands still until somebody has looked into it.</summary>
    public async Task<bool> Look(CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            var (reading, definition) = await Reading(cancel);
            var flow = await _store.Together(store => store.Flow(Name), cancel);
            await using var source = await Source.Open(_settings.Source, cancel);
            var columns = await source.Columns(cancel);
            var wanted = _columns.Concat(_settings.Watermark is { } mark ? [mark] : []).ToHashSet(StringComparer.Ordinal);
            if (Source.Drift(flow.Shape, columns, wanted) is { Count: > 0 } drift)
            {
                await Status.Set(FlowState.Stopped, Text.Drifted(string.Join(' ', drift)));
                return false;
            }

            var full = _settings.Watermark is null || flow.Mark is null || flow.FullAt is null || _time.GetUtcNow() - flow.FullAt >= TimeSpan.FromMinutes(_settings.FullEveryMinutes);
            var shape = JsonSerializer.Serialize(columns.Where(column => wanted.Contains(column.Name)));
            return await new Scan(this, reading, flow with { Shape = shape }, full).Run(source, cancel)
                && await Kept(definition, cancel);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Somebody has looked at the source: its present shape is the right one.</summary>
    public Task AcceptShape(CancellationToken cancel) =>
        _store.Together(store => store.Save(store.Flow(Name) with { Shape = null, FullAt = null }), cancel);

    /// <summary>
    /// Compares both sides and heals: what the centre lacks or has otherwise is given again, what only it has ends there. Only while nothing
    /// waits to be sent.
    /// </summary>
    public async Task<ComparisonResult?> Compare(CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            if ((await _store.Together(store => store.WaitingOf(Name), cancel)).Batches > 0)
            {
                return null;
            }

            var (reading, _) = await Reading(cancel);
            var scope = new CompareScope(Ulid.Next(_time), Name, StatementKind.Give, _settings.Resource, reading.Fields);
            var found = await new Comparing(_centre, scope, Given).Run(cancel);

            // A row that the source still has, but in a form that is refused, does not end.
            var result = found with { Extra = await _store.Together(store => found.Extra.Where(word => !store.IsRejected(Name, word)).ToList(), cancel) };
            if (IsMoreThanAnybodyBelieves(result.Extra.Count, result.CentreRows))
            {
                // Perhaps somebody else has given them: a node that is let in with a handful of rows must not empty a register.
                throw new FlowStopped(Text.ForeignAtCentre(result.Extra.Count, result.CentreRows, _settings.EndsMaxPercent));
            }

            if (result.Extra.Count > 0)
            {
                await QueueGone(reading, result.Extra, cancel);
            }

            await _store.Together(
                store =>
                {
                    foreach (var word in result.Missing.Concat(result.Different))
                    {
                        store.Forget(Name, word);
                    }

                    // What was forgotten is found by a look at everything.
                    var flow = store.Flow(Name);
                    store.Save(flow with { ComparedAt = _time.GetUtcNow(), FullAt = result.Drift == 0 ? flow.FullAt : null });
                    store.Log(Name, Text.Compared(result), _time.GetUtcNow());
                },
                cancel);
            return result;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    /// <summary>So much does not end at once without somebody having looked: a few rows do, and a share of all.</summary>
    private bool IsMoreThanAnybodyBelieves(int gone, long all) => gone > Few && gone * 100L > all * _settings.EndsMaxPercent;

    internal async Task<bool> CompareDue(CancellationToken cancel)
    {
        var flow = await _store.Together(store => store.Flow(Name), cancel);
        return flow.Rows > 0 && (flow.ComparedAt is null || _time.GetUtcNow() - flow.ComparedAt >= TimeSpan.FromHours(_settings.CompareEveryHours));
    }

    /// <summary>Everything that the centre has accepted of this flow, as the node remembers it.</summary>
    private async IAsyncEnumerable<(string Word, byte[] Hash)> Given([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        while (await _store.Together(
            store => store.Known(Name, after, 10_000).Select(known => (known.Key, known.Digest, Refused: store.IsRejected(Name, known.Key))).ToList(), cancel) is { Count: > 0 } some)
        {
            after = some[^1].Key;
            foreach (var (key, digest, refused) in some)
            {
                if (!refused)
                {
                    yield return (key, digest);
                }
            }
        }
    }

    private async Task QueueGone(FieldReading reading, IReadOnlyList<string> words, CancellationToken cancel)
    {
        foreach (var some in words.Chunk(_settings.BatchRows))
        {
            await Queue(reading, [], some, null, cancel);
        }
    }

    /// <summary>One batch into the outbox, with what the node remembers from now on.</summary>
    private async Task Queue(FieldReading reading, List<GivenRow> rows, IReadOnlyList<string> gone, FlowRow? end, CancellationToken cancel)
    {
        if (rows.Count + gone.Count > 0 && await _store.Together(store => store.WaitingBytes(), cancel) > (long)_configuration.OutboxMaxMb << 20)
        {
            // The source keeps what does not fit here, and no transaction of it stays open while we wait. What is queued is remembered.
            throw new FlowStopped(Text.OutboxFull(_configuration.OutboxMaxMb), final: false);
        }

        await _store.Together(
            store =>
            {
                var flow = store.Flow(Name);
                if (rows.Count + gone.Count > 0)
                {
                    flow = flow with { Batch = flow.Batch + 1 };
                    store.Queue(new(Name, flow.Batch, Body(reading, flow, rows, gone), _time.GetUtcNow()));
                    foreach (var row in rows)
                    {
                        store.Digest(Name, row.Word, row.Hash);
                    }

                    foreach (var word in gone)
                    {
                        store.Forget(Name, word);
                    }
                }

                // A look that began before the stream was begun anew has not seen everything for the new one.
                var whole = end is not null && end.Stream == flow.Stream ? end : null;
                store.Save(flow with { Shape = end?.Shape ?? flow.Shape, Mark = whole?.Mark ?? flow.Mark, FullAt = whole?.FullAt ?? flow.FullAt });
            },
            cancel);
        Step("queued");
        Interlocked.Exchange(ref _queued, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private byte[] Body(FieldReading reading, FlowRow flow, List<GivenRow> rows, IReadOnlyList<string> gone)
    {
        var digest = new RowDigest(_centre.Suite);
        rows.ForEach(row => digest.Add(row.Hash));
        var keys = gone.Select(word => word.Split('\u001f')).ToList();
        keys.ForEach(key => digest.Add(reading.Gone(key)));
        var statement = new Statement(
            StatementKind.Give, _centre.Identity.Node, Name, _settings.Resource, flow.Stream, flow.Batch, rows.Count, gone.Count, digest.Total(), _centre.Suite.Name, _time.GetUtcNow());
        return new GiveBody(
            SignedStatement.Sign(statement, _centre.Key, _centre.Identity.Serial), reading.Fields, [.. rows.Select(row => row.Values)], reading.KeyFields, keys).Write();
    }

    /// <summary>The resource as the centre describes it now, or as it did when it could be reached last.</summary>
    private async Task<(FieldReading Reading, string Definition)> Reading(CancellationToken cancel)
    {
        var place = "definition:" + Name;
        KnownResource known;
        try
        {
            var answer = await _centre.Get<KnownResource>("/exchange/definition?resource=" + Uri.EscapeDataString(_settings.Resource), cancel);
            known = answer.Value ?? throw new FlowStopped(answer.Refusal!.Sentence);
            await _store.Together(store => store.Meta(place, JsonSerializer.Serialize(known, EvidenceJson.Options)), cancel);
        }
        catch (CentreAwayException away)
        {
            var kept = await _store.Together(store => store.Meta(place), cancel) ?? throw new CentreAwayException(away.Message);
            known = JsonSerializer.Deserialize<KnownResource>(kept, EvidenceJson.Options)!;
        }

        CodeLists.Learn(known.CodeLists);
        var resource = DefinitionJson.Read(known.Definition);
        var misfits = FieldReading.Misfits(resource, known, _fields).ToList();
        return misfits.Count > 0 ? throw new FlowStopped(string.Join(' ', misfits)) : (new(resource, known.Keys, _fields, _centre.Suite), known.Definition);
    }

    /// <summary>When the centre's demands have changed, rows that it refused before are tried again.</summary>
    private async Task<bool> Kept(string definition, CancellationToken cancel)
    {
        var (place, print) = ("judged-by:" + Name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition))));
        await _store.Together(
            store =>
            {
                if (store.Meta(place) is { } before && before != print)
                {
                    store.TryRejectsAgain(Name);
                    store.Save(store.Flow(Name) with { FullAt = null });
                }

                store.Meta(place, print);
            },
            cancel);
        return true;
    }

    /// <summary>One look at the source, from its first row to its last.</summary>
    private sealed class Scan(GiveFlow flow, FieldReading reading, FlowRow begin, bool full)
    {
        private readonly List<GivenRow> _pending = [];
        private readonly HashSet<UInt128> _seen = [];
        private long _bytes;
        private string? _mark = begin.Mark;

        /// <summary>Nothing was ever given: nothing is looked up.</summary>
        private bool _first;

        public async Task<bool> Run(Source source, CancellationToken cancel)
        {
            var read = new List<ReadRow>();
            _first = (await flow._store.Together(store => store.Known(flow.Name, "", 1), cancel)).Count == 0;
            if (full)
            {
                await flow._store.Together(store => store.ForgetUnsent(flow.Name), cancel);
            }

            await foreach (var row in source.Rows(flow._columns, flow._settings.Watermark, full ? null : begin.Mark, flow._settings.Overlap, cancel))
            {
                read.Add(row);
                if (read.Count == flow._settings.BatchRows)
                {
                    await Take(read, cancel);
                    read.Clear();
                }
            }

            await Take(read, cancel);
            var gone = full ? await Gone(cancel) : [];
            if (gone is null)
            {
                return false;
            }

            var chunks = gone.Chunk(flow._settings.BatchRows).ToList();
            foreach (var some in chunks.SkipLast(1))
            {
                await Flush(some, null, cancel);
            }

            // What the next look goes on from is written with the last batch: a killed node looks again.
            await Flush(chunks.Count > 0 ? chunks[^1] : [], begin with { Mark = _mark, FullAt = full ? flow._time.GetUtcNow() : begin.FullAt }, cancel);
            await flow.Status.Set(FlowState.Running, "");
            return true;
        }

        private async Task Take(List<ReadRow> rows, CancellationToken cancel)
        {
            var fresh = await flow._store.Together(store => rows.Select(row => Judge(store, row)).OfType<GivenRow>().ToList(), cancel);
            foreach (var row in fresh)
            {
                _pending.Add(row);
                _bytes += row.Values.Sum(value => (value?.Length ?? 0) * 3L) + 40;
                if (_pending.Count == flow._settings.BatchRows || _bytes >= BatchBytes)
                {
                    await Flush([], null, cancel);
                }
            }
        }

        /// <summary>The row when it is new or changed; what is wrong with it is kept beside.</summary>
        private GivenRow? Judge(NodeStore store, ReadRow row)
        {
            if (row.Mark is not null && (_mark is null || Later(row.Mark, _mark)))
            {
                _mark = row.Mark;
            }

            if (row.Fault is not null)
            {
                Reject(store, row, "", row.Fault);
                return null;
            }

            var given = reading.Read(row.Cells);
            if (given.Word.Length > 0 && !_seen.Add(Print(given.Word)))
            {
                Reject(store, row, given.Word + "\u001f2", Text.TwiceInSource);
                return null;
            }

            if (given.Refusals.Any)
            {
                Reject(store, row, given.Word, given.Refusals.ToString());
                return null;
            }

            return !_first && store.Digest(flow.Name, given.Word) is { } before && before.AsSpan().SequenceEqual(given.Hash) ? null : given;
        }

        private void Reject(NodeStore store, ReadRow row, string word, string reasons)
        {
            var text = JsonSerializer.Serialize(flow._columns.Zip(row.Cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), EvidenceJson.Options);
            store.Reject(flow.Name, word.Length > 0 ? word : "?" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16], reasons, text, flow._time.GetUtcNow(), sent: false);
        }

        /// <summary>What was given and is not in the source any more; null when that is more than anybody would believe.</summary>
        private async Task<List<string>?> Gone(CancellationToken cancel)
        {
            var (gone, all, after) = (new List<string>(), 0L, "");
            while (await flow._store.Together(store => store.Known(flow.Name, after, 10_000), cancel) is { Count: > 0 } some)
            {
                all += some.Count;
                after = some[^1].Key;
                gone.AddRange(some.Where(known => !_seen.Contains(Print(known.Key))).Select(known => known.Key));
            }

            if (flow.IsMoreThanAnybodyBelieves(gone.Count, all))
            {
                await flow.Status.Set(FlowState.Stopped, Text.Emptied(gone.Count, all, flow._settings.EndsMaxPercent));
                return null;
            }

            return gone;
        }

        private async Task Flush(IReadOnlyList<string> gone, FlowRow? end, CancellationToken cancel)
        {
            await flow.Queue(reading, _pending, gone, end, cancel);
            _pending.Clear();
            _bytes = 0;
        }

        private static UInt128 Print(string word)
        {
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(Encoding.UTF8.GetBytes(word), hash);
            return BitConverter.ToUInt128(hash);
        }

        private static bool Later(string mark, string than) => mark[0] == 's' || than[0] == 's' || mark[0] == 'm'
            ? mark[0] == 'm' ? decimal.Parse(mark.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) > decimal.Parse(than.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) : string.CompareOrdinal(mark, than) > 0
            : long.Parse(mark.AsSpan(mark[0] == 't' ? 2 : 1), System.Globalization.CultureInfo.InvariantCulture) > long.Parse(than.AsSpan(than[0] == 't' ? 2 : 1), System.Globalization.CultureInfo.InvariantCulture);
    }
}

