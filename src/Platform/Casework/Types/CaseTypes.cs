using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Systems;

namespace Shali.Platform.Casework;

/// <summary>
/// All case types with all their versions. Those of systems are published at the start, those of offices when they
/// make them; a new version serves new cases and leaves running ones as they are.
/// </summary>
public sealed class CaseTypes(Db db, IReadOnlyList<CitySystem> systems, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Code, int Version), CaseType> _versions = new();
    private volatile IReadOnlyDictionary<string, CaseType> _current = new Dictionary<string, CaseType>(StringComparer.Ordinal);
    private long _generation = -1;

    /// <summary>The newest version of each type.</summary>
    public IEnumerable<CaseType> Current => _current.Values;

    /// <summary>The newest version of a type.</summary>
    public CaseType? Find(string code) => _current.GetValueOrDefault(code);

    /// <summary>The permissions of all seats in all versions: what work can demand.</summary>
    public IEnumerable<string> SeatPermissions => _versions.Values
        .SelectMany(type => type.Stages).Select(stage => stage.Seat?.Permission).OfType<string>().Append(CaseWorks.AnswerPermission).Distinct(StringComparer.Ordinal);

    /// <summary>Publishes what the systems define and reads what is there.</summary>
    public async Task Open(CancellationToken cancel = default)
    {
        var own = systems.SelectMany(system => system.CaseTypes).ToList();
        foreach (var type in own)
        {
            if (CaseTypeCheck.Of(type) is { Any: true } refusals)
            {
                throw new StartRefusedException(Text.TypeBroken(type.Name, refusals));
            }
        }

        await Publish(own, Caller.Platform("start"), cancel);
    }

    /// <summary>The version that a case keeps. That a case has a version that was never published is a bug.</summary>
    public async ValueTask<CaseType> Of(string code, int version, CancellationToken cancel = default)
    {
        if (_versions.TryGetValue((code, version), out var known))
        {
            return known;
        }

        var body = await db.Scalar<string>(
            $"select body::text from casework.case_type where code = {code} and version = {version}", cancel)
            ?? throw new InvalidOperationException($"There is no version {version} of case type {code}.");
        return _versions.GetOrAdd((code, version), Read(body));
    }

    /// <summary>A new version, or the same when nothing differs.</summary>
    public async Task<Outcome<CaseType>> Publish(CaseType type, Caller who, CancellationToken cancel = default)
    {
        var published = await Publish([type], who, cancel);
        return published.Ok ? published.Value[0] : published.Refusals;
    }

    /// <summary>Of each that differs from what is published a new version: of all or, when something is wrong with one, of none.</summary>
    public async Task<Outcome<IReadOnlyList<CaseType>>> Publish(IReadOnlyList<CaseType> types, Caller who, CancellationToken cancel = default)
    {
        var refusals = new Refusals([.. types.SelectMany(CaseTypeCheck.Of)]);
        if (refusals.Any)
        {
            return refusals;
        }

        await Refresh(cancel);
        var fresh = types.Where(type => Find(type.Code) is not { } known || !Same(type, known)).ToList();
        if (fresh.Count > 0)
        {
            await db.InTransaction(session => Insert(session, fresh, who, cancel), cancel);
            await Refresh(cancel);
        }

        return Outcome.Of<IReadOnlyList<CaseType>>([.. types.Select(type => Find(type.Code)!)]);
    }

    private async Task Insert(Session session, IReadOnlyList<CaseType> types, Caller who, CancellationToken cancel)
    {
        // Nodes that publish the same at once wait for one another in the same order.
        var codes = types.Select(type => type.Code).Order(StringComparer.Ordinal).ToArray();
        await session.Run($"select pg_advisory_xact_lock(hashtextextended(code, 19)) from unnest({codes}) with ordinality as wanted (code, place) order by place", cancel);
        var stored = await session.List(
            $"select distinct on (code) body::text from casework.case_type where code = any({codes}) order by code, version desc", row => Read(row.GetString(0)), cancel);
        var before = stored.ToDictionary(type => type.Code, StringComparer.Ordinal);
        var next = types.Where(type => before.GetValueOrDefault(type.Code) is not { } known || !Same(type, known))
            .Select(type => type with { Version = (before.GetValueOrDefault(type.Code)?.Version ?? 0) + 1 }).ToList();
        if (next.Count == 0)
        {
            return;
        }

        await session.Run(
            $"""
            insert into casework.case_type (code, version, body, who_id, who_name, at)
            select code, version, body::jsonb, {who.Id}, {who.Name}, {time.GetUtcNow()}
            from unnest({next.Select(type => type.Code).ToArray()}, {next.Select(type => type.Version).ToArray()}, {next.Select(Write).ToArray()}) as type (code, version, body)
            """,
            cancel);

        // Seen by the other nodes with the commit, not before: whoever reads too early would not read again.
        await session.Run($"update casework.edition set number = number + 1", cancel);
    }

    /// <summary>Sees what another node has published.</summary>
    public async Task Refresh(CancellationToken cancel = default)
    {
        var generation = await db.Scalar<long>($"select number from casework.edition", cancel);
        if (generation == Interlocked.Read(ref _generation))
        {
            return;
        }

        // A version never changes: only those that came since are read.
        var known = _versions.Keys.ToList();
        var fresh = await db.List(
            $"""
            select body::text from casework.case_type
            where not exists (
                select 1 from unnest({known.Select(each => each.Code).ToArray()}::text[], {known.Select(each => each.Version).ToArray()}::int[]) as known (code, version)
                where known.code = case_type.code and known.version = case_type.version)
            """,
            row => Read(row.GetString(0)),
            cancel);
        foreach (var type in fresh)
        {
            _versions.TryAdd((type.Code, type.Version), type);
        }

        var current = _versions.Values.GroupBy(type => type.Code, StringComparer.Ordinal)
            .ToDictionary(versions => versions.Key, versions => versions.MaxBy(type => type.Version)!, StringComparer.Ordinal);

        // Of two who read at once the one with the older view may come last: it changes nothing.
        lock (_versions)
        {
            if (generation > _generation)
            {
                (_current, _generation) = (current, generation);
            }
        }
    }

    /// <summary>Whether the same is said, whatever the number of the version; the database does not keep the order of names.</summary>
    private static bool Same(CaseType one, CaseType other) => JsonNode.DeepEquals(
        JsonSerializer.SerializeToNode(one with { Version = other.Version }, DefinitionJson.Options), JsonSerializer.SerializeToNode(other, DefinitionJson.Options));

    internal static string Write(CaseType type) => JsonSerializer.Serialize(type, DefinitionJson.Options);

    internal static CaseType Read(string json) => JsonSerializer.Deserialize<CaseType>(json, DefinitionJson.Options)
        ?? throw new JsonException("A case type is a JSON object.");
}
