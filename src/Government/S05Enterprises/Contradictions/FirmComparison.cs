using System.Data;
using System.Diagnostics;
using System.Text.Json;
using Shali.Government.S05Enterprises.Authorities;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>What a comparison did.</summary>
/// <param name="Found">Contradictions that were not open before.</param>
/// <param name="Closed">Those that the databases no longer show.</param>
/// <param name="Changed">Open ones whose values are others now.</param>
public sealed record ComparisonResult(int Found, int Closed, int Changed, TimeSpan Took);

/// <summary>
/// Compares what the departments say of firms, in the database, for all firms at once or for those whose records changed. What is
/// found becomes a record, what is no longer found is closed: the databases decide, nobody by hand.
/// </summary>
public sealed class FirmComparison(Db db, RecordStore store, AuditLog log, KnownElsewhere elsewhere, TimeProvider time)
{
    /// <summary>More changed records than this are no longer looked at one by one.</summary>
    private const int ManyChanged = 5_000;

    /// <summary>Updates that go in one act.</summary>
    private const int ActSize = 500;

    private const long Lock = 0x5305;

    private static readonly ResourceDefinition Resource = Definition.Of<Contradiction>();

    private static readonly Sql Table = Sql.Name(Resource.Schema, Resource.Table);

    /// <summary>All firms.</summary>
    /// <param name="unlessSince">Not, where all were compared since then by another node.</param>
    public Task<ComparisonResult?> Whole(DateTimeOffset? unlessSince = null, CancellationToken cancel = default) => Alone(
        async () => unlessSince is { } since && await db.Scalar<bool>($"select whole_at >= {since} from enterprises.comparison", cancel) ? null : await All(cancel), cancel);

    /// <summary>The firms whose records changed since the last comparison; null: nothing did.</summary>
    public Task<ComparisonResult?> Changed(CancellationToken cancel = default) => Alone(() => Some(cancel), cancel);

    /// <summary>One after the other, on all nodes: what one writes the next one finds.</summary>
    private Task<ComparisonResult?> Alone(Func<Task<ComparisonResult?>> work, CancellationToken cancel) => db.Unhurried.InTransaction(
        async session =>
        {
            await session.Run($"select pg_advisory_xact_lock({Lock})", cancel);
            return await work();
        },
        cancel);

    private async Task<ComparisonResult?> All(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var position = await Placed(cancel);
        await elsewhere.Crosswalk(cancel);
        await elsewhere.Deaths(null, cancel);
        var result = await Write(await Judge(null, cancel), clock, cancel);
        await db.Run(
            $"update enterprises.comparison set position = greatest(position, {position}), whole_at = {time.GetUtcNow()}, whole_seconds = {clock.Elapsed.TotalSeconds}, wanted_at = null", cancel);
        return result;
    }

    private async Task<ComparisonResult?> Some(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var after = await db.Scalar<long>($"select position from enterprises.comparison", cancel);
        var position = await Placed(cancel);
        if (position <= after)
        {
            return null;
        }

        var changes = await Keys(after, position, cancel);
        if (changes.Sum(one => one.Keys.Length) > ManyChanged)
        {
            return await All(cancel);
        }

        var result = new ComparisonResult(0, 0, 0, clock.Elapsed);
        if (changes.Count > 0)
        {
            var (scope, subjects) = await Scope(changes, cancel);
            await elsewhere.Deaths(scope.Representatives, cancel);
            result = await Write(await Judge((scope, subjects), cancel), clock, cancel);
        }

        await db.Run($"update enterprises.comparison set position = greatest(position, {position})", cancel);
        return result;
    }

    private Task<long> Placed(CancellationToken cancel) => db.Scalar<long>($"select coalesce(max(position), -1) from enterprises.act", cancel);

    private async Task<List<(Authority Authority, string[] Keys)>> Keys(long after, long until, CancellationToken cancel)
    {
        var lines = await db.List(
            $"""
            select distinct j.resource, j.key from enterprises.act a join enterprises.journal j on j.act = a.id
            where a.position > {after} and a.position <= {until} and j.resource <> {Resource.Id} limit {ManyChanged + 1}
            """,
            row => (Resource: row.GetString(0), Key: row.GetString(1)), cancel);
        return [.. Authority.All.Select(authority => (authority, lines.Where(line => line.Resource == authority.Resource.Id).Select(line => line.Key).ToArray())).Where(one => one.Item2.Length > 0)];
    }

    /// <summary>Everything that a changed record concerns: the firm that it is about now and was about before, its branches, who shares something with it.</summary>
    private async Task<(ComparisonScope Scope, string[] Subjects)> Scope(List<(Authority Authority, string[] Keys)> changes, CancellationToken cancel)
    {
        var (phones, people) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (authority, keys) in changes)
        {
            var (key, any) = (authority.Key, ComparedTables.Texts(keys));
            numbers.UnionWith(await db.List(
                $"""
                select distinct n from (select {authority.Number("c.")} as n from {authority.Table} as c where c.{key} = any({any})
                    union select {authority.Number("c.")} from {authority.Past} as c where c.{key} = any({any})) as numbers where n is not null
                """,
                row => row.GetString(0), cancel));
            if (authority == Authority.Registration)
            {
                foreach (var (column, values) in new[] { ("phone", phones), ("representative_number", people) })
                {
                    values.UnionWith(await db.List(
                        $"""
                        select {Sql.Name(column)} from {authority.Table} where {key} = any({any}) and {Sql.Name(column)} is not null
                        union select {Sql.Name(column)} from {authority.Past} where {key} = any({any}) and {Sql.Name(column)} is not null
                        """,
                        row => row.GetString(0), cancel));
                }

                numbers.UnionWith(await db.List($"select credit_code from enterprises.registration where parent_code = any({any})", row => row.GetString(0), cancel));
            }
        }

        var organisations = await elsewhere.Organisations(numbers, cancel);
        var all = organisations.Concat(numbers).Concat(await elsewhere.Numbers(organisations, cancel)).Distinct(StringComparer.Ordinal).ToArray();
        return (new([.. organisations], all, [.. phones], [.. people]), [.. await Subjects(changes, cancel)]);
    }

    /// <summary>What stands for the changed records in the codes of contradictions that are about a record.</summary>
    private Task<List<string>> Subjects(List<(Authority Authority, string[] Keys)> changes, CancellationToken cancel) => db.List(
        Sql.Join(" union all ", changes.Select(one => Sql.Of($"select {one.Authority.Alias} || ':' || {ContradictionRules.Named(Sql.Trusted("k"))} from unnest({ComparedTables.Texts(one.Keys)}) as k"))),
        row => row.GetString(0), cancel);

    /// <summary>What the databases say now against what was known: only what differs.</summary>
    private Task<List<Difference>> Judge((ComparisonScope Scope, string[] Subjects)? some, CancellationToken cancel) => db.Unhurried.InTransaction(
        async session =>
        {
            foreach (var statement in ComparedTables.Make(some?.Scope))
            {
                await session.Run(statement, cancel);
            }

            await session.Run($"create temp table found (rule text, subject text, organisation text, name text, office text, v text[]) on commit drop", cancel);
            var day = new ComparisonDay(time.Today());
            var rules = ContradictionRules.All.Where(rule => some is null || !rule.WholeOnly).ToList();
            foreach (var rule in rules)
            {
                await session.Run(Sql.Of($"insert into found select {rule.Code}, f.* from ({rule.Found(day)}) as f(subject, organisation, name, office, v) {Concerned(rule, some)}"), cancel);
            }

            return await session.List(
                $"""
                with f as (select distinct on (rule, subject) *, to_jsonb(v)::text as says from found order by rule, subject, v)
                select coalesce(f.rule, c.rule), f.subject, f.organisation, f.name, f.office, f.says, c.code, c.state
                from f full join (select * from {Table} where rule = any({ComparedTables.Texts(rules.Select(rule => rule.Code))}) {Known(some)}) as c on c.code = f.rule || ':' || f.subject
                where c.code is null or (f.rule is null and c.state <> {ContradictionState.Closed})
                    or (f.rule is not null and (c.state = {ContradictionState.Closed} or c."values" <> f.says))
                """,
                Difference.Read, cancel);
        },
        cancel, IsolationLevel.RepeatableRead);

    /// <summary>Of what was found, what the comparison had everything for.</summary>
    private static Sql Concerned(ContradictionRule rule, (ComparisonScope Scope, string[] Subjects)? some) =>
        some is not { } given ? Sql.Empty
        : rule.OfMany ? Sql.Of($"where f.subject in ({Shared(given.Scope)})")
        : Sql.Of($"where f.organisation is null or f.organisation = any({ComparedTables.Texts(given.Scope.Organisations)})");

    /// <summary>Of what was known, what would have been found again if it still were so.</summary>
    private static Sql Known((ComparisonScope Scope, string[] Subjects)? some)
    {
        if (some is not { } given)
        {
            return Sql.Empty;
        }

        var many = ComparedTables.Texts(ContradictionRules.All.Where(rule => rule.OfMany).Select(rule => rule.Code));
        return Sql.Of(
            $"""
            and (organisation = any({ComparedTables.Texts(given.Scope.Organisations)})
                or substr(code, length(rule) + 2) = any({ComparedTables.Texts(given.Subjects)})
                or (rule = any({many}) and substr(code, length(rule) + 2) in ({Shared(given.Scope)})))
            """);
    }

    private static Sql Shared(ComparisonScope scope) => Sql.Of(
        $"""
        select substr(md5(salt || n), 1, 16) from enterprises.comparison cross join unnest({ComparedTables.Texts(scope.Phones.Concat(scope.Representatives))}) as n
        """);

    private async Task<ComparisonResult> Write(List<Difference> differences, Stopwatch clock, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var act = new Act(Caller.Platform("enterprises"), "enterprises.compare", Text.Purpose);
        var fresh = differences.Where(one => one.Code is null).ToList();
        if (fresh.Count > 0)
        {
            var rows = fresh.Select(one => ($"{one.Rule}:{one.Subject}", Row(one, now))).ToList();
            await db.Unhurried.InTransaction(session => RecordCopy.Insert(session, Resource.Schema, act, [RecordCopy.Prepare(new(Resource, rows))], time, cancel), cancel);
            log.Wake(Resource.Schema);
        }

        foreach (var some in differences.Where(one => one.Code is not null).Chunk(ActSize))
        {
            // What a record says now counts, under its lock: its case may have been noted on it, or an explanation, since it was compared.
            var written = await store.Write(
                act, Resource.Schema,
                async session =>
                {
                    var refusals = Refusals.None;
                    foreach (var one in some)
                    {
                        if (await session.Get(Resource, one.Code!, cancel) is { } record && Values(one, Typed<Contradiction>.Of(record), now) is { } values)
                        {
                            refusals = refusals.And((await session.Apply(new Change.Update(Resource, one.Code!, record.Version, values), cancel)).Refusals);
                        }
                    }

                    return refusals;
                },
                cancel);
            if (!written.Ok)
            {
                throw new InvalidOperationException(written.Refusals.ToString());
            }
        }

        return new(
            differences.Count(one => one.Subject is not null && one.State is null or ContradictionState.Closed), differences.Count(one => one.Subject is null),
            differences.Count(one => one.Subject is not null && one.State is ContradictionState.Open or ContradictionState.Explained), clock.Elapsed);
    }

    private static object?[] Row(Difference one, DateTimeOffset now)
    {
        var plan = Plan.Of(Resource);
        var row = new object?[plan.Fields.Length];
        foreach (var (field, value) in Typed<Contradiction>.Values(new Contradiction
        {
            Code = $"{one.Rule}:{one.Subject}",
            Rule = one.Rule,
            Organisation = one.Organisation,
            Name = Cut(one.Name!, 200),
            Office = one.Office!,
            Statement = one.Statement,
            Values = one.Says!,
            State = ContradictionState.Open,
            FoundAt = now,
            Returned = 0,
        }))
        {
            row[plan.Position(field)] = value;
        }

        return row;
    }

    /// <summary>What changes of the record; null: nothing.</summary>
    private static Dictionary<string, object?>? Values(Difference one, Contradiction there, DateTimeOffset now)
    {
        if (one.Subject is null)
        {
            return there.State == ContradictionState.Closed ? null : new(StringComparer.Ordinal) { ["state"] = ContradictionState.Closed, ["closed_at"] = now };
        }

        if (there.State == ContradictionState.Explained && there.Values == one.Says)
        {
            return null;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = Cut(one.Name!, 200),
            ["office"] = one.Office,
            ["statement"] = one.Statement,
            ["values"] = one.Says,
            ["state"] = ContradictionState.Open,
        };
        if (there.State != ContradictionState.Open)
        {
            (values["returned"], values["found_at"], values["closed_at"]) = (there.Returned + 1, now, null);
            if (there.CaseEnded == true)
            {
                // What comes back, or what was explained and is another now, is sent anew.
                (values["case"], values["case_ended"]) = (null, null);
            }
        }

        return values;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    /// <param name="Subject">Null: it is not found any more.</param>
    /// <param name="Code">Null: it was never known.</param>
    private sealed record Difference(string Rule, string? Subject, string? Organisation, string? Name, string? Office, string? Says, string? Code, string? State)
    {
        public string Statement => Cut(ContradictionRules.Find(Rule)!.Explain([.. JsonSerializer.Deserialize<string?[]>(Says!)!.Select(value => value ?? "")]), 1_000);

        public static Difference Read(Npgsql.NpgsqlDataReader row)
        {
            string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
            return new(row.GetString(0), Text(1), Text(2), Text(3), Text(4), Text(5), Text(6), Text(7));
        }
    }
}
