using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.Governance.Disclosure.Pages;

/// <summary>Consultations: what the public reads and answers, and how the office handles the answers.</summary>
internal static class ConsultationPages
{
    public static async Task<IResult> List(HttpContext context, ConsultationDesk desk, TimeProvider time, CancellationToken cancel) =>
        context.Show<ConsultationListPage>(new { Found = await desk.All(cancel), Today = time.Today() });

    public static Task<IResult> Show(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, CancellationToken cancel) =>
        Page(context, desk, documents, time, key, null, Refusals.None, cancel);

    public static async Task<IResult> Answer(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await desk.Get(key, cancel) is null)
        {
            return Results.NotFound();
        }

        var refusals = await desk.Answer(context.Caller(), key, form.Or("words"), form.Or(Posted.Once), cancel);
        return refusals.Any ? await Page(context, desk, documents, time, key, form, refusals, cancel) : Platform.Ui.Pages.SeeOther($"{Routes.Consultations}/{key}?done=1");
    }

    public static Task<IResult> Desk(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, CancellationToken cancel) =>
        Desk(context, desk, documents, time, null, Refusals.None, cancel);

    public static async Task<IResult> Begin(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var begun = await desk.Begin(context.Caller(), form["document"], DraftPages.Day(form["closes_on"]), form.Or(Posted.Once), cancel);
        return begun.Ok ? Platform.Ui.Pages.SeeOther($"{Routes.DeskConsultations}/{begun.Value}") : await Desk(context, desk, documents, time, form, begun.Refusals, cancel);
    }

    public static Task<IResult> One(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, CancellationToken cancel) =>
        One(context, desk, documents, time, key, Refusals.None, cancel);

    public static async Task<IResult> Handle(
        HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, string answer, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var refusals = await desk.Handle(context.Caller(), key, answer, form.Or("handling"), form.Or("reply"), cancel);
        return refusals.Any ? await One(context, desk, documents, time, key, refusals, cancel) : Platform.Ui.Pages.SeeOther($"{Routes.DeskConsultations}/{key}");
    }

    public static async Task<IResult> Finish(HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var refusals = await desk.Finish(context.Caller(), key, form.Or("document"), cancel);
        return refusals.Any ? await One(context, desk, documents, time, key, refusals, cancel) : Platform.Ui.Pages.SeeOther($"{Routes.DeskConsultations}/{key}");
    }

    private static async Task<IResult> Page(
        HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        if (await desk.Get(key, cancel) is not { } of || await documents.Get(of.Document, cancel) is not { } document)
        {
            return Results.NotFound();
        }

        return context.Show<ConsultationPage>(
            new
            {
                Of = of,
                document.Document,
                Outcome = of.Outcome is { } outcome && await documents.Get(outcome, cancel) is { } found ? found.Document : null,
                Open = of.OpensOn <= time.Today() && time.Today() <= of.ClosesOn,
                Done = context.Request.Query.ContainsKey("done"),
                Words = sent?["words"] ?? "",
                Once = sent?.Or(Posted.Once) ?? Ulid.Next(time),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> Desk(
        HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, Posted? sent, Refusals refusals, CancellationToken cancel)
    {
        var office = context.Caller().Office;
        var own = (await desk.All(cancel)).Where(one => one.Office == office).ToList();
        var (published, _) = await documents.Find(new() { Office = office }, 200, cancel);
        return context.Show<ConsultationDeskPage>(
            new
            {
                Found = (IReadOnlyList<Consultation>)own,
                Texts = (IReadOnlyList<Document>)[.. published.Where(document => document.Genre == "draft" && own.TrueForAll(one => one.Document != document.Index))],
                Chosen = sent?["document"] ?? "",
                Closes = sent?["closes_on"] ?? "",
                Once = sent?.Or(Posted.Once) ?? Ulid.Next(time),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<IResult> One(
        HttpContext context, ConsultationDesk desk, DocumentReader documents, TimeProvider time, string key, Refusals refusals, CancellationToken cancel)
    {
        if (await desk.Get(key, cancel) is not { } of || of.Office != context.Caller().Office)
        {
            return Results.NotFound();
        }

        var (published, _) = await documents.Find(new() { Office = of.Office }, 200, cancel);
        return context.Show<ConsultationAnswersPage>(
            new
            {
                Of = of,
                Answers = await desk.Answers(context.Caller(), of, cancel),
                Outcomes = (IReadOnlyList<Document>)[.. published.Where(document => document.Genre == "outcome")],
                Over = of.ClosesOn < time.Today(),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }
}
