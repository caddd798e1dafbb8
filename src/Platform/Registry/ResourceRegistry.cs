using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Types;
using Shali.Platform.Systems;

namespace Shali.Platform.Registry;

/// <summary>
/// All resource definitions of the city, those in code and those that offices made at run time. Publishing derives
/// the table at once; every door sees the new definition with its next request.
/// </summary>
public sealed partial class ResourceRegistry(Db db, IReadOnlyList<CitySystem> systems, TimeProvider time) : IDisposable
{
    public const int FieldsMax = 200;

    private readonly SemaphoreSlim _publishing = new(1);
    private readonly KeptReading<Snapshot> _known = new(Snapshot.Empty);
    private readonly IReadOnlyList<CodeList> _ownLists = Once([.. NationalCodes.All, .. systems.SelectMany(system => system.CodeLists)]);
    private IDisposable? _asked;

    /// <summary>The current version of every resource, ordered by id.</summary>
    public IReadOnlyList<ResourceDefinition> All => _known.Value.All;

    /// <summary>Rises with every published change on any node: cache keys of derived things.</summary>
    public long Generation => _known.Value.Generation;

    /// <summary>Every schema that has an act table.</summary>
    public IReadOnlyList<string> Schemas => _known.Value.Schemas;

    public IReadOnlyList<CodeList> CodeLists => _known.Value.CodeLists;

    /// <summary>By id (<c>population/person</c>) or address (<c>population.person</c>).</summary>
    public ResourceDefinition? Find(string idOrAddress) => _known.Value.ByName.GetValueOrDefault(idOrAddress);

    public CodeList? Codes(string name) => _known.Value.Codes.GetValueOrDefault(name);

    /// <summary>
    /// Brings the tables up to the definitions in code and reads those made at run time. Refuses the start when a
    /// definition in code asks for more than additive change without an upgrade script.
    /// </summary>
    public async Task Open(CancellationToken cancel = default)
    {
        // Several registries can live in one process (the demo's past, tests, tools): a list that this one does not know is another's.
        _asked = FieldTypes.Ask(Codes);
        await Read(cancel);
        var outcome = await Exclusively(
            async session =>
            {
                foreach (var schema in await session.List(Shape.Older, row => row.GetString(0), cancel))
                {
                    await session.Run(Shape.Schema(schema), cancel);
                }

                // Nearly always nothing has changed since the last start, and what was just read is what is stored.
                var current = await session.Scalar<long>($"select number from registry.edition", cancel) == Generation;
                foreach (var definition in systems.SelectMany(system => system.Resources).Where(definition => !current || !Same(definition, Find(definition.Id))))
                {
                    var refusals = await Store(session, definition, Caller.Platform("start"), null, cancel);
                    if (refusals.Any)
                    {
                        throw new StartRefusedException($"资源 {definition.Id} 的定义与数据库中的表不相容：{refusals}");
                    }
                }

                return Refusals.None;
            },
            cancel);
        _ = outcome;
    }

    /// <summary>Sees what other nodes have published. Called by a worker, several times a second.</summary>
    public async Task Refresh(CancellationToken cancel = default)
    {
        if (await db.Scalar<long>($"select number from registry.edition", cancel) != Generation)
        {
            await Read(cancel);
        }
    }

    /// <summary>All versions of a definition, oldest first.</summary>
    public async Task<IReadOnlyList<(ResourceDefinition Definition, DateTimeOffset At, string Who)>> Versions(
        string id, CancellationToken cancel = default) =>
        await db.List(
            $"select body::text, at, who_name from registry.definition where id = {Find(id)?.Id ?? id} order by version",
            row => (DefinitionJson.Read(row.GetString(0)), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2)),
            cancel);

    /// <summary>
    /// Makes or changes a resource. Additive change happens online and at once; anything else is refused with the
    /// reason and the way to do it.
    /// </summary>
    public Task<Outcome<ResourceDefinition>> Publish(ResourceDefinition definition, Caller who, CancellationToken cancel = default) =>
        Publish(definition, who, null, cancel);

    /// <summary>As above, for people, who change what they saw.</summary>
    /// <param name="expected">The version that the writer saw, 0 for a new one: when somebody else was quicker it is
    /// refused, also when both come at the same moment. Null: any.</param>
    public async Task<Outcome<ResourceDefinition>> Publish(
        ResourceDefinition definition, Caller who, int? expected, CancellationToken cancel = default)
    {
        if (Find(definition.Id) is { RunTime: false })
        {
            return new Refusal("REG-S10", "id", Text.CodeDefined);
        }

        definition = definition with { RunTime = true };
        var refusals = Check(definition);
        if (refusals.Any)
        {
            return refusals;
        }

        refusals = await Exclusively(session => Store(session, definition, who, expected, cancel), cancel);
        return refusals.Any ? refusals : Find(definition.Id)!;
    }

    /// <summary>A code list that an office made: added to or replaced as a whole; codes in use stay.</summary>
    public async Task<Outcome<CodeList>> Publish(CodeList list, Caller who, CancellationToken cancel = default)
    {
        if (_ownLists.Any(own => own.Name == list.Name))
        {
            return new Refusal("REG-S10", "name", Text.CodeDefined);
        }

        var refusals = await Exclusively(
            async session =>
            {
                // Inside the lock: what somebody else added a moment ago must stay as well.
                var before = await session.One(
                    $"select body::text from registry.code_list where name = {list.Name}",
                    row => JsonSerializer.Deserialize<CodeList>(row.GetString(0), DefinitionJson.Options)!,
                    cancel);
                if (before?.Codes.FirstOrDefault(code => list.Find(code.Value) is null) is { } lost)
                {
                    return Refusals.Of(new Refusal("REG-S11", "codes", Text.CodeRemoved(lost.Value)));
                }

                await session.Run(
                    $"""
                    insert into registry.code_list (name, body, who_id, at)
                    values ({list.Name}, {Sql.Value(JsonSerializer.Serialize(list, DefinitionJson.Options), NpgsqlDbType.Jsonb)}, {who.Id}, {time.GetUtcNow()})
                    on conflict (name) do update set body = excluded.body, who_id = excluded.who_id, at = excluded.at
                    """,
                    cancel);
                await Announce(session, cancel);
                return Refusals.None;
            },
            cancel);
        return refusals.Any ? refusals : list;
    }

    /// <summary>What publishing would refuse, without doing it.</summary>
    public Refusals Check(ResourceDefinition definition)
    {
        var own = Wellformed(definition);
        return Find(definition.Id) is { } before ? own.And(Shape.Conflicts(before, definition)) : own;
    }

    public void Dispose()
    {
        _asked?.Dispose();
        _publishing.Dispose();
    }

    private Refusals Wellformed(ResourceDefinition definition)
    {
        var refusals = new List<Refusal>();
        void Refuse(bool wrong, string code, string field, string sentence)
        {
            if (wrong)
            {
                refusals.Add(new(code, field, sentence));
            }
        }

        Refuse(!IdPattern().IsMatch(definition.Id) || definition.Table.EndsWith("__past", StringComparison.Ordinal), "REG-S20", "id", Text.BadId);
        Refuse(definition.Table is "act" or "journal" or "idempotency" || definition.Schema == Exchange.Services.ServiceBook.Schema, "REG-S20", "id", Text.BadId);
        Refuse(string.IsNullOrWhiteSpace(definition.Name), "REG-S21", "name", Text.NoName);
        Refuse(definition.Fields.Count == 0, "REG-S22", "fields", Text.NoFields);
        Refuse(definition.Fields.Count > FieldsMax, "REG-S23", "fields", Text.TooManyFields(FieldsMax));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in definition.Fields)
        {
            Refuse(!NamePattern().IsMatch(field.Name), "REG-S24", field.Name, Text.BadField(field.Name));
            Refuse(!seen.Add(field.Name), "REG-S25", field.Name, Text.DoubleField(field.Name));
            Refuse(string.IsNullOrWhiteSpace(field.Label), "REG-S26", field.Name, Text.NoLabel(field.Name));
            Refuse(field.Type.Name == "code" && (field.CodeList is null || Codes(field.CodeList) is null), "REG-S27", field.Name, Text.NoCodeList(field.Label, field.CodeList));
            Refuse(field.Type.Name == "link" && (field.Target is null || (definition.RunTime && Find(field.Target) is null && field.Target != definition.Id)), "REG-S28", field.Name, Text.NoTargetResource(field.Label, field.Target));
            Refuse(field.Pattern is not null && !Wellformed(field.Pattern), "REG-S29", field.Name, Text.BadPattern(field.Label));
        }

        Refuse(definition.Key is { } key && !seen.Contains(key), "REG-S30", "key", Text.NoSuchField("主键", definition.Key ?? ""));
        Refuse(definition.Title is { } title && !seen.Contains(title), "REG-S30", "title", Text.NoSuchField("标题", definition.Title ?? ""));
        Refuse(definition.Subject is { Length: > 0 } subject && !seen.Contains(subject), "REG-S30", "subject", Text.NoSuchField("当事人", definition.Subject ?? ""));
        Refuse(definition.KeptTo is not null && definition.ScopeField is null, "REG-S30", "scope_field", Text.KeptToNobody);
        Refuse(definition.ScopeField is { } scope && !seen.Contains(scope), "REG-S30", "scope_field", Text.NoSuchField("数据范围", definition.ScopeField ?? ""));
        foreach (var match in definition.Match.Where(match => !seen.Contains(match)))
        {
            Refuse(true, "REG-S30", "match", Text.NoSuchField("对照", match));
        }

        return new(refusals);
    }

    private async Task<Refusals> Store(
        Session session, ResourceDefinition definition, Caller who, int? expected, CancellationToken cancel)
    {
        var stored = await session.One(
            $"select body::text from registry.definition where id = {definition.Id} order by version desc limit 1",
            row => DefinitionJson.Read(row.GetString(0)),
            cancel);
        if (expected is { } seen && seen != (stored?.Version ?? 0))
        {
            return Refusals.Of(seen == 0
                ? new Refusal("REG-D43", "id", Design.Text.AlreadyThere)
                : new Refusal("REG-D60", "", Pages.Text.DefinitionMoved));
        }

        if (stored is null)
        {
            var wrong = Wellformed(definition);
            if (wrong.Any)
            {
                return wrong;
            }

            await session.Run(Shape.Schema(definition.Schema), cancel);
            await session.Run(Shape.Create(definition), cancel);
            definition = definition with { Version = 1 };
        }
        else
        {
            if (Same(definition, stored))
            {
                return Refusals.None;
            }

            definition = definition with { Version = stored.Version };
            var conflicts = Wellformed(definition).And(Shape.Conflicts(stored, definition));
            if (conflicts.Any)
            {
                return conflicts;
            }

            definition = definition with { Version = stored.Version + 1 };
            var change = Shape.Alter(stored, definition);
            if (!change.IsEmpty)
            {
                await session.Run(change, cancel);
            }
        }

        await session.Run(
            $"""
            insert into registry.definition (id, version, body, who_id, who_name, at) values (
                {definition.Id}, {definition.Version}, {Sql.Value(DefinitionJson.Write(definition), NpgsqlDbType.Jsonb)},
                {who.Id}, {who.Name}, {time.GetUtcNow()})
            """,
            cancel);
        await Announce(session, cancel);
        return Refusals.None;
    }

    private static bool Same(ResourceDefinition definition, ResourceDefinition? stored) =>
        stored is not null && DefinitionJson.Write(definition with { Version = stored.Version }) == DefinitionJson.Write(stored);

    // Publishing is rare and takes table locks for a moment: one at a time over all nodes, and rather refused by a
    // lock time-out than queueing in front of everybody's reads.
    private async Task<Refusals> Exclusively(Func<Session, Task<Refusals>> work, CancellationToken cancel)
    {
        await _publishing.WaitAsync(cancel);
        try
        {
            var refusals = await db.Unhurried.InTransaction(
                async session =>
                {
                    await session.Run($"select pg_advisory_xact_lock(4991)", cancel);
                    await session.Run($"set local lock_timeout = '5s'", cancel);
                    return await work(session);
                },
                cancel);
            await Refresh(cancel);
            return refusals;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return Refusals.Of(new Refusal("REG-S12", "", Text.Busy));
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Seen by the other nodes with the commit, not before: whoever reads too early would not read again.</summary>
    private static Task<int> Announce(Session session, CancellationToken cancel) => session.Run($"update registry.edition set number = number + 1", cancel);

    private Task Read(CancellationToken cancel) => _known.Read(() => Stored(cancel));

    private async Task<Snapshot> Stored(CancellationToken cancel)
    {
        var generation = await db.Scalar<long>($"select number from registry.edition", cancel);
        var lists = await db.List(
            $"select body::text from registry.code_list",
            row => JsonSerializer.Deserialize<CodeList>(row.GetString(0), DefinitionJson.Options)!,
            cancel);

        // A city has thousands of definitions and each is published alone: what is known at its latest version is not read again.
        var before = _known.Value;
        var (ids, versions) = (before.All.Select(known => known.Id).ToArray(), before.All.Select(known => known.Version).ToArray());
        var news = await db.List(
            $"""
            select body::text from registry.definition as d
            where version = (select max(version) from registry.definition where id = d.id)
                and not exists (select from unnest({ids}, {versions}) as known (id, version) where known.id = d.id and known.version = d.version)
            """,
            row => DefinitionJson.Read(row.GetString(0)),
            cancel);
        return Snapshot.Of(generation, before, news, [.. _ownLists.Concat(lists).DistinctBy(list => list.Name)]);
    }

    /// <summary>Several systems may use one list; two lists of one name would hide one another.</summary>
    internal static IReadOnlyList<CodeList> Once(IReadOnlyList<CodeList> lists)
    {
        var twice = lists.GroupBy(list => list.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Any(list => !ReferenceEquals(list, group.First())));
        return twice is null ? [.. lists.Distinct()] : throw new InvalidOperationException($"Two code lists are called {twice.Key}.");
    }

    private static bool Wellformed(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromMilliseconds(50));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}/[a-z][a-z0-9-]{0,38}$")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,47}$")]
    private static partial Regex NamePattern();

    private sealed record Snapshot(
        long Generation,
        IReadOnlyList<ResourceDefinition> All,
        Dictionary<string, ResourceDefinition> ByName,
        IReadOnlyList<CodeList> CodeLists,
        Dictionary<string, CodeList> Codes,
        IReadOnlyList<string> Schemas)
    {
        public static readonly Snapshot Empty = new(-1, [], [], [], [], []);

        public static Snapshot Of(
            long generation, Snapshot before, IReadOnlyList<ResourceDefinition> news, IReadOnlyList<CodeList> lists)
        {
            // A definition that did not change stays the same object: plans and caches hang on it.
            var all = news.Concat(before.All)
                .DistinctBy(definition => definition.Id, StringComparer.Ordinal)
                .OrderBy(definition => definition.Id, StringComparer.Ordinal)
                .ToList();
            var byName = new Dictionary<string, ResourceDefinition>(StringComparer.Ordinal);
            foreach (var definition in all)
            {
                byName[definition.Id] = definition;
                byName[definition.Address] = definition;
            }

            return new(
                generation, all, byName, lists,
                ByListName(lists),
                [.. all.Select(definition => definition.Schema).Distinct(StringComparer.Ordinal)]);
        }

        // A later list of the same name stands in for an earlier one: a city may have an edition of its own.
        private static Dictionary<string, CodeList> ByListName(IReadOnlyList<CodeList> lists)
        {
            var byName = new Dictionary<string, CodeList>(StringComparer.Ordinal);
            foreach (var list in lists)
            {
                byName[list.Name] = list;
            }

            return byName;
        }
    }
}
