using System.Collections.Concurrent;
using System.Globalization;
using NpgsqlTypes;
using Shali.Platform.Audit;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry;

/// <summary>
/// The changes of a resource in the order in which the log placed their acts: (position of the act, ordinal in it).
/// The log has one writer, so a position that can be seen has all lower ones before it: whoever goes on after the last
/// change that he saw misses nothing and sees nothing twice, however many write at once.
/// </summary>
public sealed class ChangeFeed(Db db, AuditLog log, GovernedReader reader, TimeProvider time)
{
    public const int LimitMax = 1_000;

    private const int SharedMax = 32;

    private static readonly TimeSpan HeadKept = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, KnownHead> _heads = new(StringComparer.Ordinal);

    // A stretch of the log never changes, so those who follow the same resource read it once.
    private readonly ConcurrentDictionary<(string Resource, int Version, FeedCursor After, long Last, int Limit, bool Before), Lazy<Task<(List<Line> Lines, Dictionary<(string, int), Record> Versions)>>> _shared = new();

    /// <summary>Completes when there may be news; take it before looking.</summary>
    public Task News(ResourceDefinition resource) => log.Sequenced(resource.Schema);

    /// <summary>
    /// The next changes as the caller may see them. What lies outside his scope is left out; a record that leaves it
    /// ends for him with a tombstone. Reads of personal data are recorded before anything is returned.
    /// </summary>
    public async Task<FeedPage> Read(ReadRequest request, FeedCursor after, int limit, CancellationToken cancel = default)
    {
        var view = reader.View(request);
        var resource = request.Resource;
        if (await Head(resource.Schema, cancel) is not { } last || last < after.Position)
        {
            return new([], after);
        }

        var (lines, versions) = await Stretch(view, after, last, limit).WaitAsync(cancel);
        var closed = await Closed(view, lines, cancel);
        var granted = view.Access.Grant is null || view.Access.Scope is null ? null : await Granted(view, view.Access.Scope, lines, cancel);
        var changes = new List<FeedChange>(lines.Count);
        foreach (var line in lines)
        {
            if (Change(view, line, versions, granted, closed.Contains(line.Key)) is { } change)
            {
                changes.Add(change);
            }
        }

        await Note(request, view, changes, cancel);
        var next = lines.Count == limit ? lines[^1].Cursor : new(last, int.MaxValue);
        if (next.Position > after.Position || changes.Count > 0)
        {
            reader.Flowed(request, view, changes.Count, next.Position);
        }

        return new(changes, next);
    }

    /// <summary>
    /// Whether the log has ever reached that place. A cursor beyond its end (made up, or from before a restore) would
    /// pass over everything until the log gets there.
    /// </summary>
    public async Task<bool> Knows(FeedCursor cursor, CancellationToken cancel) =>
        cursor.Position < await db.Scalar<long>($"select size from audit.head", cancel);

    /// <summary>
    /// The last place of the schema's acts. Known until the log says that it has placed some, and not longer than another node's acts may
    /// take to be heard of: a hundred who wake at the same news ask once.
    /// </summary>
    private async Task<long?> Head(string schema, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_heads.TryGetValue(schema, out var known) && !known.News.IsCompleted && now - known.At < HeadKept && now >= known.At)
        {
            return await known.Last.Value.WaitAsync(cancel);
        }

        var fresh = new KnownHead(log.Sequenced(schema), now, new(() => db.Scalar<long?>($"select max(position) from {Sql.Name(schema, "act")}")));
        _heads[schema] = fresh;
        return await fresh.Last.Value.WaitAsync(cancel);
    }

    private sealed record KnownHead(Task News, DateTimeOffset At, Lazy<Task<long?>> Last);

    private async Task<(List<Line> Lines, Dictionary<(string, int), Record> Versions)> Stretch(ReadView view, FeedCursor after, long last, int limit)
    {
        var key = (view.Plan.Definition.Id, view.Plan.Definition.Version, after, last, limit, view.Access.Scope is not null);
        if (_shared.Count >= SharedMax)
        {
            _shared.Clear();
        }

        var read = _shared.GetOrAdd(key, _ => new(async () =>
        {
            var lines = await Lines(view.Plan.Definition, after, last, limit, CancellationToken.None);
            return (lines, await Versions(view, lines, CancellationToken.None));
        }));
        try
        {
            return await read.Value;
        }
        catch
        {
            _shared.TryRemove(key, out _);
            throw;
        }
    }

    private Task<List<Line>> Lines(ResourceDefinition resource, FeedCursor after, long last, int limit, CancellationToken cancel) => db.List(
        $"""
        select a.position, j.ordinal, j.op::text, j.key, j.version, a.at, a.kind
        from {Sql.Name(resource.Schema, "act")} a join {Sql.Name(resource.Schema, "journal")} j on j.act = a.id
        where a.position >= {after.Position} and a.position <= {last}
            and (a.position > {after.Position} or j.ordinal > {after.Ordinal}) and j.resource = {resource.Id}
        order by a.position, j.ordinal limit {limit}
        """,
        row => new Line(
            new(row.GetInt64(0), row.GetInt32(1)), row.GetString(2)[0], row.GetString(3), row.GetInt32(4),
            row.GetFieldValue<DateTimeOffset>(5), row.GetString(6)),
        cancel);

    // Also the version before, where a scope must be judged: only what was visible can leave.
    private async Task<Dictionary<(string, int), Record>> Versions(ReadView view, List<Line> lines, CancellationToken cancel)
    {
        var wanted = new HashSet<(string Key, int Version)>();
        foreach (var line in lines)
        {
            if (line.Operation != RecordDigest.Deleted)
            {
                wanted.Add((line.Key, line.Version));
            }

            if (view.Access.Scope is not null && line.Version > 1)
            {
                wanted.Add((line.Key, line.Version - 1));
            }
        }

        if (wanted.Count == 0)
        {
            return [];
        }

        var keys = Sql.Value(wanted.Select(pair => pair.Key).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        var numbers = Sql.Value(wanted.Select(pair => pair.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);
        var plan = view.Plan;
        var (columns, key) = (Sql.Trusted(plan.Columns), Sql.Trusted(plan.KeyColumn));
        var records = await db.List(
            $"""
            select {columns} from {Sql.Trusted(plan.Table)}
            where ({key}, _version) in (select k, v from unnest({keys}, {numbers}) as t(k, v))
            union all
            select {columns} from {Sql.Trusted(plan.Past)}
            where ({key}, _version) in (select k, v from unnest({keys}, {numbers}) as t(k, v))
            """,
            plan.Read,
            cancel);

        return records.ToDictionary(record => (record.Key, record.Version));
    }

    /// <summary>Records that are no longer open to this caller: of what they said before, nothing is told either.</summary>
    private async Task<HashSet<string>> Closed(ReadView view, List<Line> lines, CancellationToken cancel)
    {
        if (view.Access.Open(view.Plan.Definition, time.Today()) is not { } open)
        {
            return [];
        }

        var keys = lines.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
        var (table, key) = (Sql.Trusted(view.Plan.Table), Sql.Trusted(view.Plan.KeyColumn));
        var asked = Sql.Value(keys.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        keys.ExceptWith(await db.List(
            $"select {key} from {table} where {key} = any({asked}) and {QuerySql.Condition(view.Plan, open)}", row => row.GetString(0), cancel));
        return keys;
    }

    /// <summary>
    /// Versions that meet the condition of the grant, now or before. The database judges, as it does for a query: a
    /// condition that an office wrote can say more than a scope.
    /// </summary>
    private async Task<HashSet<(string, int)>> Granted(ReadView view, Filter rows, List<Line> lines, CancellationToken cancel)
    {
        var (plan, condition) = (view.Plan, QuerySql.Condition(view.Plan, rows));
        var keys = Sql.Value(lines.Select(line => line.Key).Distinct(StringComparer.Ordinal).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        var key = Sql.Trusted(plan.KeyColumn);
        return [.. await db.List(
            $"""
            select {key}, _version from {Sql.Trusted(plan.Table)} where {key} = any({keys}) and {condition}
            union all
            select {key}, _version from {Sql.Trusted(plan.Past)} where {key} = any({keys}) and {condition}
            """,
            row => (row.GetString(0), row.GetInt32(1)),
            cancel)];
    }

    private static FeedChange? Change(ReadView view, Line line, Dictionary<(string, int), Record> versions, HashSet<(string, int)>? granted, bool closed)
    {
        if (closed)
        {
            // Who followed while it was open is told that it ended; who comes later learns nothing.
            return line.Version == 1 ? null : new(line.Cursor, RecordDigest.Deleted, line.Key, line.Version, line.At, line.Kind, null);
        }

        var record = versions.GetValueOrDefault((line.Key, line.Version));
        var operation = line.Operation;
        if (view.Access.Scope is { } scope)
        {
            var before = versions.GetValueOrDefault((line.Key, line.Version - 1));
            var was = before is not null && (granted?.Contains((line.Key, line.Version - 1)) ?? scope.Covers(before));
            var isNow = operation != RecordDigest.Deleted && record is not null && (granted?.Contains((line.Key, line.Version)) ?? scope.Covers(record));
            if (!was && !isNow)
            {
                return null;
            }

            if (!isNow)
            {
                (operation, record) = (RecordDigest.Deleted, null);
            }
        }

        return new(
            line.Cursor, operation, line.Key, line.Version, line.At, line.Kind,
            operation == RecordDigest.Deleted || record is null ? null : view.Show(record));
    }

    private Task Note(ReadRequest request, ReadView view, List<FeedChange> changes, CancellationToken cancel)
    {
        var records = changes.Select(change => change.Shown?.Record).OfType<Record>().ToList();
        return request.Resource.Subject is null || records.Count == 0
            ? Task.CompletedTask
            : log.Append(
                new AuditEntry("record.feed", request.Who)
                {
                    Resource = request.Resource.Id,
                    Keys = [.. records.Select(record => record.Key).Distinct(StringComparer.Ordinal)],
                    Fields = view.Names,
                    Subjects = [.. records.Select(view.Plan.Subject).OfType<string>().Distinct(StringComparer.Ordinal)],
                    Purpose = request.Purpose ?? view.Access.Grant?.Grant.Scene ?? request.Stated,
                    Case = request.Case,
                    Grant = view.Access.Grant?.Grant.Number,
                },
                cancel);
    }

    private sealed record Line(FeedCursor Cursor, char Operation, string Key, int Version, DateTimeOffset At, string Kind);
}

/// <summary>A place in a feed: after the change with this ordinal of the act at this position of the log.</summary>
public readonly record struct FeedCursor(long Position, int Ordinal)
{
    /// <summary>Before everything.</summary>
    public static readonly FeedCursor Start = new(-1, int.MaxValue);

    public static FeedCursor? Read(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && position >= -1
                ? new(position, ordinal)
                : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}.{Ordinal}");
}

/// <summary>One change. <paramref name="Shown"/> is null when the record ended, for everyone or for this caller.</summary>
public sealed record FeedChange(
    FeedCursor Cursor, char Operation, string Key, int Version, DateTimeOffset At, string Kind, ShownRecord? Shown);

/// <summary>Some changes, and where to go on; the place moves also past changes of other resources.</summary>
public sealed record FeedPage(IReadOnlyList<FeedChange> Changes, FeedCursor Next);
