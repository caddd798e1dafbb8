using Microsoft.AspNetCore.Http;
using Shali.Government.S06Sharing.Requests;
using Shali.Platform.Casework;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S06Sharing.Pages;

/// <summary>Asking for data, putting a request right, and the list of requests.</summary>
internal static class RequestPages
{
    public static async Task<IResult> List(HttpContext context, RequestDesk desk, Offices offices, CancellationToken cancel, string? before = null)
    {
        var found = await desk.List(context.Caller(), before, cancel);
        return context.Show<RequestListPage>(new
        {
            Found = found.Take(RequestDesk.PageSize).ToList(),
            Next = found.Count > RequestDesk.PageSize ? found[RequestDesk.PageSize - 1].Number : null,
            First = before is null,
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static IResult AskNew(HttpContext context, SharedResources shared, Offices offices, TimeProvider time, string id)
    {
        if (shared.Find(id) is not { } resource)
        {
            return Results.NotFound();
        }

        var today = time.Today();
        var terms = new GrantTerms(resource.Id, context.Caller().Office)
        {
            Fields = resource.Key is { } key ? [key] : [],
            Ways = [resource.Service ? GrantWay.Service : GrantWay.Query],
            Rate = 60,
            Begins = today,
            Ends = today.AddYears(1),
        };

        var consumer = offices.Find(context.Caller().Office);
        if (DataReturn.FieldFor(resource, offices.Find(resource.Owner), consumer) is { } region)
        {
            terms = DataReturn.Fill(terms, resource, region, consumer!);
        }

        // Whoever cannot get it by a request is told before he fills anything in.
        var barred = new Refusals([.. GrantRules.Judge(terms, shared, today).Where(refusal => refusal.Code is "SHR-G02" or "SHR-G03")]);
        return Form(context, resource, terms, Routes.New(resource.Address), Ulid.Next(time), null, barred);
    }

    public static async Task<IResult> Open(HttpContext context, SharedResources shared, RequestDesk desk, TimeProvider time, string id, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (shared.Find(id) is not { } resource)
        {
            return Results.NotFound();
        }

        var terms = Read(form, resource.Id, context.Caller().Office);
        var once = form.Or(Posted.Once) ?? Ulid.Next(time);
        var opened = await desk.Open(context.Caller(), terms, "sharing:" + once, cancel);
        return opened.Ok
            ? Platform.Ui.Pages.SeeOther(CaseAddresses.Desk(opened.Value))
            : Form(context, resource, terms, Routes.New(resource.Address), once, null, opened.Refusals);
    }

    public static async Task<IResult> AskCorrection(HttpContext context, CaseReader cases, SharedResources shared, TimeProvider time, string number, CancellationToken cancel) =>
        await Own(context, cases, number, cancel) is { } file && RequestTerms.Of(file.Answers) is var terms && shared.Find(terms.Resource) is { } resource
            ? Form(context, resource, terms, Routes.Correct(file.Case.Number), Ulid.Next(time), file, Refusals.None)
            : Results.NotFound();

    public static async Task<IResult> Correct(
        HttpContext context, CaseReader cases, CaseDesk desk, RequestDesk requests, SharedResources shared, TimeProvider time, string number, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await Own(context, cases, number, cancel) is not { } file || shared.Find(RequestTerms.Of(file.Answers).Resource) is not { } resource)
        {
            return Results.NotFound();
        }

        var terms = Read(form, resource.Id, file.Answers[RequestTerms.Consumer]);
        var once = form.Or(Posted.Once) ?? Ulid.Next(time);
        var request = new StepRequest("correct")
        {
            Expected = RequestTerms.Number(form[Posted.Version]) ?? -1,
            Answers = RequestTerms.Answers(terms, file.Answers[RequestTerms.Provider]),
        };
        var refusals = requests.Judge(terms);
        refusals = refusals.Any ? refusals : (await desk.Take(context.Caller(), file.Case.Number, request, "sharing:" + once, cancel)).Refusals;
        return refusals.Any
            ? Form(context, resource, terms, Routes.Correct(file.Case.Number), once, file, refusals)
            : Platform.Ui.Pages.SeeOther(CaseAddresses.Desk(file.Case.Number));
    }

    /// <summary>A request of the caller's office that waits to be put right; null when there is none.</summary>
    private static async Task<CaseFile?> Own(HttpContext context, CaseReader cases, string number, CancellationToken cancel) =>
        CaseNumbers.Read(number) is { } known && await cases.Get(context.Caller(), known, cancel) is { } file
            && RequestType.Is(file.Type) && file.Case.Stage == "correcting" && file.Case.Office == context.Caller().Office ? file : null;

    private static GrantTerms Read(Posted form, string resource, string consumer) => new(resource, consumer)
    {
        Basis = form["basis"].Trim(),
        Scene = form["scene"].Trim(),
        Fields = form.All("fields"),
        Clear = form.All("clear"),
        Condition = form["condition"].Trim(),
        Ways = form.All("ways"),
        Rate = RequestTerms.Number(form["rate"].Trim()),
        Begins = RequestTerms.Day(form["begins"]),
        Ends = RequestTerms.Day(form["ends"]),
    };

    private static IResult Form(HttpContext context, ResourceDefinition resource, GrantTerms terms, string action, string once, CaseFile? file, Refusals refusals) =>
        context.Show<RequestFormPage>(
            new
            {
                Resource = resource,
                Provider = ((Offices)context.RequestServices.GetService(typeof(Offices))!).NameOf(resource.Owner),
                Terms = terms,
                Action = action,
                Once = once,
                Version = file?.Version ?? 0,
                Told = file?.Events.LastOrDefault(one => one.Step == "ask-correction")?.Opinion ?? "",
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
}
