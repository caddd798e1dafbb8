using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Casework.Pages;

/// <summary>The page of a case for those who work on it, and what they do there.</summary>
internal static class CasePages
{
    public static async Task<IResult> Show(HttpContext context, CaseReader cases, string number, CancellationToken cancel, string? done = null) =>
        await Find(context, cases, number, cancel) is { } file ? await Page(context, file, done, Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Ask(HttpContext context, CaseReader cases, TimeProvider time, string number, string step, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file || file.Type.Step(step) is not { } asked)
        {
            return Results.NotFound();
        }

        var standing = Standing.Of(file.Facts, asked, context.Caller());
        return standing.Any
            ? await Page(context, file, null, standing, cancel)
            : CorrectionPages.Serves(file, asked) ? CorrectionPages.Ask(context, file, asked, Ulid.Next(time))
            : await Form(context, file, asked, null, Ulid.Next(time), file.Version, Refusals.None, cancel);
    }

    public static async Task<IResult> Take(
        HttpContext context, CaseReader cases, CaseDesk desk, CaseFiles files, TimeProvider time, string number, string step, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file || file.Type.Step(step) is not { } asked)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var kept = await files.Take("file", form.Files.FirstOrDefault(), context.Caller(), cancel);
        if (CorrectionPages.Serves(file, asked))
        {
            return await CorrectionPages.Take(context, file, asked, form, Once(form, time), $"{CaseAddresses.Desk(file.Case.Number)}?done={Uri.EscapeDataString(asked.Code)}", cancel);
        }

        var request = CaseFaults.Tell(file.Type, StepForm.Read(asked, form, kept.Ok ? kept.Value?.Address : null), asked.TellsFaults ? StepForm.Faults(file.Type, form) : []);
        var once = Once(form, time);
        var taken = kept.Ok ? await desk.Take(context.Caller(), file.Case.Number, request, once, cancel) : kept.Refusals;
        if (taken.Ok)
        {
            return Ui.Pages.SeeOther($"{CaseAddresses.Desk(file.Case.Number)}?done={Uri.EscapeDataString(asked.Code)}");
        }

        if (taken.Refusals.Any(refusal => refusal.Code == "CASE-C01"))
        {
            return context.Show<CaseConflictPage>(new { File = file, Step = asked, Opinion = request.Opinion ?? request.Reason ?? "" }, StatusCodes.Status409Conflict);
        }

        return await Form(context, file, asked, form, once, request.Expected ?? file.Version, taken.Refusals, cancel);
    }

    public static async Task<IResult> Comment(HttpContext context, CaseReader cases, CaseParts parts, TimeProvider time, string number, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        return await Answer(context, file, await parts.Comment(context.Caller(), file.Case, form["words"], Once(form, time), cancel), "#comments", cancel);
    }

    public static async Task<IResult> Link(HttpContext context, CaseReader cases, CaseParts parts, TimeProvider time, string number, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var linked = await parts.Link(context.Caller(), file.Case, form["kind"], form["other"], form.Or("note"), Once(form, time), cancel);
        return await Answer(context, file, linked, "#links", cancel);
    }

    public static async Task<IResult> Attach(
        HttpContext context, CaseReader cases, CaseParts parts, CaseFiles files, TimeProvider time, string number, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { Sight: Sight.Office } file)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        return await Answer(context, file, await Keep(context, file, parts, files, form, Once(form, time), cancel), "#papers", cancel);
    }

    public static async Task<IResult> Check(HttpContext context, CaseReader cases, CaseParts parts, string number, string key, CancellationToken cancel)
    {
        if (await Find(context, cases, number, cancel) is not { Sight: Sight.Office } file)
        {
            return Results.NotFound();
        }

        // A paper of the case above is found there: whoever uses it says so once, for all.
        var above = file.Above?.Materials.FirstOrDefault(one => one.Material.Key == key);
        var code = file.Materials.FirstOrDefault(one => one.Material.Key == key)?.Material.Code;
        if (above is null ? !CaseSight.Checks(file, context.Caller(), code) : file.Case.Office != context.Caller().Office || file.Above!.Case.State == CaseState.Ended)
        {
            return Results.NotFound();
        }

        var form = await Posted.Read(context, cancel);
        var of = above is null ? file.Case : file.Above!.Case;
        return await Answer(context, file, await parts.Check(context.Caller(), of, key, form["verdict"] == "good", form.Or("fault"), cancel), "#papers", cancel);
    }

    public static async Task<IResult> Download(HttpContext context, CaseReader cases, CaseFiles files, string number, string key, CancellationToken cancel) =>
        await Find(context, cases, number, cancel) is { } file ? await files.Give(context, file, key, cancel) : Results.NotFound();

    /// <summary>A document that was issued in the case.</summary>
    public static async Task<IResult> Paper(HttpContext context, CaseReader cases, IssuedPapers papers, string number, string key, CancellationToken cancel) =>
        await Find(context, cases, number, cancel) is { } file
            ? await papers.Give(context, file, key, CaseAddresses.Desk(file.Case.Number), cancel)
            : Results.NotFound();

    /// <summary>Keeps the file of a form as a paper of the case, new or in place of an older version.</summary>
    internal static async Task<Outcome<Written>> Keep(
        HttpContext context, CaseFile file, CaseParts parts, CaseFiles files, Posted form, string once, CancellationToken cancel)
    {
        var kept = await files.Take("file", form.Files.FirstOrDefault(), context.Caller(), cancel);
        if (!kept.Ok)
        {
            return kept.Refusals;
        }

        if (kept.Value is not { } stored)
        {
            return new Refusal("CASE-P06", "file", Text.NoFile);
        }

        var given = new GivenMaterial(form.Or("code"), form.Or("name") ?? stored.Name, MaterialSource.Uploaded) { File = stored.Address, FileName = stored.Name };
        if (given.Code is { } code && file.Type.Materials.All(material => material.Code != code))
        {
            return new Refusal("CASE-M02", "code", Casework.Text.NoSuchMaterial(code));
        }

        return await parts.Attach(context.Caller(), file.Case, form.Or("key"), given, once, cancel);
    }

    internal static string Once(Posted form, TimeProvider time) => form.Or(Posted.Once) is { Length: <= 64 } word ? "case:" + word : Ulid.Next(time);

    /// <summary>Null when there is none for a caller of the desk: the applicant has his own pages.</summary>
    private static async Task<CaseFile?> Find(HttpContext context, CaseReader cases, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { Sight: not Sight.Own } file ? file : null;

    private static async Task<IResult> Answer<T>(HttpContext context, CaseFile file, Outcome<T> outcome, string place, CancellationToken cancel) => outcome.Ok
        ? Ui.Pages.SeeOther(CaseAddresses.Desk(file.Case.Number) + "?done=saved" + place)
        : await Page(context, file, null, outcome.Refusals, cancel);

    private static async Task<IResult> Page(HttpContext context, CaseFile file, string? done, Refusals refusals, CancellationToken cancel)
    {
        var services = context.RequestServices;
        return context.Show<CasePage>(
            new
            {
                File = file,
                Panels = await CasePanel.All(context, file, PanelPlace.Desk, cancel),
                Steps = CaseRules.Possible(file.Facts, context.Caller()),
                Done = done is null ? "" : file.Type.Step(done)?.Label ?? Text.Saved,
                Once = Ulid.Next((TimeProvider)services.GetService(typeof(TimeProvider))!),
                OfficeName = (Func<string, string>)((Offices)services.GetService(typeof(Offices))!).NameOf,
                Registry = (ResourceRegistry)services.GetService(typeof(ResourceRegistry))!,
                Issued = await ((IssuedPapers)services.GetService(typeof(IssuedPapers))!).Of(file, cancel),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> Form(
        HttpContext context, CaseFile file, CaseStep step, Posted? sent, string once, int version, Refusals refusals, CancellationToken cancel) =>
        context.Show<StepPage>(
            new { Form = await StepForm.Of(context, file, step, sent, once, version, cancel), Action = $"{CaseAddresses.Desk(file.Case.Number)}/steps/{step.Code}", Refusals = refusals },
            refusals.Any ? 422 : 200);
}
