using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// Filling in an application, one question a page: kept with every answer, to be gone on with later, checked as a
/// whole, handed in once. A window fills in the same for whoever stands before it.
/// </summary>
internal static class ApplyPages
{
    public static IResult Types(HttpContext context, CaseTypes types) => context.Show<ApplyTypesPage>(new
    {
        Types = (IReadOnlyList<CaseType>)[.. types.Current.Where(type => Applying.MayOpen(type, context.Caller())).OrderBy(type => type.Name, StringComparer.Ordinal)],
    });

    public static async Task<IResult> Begin(HttpContext context, CaseTypes types, Drafts drafts, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var who = context.Caller();
        if (types.Find(form["type"]) is not { } type)
        {
            return Results.NotFound();
        }

        if (!Applying.MayOpen(type, who))
        {
            return context.Show<NotForYouPage>(new { Type = type }, StatusCodes.Status422UnprocessableEntity);
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in type.Form.Questions)
        {
            // What does not fit is asked again on its page.
            if (form.Or(Applying.AnswerPrefix + question.Field.Name) is { } given && question.Read(given) is { Ok: true } read)
            {
                Applying.Keep(answers, question.Field.Name, read.Value);
            }
        }

        var draft = await drafts.Begin(who, type, answers, cancel);
        if (who.Kind == CallerKind.Resident)
        {
            await drafts.Save(
                Applying.AsksForWhom(who, type) ? await ForWhomPages.Begun(context, draft, cancel) : await Applying.Know(context, draft, cancel), cancel);
        }

        return Ui.Pages.SeeOther(Applying.Address(draft));
    }

    public static async Task<IResult> Next(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer : Ui.Pages.SeeOther(Applying.NextAddress(draft, null));
    }

    /// <summary>What nobody has to write or bring.</summary>
    public static async Task<IResult> Known(HttpContext context, Drafts drafts, ResourceRegistry registry, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer
            : Applying.HasApplicant(draft) ? context.Show<KnownPage>(new { Draft = draft, Registry = registry })
            : Ui.Pages.SeeOther(Applying.NextAddress(draft, null));
    }

    public static async Task<IResult> Ask(HttpContext context, Drafts drafts, string id, string name, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer
            : draft.Type.Form.Find(name) is { } question ? Question(context, draft, question, null, Refusals.None)
            : Results.NotFound();
    }

    public static async Task<IResult> Answer(HttpContext context, Drafts drafts, string id, string name, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        if (draft?.Type.Form.Find(name) is not { } question)
        {
            return draft is null ? answer : Results.NotFound();
        }

        var read = question.Read(form[name]);
        if (!read.Ok)
        {
            return Question(context, draft, question, form, read.Refusals);
        }

        var answers = new Dictionary<string, string>(draft.Answers, StringComparer.Ordinal);
        Applying.Keep(answers, name, read.Value);
        draft = draft with { Answers = answers };
        await drafts.Save(draft, cancel);

        // A changed answer can bring up further questions and materials: they are asked before the check page shows again.
        return Ui.Pages.SeeOther(form.Has("back") && draft.Open is null
            ? Applying.Address(draft) + "/check"
            : Applying.NextAddress(draft, form.Has("back") ? null : name));
    }

    public static async Task<IResult> Drop(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        await drafts.Drop(context.Caller(), id, cancel);
        return Ui.Pages.SeeOther(Applying.IsWindow(context) ? CaseRoutes.Begin : CaseRoutes.Own);
    }

    private static IResult Question(HttpContext context, Draft draft, CaseQuestion question, Posted? sent, Refusals refusals)
    {
        var registry = (ResourceRegistry)context.RequestServices.GetService(typeof(ResourceRegistry))!;
        return context.Show<QuestionPage>(
            new
            {
                Draft = draft,
                Input = StepForm.Input(registry, question.Field, sent?[question.Field.Name] ?? draft.Answers.GetValueOrDefault(question.Field.Name) ?? ""),
                Source = draft.FactOf(question)?.Source ?? "",
                Back = context.Request.Query.ContainsKey("back") || (sent?.Has("back") ?? false),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
