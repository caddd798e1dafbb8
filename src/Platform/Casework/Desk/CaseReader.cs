using Shali.Platform.Audit;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>
/// Reads whole cases for those who may see them: the office that has or had it, whoever was asked, the applicant,
/// supervisors. What is shown of a person is on record, under the number of the case, before it is shown.
/// </summary>
public sealed class CaseReader(Db db, CaseTypes types, CurrentCalendar calendar, AuditLog log, TimeProvider time)
{
    private const int EventsMax = 2_000;

    /// <summary>Null when there is no such case for this caller.</summary>
    public async Task<CaseFile?> Get(Caller who, string number, CancellationToken cancel = default)
    {
        if (await Load(number, cancel) is not { } file || CaseSight.Of(file, who) is not { } sight)
        {
            return null;
        }

        if (sight != Sight.Own && (file.Case.Person ?? file.Case.PersonName) is not null)
        {
            await log.Append(
                new AuditEntry("record.read", who)
                {
                    Resource = CaseResources.Case.Id,
                    Keys = [number],
                    Fields = ReadFields,
                    Subjects = file.Case.Person is { } person ? [person] : [],
                    Case = number,
                },
                cancel);
        }

        return (sight == Sight.Office ? Narrowed(file, who) : file) with { Sight = sight };
    }

    /// <summary>
    /// An office that has only a part of the case sees what its part needs, and on what the parts hang: the rest is the
    /// others' and the lead's.
    /// </summary>
    private static CaseFile Narrowed(CaseFile file, Caller who)
    {
        var own = file.Type.Children.Where(child => child.Office == who.Office).ToList();
        if (file.Case.Office == who.Office || own.Count == 0 || own.Exists(child => child.Questions is null))
        {
            return file;
        }

        var questions = own.SelectMany(child => child.Questions!.Values)
            .Concat(file.Type.Children.SelectMany(child => child.When?.Questions ?? [])).ToHashSet(StringComparer.Ordinal);
        var materials = own.SelectMany(child => child.Materials.Values).ToHashSet(StringComparer.Ordinal);
        var answers = file.Answers.Where(answer => questions.Contains(answer.Key)).ToDictionary(StringComparer.Ordinal);
        return file with
        {
            Facts = file.Facts with { Case = file.Case with { Answers = CaseRules.Write(answers) } },
            Materials = [.. file.Materials.Where(one => one.Material.Code is { } code && materials.Contains(code))],
        };
    }

    /// <summary>The cases of a person or a firm, newest first.</summary>
    public async Task<IReadOnlyList<Case>> Own(Caller who, int limit, string? after, CancellationToken cancel = default)
    {
        if (who.Entity is null && who.Person is null)
        {
            return [];
        }

        var plan = Plan.Of(CaseResources.Case);
        var whose = Whose(who);
        return await db.List(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)}
            where {whose} and parent is null and number < {after ?? "9"} order by number desc limit {limit}
            """,
            row => Typed<Case>.Of(plan.Read(row)),
            cancel);
    }

    /// <summary>The cases of <c>casework.case</c> that are his own, as <see cref="Case.IsOf"/> says.</summary>
    internal Sql Whose(Caller who) => who.Entity is { } entity
        ? Sql.Of($"entity = {entity}")
        : Sql.Of($"(person = {who.Person ?? ""} or (agent_person = {who.Person ?? ""} and agent_until > {time.Today()})) and entity is null");

    /// <summary>What anyone may know who has number and code: no names, no content.</summary>
    public async Task<(CaseFile File, DateTimeOffset? Due)?> Track(string number, CancellationToken cancel = default)
    {
        if (await Load(number, cancel) is not { } file)
        {
            return null;
        }

        var due = file.Clocks.Where(clock => clock.Facts.Ended is null && clock.Facts.Rule.Kind != ClockKind.Step).Select(clock => clock.Verdict.Due).DefaultIfEmpty().Min();
        return (file, due == default ? null : due);
    }

    private async Task<CaseFile?> Load(string number, CancellationToken cancel)
    {
        Record? record = null;
        var events = new List<CaseEvent>();
        var clocks = new List<CaseClock>();
        var materials = new List<Record>();
        var links = new List<CaseLink>();
        var comments = new List<CaseComment>();
        var work = new List<CaseWork>();
        var children = new List<Case>();
        SqlQuestion Of(ResourceDefinition resource, Action<Record> take)
        {
            var plan = Plan.Of(resource);
            return new(
                $"select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)} where \"case\" = {number} order by _key limit {EventsMax}",
                row => take(plan.Read(row)));
        }

        var @case = Plan.Of(CaseResources.Case);
        await db.Ask(
            [
                new($"select {Sql.Trusted(@case.Columns)} from {Sql.Trusted(@case.Table)} where number = {number}", row => record = @case.Read(row)),
                Of(CaseResources.Event, row => events.Add(Typed<CaseEvent>.Of(row))),
                Of(CaseResources.Clock, row => clocks.Add(Typed<CaseClock>.Of(row))),
                Of(CaseResources.Material, materials.Add),
                Of(CaseResources.Link, row => links.Add(Typed<CaseLink>.Of(row))),
                Of(CaseResources.Comment, row => comments.Add(Typed<CaseComment>.Of(row))),
                new(Works.Select(number), row => work.Add(Works.Read(row))),
                new($"select {Sql.Trusted(@case.Columns)} from {Sql.Trusted(@case.Table)} where parent = {number} order by number", row => children.Add(Typed<Case>.Of(@case.Read(row)))),
            ],
            cancel);
        if (record is null)
        {
            return null;
        }

        var of = Typed<Case>.Of(record);
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        var now = time.GetUtcNow();
        var days = calendar();
        var shown = clocks.Select(clock => (Facts: ClockRecords.Facts(type, clock), clock.Key))
            .Select(clock => new ShownClock(clock.Facts, ClockJudge.Judge(clock.Facts, days, now))).ToList();
        var facts = new CaseFacts(
            type, of, [.. shown.Where(clock => clock.Facts.Ended is null).Select(clock => new OpenClock("", 0, clock.Facts))], work, days, now)
        {
            Children = [.. children.Select(child => new ChildState(child.ParentRole ?? "", child.Number, child.State == CaseState.Ended, false))],
        };
        return new(record.Version, facts)
        {
            Events = events,
            Clocks = shown,
            Materials = [.. materials.Select(Shown)],
            Links = links,
            Comments = comments,
            Children = children,
            Above = of.Parent is { } parent ? await Above(parent, of, cancel) : null,
        };
    }

    /// <summary>What a case uses of the one that opened it: the materials that serve it, no others.</summary>
    private async Task<CaseAbove?> Above(string number, Case child, CancellationToken cancel)
    {
        Record? record = null;
        var materials = new List<Record>();
        var others = new List<(string Code, string Title, string? Result, string Type, int Version)>();
        var (@case, material) = (Plan.Of(CaseResources.Case), Plan.Of(CaseResources.Material));
        await db.Ask(
            [
                new($"select {Sql.Trusted(@case.Columns)} from {Sql.Trusted(@case.Table)} where number = {number}", row => record = @case.Read(row)),
                new($"select {Sql.Trusted(material.Columns)} from {Sql.Trusted(material.Table)} where \"case\" = {number} order by _key", row => materials.Add(material.Read(row))),
                new(
                    $"select parent_role, title, result, type, type_version from casework.case where parent = {number}",
                    row => others.Add((row.GetString(0), row.GetString(1), Works.Null(row, 2), row.GetString(3), row.GetInt32(4)))),
            ],
            cancel);
        if (record is null)
        {
            return null;
        }

        var of = Typed<Case>.Of(record);
        var type = await types.Of(of.Type, of.TypeVersion, cancel);
        if (type.Children.FirstOrDefault(one => one.Code == child.ParentRole) is not { } role)
        {
            return null;
        }

        var own = await types.Of(child.Type, child.TypeVersion, cancel);
        var made = new List<MadeMaterial>();
        foreach (var (code, makers) in role.Made)
        {
            foreach (var maker in others.Where(one => makers.Contains(one.Code, StringComparer.Ordinal)))
            {
                var kind = await types.Of(maker.Type, maker.Version, cancel);
                made.Add(new(own.Materials.FirstOrDefault(one => one.Code == code)?.Name ?? code, maker.Title, kind.Results.Any(one => one.Code == maker.Result && one.Good)));
            }
        }

        var shared = role.Materials.Values.ToHashSet(StringComparer.Ordinal);
        return new(of, type, role)
        {
            Materials = [.. materials.Select(Shown).Where(one => one.Material.Code is { } code && shared.Contains(code))],
            Made = made,
        };
    }

    private static ShownMaterial Shown(Record row) => new(Typed<CaseMaterial>.Of(row), row.Version, row.ChangedAt);

    private static readonly string[] ReadFields =
        [.. CaseResources.Case.Fields.Select(field => ReadView.MaskOf(field) == MaskShape.None ? field.Name : field.Name + "!")];
}

/// <summary>A case with everything in its file.</summary>
/// <param name="Version">Of the case; a step says which it saw.</param>
public sealed record CaseFile(int Version, CaseFacts Facts)
{
    public CaseType Type => Facts.Type;

    public Case Case => Facts.Case;

    public Sight Sight { get; init; }

    public required IReadOnlyList<CaseEvent> Events { get; init; }

    public required IReadOnlyList<ShownClock> Clocks { get; init; }

    public required IReadOnlyList<ShownMaterial> Materials { get; init; }

    public required IReadOnlyList<CaseLink> Links { get; init; }

    public required IReadOnlyList<CaseComment> Comments { get; init; }

    public required IReadOnlyList<Case> Children { get; init; }

    /// <summary>The case that opened it, with what it uses of that one; null: nobody's child.</summary>
    public CaseAbove? Above { get; init; }

    public IReadOnlyDictionary<string, string> Answers => CaseRules.AnswersOf(Case);
}

/// <summary>The case that opened another one, as far as that one uses it.</summary>
/// <param name="Role">What the other is in it.</param>
public sealed record CaseAbove(Case Case, CaseType Type, ChildCase Role)
{
    /// <summary>The materials that serve the other case too.</summary>
    public required IReadOnlyList<ShownMaterial> Materials { get; init; }

    /// <summary>What the other case needs and a third one brings about.</summary>
    public required IReadOnlyList<MadeMaterial> Made { get; init; }
}

/// <summary>A material that comes out of another case.</summary>
/// <param name="By">Title of that case.</param>
/// <param name="There">It ended well: the material is there.</param>
public sealed record MadeMaterial(string Name, string By, bool There);

/// <summary>A clock and how it stands now.</summary>
public sealed record ShownClock(ClockFacts Facts, ClockVerdict Verdict);

/// <summary>A paper in its latest version.</summary>
public sealed record ShownMaterial(CaseMaterial Material, int Version, DateTimeOffset At);
