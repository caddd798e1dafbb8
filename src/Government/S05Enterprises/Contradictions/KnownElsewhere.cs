using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S05Enterprises.Contradictions;

/// <summary>
/// What the comparison needs of other bases and reads by grant: old numbers and the codes of other entities from the base of
/// legal entities, and who of those who represent a living firm has died. Nothing else of them is kept.
/// </summary>
public sealed class KnownElsewhere(Db db, GovernedReader reader, ResourceRegistry registry)
{
    private const int Some = 500;

    private static readonly Caller System = Caller.OfSystem("enterprises", Caller.Platform("enterprises"));

    /// <summary>Kinds that the market regulator registers: they are compared by its own database.</summary>
    private static readonly object[] Market = ["enterprise", "sole-trader", "cooperative", "branch"];

    /// <summary>Reads all numbers anew.</summary>
    public async Task Crosswalk(CancellationToken cancel = default)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Read("legal-entities/entity", "organisation_code", "kind") is { } entities)
        {
            await foreach (var entity in reader.Stream(entities, new RecordQuery { Where = new Filter.Not(new Filter.In("kind", Market)) }, cancel))
            {
                lines[entity.Key] = entity.Key;
            }
        }

        if (Read("legal-entities/old-number", "entity", "number") is { } numbers)
        {
            await foreach (var number in reader.Stream(numbers, new RecordQuery(), cancel))
            {
                lines[number.Record.Text("number")!] = number.Record.Text("entity")!;
            }
        }

        await db.Unhurried.InTransaction(
            async session =>
            {
                await session.Run($"create temp table fresh (number text collate \"C\", organisation text collate \"C\") on commit drop", cancel);
                await using (var copy = await session.Copy(Sql.Of($"fresh (number, organisation)"), cancel))
                {
                    foreach (var (number, organisation) in lines)
                    {
                        copy.StartRow();
                        copy.Write(number, NpgsqlDbType.Text);
                        copy.Write(organisation, NpgsqlDbType.Text);
                    }

                    await copy.CompleteAsync(cancel);
                }

                // The registrar's own file knows the number that a firm had with it; what the base says of the number counts more.
                await session.Run(
                    $"""
                    insert into fresh select registration_number, min(substr(credit_code, 9, 9)) from enterprises.registration r
                    where registration_number <> '' and not exists (select 1 from fresh f where f.number = r.registration_number) group by registration_number
                    """,
                    cancel);
                await session.Run($"delete from enterprises.crosswalk c where not exists (select 1 from fresh f where f.number = c.number)", cancel);
                await session.Run(
                    $"""
                    insert into enterprises.crosswalk as c select number, organisation from fresh
                    on conflict (number) do update set organisation = excluded.organisation where c.organisation <> excluded.organisation
                    """,
                    cancel);
                await session.Run($"analyze enterprises.crosswalk", cancel);
            },
            cancel);
    }

    /// <summary>The organisation codes behind numbers; what no database has met before is asked of the base of legal entities.</summary>
    public async Task<IReadOnlyCollection<string>> Organisations(IReadOnlyCollection<string> numbers, CancellationToken cancel = default)
    {
        var found = numbers.Where(number => number.Length is 18 or 9).Select(number => number.Length == 18 ? number[8..17] : number).ToHashSet(StringComparer.Ordinal);
        var old = numbers.Where(number => number.Length is not (18 or 9)).ToArray();
        var known = (await Crossed(old, cancel)).ToDictionary(one => one.Number, one => one.Organisation, StringComparer.Ordinal);
        foreach (var (number, organisation) in await Registered(old.Except(known.Keys, StringComparer.Ordinal).ToArray(), cancel))
        {
            await Learn(number, organisation, known, cancel);
        }

        if (old.Except(known.Keys, StringComparer.Ordinal).ToArray() is { Length: > 0 } strange && Read("legal-entities/old-number", "entity", "number") is { } request)
        {
            foreach (var some in strange.Chunk(Some))
            {
                var page = await reader.List(request, new RecordQuery { Where = new Filter.In("number", [.. some]), Limit = Some * 2 }, cancel);
                foreach (var record in page.Value.Records)
                {
                    await Learn(record.Record.Text("number")!, record.Record.Text("entity")!, known, cancel);
                }
            }
        }

        found.UnionWith(known.Values);
        return found;
    }

    /// <summary>Every number by which some database may know these firms.</summary>
    public Task<List<string>> Numbers(IReadOnlyCollection<string> organisations, CancellationToken cancel = default) => db.List(
        $"""
        select number from enterprises.crosswalk where organisation = any({ComparedTables.Texts(organisations)})
        union select credit_code from enterprises.registration where substr(credit_code, 9, 9) = any({ComparedTables.Texts(organisations)})
        union select registration_number from enterprises.registration where substr(credit_code, 9, 9) = any({ComparedTables.Texts(organisations)}) and registration_number <> ''
        """,
        row => row.GetString(0), cancel);

    /// <summary>Which of those who represent living firms have died.</summary>
    /// <param name="numbers">Only of these people; null: of all.</param>
    public async Task Deaths(IReadOnlyCollection<string>? numbers, CancellationToken cancel = default)
    {
        if (Read("population/person", "name", "citizen_number", "death_date") is not { } request)
        {
            return;
        }

        var asked = numbers ?? await db.Unhurried.List(
            $"select distinct representative_number from enterprises.registration where representative_number <> '' and state in ('1', '7', '8')", row => row.GetString(0), cancel);
        var dead = new Dictionary<(string Number, string Name), DateOnly>();
        foreach (var some in asked.Chunk(QuerySize))
        {
            // Only who has died is read, and is on record as read.
            var where = Filter.All(new Filter.In("citizen_number", [.. some]), new Filter.Not(new Filter.IsNull("death_date")));
            foreach (var person in (await reader.List(request, new RecordQuery { Where = where, Limit = QuerySize }, cancel)).Value.Records)
            {
                dead[(person.Record.Text("citizen_number")!, person.Record.Text("name")!)] = (DateOnly)person.Record["death_date"]!;
            }
        }

        await db.InTransaction(
            async session =>
            {
                var (known, names, days) = (dead.Keys.Select(one => one.Number).ToArray(), dead.Keys.Select(one => one.Name).ToArray(), dead.Values.ToArray());
                var gone = numbers is null ? Sql.Of($"true") : Sql.Of($"number = any({ComparedTables.Texts(numbers)})");
                await session.Run($"delete from enterprises.death where {gone}", cancel);
                await session.Run(
                    $"""
                    insert into enterprises.death select * from unnest({ComparedTables.Texts(known)}, {ComparedTables.Texts(names)}, {Sql.Value(days, NpgsqlDbType.Array | NpgsqlDbType.Date)})
                    """,
                    cancel);
            },
            cancel);
    }

    private const int QuerySize = 5_000;

    private async Task Learn(string number, string organisation, Dictionary<string, string> known, CancellationToken cancel)
    {
        await db.Run($"insert into enterprises.crosswalk values ({number}, {organisation}) on conflict (number) do nothing", cancel);
        known[number] = organisation;
    }

    private async Task<List<(string Number, string Organisation)>> Registered(string[] numbers, CancellationToken cancel) => numbers.Length == 0 ? [] : await db.List(
        $"select registration_number, substr(credit_code, 9, 9) from enterprises.registration where registration_number = any({ComparedTables.Texts(numbers)})",
        row => (row.GetString(0), row.GetString(1)), cancel);

    private async Task<List<(string Number, string Organisation)>> Crossed(string[] numbers, CancellationToken cancel) => numbers.Length == 0 ? [] : await db.List(
        $"select number, organisation from enterprises.crosswalk where number = any({ComparedTables.Texts(numbers)})", row => (row.GetString(0), row.GetString(1)), cancel);

    /// <summary>Null: the base is not in this city, or the authority has suspended the grant.</summary>
    private ReadRequest? Read(string id, params string[] fields) =>
        registry.Find(id) is { } resource && new ReadRequest(System, resource, Text.Purpose) { Fields = fields } is var request && reader.AccessOf(request) is not null ? request : null;
}
