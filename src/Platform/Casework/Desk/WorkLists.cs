using System.Globalization;
using System.Text;
using NpgsqlTypes;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>
/// What somebody has to do: read from the rows of open work, so it is as quick among ten million closed cases as
/// among none. Names of applicants are masked here; the case itself shows them and puts the read on record.
/// </summary>
public sealed class WorkLists(Db db, CaseTypes types, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Days before the due day from which work counts as due soon.</summary>
    public const int SoonDays = 3;

    /// <summary>One page of a list, how many there are in each list as of now, and what kinds of work the office has: one round trip.</summary>
    public async Task<WorkOverview> Look(Caller who, WorkQuery query, CancellationToken cancel = default)
    {
        var rows = new List<WorkRow>();
        var counts = Enum.GetValues<WorkList>().ToDictionary(list => list, _ => 0L);
        var kinds = new List<(string, string)>();
        await db.Ask(
            [
                Rows(who, query, rows),
                new(Office(who), row =>
                {
                    kinds.Add((row.GetString(0), row.GetString(1)));
                    counts[WorkList.Pool] += row.GetInt64(2);
                    counts[WorkList.Office] += row.GetInt64(3);
                    counts[WorkList.DueSoon] += row.GetInt64(4);
                    counts[WorkList.Overdue] += row.GetInt64(5);
                    counts[WorkList.Waiting] += row.GetInt64(6);
                }),
                new($"select count(*) from casework.work w where {Scope(who, WorkList.Mine)}", row => counts[WorkList.Mine] = row.GetInt64(0)),
                new(
                    $"select count(*) from casework.work w where w.asked_by = {who.Id} and not (w.office = {who.Office} and w.kind = 'wait')",
                    row => counts[WorkList.Waiting] += row.GetInt64(0)),
            ],
            cancel);
        return new(Cut(rows), counts, kinds);
    }

    public async Task<WorkPage> Page(Caller who, WorkQuery query, CancellationToken cancel = default)
    {
        var rows = new List<WorkRow>();
        await db.Ask([Rows(who, query, rows)], cancel);
        return Cut(rows);
    }

    private static WorkPage Cut(List<WorkRow> rows)
    {
        var more = rows.Count > PageSize;
        if (more)
        {
            rows.RemoveAt(PageSize);
        }

        return new(rows, more ? Cursor(rows[^1].Work) : null);
    }

    private SqlQuestion Rows(Caller who, WorkQuery query, List<WorkRow> rows)
    {
        var conditions = new List<Sql> { Scope(who, query.List) };
        if (query.Type is { Length: > 0 } type)
        {
            conditions.Add(Sql.Of($"w.type = {type}"));
        }

        if (query.Stage is { Length: > 0 } stage)
        {
            conditions.Add(Sql.Of($"w.stage = {stage}"));
        }

        if (query.Words is { Length: > 0 } words)
        {
            conditions.Add(Sql.Of($"(w.title ilike {Pattern(words)} or w.case_no = {CaseNumbers.Read(words) ?? words})"));
        }

        if (Cursor(query.After) is { } after)
        {
            conditions.Add(Sql.Of($"(w.due, w.case_no, w.seat) > ({after.Due}, {after.Case}, {after.Seat})"));
        }

        return new(
            $"""
            select {Sql.Trusted(string.Join(", ", Works.Columns.Split(", ").Select(column => "w." + column)))}, w.type, w.stage, w.title, w.applicant
            from casework.work w where {Sql.Join(" and ", conditions)}
            order by w.due, w.case_no, w.seat limit {PageSize + 1}
            """,
            row => rows.Add(new(Works.Read(row), row.GetString(15), row.GetString(16), row.GetString(17), row.GetString(18))));
    }

    /// <summary>What the office has, by type and stage, counted once for all lists.</summary>
    private Sql Office(Caller who) => Sql.Of(
        $"""
        select w.type, w.stage, count(*) filter (where {May(who)} and w.kind <> 'wait' and w.person is null),
            count(*) filter (where {May(who)} and w.kind <> 'wait'),
            count(*) filter (where {May(who)} and w.kind <> 'wait' and w.due > {Now} and w.due <= {Soon}),
            count(*) filter (where {May(who)} and w.kind <> 'wait' and w.due <= {Now}),
            count(*) filter (where w.kind = 'wait')
        from casework.work w where w.office = {who.Office} group by w.type, w.stage order by w.type, w.stage
        """);

    private DateTimeOffset Now => time.GetUtcNow();

    private DateTimeOffset Soon => new DateTimeOffset(time.Today().AddDays(SoonDays + 1).ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();

    /// <summary>Only what his rights let him take.</summary>
    private Sql May(Caller who)
    {
        var rights = types.SeatPermissions.Where(who.May).Order(StringComparer.Ordinal).ToArray();
        return Sql.Of($"w.permission = any({Sql.Value(rights, NpgsqlDbType.Array | NpgsqlDbType.Text)}) and (w.role is null or w.role = {who.Role})");
    }

    private Sql Scope(Caller who, WorkList list) => list switch
    {
        WorkList.Mine => Sql.Of(
            $"(w.person = {who.Id} or (w.delegate = {who.Id} and w.delegate_until > {Now})) and w.office = {who.Office} and w.kind = 'handle'"),
        WorkList.Pool => Sql.Of($"w.office = {who.Office} and {May(who)} and w.kind <> 'wait' and w.person is null"),
        WorkList.Office => Sql.Of($"w.office = {who.Office} and {May(who)} and w.kind <> 'wait'"),
        WorkList.DueSoon => Sql.Of($"w.office = {who.Office} and {May(who)} and w.kind <> 'wait' and w.due > {Now} and w.due <= {Soon}"),
        WorkList.Overdue => Sql.Of($"w.office = {who.Office} and {May(who)} and w.kind <> 'wait' and w.due <= {Now}"),
        _ => Sql.Of($"((w.office = {who.Office} and w.kind = 'wait') or w.asked_by = {who.Id})"),
    };

    private static string Pattern(string words) => "%" + words.Trim()
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private static string Cursor(CaseWork last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{last.Due.UtcTicks}|{last.Case}|{last.Seat}"))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>A cursor that is none of ours begins at the beginning.</summary>
    private static (DateTimeOffset Due, string Case, string Seat)? Cursor(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 200)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('|');
        return parts.Length == 3 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) && ticks > 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && !parts[1].Contains('\0', StringComparison.Ordinal) && !parts[2].Contains('\0', StringComparison.Ordinal)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), parts[1], parts[2])
            : null;
    }
}

/// <summary>The lists of a desk.</summary>
public enum WorkList
{
    Mine,
    Pool,
    Office,
    DueSoon,
    Overdue,
    Waiting,
}

/// <summary>Which work, from where on.</summary>
public sealed record WorkQuery(WorkList List)
{
    public string? Type { get; init; }

    public string? Stage { get; init; }

    public string? Words { get; init; }

    public string? After { get; init; }
}

/// <summary>One line of a work list.</summary>
/// <param name="Applicant">Natural persons masked.</param>
public sealed record WorkRow(CaseWork Work, string Type, string Stage, string Title, string Applicant);

public sealed record WorkPage(IReadOnlyList<WorkRow> Rows, string? Next);

/// <summary>A page with what stands around it.</summary>
/// <param name="Kinds">Type and stage of what lies in the office, for the conditions.</param>
public sealed record WorkOverview(WorkPage Page, IReadOnlyDictionary<WorkList, long> Counts, IReadOnlyList<(string Type, string Stage)> Kinds);
