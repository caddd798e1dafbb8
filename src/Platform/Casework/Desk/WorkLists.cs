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
public sealed class WorkLists(Db db, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>Days before the due day from which work counts as due soon.</summary>
    public const int SoonDays = 3;

    public async Task<WorkPage> Page(Caller who, WorkQuery query, CancellationToken cancel = default)
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

        var rows = await db.List(
            $"""
            select {Sql.Trusted(string.Join(", ", Works.Columns.Split(", ").Select(column => "w." + column)))}, w.type, w.stage, w.title, w.applicant
            from casework.work w where {Sql.Join(" and ", conditions)}
            order by w.due, w.case_no, w.seat limit {PageSize + 1}
            """,
            row => new WorkRow(Works.Read(row), row.GetString(15), row.GetString(16), row.GetString(17), row.GetString(18)),
            cancel);
        var more = rows.Count > PageSize;
        if (more)
        {
            rows.RemoveAt(PageSize);
        }

        return new(rows, more ? Cursor(rows[^1].Work) : null);
    }

    /// <summary>How many there are in each list, as of now; one round trip.</summary>
    public async Task<IReadOnlyDictionary<WorkList, long>> Counts(Caller who, CancellationToken cancel = default)
    {
        var counts = new Dictionary<WorkList, long>();
        await db.Ask(
            [.. Enum.GetValues<WorkList>().Select(list => new SqlQuestion(
                $"select count(*) from casework.work w where {Scope(who, list)}", row => counts[list] = row.GetInt64(0)))],
            cancel);
        return counts;
    }

    /// <summary>The types and stages of what lies in the office, for the filter.</summary>
    public Task<List<(string Type, string Stage)>> Kinds(Caller who, CancellationToken cancel = default) => db.List(
        $"select distinct w.type, w.stage from casework.work w where w.office = {who.Office} order by 1, 2",
        row => (row.GetString(0), row.GetString(1)),
        cancel);

    private Sql Scope(Caller who, WorkList list)
    {
        var now = time.GetUtcNow();
        var soon = new DateTimeOffset(time.Today().AddDays(SoonDays + 1).ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
        var permissions = Sql.Value(who.Permissions.Where(right => !right.EndsWith(".read", StringComparison.Ordinal)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        var office = Sql.Of($"w.office = {who.Office} and w.permission = any({permissions}) and (w.role is null or w.role = {who.Role})");
        return list switch
        {
            WorkList.Mine => Sql.Of(
                $"(w.person = {who.Id} or (w.delegate = {who.Id} and w.delegate_until > {now})) and w.office = {who.Office} and w.kind = 'handle'"),
            WorkList.Pool => Sql.Of($"{office} and w.kind <> 'wait' and w.person is null"),
            WorkList.Office => Sql.Of($"{office} and w.kind <> 'wait'"),
            WorkList.DueSoon => Sql.Of($"{office} and w.kind <> 'wait' and w.due > {now} and w.due <= {soon}"),
            WorkList.Overdue => Sql.Of($"{office} and w.kind <> 'wait' and w.due <= {now}"),
            _ => Sql.Of($"((w.office = {who.Office} and w.kind = 'wait') or w.asked_by = {who.Id})"),
        };
    }

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
