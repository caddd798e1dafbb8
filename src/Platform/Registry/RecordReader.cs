using System.Runtime.CompilerServices;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// Reads records as they are stored: no permission, no mask, no read record. For systems' own rules and workers;
/// what goes to a caller goes through <see cref="GovernedReader"/>.
/// </summary>
public sealed class RecordReader(Db db)
{
    private readonly KeyedReads _keyed = new(db);

    public Task<Record?> Get(ResourceDefinition resource, string key, DateTimeOffset? asOf = null, CancellationToken cancel = default)
    {
        var plan = Plan.Of(resource);
        if (key.Contains('\0', StringComparison.Ordinal))
        {
            return Task.FromResult<Record?>(null);
        }

        return asOf is null
            ? _keyed.Get(plan, key)
            : db.One(
                $"""
                select {Sql.Trusted(plan.Columns)} from {QuerySql.Source(plan, new RecordQuery { AsOf = asOf })}
                where {Sql.Trusted(plan.KeyColumn)} = {key}
                """,
                plan.Read,
                cancel);
    }

    /// <summary>One version, current or superseded.</summary>
    public Task<Record?> Version(ResourceDefinition resource, string key, int version, CancellationToken cancel = default)
    {
        var plan = Plan.Of(resource);
        return db.One(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = {key} and _version = {version}
            union all
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Past)} where {Sql.Trusted(plan.KeyColumn)} = {key} and _version = {version}
            """,
            plan.Read,
            cancel);
    }

    /// <summary>A cursor that is not one of ours is a bug here; doors ask <see cref="TryList"/>.</summary>
    public async Task<RecordPage> List(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default) =>
        (await TryList(resource, query, cancel)).Value;

    public async Task<Outcome<RecordPage>> TryList(ResourceDefinition resource, RecordQuery query, CancellationToken cancel = default)
    {
        if (query.Limit is < 1 or > QuerySql.LimitMax)
        {
            return new Refusal("REG-Q02", "limit", Text.PageLimit);
        }

        var plan = Plan.Of(resource);
        var sql = QuerySql.Select(plan, query);
        if (!sql.Ok)
        {
            return sql.Refusals;
        }

        return Page(plan, query, await db.List(sql.Value, plan.Read, cancel));
    }

    /// <summary>All matching records one by one; <see cref="RecordQuery.Limit"/> is not applied.</summary>
    public async IAsyncEnumerable<Record> Stream(
        ResourceDefinition resource, RecordQuery query, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var plan = Plan.Of(resource);
        await foreach (var record in db.Stream(QuerySql.Select(plan, query, limited: false).Value, plan.Read, cancel))
        {
            yield return record;
        }
    }

    /// <summary>All versions, newest first, each with the act that wrote it. A deletion stands as its own entry.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> History(ResourceDefinition resource, string key, CancellationToken cancel = default)
    {
        var plan = Plan.Of(resource);
        var records = await db.List(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where {Sql.Trusted(plan.KeyColumn)} = {key}
            union all
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Past)} where {Sql.Trusted(plan.KeyColumn)} = {key}
            """,
            plan.Read,
            cancel);
        var versions = records.ToDictionary(record => record.Version);
        var schema = resource.Schema;
        return await db.List(
            $"""
            select j.version, j.op::text, a.at, a.who_id, a.who_name, a.office, a.kind, a.purpose, a.case_no
            from {Sql.Name(schema, "journal")} j join {Sql.Name(schema, "act")} a on a.id = j.act
            where j.resource = {resource.Id} and j.key = {key}
            order by j.version desc, j.act desc
            """,
            row => new HistoryEntry(
                versions.GetValueOrDefault(row.GetInt32(0)) ?? versions.GetValueOrDefault(row.GetInt32(0) - 1)
                    ?? throw new InvalidOperationException($"{resource.Id} {key}: version {row.GetInt32(0)} is missing."),
                row.GetString(1)[0],
                row.GetFieldValue<DateTimeOffset>(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.GetString(6),
                row.IsDBNull(7) ? null : row.GetString(7),
                row.IsDBNull(8) ? null : row.GetString(8)),
            cancel);
    }

    /// <summary>The planner's estimate: never counts. Zero for a table that was never analysed and is small.</summary>
    public async Task<long> Estimate(ResourceDefinition resource, CancellationToken cancel = default)
    {
        var plan = Plan.Of(resource);
        var estimate = await db.Scalar<float>($"select reltuples from pg_class where oid = to_regclass({plan.Table})", cancel);
        return estimate >= 0
            ? (long)estimate
            : await db.Scalar<long>(
                $"select count(*) from (select 1 from {Sql.Trusted(plan.Table)} limit 10000) as few", cancel);
    }

    internal static RecordPage Page(Plan plan, RecordQuery query, List<Record> records)
    {
        var more = records.Count > query.Limit;
        if (more)
        {
            records.RemoveAt(records.Count - 1);
        }

        return new(records, more ? QuerySql.Next(plan, query, records[^1]) : null);
    }
}
