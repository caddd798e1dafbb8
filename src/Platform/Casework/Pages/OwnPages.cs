using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>An applicant's own cases: how they stand, what is expected of him, his papers.</summary>
internal static class OwnPages
{
    private const int PageSize = 20;

    public static async Task<IResult> List(
        HttpContext context, CaseReader cases, CaseTypes types, Drafts drafts, CancellationToken cancel, string? after = null)
    {
        var found = await cases.Own(context.Caller(), PageSize + 1, CaseNumbers.Read(after), cancel);
        return context.Show<OwnCasesPage>(new
        {
            Cases = found.Take(PageSize).ToList(),
            Next = found.Count > PageSize ? found[PageSize - 1].Number : null,
            Drafts = await drafts.Of(context.Caller(), cancel),
            Type = (Func<string, CaseType?>)types.Find,
        });
    }

    public static async Task<IResult> Show(
        HttpContext context, CaseReader cases, string number, CancellationToken cancel, string? done = null) =>
        await Find(context, cases, number, cancel) is { } file ? await Page(context, file, done, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Ask(HttpContext context, CaseReader cases, TimeProvider time, string number, string step, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file || file.Type.Step(step) is not { } asked)
        {
            return Results.NotFound();
        }

        var standing = Standing.Of(file.Facts, asked, context.Caller());
        if (!standing.Any && CorrectionPages.Serves(file, asked))
        {
            return CorrectionPages.Ask(context, file, asked, Ulid.Next(time));
        }

        return standing.Any ? await Page(context, file, null, standing, cancel) : await Form(context, file, asked, null, Ulid.Next(time), file.Version, Refusals.None, cancel);
    }

    public static async Task<IResult> Take(
        HttpContext context, CaseReader cases, CaseDesk desk, TimeProvider time, string number, string step, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file || file.Type.Step(step) is not { } asked)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        if (CorrectionPages.Serves(file, asked))
        {
            return await CorrectionPages.Take(
                context, file, asked, form, CasePages.Once(form, time), $"{CaseAddresses.Own(file.Case.Number)}?done={Uri.EscapeDataString(asked.Code)}", cancel);
        }

        var request = StepForm.Read(asked, form, null);
        if (asked.ChangesAnswers)
        {
            request = request with { Answers = Answers(file.Type.Form, form) };
        }

        var once = CasePages.Once(form, time);
        var taken = await desk.Take(context.Caller(), file.Case.Number, request, once, cancel);
        return taken.Ok
            ? Ui.Pages.SeeOther($"{CaseAddresses.Own(file.Case.Number)}?done={Uri.EscapeDataString(asked.Code)}")
            : taken.Refusals.Any(refusal => refusal.Code == "CASE-C01")
                ? await Page(context, file, null, taken.Refusals, cancel, StatusCodes.Status409Conflict)
                : await Form(context, file, asked, form, once, request.Expected ?? file.Version, taken.Refusals, cancel);
    }

    public static async Task<IResult> Attach(
        HttpContext context, CaseReader cases, CaseParts parts, CaseFiles files, TimeProvider time, string number, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        // Papers are handed in while something is expected of the applicant; afterwards the office decides on what it has.
        var kept = MayAttach(file)
            ? await CasePages.Keep(context, file, parts, files, form, CasePages.Once(form, time), cancel)
            : new Refusal("CASE-P07", "", Text.NotNow);
        return kept.Ok ? Ui.Pages.SeeOther(CaseAddresses.Own(file.Case.Number) + "?done=saved#papers") : await Page(context, file, null, kept.Refusals, cancel);
    }

    public static async Task<IResult> Download(HttpContext context, CaseReader cases, CaseFiles files, string number, string key, CancellationToken cancel) =>
        await Find(context, cases, number, cancel) is { } file ? await files.Give(context, file, key, cancel) : Results.NotFound();

    /// <summary>A document that was issued in his case.</summary>
    public static async Task<IResult> Paper(HttpContext context, CaseReader cases, IssuedPapers papers, string number, string key, CancellationToken cancel) =>
        await Find(context, cases, number, cancel) is { } file
            ? await papers.Give(context, file, key, CaseAddresses.Own(file.Case.Number), cancel)
            : Results.NotFound();

    /// <summary>Answers as a form with all questions sends them: what is empty was not answered.</summary>
    internal static Dictionary<string, string> Answers(CaseForm form, Posted sent) => form.Questions
        .Where(question => sent.Or(question.Field.Name) is not null)
        .ToDictionary(question => question.Field.Name, question => sent[question.Field.Name].Trim(), StringComparer.Ordinal);

    private static bool MayAttach(CaseFile file) =>
        file.Case.State == CaseState.Before
        || (file.Case.State == CaseState.Waiting && file.Type.Steps.Any(step => step.By == Actor.Applicant && step.From.Contains(file.Case.Stage)))
        || (file.Case.State != CaseState.Ended && file.Materials.Any(material => material.Material.How == MaterialSource.Promised));

    private static async Task<CaseFile?> Find(HttpContext context, CaseReader cases, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: Sight.Own } file ? file : null;

    private static async Task<IResult> Page(
        HttpContext context, CaseFile file, string? done, Refusals refusals, CancellationToken cancel, int status = 422)
    {
        var services = context.RequestServices;
        return context.Show<OwnCasePage>(
            new
            {
                File = file,
                Steps = CaseRules.Possible(file.Facts, context.Caller()),
                Code = ((TrackingCodes)services.GetService(typeof(TrackingCodes))!).Of(file.Case.Number),
                Done = done is null ? "" : done == BuiltInSteps.Open ? Text.Opened(file.Case.Number) : file.Type.Step(done)?.Label ?? Text.Saved,
                Once = Ulid.Next((TimeProvider)services.GetService(typeof(TimeProvider))!),
                OfficeName = (Func<string, string>)((Offices)services.GetService(typeof(Offices))!).NameOf,
                Registry = (ResourceRegistry)services.GetService(typeof(ResourceRegistry))!,
                Panels = await CasePanel.All(context, file, PanelPlace.Own, cancel),
                Issued = await ((IssuedPapers)services.GetService(typeof(IssuedPapers))!).Of(file, cancel),
                MayAttach = MayAttach(file),
                Refusals = refusals,
            },
            refusals.Any ? status : 200);
    }

    private static async Task<IResult> Form(
        HttpContext context, CaseFile file, CaseStep step, Posted? sent, string once, int version, Refusals refusals, CancellationToken cancel)
    {
        var registry = (ResourceRegistry)context.RequestServices.GetService(typeof(ResourceRegistry))!;
        var form = await StepForm.Of(context, file, step, sent, once, version, cancel);
        if (step.ChangesAnswers)
        {
            form = form with
            {
                Fields = [.. file.Type.Form.Questions.Select(question => StepForm.Input(
                    registry,
                    // Which of the questions count is judged when it is sent: without script all are shown.
                    question.When is null ? question.Field : question.Field with { Required = false },
                    sent?[question.Field.Name] ?? file.Answers.GetValueOrDefault(question.Field.Name) ?? ""))],
            };
        }

        return context.Show<StepPage>(
            new { Form = form, Action = $"{CaseAddresses.Own(file.Case.Number)}/steps/{step.Code}", Refusals = refusals }, refusals.Any ? 422 : 200);
    }
}
