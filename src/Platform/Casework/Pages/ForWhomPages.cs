using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>
/// The first question of an application that parents may hand in for their children: for whom it is. What the register
/// proves is offered; what is sent is compared with it again, here and when the application is handed in.
/// </summary>
internal static class ForWhomPages
{
    public static async Task<IResult> Ask(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        return draft is null ? answer
            : !Applying.AsksForWhom(context.Caller(), draft.Type) ? Results.NotFound()
            : Page(context, draft, await Wards(context, draft.Type, cancel), null, Refusals.None);
    }

    public static async Task<IResult> Save(HttpContext context, Drafts drafts, string id, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var (draft, answer) = await Applying.Open(context, drafts, id, cancel);
        if (draft is null || !Applying.AsksForWhom(context.Caller(), draft.Type))
        {
            return draft is null ? answer : Results.NotFound();
        }

        var wards = await Wards(context, draft.Type, cancel);
        var (chosen, name) = (form[Applying.For].Trim(), form[Applying.ForName].Trim());
        var (refusal, called) = chosen switch
        {
            Applying.Self when draft.Type.Wards != Casework.Wards.Newborns => ((Refusal?)null, (string?)null),
            Applying.Newborn when draft.Type.Wards == Casework.Wards.Newborns => name.Length is > 0 and <= 100 ? (null, name) : (new("CASE-O11", Applying.ForName, Text.NewbornUnnamed), null),
            "" => (new("CASE-F02", Applying.For, Text.ChooseForWhom), null),
            _ when wards.FirstOrDefault(ward => ward.Key == chosen) is { } ward => (null, ward.Name),
            _ => (new("CASE-O10", Applying.For, Casework.Text.NotHisChild, KnownAnswers.ByParents), null),
        };
        if (refusal is not null)
        {
            return Page(context, draft, wards, form, Refusals.Of(refusal));
        }

        var said = await Said(context, draft, chosen, called, cancel);
        await drafts.Save(said, cancel);
        return Ui.Pages.SeeOther(
            !Applying.HasApplicant(said) ? Applying.NextAddress(said, null)
            : said.HasKnown ? Applying.Address(draft) + "/known"
            : Applying.NextAddress(said, null));
    }

    /// <summary>Who has no child that the register proves is not asked: it is for himself.</summary>
    public static async Task<Draft> Begun(HttpContext context, Draft draft, CancellationToken cancel) =>
        draft.Type.Wards == Casework.Wards.Newborns || (await Wards(context, draft.Type, cancel)).Count > 0 ? draft : await Said(context, draft, Applying.Self, null, cancel);

    private static Task<Draft> Said(HttpContext context, Draft draft, string whom, string? name, CancellationToken cancel)
    {
        var answers = new Dictionary<string, string>(draft.Answers, StringComparer.Ordinal) { [Applying.For] = whom };
        Applying.Keep(answers, Applying.ForName, name);
        return Applying.Know(context, draft with { Answers = answers }, cancel);
    }

    private static Task<IReadOnlyList<Ward>> Wards(HttpContext context, CaseType type, CancellationToken cancel)
    {
        var who = context.Caller();
        return context.RequestServices.GetRequiredService<GuardianDirectory>().WardsOf(KnownAnswers.Reader(who, type), KnownAnswers.Guardianship(type), who.Person!, cancel);
    }

    private static IResult Page(HttpContext context, Draft draft, IReadOnlyList<Ward> wards, Posted? sent, Refusals refusals) => context.Show<ForWhomPage>(
        new { Draft = draft, Wards = wards, Chosen = sent?[Applying.For] ?? draft.Answers.GetValueOrDefault(Applying.For) ?? "", Name = sent?[Applying.ForName] ?? draft.Answers.GetValueOrDefault(Applying.ForName) ?? "", Refusals = refusals },
        refusals.Any ? 422 : 200);
}
