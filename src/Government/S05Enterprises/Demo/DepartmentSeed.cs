using Shali.Government.S05Enterprises.Authorities;
using Shali.Government.S05Enterprises.Contradictions;
using Shali.Platform.Audit;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;

namespace Shali.Government.S05Enterprises.Demo;

/// <summary>
/// Fills the departments' databases of a demo city from its firms, with contradictions that stand in <c>demo-truth.csv</c>, and
/// compares them for the first time.
/// </summary>
public sealed class DepartmentSeed(Db db, RecordReader reader, AuditLog log, FirmComparison comparison, GrantBook grants, ResourceRegistry registry, TimeProvider time)
{
    /// <summary>What the demo city marks when it is done.</summary>
    public const string Stage = "departments";

    private const int ChunkFirms = 10_000;
    private const int DeadMost = 2_000;

    private static readonly Caller Demo = Caller.Platform("demo");

    /// <summary>Writes the rows of firms; what was put in.</summary>
    /// <param name="every">About one firm in so many gets a contradiction.</param>
    public async Task<IReadOnlyList<SeededContradiction>> Write(
        IAsyncEnumerable<DepartmentFirm> firms, ulong dice, int every, IReadOnlyList<(string Name, string Number)> dead, CancellationToken cancel = default)
    {
        var salt = (await db.Scalar<string>($"select salt from enterprises.comparison", cancel))!;
        var city = new DepartmentCity(dice, time.Today(), every, dead, salt);
        var rows = new DepartmentRows();
        await foreach (var firm in firms.WithCancellation(cancel))
        {
            city.Make(firm, rows);
            if (rows.Firms == ChunkFirms)
            {
                await Put(rows, cancel);
                rows = new();
            }
        }

        await Put(rows, cancel);
        return city.Truth;
    }

    private async Task Put(DepartmentRows rows, CancellationToken cancel)
    {
        // The same firms are made again after a stop: what stands there already was written by the first time.
        await db.Unhurried.InTransaction(
            async session =>
            {
                var fresh = new List<RecordBatch>();
                foreach (var batch in rows.Batches)
                {
                    var plan = Plan.Of(batch.Resource);
                    var there = (await session.List(
                        $"select {Sql.Trusted(plan.KeyColumn)} from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = any({ComparedTables.Texts(batch.Rows.Select(row => row.Key))})",
                        row => row.GetString(0), cancel)).ToHashSet(StringComparer.Ordinal);
                    fresh.Add(new(batch.Resource, [.. batch.Rows.Where(row => !there.Contains(row.Key))]));
                }

                await RecordCopy.Insert(session, Authority.Schema, new Act(Demo, "demo.departments", "演示城市"), [.. fresh.Where(batch => batch.Rows.Count > 0).Select(RecordCopy.Prepare)], time, cancel);
            },
            cancel);
        if (registry.Find("legal-entities/old-number") is { } numbers && rows.Numbers.Count > 0)
        {
            var batch = new RecordBatch(numbers, [.. rows.Numbers.Select(one => ($"insurance-{one.Number}", (object?[])[one.Organisation, "insurance", one.Number, null]))]);
            var there = await db.Scalar<bool>($"select exists (select 1 from {Sql.Name(numbers.Schema, numbers.Table)} where number = {rows.Numbers[0].Number})", cancel);
            if (!there)
            {
                await db.Unhurried.InTransaction(session => RecordCopy.Insert(session, numbers.Schema, new Act(Demo, "demo.departments", "演示城市"), [RecordCopy.Prepare(batch)], time, cancel), cancel);
            }
        }

        log.Wake(Authority.Schema);
    }

    /// <summary>The departments of a whole demo city.</summary>
    /// <param name="truthFile">Gets a line for each contradiction that was put in.</param>
    public async Task Fill(ulong dice, string truthFile, Action<string> say, CancellationToken cancel = default)
    {
        var entities = registry.Find("legal-entities/entity")!;
        var count = await db.Unhurried.Scalar<long>($"select count(*) from {Sql.Name(entities.Schema, entities.Table)}", cancel);
        var truth = await Write(Firms(entities, cancel), dice, (int)Math.Clamp(count / 60, 6, 100), await Dead(cancel), cancel);

        // A start that was killed says the same again.
        var told = File.Exists(truthFile) ? (await File.ReadAllLinesAsync(truthFile, cancel)).ToHashSet(StringComparer.Ordinal) : [];
        await File.AppendAllLinesAsync(truthFile, truth.Select(one => $"{one.Rule},enterprises/contradiction,{one.Code},,{one.Note}").Where(line => !told.Contains(line)), cancel);
        await db.Unhurried.Run(Sql.Of($"analyze"), cancel);

        // The host has not begun yet: what it may read of other bases stands in grants that it has not heard of.
        await grants.Reload(cancel);
        var found = await comparison.Whole(null, cancel);
        say(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"演示城市：{count:N0} 个单位在八个部门数据库中的信息已经比对，发现 {found?.Found:N0} 处矛盾"));
    }

    /// <summary>The firms of the base of legal entities, with the numbers of those who represent them.</summary>
    private async IAsyncEnumerable<DepartmentFirm> Firms(ResourceDefinition entities, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var old = (await db.Unhurried.List(
            $"select entity, min(number) from legal_entities.old_number where kind = 'registration' group by entity", row => (row.GetString(0), Number: row.GetString(1)), cancel))
            .GroupBy(one => one.Number, StringComparer.Ordinal).Where(group => group.Count() == 1).ToDictionary(group => group.First().Item1, group => group.Key, StringComparer.Ordinal);
        var market = new RecordQuery { Where = new Filter.In("kind", ["enterprise", "sole-trader", "cooperative", "branch"]) };
        var chunk = new List<Record>();
        await foreach (var record in reader.Stream(entities, market, cancel))
        {
            chunk.Add(record);
            if (chunk.Count == 1_000)
            {
                foreach (var firm in await Of(chunk, old, cancel))
                {
                    yield return firm;
                }

                chunk.Clear();
            }
        }

        foreach (var firm in await Of(chunk, old, cancel))
        {
            yield return firm;
        }
    }

    private async Task<IReadOnlyList<DepartmentFirm>> Of(List<Record> chunk, Dictionary<string, string> old, CancellationToken cancel)
    {
        var people = ComparedTables.Texts(chunk.Select(record => record.Text("representative_person")).OfType<string>());
        var numbers = (await db.List(
            $"select _key, citizen_number from population.person where _key = any({people}) and citizen_number is not null", row => (row.GetString(0), row.GetString(1)), cancel))
            .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        var parents = (await db.List(
            $"select organisation_code, credit_code from legal_entities.entity where organisation_code = any({ComparedTables.Texts(chunk.Select(record => record.Text("parent")).OfType<string>())})",
            row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), cancel)).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        return
        [
            .. chunk.Where(record => record.Text("credit_code") is not null).Select(record => new DepartmentFirm(
                record.Key, record.Text("credit_code")!, record.Text("name")!,
                record.Text("kind") switch { "enterprise" => "company", var kind => kind! },
                record.Text("state") switch
                {
                    "active" or "simple-notice" => "1", "suspended" => "7", "revoked" => "2", "liquidating" => "8", "deregistered" => "4", "annulled" => "5", _ => "6",
                },
                (DateOnly)record["established_on"]!)
            {
                OldNumber = old.GetValueOrDefault(record.Key),
                Ended = (DateOnly?)record["ended_on"],
                Representative = record.Text("representative_name"),
                RepresentativeNumber = record.Text("representative_person") is { } person ? numbers.GetValueOrDefault(person) : null,
                Capital = (decimal?)record["capital"],
                Industry = record.Text("industry"),
                Address = record.Text("address") ?? "",
                Phone = record.Text("phone"),
                ParentCode = record.Text("parent") is { } parent ? parents.GetValueOrDefault(parent) ?? parent : null,
                Registrar = record.Text("registrar") ?? "",
                Insured = (long?)record["insured"] ?? 0,
            }),
        ];
    }

    /// <summary>Some of the dead whose number is nobody else's.</summary>
    private Task<List<(string Name, string Number)>> Dead(CancellationToken cancel) => db.Unhurried.List(
        $"""
        select p.name, p.citizen_number from population.person p where p.death_date is not null and p.citizen_number is not null
            and not exists (select 1 from population.person o where o.citizen_number = p.citizen_number and o._key <> p._key)
            and not exists (select 1 from legal_entities.entity e where e.representative_person = p._key collate "C")
        order by p._key limit {DeadMost}
        """,
        row => (row.GetString(0), row.GetString(1)), cancel);
}
