using System.Text;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Audit.Verification;

/// <summary>
/// Every version of every record must hash to its line in the journal, and every line must have its version. Rows
/// and lines are read in the order of key and version, side by side.
/// </summary>
internal sealed class RowCheck(Db db, Findings findings)
{
    private sealed record Row(Record Record, bool Past, DateTimeOffset? EndedAt, long? EndedAct);

    private sealed record Line(string Key, int Version, char Operation, byte[] Digest, long Act, DateTimeOffset? At);

    public long Count { get; private set; }

    /// <param name="damaged">Acts whose journal was altered: their lines accuse no row.</param>
    public async Task Check(ResourceDefinition resource, IReadOnlySet<long> damaged, CancellationToken cancel)
    {
        await using var rows = Rows(resource).GetAsyncEnumerator(cancel);
        await using var lines = Lines(resource).GetAsyncEnumerator(cancel);
        var row = await Next(rows);
        var line = await Next(lines);
        while (row is not null || line is not null)
        {
            var order = row is null ? 1 : line is null ? -1 : Order(row.Record, line);
            if (order < 0)
            {
                findings.Add("ROW-03", Place(resource, row!.Record.Key, row.Record.Version), Text.RowAdded);
                (row, Count) = (await Next(rows), Count + 1);
                continue;
            }

            var following = await Next(lines);
            var last = following?.Key != line!.Key;
            if (order > 0)
            {
                if (line.Operation != RecordDigest.Deleted)
                {
                    findings.Add("ROW-02", Place(resource, line.Key, line.Version), Text.RowRemoved(line.Act));
                }
            }
            else
            {
                Judge(resource, row!, line, last ? null : following, damaged);
                (row, Count) = (await Next(rows), Count + 1);
            }

            line = following;
        }
    }

    private void Judge(ResourceDefinition resource, Row row, Line line, Line? following, IReadOnlySet<long> damaged)
    {
        var place = Place(resource, line.Key, line.Version);
        var fits = RecordDigest.Of(row.Record, line.Operation, line.Version).AsSpan().SequenceEqual(line.Digest);
        if (!fits && damaged.Contains(line.Act))
        {
            findings.Add("JRN-03", place, Text.JournalLineAltered(line.Act));
        }
        else if (!fits)
        {
            findings.Add("ROW-01", place, Text.RowAltered(line.Act));
        }
        else if (row.Past != following is not null)
        {
            findings.Add("ROW-04", place, row.Past ? Text.RowWronglyPast : Text.RowWronglyCurrent);
        }
        else if (row.Record.Act != line.Act
            || (line.At is { } at && row.Record.ChangedAt != at)
            || (row.Past && (row.EndedAct != following!.Act || (following.At is { } end && row.EndedAt != end))))
        {
            findings.Add("ROW-05", place, Text.RowTimesAltered(line.Act));
        }
    }

    private IAsyncEnumerable<Row> Rows(ResourceDefinition resource)
    {
        var plan = Plan.Of(resource);
        var columns = Sql.Trusted(plan.Columns);
        var key = Sql.Trusted(plan.KeyColumn);
        var count = plan.Stored.Count + (resource.Key is null ? 0 : 1);
        return db.Stream(
            $"""
            select {columns}, false, null::timestamptz, null::bigint, {key} collate "C" as _sort
            from {Sql.Trusted(plan.Table)}
            union all
            select {columns}, true, _ended_at, _ended_act, {key} collate "C" from {Sql.Trusted(plan.Past)}
            order by _sort, _version
            """,
            row => new Row(
                plan.Read(row),
                row.GetBoolean(count),
                row.IsDBNull(count + 1) ? null : row.GetFieldValue<DateTimeOffset>(count + 1),
                row.IsDBNull(count + 2) ? null : row.GetInt64(count + 2)));
    }

    private IAsyncEnumerable<Line> Lines(ResourceDefinition resource) => db.Stream(
        $"""
        select journal.key, journal.version, journal.op::text, journal.digest, journal.act, act.at
        from {Sql.Name(resource.Schema, "journal")} as journal
        left join {Sql.Name(resource.Schema, "act")} as act on act.id = journal.act
        where journal.resource = {resource.Id} order by journal.key collate "C", journal.version
        """,
        row => new Line(
            row.GetString(0),
            row.GetInt32(1),
            row.GetString(2)[0],
            row.GetFieldValue<byte[]>(3),
            row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)));

    private static async Task<T?> Next<T>(IAsyncEnumerator<T> items)
        where T : class => await items.MoveNextAsync() ? items.Current : null;

    private static int Order(Record row, Line line)
    {
        var order = CompareBytes(row.Key, line.Key);
        return order != 0 ? order : row.Version.CompareTo(line.Version);
    }

    /// <summary>As the database compares them with collation C.</summary>
    private static int CompareBytes(string left, string right) =>
        left.AsSpan().IndexOfAnyInRange('\ud800', '\uffff') < 0 && right.AsSpan().IndexOfAnyInRange('\ud800', '\uffff') < 0
            ? string.CompareOrdinal(left, right)
            : Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static string Place(ResourceDefinition resource, string key, int version) =>
        Text.VersionAt(resource.Id, key, version);
}
