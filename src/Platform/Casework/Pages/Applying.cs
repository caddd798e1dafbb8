using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;
using Shali.Platform.Ui;

namespace Shali.Platform.Casework.Pages;

/// <summary>What the pages of an application have in common: its draft, the way through it, and whose it is.</summary>
internal static class Applying
{
    /// <summary>Names of what is asked about the applicant; they stand in the draft beside the answers.</summary>
    internal const string Phone = "_phone";
    internal const string Email = "_email";
    internal const string Kind = "_kind";
    internal const string PersonName = "_name";
    internal const string EntityName = "_firm";
    internal const string FirmCode = "_firm_code";
    internal const string Agent = "_agent";
    internal const string Relation = "_relation";
    internal const string Unlisted = "_unlisted";

    /// <summary>Sent, compared with the register and forgotten: it does not stand in the draft.</summary>
    internal const string Number = "_number";

    /// <summary>Written by the platform alone, after the register knew him: whose application it is.</summary>
    internal const string Person = "_person";
    internal const string Entity = "_entity";
    internal const string Representative = "_representative";

    /// <summary>
    /// For whom somebody applies who has signed in: <see cref="Self"/>, <see cref="Newborn"/> or the population key of his
    /// child, and the child's name; the platform compares it with the register.
    /// </summary>
    internal const string For = "_for";
    internal const string ForName = "_for_name";
    internal const string Self = "self";
    internal const string Newborn = "newborn";

    /// <summary>An answer that was given before the draft began, on the way through the guide.</summary>
    internal const string AnswerPrefix = "answer.";

    /// <summary>What is known is asked for again when it is older than this.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    internal static readonly FieldDefinition PhoneField = new() { Name = Phone, Label = Text.PhoneLabel, Type = FieldTypes.Phone };
    internal static readonly FieldDefinition EmailField = new() { Name = Email, Label = Text.EmailLabel, Type = FieldTypes.Email };

    internal static string Address(Draft draft) => $"{CaseRoutes.Begin}/{draft.Id}";

    internal static bool IsWindow(HttpContext context) => context.Caller().Kind == CallerKind.Staff;

    /// <summary>His draft that is still open; else the page that says what became of it.</summary>
    internal static async Task<(Draft? Draft, IResult Answer)> Open(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        var draft = await drafts.Find(context.Caller(), id, cancel);
        return draft switch
        {
            { Case: { } done } => (null, Ui.Pages.SeeOther(After(context.Caller(), done))),
            null => (null, context.Show<DraftGonePage>(new { Window = IsWindow(context) }, StatusCodes.Status404NotFound)),
            _ => (draft, Results.Empty),
        };
    }

    internal static bool MayOpen(CaseType type, Caller who) => who.Kind switch
    {
        CallerKind.Staff => type.WindowPermission is { } window && who.May(window),
        CallerKind.Resident when who.Entity is not null => type.Applicants.HasFlag(Applicants.Firms),
        CallerKind.Resident => who.Person is not null && type.Applicants.HasFlag(Applicants.Persons),
        _ => false,
    };

    /// <summary>In whose name the bases are asked: who applies, and who acts for him if he is a child.</summary>
    private static (Caller Applicant, Caller? Guardian) Applicant(Caller who, Draft draft)
    {
        string? Said(string name) => draft.Answers.GetValueOrDefault(name);
        return who.Kind == CallerKind.Staff
            ? (KnownAnswers.InStead(who, Said(Person) ?? Said(Representative), Said(Entity)),
                // The window has only the name of who stands there: nothing is known of him.
                Said(Relation) is AgentRelation.Parent or AgentRelation.Guardian ? KnownAnswers.InStead(who, null, null) : null)
            : IsForChild(draft) ? (who with { Person = Said(For) is Newborn ? null : Said(For) }, who)
            : (who, null);
    }

    /// <summary>Somebody applies for his child.</summary>
    internal static bool IsForChild(Draft draft) => draft.Answers.GetValueOrDefault(For) is not (null or Self);

    /// <summary>Somebody has still to say for whom he applies.</summary>
    internal static bool AsksForWhom(Caller who, CaseType type) => who is { Kind: CallerKind.Resident, Entity: null, Person: not null } && type.Wards != Wards.None;

    /// <summary>The draft with what is known now.</summary>
    internal static async Task<Draft> Know(HttpContext context, Draft draft, CancellationToken cancel)
    {
        var services = context.RequestServices;
        var (applicant, guardian) = Applicant(context.Caller(), draft);
        var known = await services.GetRequiredService<Knowledge>().Of(applicant, guardian, draft.Type, cancel);
        if (draft.Answers.GetValueOrDefault(For) is Newborn)
        {
            known = known.Append(new(KnownAnswers.Child + "name", new(draft.Answers[ForName], Text.SaidBefore))).ToDictionary(StringComparer.Ordinal);
        }

        return draft.Knowing(known, services.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    /// <summary>Who applies was said.</summary>
    internal static bool HasApplicant(Draft draft) =>
        draft.Answers.ContainsKey(Phone) || draft.Answers.ContainsKey(Email) || draft.Answers.ContainsKey(PersonName) || draft.Answers.ContainsKey(Entity);

    /// <summary>
    /// The next question without an answer, after one or from the beginning; then the materials, then the check. What came
    /// from data or from the guide is passed over: it stands on the last page, to be changed there.
    /// </summary>
    internal static string NextAddress(Draft draft, string? after)
    {
        if (draft.Type.Wards != Wards.None && draft.Acting == Drafts.Own && !draft.Answers.ContainsKey(For))
        {
            return Address(draft) + "/for";
        }

        if (!HasApplicant(draft))
        {
            return Address(draft) + "/applicant";
        }

        var asked = draft.Type.Form.Asked(draft.Answers).ToList();
        var next = after is null
            ? asked.Find(question => !draft.Answers.ContainsKey(question.Field.Name))
            : asked.Skip(asked.FindIndex(question => question.Field.Name == after) + 1).FirstOrDefault(question => !draft.Answers.ContainsKey(question.Field.Name));
        var open = draft.Needed.Where(material => draft.FactOf(material) is null).ToList();
        return next is not null ? $"{Address(draft)}/questions/{next.Field.Name}"
            : draft.Open is { } left ? $"{Address(draft)}/questions/{left.Field.Name}"
            : open.Count > 0 && (after is not null || open.Any(material => draft.Given(material) is null)) ? Address(draft) + "/materials"
            : Address(draft) + "/check";
    }

    /// <summary>Where it goes on once it was handed in: the receipt.</summary>
    internal static string After(Caller who, string number) =>
        (who.Kind == CallerKind.Staff ? CaseAddresses.Desk(number) : CaseAddresses.Own(number)) + "/receipt";

    internal static void Keep(Dictionary<string, string> answers, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            answers[name] = value;
        }
        else
        {
            answers.Remove(name);
        }
    }
}
