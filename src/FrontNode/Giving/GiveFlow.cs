using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

    public GiveFlow(GiveSettings settings, Configuration configuration, NodeStore store, Centre centre, TimeProvider time)
    {
        (_settings, _store, _centre, _time) = (settings, store, centre, time);
        _outbox = new(settings, configuration.OutboxMaxMb, store, centre, time);
        _fields = [.. settings.Map.Keys.Order(StringComparer.Ordinal)];
        _columns = [.. _fields.Select(field => settings.Map[field])];
        Status = new(settings.Flow, StatementKind.Give, settings.Resource, store, time);
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
                return false;
            }

            var full = _settings.Watermark is null || flow.Mark is null || flow.FullAt is null || _time.GetUtcNow() - flow.FullAt >= TimeSpan.FromMinutes(_settings.FullEveryMinutes);
            var shape = JsonSerializer.Serialize(columns.Where(column => wanted.Contains(column.Name)));
            return await new GiveLook(_settings, _columns, reading, flow with { Shape = shape }, full, _store, _outbox, Status, _time).Run(source, cancel)
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

    public void Dispose() => _looking.Dispose();

    internal async Task<bool> CompareDue(CancellationToken cancel)
    {
        var flow = await _store.Together(store => store.Flow(Name), cancel);
        return flow.Rows > 0 && (flow.ComparedAt is null || _time.GetUtcNow() - flow.ComparedAt >= TimeSpan.FromHours(_settings.CompareEveryHours));
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
