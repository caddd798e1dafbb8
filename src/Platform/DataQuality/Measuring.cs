using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Catalogue;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>
/// Measures whole tables: the database judges all rules of a resource in one pass, in pieces by the key, each with its point in one
/// transaction. Memory stays flat however large the table; a node that dies is followed by another at its last point.
/// </summary>
public sealed class Measuring(Db db, ResourceRegistry registry, TimeProvider time)
{
    /// <summary>Rows of a piece.</summary>
    internal int Piece { get; set; } = 50_000;

    /// <summary>Test only: called between two pieces; what it throws is a crash.</summary>
    internal Action AfterPiece { get; set; } = static () => { };

    private const int ValueMax = 200;

    private static readonly TimeSpan Held = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> _patterns = new(StringComparer.Ordinal);

    /// <summary>The rules of a resource as they are judged today.</summary>
    public async Task<IReadOnlyList<QualityRule>> Rules(ResourceDefinition resource, CancellationToken cancel = default)
    {
        foreach (var field in resource.Fields.Where(field => field.Pattern is not null))
        {
            var whole = QualityRules.Whole(field.Pattern!);
            if (!_patterns.ContainsKey(whole))
            {
                _patterns[whole] = await Sound(whole, cancel);
            }
        }

        return QualityRules.Of(resource, registry.Codes, registry.Find, pattern => _patterns.GetValueOrDefault(pattern), time.Today());
    }

    /// <summary>Measures to the end, or goes on where another left off; null: another node is at it.</summary>
    public async Task<QualityMeasure?> Run(ResourceDefinition resource, CancellationToken cancel = default)
    {
        var rules = await Rules(resource, cancel);
        var signature = $"{resource.Version} {string.Join(' ', rules.Select(rule => rule.Code))}";
        if (await Claim(resource.Id, signature, cancel) is not { } run)
        {
            return null;
        }

        while (await Next(resource, rules, run, cancel))
        {
            AfterPiece();
            cancel.ThrowIfCancellationRequested();
        }

        return await Finish(resource, rules, run, cancel);
    }

    private async Task<long?> Claim(string resource, string signature, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await db.Run($"insert into quality.run (resource) values ({resource}) on conflict do nothing", cancel);
        return await db.Scalar<long?>(
            $"""
            update quality.run set
                run = case when going then run else run + 1 end,
                signature = {signature}, held_until = {now + Held},
                after_key = case when going then after_key end,
                rows = case when going then rows else 0 end,
                counts = case when going then counts else '{Sql.Trusted("{}")}' end,
                started_at = case when going then started_at else {now} end
            from (select resource as r, signature = {signature} and after_key is not null as going
                from quality.run where resource = {resource} and held_until < {now} for update skip locked) as free
            where resource = r returning run
            """,
            cancel);
    }

    /// <summary>One piece: its findings, its counts and the point, together. False: it was the last.</summary>
    private Task<bool> Next(ResourceDefinition resource, IReadOnlyList<QualityRule> rules, long run, CancellationToken cancel) => db.Unhurried.InTransaction(
        async session =>
        {
            var (after, there) = (default(string), Array.Empty<long>());
            await session.Ask([new(
                $"select after_key, counts from quality.run where resource = {resource.Id} and run = {run} for update",
                row => (after, there) = (row.IsDBNull(0) ? null : row.GetString(0), row.GetFieldValue<long[]>(1)))], cancel);
            var (rows, last, counts) = (0L, default(string), new long[rules.Count * 2]);
            await session.Ask([new(Judge(resource, rules, run, after, Piece, time.GetUtcNow()), row =>
            {
                (rows, last) = (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1));
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] = row.GetInt64(2 + i) + (i < there.Length ? there[i] : 0);
                }
            })], cancel);
            await session.Run(
                $"""
                update quality.run set after_key = coalesce({Sql.Value(last, NpgsqlDbType.Text)}, after_key), rows = rows + {rows},
                    counts = {Sql.Value(counts, NpgsqlDbType.Array | NpgsqlDbType.Bigint)}, held_until = {time.GetUtcNow() + Held}
                where resource = {resource.Id} and run = {run}
                """,
                cancel);
            return rows == Piece;
        },
        cancel);

    /// <summary>
    /// Flags once for each row, then counts and findings from them. The first two columns: rows, last key; then for each rule the bad
    /// ones and those that it was asked of.
    /// </summary>
    internal static Sql Judge(ResourceDefinition resource, IReadOnlyList<QualityRule> rules, long run, string? after, int piece, DateTimeOffset now)
    {
        var plan = Plan.Of(resource);
        var key = Sql.Trusted("c." + plan.KeyColumn);
        string Flag(int i) => string.Create(CultureInfo.InvariantCulture, $"f{i}");
        string Value(int i) => string.Create(CultureInfo.InvariantCulture, $"v{i}");
        var flags = rules.Select((rule, i) => Sql.Of($", {rule.Bad} as {Sql.Trusted(Flag(i))}, {Kept(rule.Field)} as {Sql.Trusted(Value(i))}"));
        var from = after is null ? Sql.Empty : Sql.Of($"where {key} > {after}");
        var chunk = Sql.Of($"select {key} as k{Sql.Join("", flags)} from {Sql.Trusted(plan.Table)} as c {from} order by {key} limit {piece}");
        if (rules.Count == 0)
        {
            return Sql.Of($"with chunk as ({chunk}) select count(*), max(k) from chunk");
        }

        var lines = Sql.Join(", ", rules.Select((rule, i) => Sql.Of($"({rule.Code}, {Sql.Trusted(Flag(i))}, {Sql.Trusted(Shown(rule.Field) ? Value(i) : "null::text")})")));
        var any = Sql.Trusted(string.Join(" or ", rules.Select((_, i) => Flag(i))));
        var counts = Sql.Trusted(string.Join(", ", rules.Select((rule, i) => $"count(*) filter (where {Flag(i)}), count({(rule.OfAll ? "*" : Value(i))})")));
        return Sql.Of(
            $"""
            with chunk as materialized ({chunk}),
            bad as (
                insert into quality.finding (resource, rule, key, value, first_seen, run)
                select {resource.Id}, line.rule, k, line.value, {now}, {run}
                from (select * from chunk where {any}) as faulty cross join lateral (values {lines}) as line(rule, bad, value)
                where line.bad
                on conflict (resource, rule, key) do update set run = excluded.run, value = excluded.value)
            select count(*), max(k), {counts} from chunk
            """);
    }

    /// <summary>As text, not longer than a list shows. Of shapes and files only that there is one.</summary>
    private static Sql Kept(FieldDefinition field)
    {
        var column = Sql.Trusted("c.") + Sql.Name(field.Name);
        return field.Type.DbType is NpgsqlDbType.Geometry or NpgsqlDbType.Geography || field.Type.Name == FieldKind.File
            ? Sql.Of($"case when {column} is not null then '' end")
            : Sql.Of($"left({column}::text, {ValueMax})");
    }

    /// <summary>What is graded sensitive or masked is not written down a second time: the list reads it where it stands.</summary>
    private static bool Shown(FieldDefinition field) => ReadView.MaskOf(field) == MaskShape.None;

    private Task<QualityMeasure> Finish(ResourceDefinition resource, IReadOnlyList<QualityRule> rules, long run, CancellationToken cancel) => db.Unhurried.InTransaction(
        async session =>
        {
            var (rows, counts, started) = (0L, Array.Empty<long>(), default(DateTimeOffset));
            await session.Ask([new(
                $"select rows, counts, started_at from quality.run where resource = {resource.Id} for update",
                row => (rows, counts, started) = (row.GetInt64(0), row.GetFieldValue<long[]>(1), row.GetFieldValue<DateTimeOffset>(2)))], cancel);
            await session.Run($"delete from quality.finding where resource = {resource.Id} and run < {run}", cancel);
            var weights = (await session.List($"select dimension, weight from quality.weight", row => (row.GetString(0), row.GetDouble(1)), cancel))
                .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
            var now = time.GetUtcNow();
            var freshness = await Freshness.Of(db, resource, rows, now, cancel);
            var measure = QualityMeasure.Of(
                resource, run, now, rows, [.. rules.Select((rule, i) => new RuleCount(rule.Code, rule.Dimension, At(counts, (i * 2) + 1), At(counts, i * 2)))], freshness.Score, weights);
            await session.Run(
                $"""
                insert into quality.measure (resource, run, at, seconds, rows, total, dimensions, rules) values (
                    {resource.Id}, {run}, {now}, {(now - started).TotalSeconds}, {rows}, {Sql.Value(measure.Total, NpgsqlDbType.Double)},
                    {Sql.Value(JsonSerializer.Serialize(measure.Dimensions.ToDictionary(one => QualityMeasure.CodeOf(one.Dimension), one => one.Score)), NpgsqlDbType.Jsonb)},
                    {Sql.Value(JsonSerializer.Serialize(measure.Rules), NpgsqlDbType.Jsonb)})
                on conflict (resource, run) do nothing
                """,
                cancel);
            await session.Run(
                $"update quality.run set after_key = null, finished_at = {now}, wanted_at = case when wanted_at > started_at then wanted_at end, held_until = '-infinity' where resource = {resource.Id}",
                cancel);
            return measure;
        },
        cancel);

    private static long At(long[] counts, int i) => i < counts.Length ? counts[i] : 0;

    private async Task<bool> Sound(string pattern, CancellationToken cancel)
    {
        try
        {
            await db.Scalar<bool>($"select '' ~ {pattern}", cancel);
            return true;
        }
        catch (PostgresException unfit) when (unfit.SqlState == PostgresErrorCodes.InvalidRegularExpression)
        {
            return false;
        }
    }
}
