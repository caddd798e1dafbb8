using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>Makes a case of what was asked for, after all that must be there is there.</summary>
internal sealed class CaseOpening(CaseNumbers numbers, CurrentCalendar calendar, Offices offices, GuardianDirectory guardians, TimeProvider time)
{
    public async Task<Outcome<CaseBeginning>> Begin(CaseType type, Caller who, OpenRequest request, DateTimeOffset at, CancellationToken cancel)
    {
        var refusals = Judge(type, who, request, at, out var answers);
        if (refusals.Any)
        {
            return refusals;
        }

        var number = await numbers.Next(cancel);
        var of = Case(type, who, request, answers, number, at);
        var clocks = CaseClocks.First(type, at);
        var begin = new CaseBeginning(type, of, Event(of, who, at))
        {
            Clocks = clocks,
            Materials = [.. request.Materials.Select((material, i) => Material(of, who, material, i + 1, at))],
            Work = [],
            Draft = request.Draft,
        };
        return begin with { Work = CaseWorks.First(Facts(begin, at), [.. clocks.Select(clock => clock.After)]) };
    }

    /// <summary>
    /// The request with the day until which a parent acts for the child that applies: the register says so now, whatever the
    /// page knew. A child who is not registered yet he brings with its proof of birth.
    /// </summary>
    public async Task<Outcome<OpenRequest>> Represented(CaseType type, Caller who, OpenRequest request, CancellationToken cancel)
    {
        if (who.Kind != CallerKind.Resident)
        {
            return request;
        }

        if (request.AgentPerson is not { } parent)
        {
            return request with { AgentUntil = null };
        }

        var until = parent != who.Person || who.Entity is not null || request.Entity is not null || type.Wards == Wards.None ? null
            : request.Person is not { } child ? type.Wards == Wards.Newborns ? time.Today().AddYears(GuardianDirectory.FullAge) : (DateOnly?)null
            : (await guardians.WardsOf(KnownAnswers.Reader(who, type), KnownAnswers.Guardianship(type), parent, cancel)).FirstOrDefault(ward => ward.Key == child)?.Until;
        return until is null ? new Refusal("CASE-O10", "", Text.NotHisChild, KnownAnswers.ByParents) : request with { AgentUntil = until };
    }

    /// <summary>The facts of a case that has just begun.</summary>
    public CaseFacts Facts(CaseBeginning begin, DateTimeOffset at) =>
        new(begin.Type, begin.Case, [.. begin.Clocks.Select(clock => new OpenClock("", 0, clock.After))], begin.Work, calendar(), at);

    /// <summary>What a case asks for that another one opens: the same applicant, the answers that serve it too.</summary>
    public OpenRequest Child(Case parent, ChildCase child, CaseType type) => new(child.Type, child.Answers(CaseRules.AnswersOf(parent), type.Form))
    {
        Version = child.Version,
        Office = child.Office,
        Source = CaseSource.Platform,
        Person = parent.Person,
        PersonName = parent.PersonName,
        Entity = parent.Entity,
        EntityName = parent.EntityName,
        Agent = parent.Agent,
        AgentRelation = parent.AgentRelation,
        AgentPerson = parent.AgentPerson,
        AgentUntil = parent.AgentUntil,
        Phone = parent.Phone,
        Email = parent.Email,
        Parent = parent.Number,
        ParentRole = child.Code,
    };

    private Refusals Judge(CaseType type, Caller who, OpenRequest request, DateTimeOffset at, out Dictionary<string, string> answers)
    {
        var refusals = type.Form.Judge(request.Answers, out answers);
        var given = answers;
        // What another case opens uses that case's materials.
        var missing = request.Parent is not null
            ? []
            : type.Materials.Where(material => material.Required && (material.When?.Holds(given) ?? true)
                && request.Materials.All(one => one.Code != material.Code)).ToList();
        return Refusals.Of(
            [
                May(type, who, request) ? null : new Refusal("CASE-O02", "", Text.MayNotOpen(type.Name)),
                (request.Office ?? Chosen(type, given)) is { } office && offices.Find(office) is null ? new Refusal("CASE-O03", "office", Text.NoOffice) : null,
                request.Person is null && request.Entity is null && request.PersonName is null && type.Applicants != Applicants.None
                    ? new Refusal("CASE-O04", "", Text.NobodyApplies) : null,
                .. missing.Select(material => new Refusal("CASE-M01", material.Code, Text.MaterialMissing(material.Name), material.Basis)),
                .. request.Materials.Where(one => one.Code is { } code && type.Materials.All(material => material.Code != code))
                    .Select(one => new Refusal("CASE-M02", one.Code!, Text.NoSuchMaterial(one.Name))),
                .. request.Materials.Where(one => one.How == MaterialSource.Promised && type.Materials.Any(material => material.Code == one.Code && !material.Secondary))
                    .Select(one => new Refusal("CASE-M03", one.Code!, Text.NotSecondary(one.Name))),
                .. request.Materials.Where(one => one is { How: MaterialSource.Promised, PromisedFor: { } day } && !Promises.Holds(day, at.Local().Day()))
                    .Select(one => new Refusal("CASE-M04", one.Code ?? "", Text.PromiseTooLate(one.Name, Promises.DaysMax))),
            ]).And(refusals);
    }

    private static string? Chosen(CaseType type, Dictionary<string, string> answers) => type.OfficeBy is { } question ? answers.GetValueOrDefault(question) : null;

    private static bool May(CaseType type, Caller who, OpenRequest request) => who.Kind switch
    {
        CallerKind.Platform => true,
        // An office acts by its people or by its programs.
        CallerKind.Staff or CallerKind.Client => type.WindowPermission is { } window && who.May(window),
        CallerKind.Resident => request.Entity is { } entity
            ? who.Entity == entity && type.Applicants.HasFlag(Applicants.Firms)
            : who is { Entity: null, Person: { } person } && type.Applicants.HasFlag(Applicants.Persons)
                && (person == request.Person || (person == request.AgentPerson && request.AgentUntil is not null)),
        _ => false,
    };

    private static Case Case(
        CaseType type, Caller who, OpenRequest request, Dictionary<string, string> answers, string number, DateTimeOffset at) => new()
        {
            Number = number,
            Type = type.Code,
            TypeVersion = type.Version,
            Title = string.IsNullOrWhiteSpace(request.Title) ? type.Name : request.Title.Trim(),
            State = CaseState.Of(type.Stages[0].Kind),
            Stage = type.Start,
            Person = request.Person,
            PersonName = request.PersonName,
            Entity = request.Entity,
            EntityName = request.EntityName,
            Agent = request.Agent,
            AgentRelation = request.AgentRelation,
            AgentPerson = request.AgentPerson,
            AgentUntil = request.AgentUntil,
            Phone = request.Phone,
            Email = request.Email,
            Account = who.Kind == CallerKind.Resident ? who.Id : null,
            Office = request.Office ?? Chosen(type, answers) ?? type.Owner,
            Source = request.Source,
            Parent = request.Parent,
            ParentRole = request.ParentRole,
            ReceivedAt = at,
            Events = 1,
            Answers = answers.Count == 0 ? null : CaseRules.Write(answers),
        };

    private static CaseEvent Event(Case of, Caller who, DateTimeOffset at) => new()
    {
        Key = CaseRules.EventKey(of.Number, 1),
        Case = of.Number,
        Ordinal = 1,
        Step = BuiltInSteps.Open,
        Label = Text.Opened,
        After = of.Stage,
        At = at,
        Who = who.Id,
        WhoName = who.Name,
        Office = who.Office.Length > 0 ? who.Office : null,
        Person = of.Person,
    };

    private static CaseMaterial Material(Case of, Caller who, GivenMaterial given, int number, DateTimeOffset at) => new()
    {
        Key = CaseParts.MaterialKey(of.Number, number),
        Case = of.Number,
        Code = given.Code,
        Name = given.Name,
        How = given.How,
        Source = given.Source,
        PromisedFor = given.How == MaterialSource.Promised ? given.PromisedFor ?? at.Local().Day().AddDays(Promises.DaysMax) : null,
        File = given.File,
        FileName = given.FileName,
        State = given.How is MaterialSource.Data or MaterialSource.Licence or MaterialSource.Filled ? MaterialState.Good : MaterialState.Unchecked,
        ByName = who.Name,
        Person = of.Person,
    };
}
