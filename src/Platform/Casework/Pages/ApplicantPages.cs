using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Kernel.Identifiers;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Whose application it is and how he is reached. On line it is whoever has signed in. At the window it is whoever
/// stands there: the clerk names him, the register must know him by number and name, and what is known is then his.
/// </summary>
internal static class ApplicantPages
{
    /// <summary>Below this age nobody acts for himself (民法典 art. 20).</summary>
    private const int AgeOfOwnActs = 8;

    private static readonly Basis ByRepresentative = new("民法典", "第二十条");

    public static async Task<IResult> Ask(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer : Page(context, draft, null, Refusals.None);
    }

    public static async Task<IResult> Save(
        HttpContext context, Drafts drafts, PersonDirectory persons, FirmDirectory firms, TimeProvider time, string id, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        if (draft is null)
        {
            return answer;
        }

        var answers = new Dictionary<string, string>(draft.Answers, StringComparer.Ordinal);
        var refusals = new List<Refusal>();
        foreach (var field in new[] { Applying.PhoneField, Applying.EmailField })
        {
            var read = new CaseQuestion(field).Read(form[field.Name]);
            refusals.AddRange(read.Refusals);
            Applying.Keep(answers, field.Name, read.Ok ? read.Value : "");
        }

        if (Applying.IsWindow(context))
        {
            refusals.AddRange(await Name(context.Caller(), draft.Type, form, answers, persons, firms, time.Today(), cancel));
        }
        else if (!answers.ContainsKey(Applying.Phone) && !answers.ContainsKey(Applying.Email) && refusals.Count == 0)
        {
            refusals.Add(new("CASE-O05", Applying.Phone, Text.ContactMissing));
        }

        if (refusals.Count > 0)
        {
            return Page(context, draft, form, new(refusals));
        }

        var named = draft with { Answers = answers };
        if (Applying.IsWindow(context))
        {
            named = await Applying.Know(context, named, cancel);
        }

        await drafts.Save(named, cancel);
        return Ui.Pages.SeeOther(
            form.Has("back") && named.Open is null ? Applying.Address(draft) + "/check"
            : named.HasKnown ? Applying.Address(draft) + "/known"
            : Applying.NextAddress(named, null));
    }

    private static async Task<IReadOnlyList<Refusal>> Name(
        Caller clerk, CaseType type, Posted form, Dictionary<string, string> answers, PersonDirectory persons, FirmDirectory firms, DateOnly today, CancellationToken cancel)
    {
        var refusals = new List<Refusal>();
        var (name, number, firm) = (Cut(form[Applying.PersonName]), form[Applying.Number].Trim(), form[Applying.FirmCode].Trim());
        // The number is not kept: who is named already need not be typed again.
        var before = answers.GetValueOrDefault(Applying.PersonName) == name && number.Length == 0 ? answers.GetValueOrDefault(Applying.Person) : null;
        var isFirm = form.Or(Applying.Kind) is { } kind ? kind == "firm" : firm.Length > 0;
        foreach (var given in new[] { Applying.Person, Applying.Entity, Applying.EntityName, Applying.Representative, Applying.PersonName, Applying.Unlisted })
        {
            answers.Remove(given);
        }

        answers[Applying.Kind] = isFirm ? "firm" : "person";
        Applying.Keep(answers, Applying.FirmCode, isFirm ? firm : "");
        Applying.Keep(answers, Applying.Agent, Cut(form[Applying.Agent]));
        Applying.Keep(answers, Applying.Relation, AgentRelation.Codes.Find(form[Applying.Relation]) is { } relation ? relation.Value : "");
        if (isFirm)
        {
            if (firm.Length == 0 || await firms.Find(firm, cancel) is not { } found)
            {
                refusals.Add(new("CASE-O07", Applying.FirmCode, Text.NoSuchFirm));
            }
            else
            {
                (answers[Applying.Entity], answers[Applying.EntityName]) = (found.Key, found.Name);
                Applying.Keep(answers, Applying.Representative, found.Representative);
            }

            if (!answers.ContainsKey(Applying.Agent))
            {
                refusals.Add(new("CASE-O08", Applying.Agent, Text.FirmNeedsAgent));
            }
        }
        else if (name.Length == 0)
        {
            refusals.Add(new("CASE-O04", Applying.PersonName, Casework.Text.NobodyApplies));
        }
        else if (form.Has(Applying.Unlisted))
        {
            (answers[Applying.PersonName], answers[Applying.Unlisted]) = (name, "1");
        }
        else if ((before ?? await persons.FindFor(KnownAnswers.Reader(clerk, type), KnownAnswers.Purpose(clerk, type), number, name, cancel)) is { } person)
        {
            (answers[Applying.PersonName], answers[Applying.Person]) = (name, person);
        }
        else
        {
            refusals.Add(new("CASE-O06", Applying.Number, Text.NotThisPerson));
        }

        var (agent, by) = (answers.ContainsKey(Applying.Agent), answers.ContainsKey(Applying.Relation));
        if (agent && !by)
        {
            refusals.Add(new("CASE-O08", Applying.Relation, Text.NoRelation));
        }
        else if (by && !agent && !isFirm)
        {
            refusals.Add(new("CASE-O08", Applying.Agent, Text.NoAgent));
        }
        else if (!isFirm && !agent && CitizenNumber.Kind.Normalise(number) is { Length: 18 } full && CitizenNumber.BirthDate(full) is { } born && born.AddYears(AgeOfOwnActs) > today)
        {
            refusals.Add(new("CASE-O08", Applying.Agent, Text.ChildNeedsAgent(AgeOfOwnActs), ByRepresentative));
        }

        return refusals;
    }

    private static IResult Page(HttpContext context, Draft draft, Posted? sent, Refusals refusals) => context.Show<ApplicantPage>(
        new { Draft = draft, Sent = sent, Window = Applying.IsWindow(context), Back = context.Request.Query.ContainsKey("back") || (sent?.Has("back") ?? false), Refusals = refusals },
        refusals.Any ? 422 : 200);

    private static string Cut(string text) => text.Trim() is { Length: > 100 } many ? many[..100] : text.Trim();
}
