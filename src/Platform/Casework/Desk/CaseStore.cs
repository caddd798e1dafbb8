using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Reads what a judgement needs, in one message, and writes what follows from it, in another.</summary>
internal sealed class CaseStore(CaseTypes types, CurrentCalendar calendar, ThresholdBook thresholds, CaseNotices notices)
{
    /// <summary>
    /// Whether since that version the platform alone noted something: whoever saw the case then saw all that he decides about.
    /// </summary>
    public async Task<bool> OnlyNoted(WriteSession session, Record @case, int since, CancellationToken cancel) =>
        since < @case.Version && await session.Session.Scalar<bool>(
            $"""
            select not exists (
                select 1 from (
                    select _act from casework."case" where number = {@case.Key} and _version > {since}
                    union all select _act from casework.case__past where number = {@case.Key} and _version > {since}) as version
                where (select coalesce(bool_or(step <> {BuiltInSteps.Note}), true) from casework.event where "case" = {@case.Key} and event._act = version._act))
            """,
            cancel);

    /// <summary>The facts of a case, locked until the end of the transaction; null when there is no such case.</summary>
    public async Task<LockedCase?> Read(WriteSession session, string number, CancellationToken cancel)
    {
        await session.Send(cancel);
        Record? record = null;
        var clocks = new List<Record>();
        var work = new List<CaseWork>();
        var children = new List<(string Code, string Number, string State, string? Result, string Type, int Version, string Stage, bool Decided)>();
        var (@case, clock) = (Plan.Of(CaseResources.Case), Plan.Of(CaseResources.Clock));
        await session.Session.Ask(
            [
                new($"select {Sql.Trusted(@case.Columns)} from {Sql.Trusted(@case.Table)} where number = {number} for update", row => record = @case.Read(row)),
                new(
                    $"select {Sql.Trusted(clock.Columns)} from {Sql.Trusted(clock.Table)} where \"case\" = {number} and ended_at is null for update",
                    row => clocks.Add(clock.Read(row))),
                new(Works.Select(number), row => work.Add(Works.Read(row))),
                new(
                    $"select parent_role, number, state, result, type, type_version, stage, decided_at is not null from casework.case where parent = {number} order by number",
                    row => children.Add((
                        row.GetString(0), row.GetString(1), row.GetString(2), Works.Null(row, 3), row.GetString(4), row.GetInt32(5), row.GetString(6), row.GetBoolean(7)))),
            ],
            cancel);
        if (record is null)
        {
            return null;
        }

        var of = Typed<Case>.Of(record);
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        var states = new List<ChildState>(children.Count);
        foreach (var child in children)
        {
            var kind = await types.Of(child.Type, child.Version, cancel);
            var good = kind.Results.FirstOrDefault(result => result.Code == child.Result)?.Good ?? false;
            states.Add(new(child.Code, child.Number, child.State == CaseState.Ended, good)
            {
                Type = child.Type,
                Version = child.Version,
                Stage = child.Stage,
                Settled = kind.Stage(child.Stage) is { Settled: true },
                Decided = child.Decided,
            });
        }

        var open = clocks.ToDictionary(row => row.Key, StringComparer.Ordinal);
        var facts = new CaseFacts(type, of, [.. clocks.Select(row => ClockRecords.Open(type, row))], work, calendar(), session.At)
        {
            Children = states,
        };
        return new(record, open, facts);
    }

    /// <summary>State, event, clocks, work and notices of one step.</summary>
    public async Task<Refusals> Write(WriteSession session, LockedCase locked, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        async Task Apply(Change one) => refusals = refusals.And((await session.Apply(one, cancel)).Refusals);

        await Apply(new Change.Update(CaseResources.Case, change.After.Number, null, Typed<Case>.Differences(change.Before, change.After))
        {
            Before = locked.Record,
        });
        await Apply(new Change.Insert(CaseResources.Event, change.Event.Key, Typed<CaseEvent>.Values(change.Event)) { Fresh = true });
        foreach (var one in ClockRecords.Changes(locked, change, calendar(), thresholds.Current, session.At))
        {
            await Apply(one);
        }

        if (!change.Work.SequenceEqual(locked.Facts.Work))
        {
            session.Later(Works.Clear(change.After.Number));
            if (change.Work.Count > 0)
            {
                session.Later(Works.Insert(change.After, change.Work));
            }
        }

        if (change.Before.Office != change.After.Office || change.Before.State != change.After.State)
        {
            session.Later(SearchWords.Update(change.After));
        }

        await notices.Add(session, locked.Facts.Type, change, request, cancel);
        return refusals;
    }

    /// <summary>All that a new case begins with.</summary>
    public async Task<Refusals> Begin(WriteSession session, CaseBeginning begin, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        async Task Insert(ResourceDefinition resource, string key, IReadOnlyDictionary<string, object?> values) =>
            refusals = refusals.And((await session.Apply(new Change.Insert(resource, key, values) { Fresh = true }, cancel)).Refusals);

        var of = begin.Case;
        await Insert(CaseResources.Case, of.Number, Typed<Case>.Values(of));
        await Insert(CaseResources.Event, begin.Event.Key, Typed<CaseEvent>.Values(begin.Event));
        foreach (var clock in begin.Clocks)
        {
            var record = ClockRecords.Of(begin.Type, of, clock.After, calendar(), thresholds.Current, session.At, of.Events);
            await Insert(CaseResources.Clock, record.Key, Typed<CaseClock>.Values(record));
        }

        foreach (var material in begin.Materials)
        {
            await Insert(CaseResources.Material, material.Key, Typed<CaseMaterial>.Values(material));
        }

        if (begin.Work.Count > 0)
        {
            session.Later(Works.Insert(of, begin.Work));
        }

        session.Later(SearchWords.Insert(of));
        if (begin.Draft is { } draft)
        {
            session.Later(Sql.Of($"update casework.draft set case_no = {of.Number}, answers = '{{}}', materials = '[]', known = '{{}}' where id = {draft} and case_no is null"));
        }

        // What another case opens is told by that one.
        if (of.Parent is null)
        {
            notices.AddOpening(session, begin.Type, of);
        }

        return refusals;
    }
}

/// <summary>A case as an act has read and locked it.</summary>
/// <param name="Clocks">The records of its open clocks by key.</param>
internal sealed record LockedCase(Record Record, IReadOnlyDictionary<string, Record> Clocks, CaseFacts Facts);

/// <summary>All that is written when a case begins.</summary>
internal sealed record CaseBeginning(CaseType Type, Case Case, CaseEvent Event)
{
    public required IReadOnlyList<ClockChange> Clocks { get; init; }

    public required IReadOnlyList<CaseMaterial> Materials { get; init; }

    public required IReadOnlyList<CaseWork> Work { get; init; }

    public string? Draft { get; init; }
}

/// <summary>Rows of <c>casework.work</c>.</summary>
internal static class Works
{
    public const string Columns = "case_no, seat, kind, office, permission, role, person, person_name, delegate, delegate_name, delegate_until, asked, asked_by, since, due";

    public static Sql Select(string number) => Sql.Of($"select {Sql.Trusted(Columns)} from casework.work where case_no = {number} order by seat desc");

    public static Sql Clear(string number) => Sql.Of($"delete from casework.work where case_no = {number}");

    public static CaseWork Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<WorkKind>(row.GetString(2), ignoreCase: true), row.GetString(3), row.GetString(4))
    {
        Role = Null(row, 5),
        Person = Null(row, 6),
        PersonName = Null(row, 7),
        Delegate = Null(row, 8),
        DelegateName = Null(row, 9),
        DelegateUntil = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
        Asked = Null(row, 11),
        AskedBy = Null(row, 12),
        Since = row.GetFieldValue<DateTimeOffset>(13),
        Due = row.GetFieldValue<DateTimeOffset>(14),
    };

    public static string? Null(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Sql Insert(Case of, IReadOnlyList<CaseWork> work)
    {
        Sql Texts(Func<CaseWork, string?> field) => Sql.Value(work.Select(field).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Sql Moments(Func<CaseWork, DateTimeOffset?> field) =>
            Sql.Value(work.Select(each => field(each)?.ToUniversalTime()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        return Sql.Of(
            $"""
            insert into casework.work ({Sql.Trusted(Columns)}, type, stage, title, applicant)
            select {of.Number}, w.*, {of.Type}, {of.Stage}, {of.Title}, {of.ApplicantShown} from unnest(
                {Texts(each => each.Seat)}, {Texts(each => KindOf(each.Kind))}, {Texts(each => each.Office)}, {Texts(each => each.Permission)},
                {Texts(each => each.Role)}, {Texts(each => each.Person)}, {Texts(each => each.PersonName)}, {Texts(each => each.Delegate)},
                {Texts(each => each.DelegateName)}, {Moments(each => each.DelegateUntil)}, {Texts(each => each.Asked)}, {Texts(each => each.AskedBy)},
                {Moments(each => each.Since)}, {Moments(each => each.Due)}) as w
            """);
    }

    public static string KindOf(WorkKind kind) => kind switch
    {
        WorkKind.Handle => "handle",
        WorkKind.Consult => "consult",
        _ => "wait",
    };
}
