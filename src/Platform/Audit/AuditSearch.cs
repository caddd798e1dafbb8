using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>Which records of the log. Absent conditions do not restrict.</summary>
public sealed record AuditQuery
{
    /// <summary>Population key of the person it was about.</summary>
    public string? Subject { get; init; }

    /// <summary>Id of the account, client or worker that did it.</summary>
    public string? Who { get; init; }

    /// <summary>All but what this account did.</summary>
    public string? NotWho { get; init; }

    /// <summary>Code of the office for which it was done. Read from the records themselves: only beside a narrow condition.</summary>
    public string? Office { get; init; }

    /// <summary>Resource id; for acts the schema.</summary>
    public string? Resource { get; init; }

    /// <summary>Key of a record that was read. Read from the records themselves: only beside a narrow condition.</summary>
    public string? Key { get; init; }

    public string? Kind { get; init; }

    /// <summary>First and last day, both included.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Only records before this index: the next page.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Finds records in the log, newest first, a page at a time.</summary>
public sealed class AuditSearch(Db db)
{
    /// <summary>A clock may differ, and an entry may wait for the database: so far its moment may be from its place.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    public async Task<(IReadOnlyList<AuditLine> Lines, long? Next)> Find(AuditQuery query, CancellationToken cancel = default)
    {
        var lines = await db.List(
            await Select(query, cancel),
            row => AuditLine.Read(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            cancel);
        return lines.Count > query.Limit
            ? (lines[..query.Limit], lines[query.Limit - 1].Index)
            : (lines, null);
    }

    public Task<AuditLine?> At(long index, CancellationToken cancel = default) => db.One(
        $"select index, body from audit.record where index = {index} and body is not null",
        row => AuditLine.Read(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        cancel);

    /// <summary>Codes of the offices behind the newest records that the query finds, at most its limit of them.</summary>
    public async Task<IReadOnlyList<string>> Offices(AuditQuery query, CancellationToken cancel = default) => await db.List(
        $"""
        select distinct convert_from(body, 'UTF8')::jsonb -> 'who' ->> 'office' as office
        from ({await Select(query, cancel)}) as newest
        where convert_from(body, 'UTF8')::jsonb -> 'who' ->> 'office' <> ''
        order by office
        """,
        row => row.GetString(0),
        cancel);

    private async Task<Sql> Select(AuditQuery query, CancellationToken cancel)
    {
        var (low, high) = await Range(query, cancel);
        var conditions = Conditions(query, low, high);
        var where = Sql.Join(" and ", conditions);
        var limit = query.Limit + 1;
        if (Driver(query) is not { } driver)
        {
            return $"select index, body from audit.record as r where {where} order by index desc limit {limit}";
        }

        var upto = await db.Scalar<long>($"select upto from audit.indexed", cancel);
        return $"""
            select index, body from (
                (select r.index, r.body from audit.mention as m
                    join audit.record as r on r.index >= m.index and r.index < m.index + {driver.Span}
                where m.facet = {driver.Facet}::"char" and m.value = {driver.Value}
                    and m.index > {low - driver.Span} and m.index < {Math.Min(high, upto)} and r.index < {upto} and {where}
                order by m.index desc, r.index desc limit {limit})
                union all
                (select r.index, r.body from audit.record as r where r.index >= {upto} and {where}
                order by r.index desc limit {limit})) as found
            order by index desc limit {limit}
            """;
    }

    /// <summary>The condition that leaves fewest records, and how many records one mention of it stands for.</summary>
    private static (string Facet, string Value, int Span)? Driver(AuditQuery query) => query switch
    {
        { Subject: { } subject } => ("s", subject, 1),
        { Who: { } who } => ("w", who, MentionIndex.Block),
        { Kind: { } kind } => ("k", kind, MentionIndex.Block),
        { Resource: { } resource } => ("r", resource, MentionIndex.Block),
        _ => null,
    };

    private static List<Sql> Conditions(AuditQuery query, long low, long high)
    {
        List<Sql> conditions = [$"r.index >= {low} and r.index < {high} and r.body is not null"];
        if (query.Subject is { } subject)
        {
            conditions.Add($"{subject} = any(r.subjects)");
        }

        if (query.Who is { } who)
        {
            conditions.Add($"r.who_id = {who}");
        }

        if (query.NotWho is { } other)
        {
            conditions.Add($"r.who_id <> {other}");
        }

        if (query.Office is { } office)
        {
            conditions.Add($"convert_from(r.body, 'UTF8')::jsonb -> 'who' ->> 'office' = {office}");
        }

        if (query.Key is { } key)
        {
            conditions.Add($"jsonb_exists(convert_from(r.body, 'UTF8')::jsonb -> 'keys', {key})");
        }

        if (query.Resource is { } resource)
        {
            conditions.Add($"r.resource = {resource}");
        }

        if (query.Kind is { } kind)
        {
            conditions.Add($"r.kind = {kind}");
        }

        if (query.From is { } from)
        {
            conditions.Add($"r.at >= {Sql.Value(Start(from), NpgsqlDbType.TimestampTz)}");
        }

        if (query.To is { } to)
        {
            conditions.Add($"r.at < {Sql.Value(Start(to.AddDays(1)), NpgsqlDbType.TimestampTz)}");
        }

        return conditions;
    }

    /// <summary>
    /// The indexes of a period, by the checkpoints: they say how long the log was when. What lies outside of them all the same, because
    /// it was placed long after its moment, widens them; the index by moments finds it without reading the log.
    /// </summary>
    private async Task<(long Low, long High)> Range(AuditQuery query, CancellationToken cancel)
    {
        long low = 0;
        if (query.From is { } from)
        {
            // A checkpoint of a past that was written later proves nothing of what was there before it.
            low = await db.Scalar<long>(
                $"""
                select coalesce(max(size), 0) from audit.checkpoint
                where at < {Start(from) - Slack} and size < coalesce((select min(size) from audit.checkpoint where at >= {Start(from) - Slack}), {long.MaxValue})
                """,
                cancel);
        }

        long? high = null;
        if (query.To is { } to)
        {
            high = await db.Scalar<long?>($"select min(size) from audit.checkpoint where at > {Start(to.AddDays(1)) + Slack}", cancel);
            high = high is null ? null : await db.Scalar<long?>(
                $"select max(index) + 1 from (select index from audit.record where index >= {high.Value} and at < {Start(to.AddDays(1))} offset 0) as outside", cancel) ?? high;
        }

        return (low, Math.Min(high ?? long.MaxValue, query.Before ?? long.MaxValue));
    }

    /// <summary>The first moment of a day here.</summary>
    private static DateTimeOffset Start(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
}
