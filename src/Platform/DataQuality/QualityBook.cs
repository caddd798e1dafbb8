using System.Text.Json;
using Npgsql;
using Shali.Platform.Catalogue;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.DataQuality;

/// <summary>A row that breaks a rule.</summary>
/// <param name="Value">As it stood when it was found; null: none, or not written down because it is masked.</param>
public sealed record BadRow(string Key, string? Value, DateTimeOffset FirstSeen);

/// <summary>An inflow that stopped or collapsed.</summary>
public sealed record InflowAlarm(string Resource, string Kind, DateTimeOffset Since, long Usual, long Now);

/// <summary>An office in the league table.</summary>
/// <param name="Score">Mean of its measured resources; null: none was.</param>
public sealed record OfficeQuality(string Office, int Resources, double? Score, long Bad, int Alarms);

/// <summary>What was measured: of one resource, of all offices, row by row.</summary>
public sealed class QualityBook(Db db, ResourceRegistry registry, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>The newest measure; null: none yet.</summary>
    public async Task<QualityMeasure?> Latest(string resource, CancellationToken cancel = default) => await db.One(
        $"select resource, run, at, rows, total, dimensions::text, rules::text from quality.measure where resource = {resource} order by run desc limit 1", Read, cancel);

    /// <summary>The newest measure of each resource that there is.</summary>
    public async Task<IReadOnlyList<QualityMeasure>> All(CancellationToken cancel = default) =>
    [
        .. (await db.List(
            $"select distinct on (resource) resource, run, at, rows, total, dimensions::text, rules::text from quality.measure order by resource, run desc", Read, cancel))
        .Where(measure => registry.Find(measure.Resource) is not null),
    ];

    /// <summary>Total scores over time, oldest first.</summary>
    public Task<List<(DateTimeOffset At, double Total)>> History(string resource, CancellationToken cancel = default) => db.List(
        $"select at, total from (select at, total from quality.measure where resource = {resource} and total is not null order by run desc limit 60) as m order by at",
        row => (row.GetFieldValue<DateTimeOffset>(0), row.GetDouble(1)),
        cancel);

    /// <summary>Bad rows of a rule in the order of their keys: who works through them goes on after the last key.</summary>
    public Task<List<BadRow>> Bad(string resource, string rule, string? after, CancellationToken cancel = default) => db.List(
        $"""
        select key, value, first_seen from quality.finding where resource = {resource} and rule = {rule} and key > {after ?? ""}
        order by key limit {PageSize + 1}
        """,
        row => new BadRow(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)),
        cancel);

    public Task<List<InflowAlarm>> Alarms(CancellationToken cancel = default) => db.List(
        $"select resource, kind, since, usual, now from quality.alarm order by since desc",
        row => new InflowAlarm(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.GetInt64(4)),
        cancel);

    /// <summary>Best first; offices without a score stand last.</summary>
    public async Task<IReadOnlyList<OfficeQuality>> League(CancellationToken cancel = default)
    {
        var alarms = (await Alarms(cancel)).Select(alarm => registry.Find(alarm.Resource)?.Owner).OfType<string>().ToLookup(owner => owner, StringComparer.Ordinal);
        return
        [
            .. (await All(cancel)).GroupBy(measure => registry.Find(measure.Resource)!.Owner, StringComparer.Ordinal)
                .Select(group => new OfficeQuality(
                    group.Key, group.Count(), group.Any(one => one.Total is not null) ? group.Where(one => one.Total is not null).Average(one => one.Total) : null,
                    group.Sum(one => one.Bad), alarms[group.Key].Count()))
                .OrderByDescending(one => one.Score ?? -1).ThenBy(one => one.Office, StringComparer.Ordinal),
        ];
    }

    /// <summary>It is measured as soon as a node has time.</summary>
    public Task Want(string resource, CancellationToken cancel = default) => db.Run(
        $"""
        insert into quality.run (resource, wanted_at) values ({resource}, {time.GetUtcNow()})
        on conflict (resource) do update set wanted_at = excluded.wanted_at
        """,
        cancel);

    private static QualityMeasure Read(NpgsqlDataReader row)
    {
        var scores = JsonSerializer.Deserialize<Dictionary<string, double?>>(row.GetString(5))!;
        return new(
            row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetDouble(4),
            [.. Enum.GetValues<QualityDimension>().Select(dimension => (dimension, scores.GetValueOrDefault(QualityMeasure.CodeOf(dimension))))],
            JsonSerializer.Deserialize<RuleCount[]>(row.GetString(6))!);
    }
}
