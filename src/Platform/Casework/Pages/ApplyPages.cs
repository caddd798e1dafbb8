using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Filling in an application, one question a page: kept with every answer, to be gone on with later, checked as a
/// whole, handed in once. A window fills in the same for whoever stands before it.
/// </summary>
internal static class ApplyPages
{
    /// <summary>Names of what is asked about the applicant; they stand in the draft beside the answers.</summary>
    internal const string Phone = "_phone";
    internal const string Email = "_email";
    internal const string PersonName = "_name";
    internal const string EntityName = "_firm";
    internal const string Entity = "_firm_code";

    private static readonly FieldDefinition PhoneField = new() { Name = Phone, Label = Text.PhoneLabel, Type = FieldTypes.Phone };
    private static readonly FieldDefinition EmailField = new() { Name = Email, Label = Text.EmailLabel, Type = FieldTypes.Email };
    private static readonly FieldDefinition CodeField = new() { Name = Entity, Label = Text.FirmCodeLabel, Type = FieldTypes.OrganisationCode };

    public static IResult Types(HttpContext context, CaseTypes types) =>
        context.Show<ApplyTypesPage>(new { Types = (IReadOnlyList<CaseType>)[.. types.Current.Where(type => MayOpen(type, context.Caller())).OrderBy(type => type.Name, StringComparer.Ordinal)] });

    public static async Task<IResult> Begin(
        HttpContext context, CaseTypes types, Drafts drafts, IEnumerable<KnownAnswers> known, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var who = context.Caller();
        if (types.Find(form["type"]) is not { } type || !MayOpen(type, who))
        {
            return Results.NotFound();
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (question, answer) in await Known(known, who, type, cancel))
        {
            answers[question] = answer.Value;
        }

        var draft = await drafts.Begin(who, type, answers, cancel);
        return Ui.Pages.SeeOther(Address(draft));
    }

    public static async Task<IResult> Next(HttpContext context, Drafts drafts, string id, CancellationToken cancel) =>
        await drafts.Find(context.Caller(), id, cancel) is { } draft ? Ui.Pages.SeeOther(NextAddress(draft, null)) : Results.NotFound();

    public static async Task<IResult> AskApplicant(HttpContext context, Drafts drafts, string id, CancellationToken cancel) =>
        await Open(context, drafts, id, cancel) is { } draft ? Applicant(context, draft, null, Refusals.None) : Results.NotFound();

    public static async Task<IResult> SaveApplicant(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        if (await Open(context, drafts, id, cancel) is not { } draft)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var window = context.Caller().Kind == CallerKind.Staff;
        var answers = new Dictionary<string, string>(draft.Answers, StringComparer.Ordinal);
        var refusals = new List<Refusal>();
        foreach (var field in window ? [PhoneField, EmailField, CodeField] : new[] { PhoneField, EmailField })
        {
            var read = new CaseQuestion(field).Read(form[field.Name]);
            refusals.AddRange(read.Refusals);
            Keep(answers, field.Name, read.Ok ? read.Value : "");
        }

        if (window)
        {
            Keep(answers, PersonName, Cut(form[PersonName]));
            Keep(answers, EntityName, Cut(form[EntityName]));
            if (!answers.ContainsKey(PersonName))
            {
                refusals.Add(new("CASE-O04", PersonName, Casework.Text.NobodyApplies));
            }
        }
        else if (!answers.ContainsKey(Phone) && !answers.ContainsKey(Email) && refusals.Count == 0)
        {
            refusals.Add(new("CASE-O05", Phone, Text.ContactMissing));
        }

        if (refusals.Count > 0)
        {
            return Applicant(context, draft, form, new(refusals));
        }

        draft = draft with { Answers = answers };
        await drafts.Save(draft, cancel);
        return Ui.Pages.SeeOther(form.Has("back") ? Address(draft) + "/check" : NextAddress(draft, null));
    }

    public static async Task<IResult> Ask(
        HttpContext context, Drafts drafts, IEnumerable<KnownAnswers> known, string id, string name, CancellationToken cancel) =>
        await Open(context, drafts, id, cancel) is { } draft && draft.Type.Form.Find(name) is { } question
            ? await Question(context, draft, question, null, known, Refusals.None, cancel)
            : Results.NotFound();

    public static async Task<IResult> Answer(
        HttpContext context, Drafts drafts, IEnumerable<KnownAnswers> known, string id, string name, CancellationToken cancel)
    {
        if (await Open(context, drafts, id, cancel) is not { } draft || draft.Type.Form.Find(name) is not { } question)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var read = question.Read(form[name]);
        if (!read.Ok)
        {
            return await Question(context, draft, question, form, known, read.Refusals, cancel);
        }

        var answers = new Dictionary<string, string>(draft.Answers, StringComparer.Ordinal);
        Keep(answers, name, read.Value);
        draft = draft with { Answers = answers };
        await drafts.Save(draft, cancel);

        // A changed answer can bring up further questions: they are asked before the check page shows again.
        return Ui.Pages.SeeOther(form.Has("back") && draft.Open is null ? Address(draft) + "/check" : NextAddress(draft, form.Has("back") ? null : name));
    }

    public static async Task<IResult> AskMaterials(HttpContext context, Drafts drafts, IEnumerable<KnownAnswers> known, string id, CancellationToken cancel) =>
        await Open(context, drafts, id, cancel) is { } draft ? await Materials(context, draft, known, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> SaveMaterials(
        HttpContext context, Drafts drafts, CaseFiles files, IEnumerable<KnownAnswers> known, string id, CancellationToken cancel)
    {
        if (await Open(context, drafts, id, cancel) is not { } draft)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var refusals = Refusals.None;
        var given = draft.Materials.ToDictionary(material => material.Code ?? "", StringComparer.Ordinal);
        foreach (var material in Needed(draft))
        {
            var kept = await files.Take(material.Code, form.Files.GetFile(material.Code), context.Caller(), cancel);
            refusals = refusals.And(kept.Refusals);
            if (kept is { Ok: true, Value: { } stored })
            {
                given[material.Code] = new(material.Code, material.Name, MaterialSource.Uploaded) { File = stored.Address, FileName = stored.Name };
            }
            else if (form.Has("how." + material.Code) && form["how." + material.Code] is var how
                && ((how == MaterialSource.Paper && context.Caller().Kind == CallerKind.Staff) || (how == MaterialSource.Promised && material.Secondary)))
            {
                given[material.Code] = new(material.Code, material.Name, how);
            }
        }

        draft = draft with { Materials = [.. given.Values] };
        await drafts.Save(draft, cancel);
        if (refusals.Any || form.Has("more"))
        {
            return await Materials(context, draft, known, refusals, cancel);
        }

        return Ui.Pages.SeeOther(Address(draft) + "/check");
    }

    public static async Task<IResult> Check(HttpContext context, Drafts drafts, ResourceRegistry registry, string id, CancellationToken cancel) =>
        await drafts.Find(context.Caller(), id, cancel) is { } draft
            ? draft.Case is { } done ? Ui.Pages.SeeOther(After(context.Caller(), done)) : Whole(context, draft, registry, Refusals.None)
            : Results.NotFound();

    public static async Task<IResult> Submit(
        HttpContext context, Drafts drafts, CaseDesk desk, ResourceRegistry registry, FirmDirectory firms, IEnumerable<KnownAnswers> known, string id, CancellationToken cancel)
    {
        if (await drafts.Find(context.Caller(), id, cancel) is not { } draft)
        {
            return Results.NotFound();
        }

        await Posted.Read(context, cancel);
        var who = context.Caller();
        if (draft.Case is { } done)
        {
            return Ui.Pages.SeeOther(After(who, done));
        }

        var request = await Request(who, draft, firms, known, cancel);
        var opened = await desk.Open(who, request, "draft:" + draft.Id, cancel);
        return opened.Ok ? Ui.Pages.SeeOther(After(who, opened.Value.Number)) : Whole(context, draft, registry, opened.Refusals);
    }

    public static async Task<IResult> Drop(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        await drafts.Drop(context.Caller(), id, cancel);
        return Ui.Pages.SeeOther(context.Caller().Kind == CallerKind.Staff ? CaseRoutes.Begin : CaseRoutes.Own);
    }

    internal static string Address(Draft draft) => $"{CaseRoutes.Begin}/{draft.Id}";

    /// <summary>The materials that this case needs.</summary>
    internal static IReadOnlyList<MaterialRule> Needed(Draft draft) =>
        [.. draft.Type.Materials.Where(material => material.When?.Holds(draft.Answers) ?? true)];

    private static bool MayOpen(CaseType type, Caller who) => who.Kind switch
    {
        CallerKind.Staff => type.WindowPermission is { } window && who.May(window),
        CallerKind.Resident when who.Entity is not null => type.Applicants.HasFlag(Applicants.Firms),
        CallerKind.Resident => who.Person is not null && type.Applicants.HasFlag(Applicants.Persons),
        _ => false,
    };

    private static async Task<OpenRequest> Request(
        Caller who, Draft draft, FirmDirectory firms, IEnumerable<KnownAnswers> known, CancellationToken cancel)
    {
        string? Said(string name) => draft.Answers.GetValueOrDefault(name);
        var window = who.Kind == CallerKind.Staff;
        var firm = who is { Entity: { } entity, Person: { } person }
            ? (await firms.FirmsRepresentedBy(person, cancel)).FirstOrDefault(one => one.Key == entity)
            : null;
        var answers = draft.Type.Form.Asked(draft.Answers).Where(question => draft.Answers.ContainsKey(question.Field.Name))
            .ToDictionary(question => question.Field.Name, question => draft.Answers[question.Field.Name], StringComparer.Ordinal);
        var facts = await Facts(known, who, draft.Type, cancel);
        var had = Needed(draft).Where(material => material.Known is not null && facts.ContainsKey(material.Known) && draft.Materials.All(one => one.Code != material.Code))
            .Select(material => new GivenMaterial(material.Code, material.Name, MaterialSource.Data) { Source = facts[material.Known!].Source });
        return new(draft.Type.Code, answers)
        {
            Source = window ? CaseSource.Window : CaseSource.Online,
            Person = window ? null : who.Person,
            PersonName = window ? Said(PersonName) : who.Name,
            Entity = window ? Said(Entity) : who.Entity,
            EntityName = window ? Said(EntityName) : firm?.Name,
            Phone = Said(Phone),
            Email = Said(Email),
            Materials = [.. draft.Materials.Where(one => Needed(draft).Any(material => material.Code == one.Code)), .. had],
            Draft = draft.Id,
        };
    }

    private static async Task<IReadOnlyDictionary<string, KnownAnswer>> Facts(
        IEnumerable<KnownAnswers> known, Caller who, CaseType type, CancellationToken cancel)
    {
        var facts = new Dictionary<string, KnownAnswer>(StringComparer.Ordinal);
        if (who.Kind != CallerKind.Resident)
        {
            return facts;
        }

        foreach (var source in known)
        {
            foreach (var (name, answer) in await source.Of(who, type, cancel))
            {
                facts.TryAdd(name, answer);
            }
        }

        return facts;
    }

    /// <summary>Known answers by question.</summary>
    private static async Task<IReadOnlyDictionary<string, KnownAnswer>> Known(
        IEnumerable<KnownAnswers> known, Caller who, CaseType type, CancellationToken cancel)
    {
        var facts = await Facts(known, who, type, cancel);
        return type.Form.Questions.Where(question => question.Known is { } name && facts.TryGetValue(name, out var fact) && question.Read(fact.Value).Ok)
            .ToDictionary(question => question.Field.Name, question => facts[question.Known!], StringComparer.Ordinal);
    }

    private static async Task<Draft?> Open(HttpContext context, Drafts drafts, string id, CancellationToken cancel) =>
        await drafts.Find(context.Caller(), id, cancel) is { Case: null } draft ? draft : null;

    /// <summary>The next question after one; then the materials, then the check.</summary>
    private static string NextAddress(Draft draft, string? after)
    {
        if (!draft.Answers.ContainsKey(Phone) && !draft.Answers.ContainsKey(Email) && !draft.Answers.ContainsKey(PersonName))
        {
            return Address(draft) + "/applicant";
        }

        var asked = draft.Type.Form.Asked(draft.Answers).ToList();
        var at = after is null ? -1 : asked.FindIndex(question => question.Field.Name == after);
        var next = after is null
            ? asked.Find(question => !draft.Answers.ContainsKey(question.Field.Name) && question.Field.Required)
            : asked.Skip(at + 1).FirstOrDefault();
        return next is not null ? $"{Address(draft)}/questions/{next.Field.Name}"
            : draft.Open is { } open ? $"{Address(draft)}/questions/{open.Field.Name}"
            : Needed(draft).Count > 0 && (after is not null || draft.Materials.Count == 0) ? Address(draft) + "/materials"
            : Address(draft) + "/check";
    }

    private static string After(Caller who, string number) =>
        (who.Kind == CallerKind.Staff ? CaseAddresses.Desk(number) : CaseAddresses.Own(number)) + "?done=" + BuiltInSteps.Open;

    private static void Keep(Dictionary<string, string> answers, string name, string value)
    {
        if (value.Length > 0)
        {
            answers[name] = value;
        }
        else
        {
            answers.Remove(name);
        }
    }

    private static string Cut(string text) => text.Trim() is { Length: > 100 } many ? many[..100] : text.Trim();

    private static IResult Applicant(HttpContext context, Draft draft, Posted? sent, Refusals refusals) => context.Show<ApplicantPage>(
        new { Draft = draft, Sent = sent, Window = context.Caller().Kind == CallerKind.Staff, Back = context.Request.Query.ContainsKey("back") || (sent?.Has("back") ?? false), Refusals = refusals },
        refusals.Any ? 422 : 200);

    private static async Task<IResult> Question(
        HttpContext context, Draft draft, CaseQuestion question, Posted? sent, IEnumerable<KnownAnswers> known, Refusals refusals, CancellationToken cancel)
    {
        var registry = (ResourceRegistry)context.RequestServices.GetService(typeof(ResourceRegistry))!;
        var facts = question.Known is null ? null : await Known(known, context.Caller(), draft.Type, cancel);
        var answer = draft.Answers.GetValueOrDefault(question.Field.Name);
        var source = facts is not null && facts.TryGetValue(question.Field.Name, out var fact) && fact.Value == answer ? fact.Source : "";
        return context.Show<QuestionPage>(
            new
            {
                Draft = draft,
                Input = StepForm.Input(registry, question.Field, sent?[question.Field.Name] ?? answer ?? ""),
                Source = source,
                Back = context.Request.Query.ContainsKey("back") || (sent?.Has("back") ?? false),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> Materials(
        HttpContext context, Draft draft, IEnumerable<KnownAnswers> known, Refusals refusals, CancellationToken cancel) => context.Show<MaterialsPage>(
        new
        {
            Draft = draft,
            Needed = Needed(draft),
            Known = await Facts(known, context.Caller(), draft.Type, cancel),
            Window = context.Caller().Kind == CallerKind.Staff,
            Refusals = refusals,
        },
        refusals.Any ? 422 : 200);

    private static IResult Whole(HttpContext context, Draft draft, ResourceRegistry registry, Refusals refusals) => context.Show<CheckPage>(
        new { Draft = draft, Registry = registry, Needed = Needed(draft), Window = context.Caller().Kind == CallerKind.Staff, Refusals = refusals },
        refusals.Any ? 422 : 200);
}
