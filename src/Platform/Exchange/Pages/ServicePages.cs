using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Platform.Exchange.Pages;

/// <summary>Offices' services: the information officer registers, a second person opens, both test the connection.</summary>
internal static class ServicePages
{
    public static async Task<IResult> List(HttpContext context, ServiceDesk desk, ServiceCheck check, Offices offices, CancellationToken cancel)
    {
        var services = await desk.List(context.Caller(), cancel);
        return context.Show<ServiceListPage>(new
        {
            Services = services,
            Health = await check.Last([.. services.Select(service => service.Code)], cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
            MayRegister = context.Caller().May(ServiceRights.Manage),
        });
    }

    public static IResult AskNew(HttpContext context) => Form(context, new("", "", "", "", "", "", false, ""), null, 0, Refusals.None);

    public static async Task<IResult> Register(HttpContext context, ServiceDesk desk, CancellationToken cancel)
    {
        var input = Read(await Posted.Read(context, cancel));
        var done = await desk.Register(context.Caller(), input, cancel);
        return done.Ok ? Ui.Pages.SeeOther($"{ExchangeSystem.Services}/{done.Value}") : Form(context, input, null, 0, done.Refusals);
    }

    public static async Task<IResult> AskChange(HttpContext context, ServiceDesk desk, string code, CancellationToken cancel) =>
        await desk.Get(context.Caller(), code, cancel) is { } found && ServiceDesk.MayChange(context.Caller(), found.Service)
            ? Form(context, ServiceInput.Of(found.Service), code, found.Version, Refusals.None)
            : Results.NotFound();

    public static async Task<IResult> Change(HttpContext context, ServiceDesk desk, string code, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await desk.Get(context.Caller(), code, cancel) is null)
        {
            return Results.NotFound();
        }

        var (input, seen) = (Read(form), Number(form[Posted.Version]));
        var done = await desk.Change(context.Caller(), code, input, seen, cancel);
        return done.Ok ? Ui.Pages.SeeOther($"{ExchangeSystem.Services}/{code}") : Form(context, input, code, seen, done.Refusals);
    }

    public static Task<IResult> Show(HttpContext context, string code, CancellationToken cancel) => Show(context, code, null, "", Refusals.None, cancel);

    public static async Task<IResult> Test(HttpContext context, ServiceDesk desk, ServiceCheck check, string code, CancellationToken cancel)
    {
        _ = await Posted.Read(context, cancel);
        if (await desk.Get(context.Caller(), code, cancel) is not { Service.State: not ServiceState.Closed })
        {
            return Results.NotFound();
        }

        await check.Run(code, cancel);
        return Ui.Pages.SeeOther($"{ExchangeSystem.Services}/{code}");
    }

    public static async Task<IResult> Take(HttpContext context, ServiceDesk desk, string code, string act, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (ServiceAct.Find(act) is not { } known)
        {
            return Results.NotFound();
        }

        var done = await desk.Take(context.Caller(), code, known, form.Or("reason"), Number(form[Posted.Version]), cancel);
        return done.Ok ? Ui.Pages.SeeOther($"{ExchangeSystem.Services}/{code}") : await Show(context, code, act, form["reason"], done.Refusals, cancel);
    }

    private static async Task<IResult> Show(HttpContext context, string code, string? tried, string reason, Refusals refusals, CancellationToken cancel)
    {
        var (services, who) = (context.RequestServices, context.Caller());
        if (await services.GetRequiredService<ServiceDesk>().Get(who, code, cancel) is not { } found)
        {
            return Results.NotFound();
        }

        var grants = await services.GetRequiredService<RecordReader>().List(
            GrantResources.Grant,
            new RecordQuery { Where = new Filter.Compare("resource", Comparison.Equal, $"{ServiceBook.Schema}/{code}"), Sort = [new("number", Descending: true)], Limit = 100 }, cancel);
        return context.Show<ServicePage>(
            new
            {
                found.Service,
                found.Version,
                Health = (await services.GetRequiredService<ServiceCheck>().Last([code], cancel)).GetValueOrDefault(code),
                Grants = (IReadOnlyList<Grant>)[.. grants.Records.Select(Typed<Grant>.Of)],
                Acts = (IReadOnlyList<ServiceAct>)[.. ServiceAct.All.Where(one => ServiceDesk.MayTake(who, found.Service, one))],
                MayChange = ServiceDesk.MayChange(who, found.Service),
                OfficeName = (Func<string, string>)services.GetRequiredService<Offices>().NameOf,
                AddressOf = (Func<Grant, string?>)(grant => GrantDesk.AddressFor(who, grant)),
                Today = services.GetRequiredService<TimeProvider>().Today(),
                Tried = tried,
                Reason = reason,
                Refusals = refusals,
            },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static ServiceInput Read(Posted form) =>
        new(form["name"], form["note"], form["address"].Trim(), form["operations"], form["sharing"], form["conditions"], form["personal"] == "yes", form["impact"])
        {
            Timeout = form["timeout"].Trim(),
            Megabytes = form["megabytes"].Trim(),
            Concurrent = form["concurrent"].Trim(),
            CheckPath = form["check_path"].Trim(),
            Credential = form["credential"],
            CredentialName = form["credential_name"].Trim(),
            Secret = form["secret"],
        };

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static IResult Form(HttpContext context, ServiceInput input, string? code, int version, Refusals refusals) =>
        context.Show<ServiceFormPage>(
            new { Input = input with { Secret = "" }, Code = code, Version = version, Refusals = refusals },
            refusals.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
