using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shali.FrontNode.Giving.Replication;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Registry;

namespace Shali.FrontNode.Giving;

/// <summary>One source on its way to the centre: looked at again and again (<see cref="GiveLook"/>), now and then compared with the centre.</summary>
public sealed class GiveFlow : IDisposable
{
    private readonly GiveSettings _settings;
    private readonly NodeStore _store;
    private readonly Centre _centre;
    private readonly TimeProvider _time;
    private readonly GiveOutbox _outbox;
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly string[] _fields;
    private readonly string[] _columns;
    private readonly FollowedChanges? _following;

    public GiveFlow(GiveSettings settings, Configuration configuration, NodeStore store, Centre centre, TimeProvider time)
    {
        (_settings, _store, _centre, _time) = (settings, store, centre, time);
        _outbox = new(settings, configuration.OutboxMaxMb, store, centre, time);
        _fields = [.. settings.Map.Keys.Order(StringComparer.Ordinal)];
        _columns = [.. _fields.Select(field => settings.Map[field])];
        Status = new(settings.Flow, StatementKind.Give, WayOf(settings), settings.Resource, store, time);
        _following = settings.Source.Changes is null ? null : new(settings, _columns, new(settings, _columns, store, _outbox, time), store, Status, time);
    }

    public FlowStatus Status { get; }

    public string Name => _settings.Flow;

    /// <inheritdoc cref="GiveOutbox.Step"/>
    internal Action<string> Step { get => _outbox.Step; set => _outbox.Step = value; }

    /// <inheritdoc cref="GiveOutbox.Queued"/>
    internal Task Queued => _outbox.Queued;

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
                await Unheard();
                return false;
            }

            var shape = JsonSerializer.Serialize(columns.Where(column => wanted.Contains(column.Name)));
            return await (source is ReplicatedTable table ? Followed(table, reading, shape, cancel) : Looked(source, reading, flow with { Shape = shape }, IsFull(flow), null, cancel))
                && await Kept(definition, cancel);
        }
        catch
        {
            await Unheard();
            throw;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Somebody has looked at the source: its present shape is the right one.</summary>
    public Task AcceptShape(CancellationToken cancel) =>
        _store.Together(store => store.Save(store.Flow(Name) with { Shape = null, FullAt = null }), cancel);

    /// <inheritdoc cref="GiveComparison.Run"/>
    public async Task<ComparisonResult?> Compare(CancellationToken cancel)
    {
        await _looking.WaitAsync(cancel);
        try
        {
            var (reading, _) = await Reading(cancel);
            return await new GiveComparison(_settings, _store, _centre, _outbox, _time).Run(reading, cancel);
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose()
    {
        _following?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _looking.Dispose();
    }

    /// <summary>Until it is time to look again; a source that tells its changes is listened to meanwhile.</summary>
    internal async Task Rest(CancellationToken cancel)
    {
        if (_following is not { IsOpen: true })
        {
            await Task.Delay(Rhythm, _time, cancel);
            return;
        }

        await _looking.WaitAsync(cancel);
        try
        {
            await Heard(_following, () => _following.Listen(Rhythm, cancel), cancel);
        }
        finally
        {
            _looking.Release();
        }
    }

    internal async Task<bool> CompareDue(CancellationToken cancel)
    {
        var flow = await _store.Together(store => store.Flow(Name), cancel);
        return flow.Rows > 0 && (flow.ComparedAt is null || _time.GetUtcNow() - flow.ComparedAt >= TimeSpan.FromHours(_settings.CompareEveryHours));
    }

    private static string WayOf(GiveSettings settings) =>
        settings.Source.Changes is not null ? FlowWay.Replication : settings.Watermark is not null ? FlowWay.Watermark : settings.Source.Kind == "files" ? FlowWay.Files : FlowWay.Compare;

    private bool IsFull(FlowRow flow) =>
        (_settings.Watermark is null && _following is null) || (_following is null && flow.Mark is null) || flow.FullAt is null
        || _time.GetUtcNow() - flow.FullAt >= TimeSpan.FromMinutes(_settings.FullEveryMinutes);

    private async Task<bool> Looked(Source source, FieldReading reading, FlowRow begin, bool full, Action<NodeStore>? along, CancellationToken cancel)
    {
        var first = (await _store.Together(store => store.Known(Name, "", 1), cancel)).Count == 0;
        var gathering = new Gathering(_settings, _columns, reading, _outbox, _time) { First = first };
        return await new GiveLook(_settings, _columns, begin, full, _store, Status, _time).Run(source, gathering, along, cancel);
    }

    /// <summary>What was committed so far, from the log; where the log alone does not say it, from a look at all rows.</summary>
    private async Task<bool> Followed(ReplicatedTable source, FieldReading reading, string shape, CancellationToken cancel)
    {
        async Task<bool> Once()
        {
            await _following!.Begin(source, reading, cancel);
            var flow = await _store.Together(store => store.Flow(Name), cancel) with { Shape = shape };
            if (IsFull(flow) && !await Looked(source, reading, flow, full: true, _following.Looked(source), cancel))
            {
                await _following.Close();
                return false;
            }

            await _following.CatchUp(cancel);
            return true;
        }

        var done = false;
        for (var tries = 0; tries < 2; tries++)
        {
            // The second time all rows are looked at, which says what the log did not.
            if (await Heard(_following!, async () => done = await Once(), cancel))
            {
                return done;
            }
        }

        return true;
    }

    /// <summary>
    /// Nobody listens for now: the connection ends, else a server that is shut down would wait for us. What was not kept here it tells again.
    /// </summary>
    private Task Unheard() => _following?.Close() ?? Task.CompletedTask;

    /// <summary>False: all rows have to be looked at.</summary>
    private async Task<bool> Heard(FollowedChanges following, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
            return true;
        }
        catch (LookNeededException needed)
        {
            await following.Close();
            await _store.Together(
                store =>
                {
                    store.Save(store.Flow(Name) with { FullAt = null });
                    store.Log(Name, needed.Message, _time.GetUtcNow());
                },
                cancel);
            return false;
        }
        catch
        {
            await Unheard();
            throw;
        }
    }

    /// <summary>The resource as the centre describes it now, or as it did when it could be reached last.</summary>
    private async Task<(FieldReading Reading, string Definition)> Reading(CancellationToken cancel)
    {
        var place = "definition:" + Name;
        KnownResource known;
        try
        {
            var answer = await _centre.Get<KnownResource>("/exchange/definition?resource=" + Uri.EscapeDataString(_settings.Resource), cancel);
            if (answer.Refusal is { } refusal)
            {
                // What the centre does not say under its seal is no more than that it cannot be reached now.
                throw refusal.Sealed ? new FlowStopped(refusal.Sentence) : new CentreAwayException(Text.Refused(refusal.Code, refusal.Sentence));
            }

            known = answer.Value!;
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
}
