using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Pages;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Window;

/// <summary>Booking a visit: a place and a day, then a time; one's own visits; who comes today.</summary>
internal static class AppointmentPages
{
    public const string Own = "/me/appointments";
    public const string Desk = "/desk/window/appointments";

    public static string Of(string code) => $"{ServicePages.Of(code)}/appointment";

    public static async Task<IResult> Ask(
        HttpContext context, ItemReader items, AppointmentDesk desk, string code, CancellationToken cancel, string? place = null, string? day = null) =>
        await Item(items, code, cancel) is { } item ? await Page(context, desk, item, place, Day(day), Refusals.None, cancel) : Results.NotFound();

    public static async Task<IResult> Book(HttpContext context, ItemReader items, AppointmentDesk desk, string code, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        if (await Item(items, code, cancel) is not { } item)
        {
            return Results.NotFound();
        }

        var (place, day) = (form.Or("place"), Day(form["day"]));
        var at = TimeOnly.TryParseExact(form["slot"], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : (TimeOnly?)null;
        var once = form.Or(Posted.Once) is { Length: <= 64 } word ? "visit:" + word : null;
        var refusals = await desk.Book(context.Caller(), item, place, day, at, once, cancel);
        return refusals.Any ? await Page(context, desk, item, place, day, refusals, cancel, form["slot"]) : Platform.Ui.Pages.SeeOther(Own + "?done=booked");
    }

    public static async Task<IResult> List(HttpContext context, AppointmentDesk desk, TimeProvider time, CancellationToken cancel, string? done = null) =>
        context.Show<OwnVisitsPage>(new { Visits = await desk.Own(context.Caller(), cancel), Now = time.GetUtcNow(), Done = Said(done), Refusals = Refusals.None });

    public static async Task<IResult> Cancel(HttpContext context, AppointmentDesk desk, TimeProvider time, string key, CancellationToken cancel)
    {
        await Posted.Read(context, cancel);
        return await desk.Cancel(context.Caller(), key, cancel) is not { } refusals ? Results.NotFound()
            : refusals.Any ? context.Show<OwnVisitsPage>(new { Visits = await desk.Own(context.Caller(), cancel), Now = time.GetUtcNow(), Done = "", Refusals = refusals }, 422)
            : Platform.Ui.Pages.SeeOther(Own + "?done=cancelled");
    }

    public static async Task<IResult> Today(HttpContext context, AppointmentDesk desk, TimeProvider time, CancellationToken cancel, string? day = null)
    {
        var shown = Day(day) ?? time.Today();
        return context.Show<VisitsPage>(new { Day = shown, Visits = await desk.Of(context.Caller(), shown, cancel) });
    }

    public static async Task<IResult> Came(HttpContext context, AppointmentDesk desk, string key, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        return await desk.Came(context.Caller(), key, cancel) is null ? Results.NotFound()
            : Platform.Ui.Pages.SeeOther(Desk + (Day(form["day"]) is { } day ? $"?day={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : ""));
    }

    private static async Task<IResult> Page(
        HttpContext context, AppointmentDesk desk, ServiceItem item, string? place, DateOnly? day, Refusals refusals, CancellationToken cancel, string slot = "")
    {
        var at = item.Places.FirstOrDefault(one => one.Name == place) ?? item.Places[0];
        var days = await desk.Free(item, at, cancel);
        return context.Show<BookPage>(
            new
            {
                Item = item,
                Place = at,
                Days = days,
                Chosen = days.FirstOrDefault(one => one.Day == day),
                Slot = slot,
                Once = Ulid.Next((TimeProvider)context.RequestServices.GetService(typeof(TimeProvider))!),
                Refusals = refusals,
            },
            refusals.Any ? 422 : 200);
    }

    private static async Task<ServiceItem?> Item(ItemReader items, string code, CancellationToken cancel) =>
        (await items.InForce(code, cancel))?.Item is { Appointment: true, Places.Count: > 0 } item ? item : null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2190 ? day : null;

    private static string Said(string? done) => done switch { "booked" => Text.Booked, "cancelled" => Text.Cancelled, _ => "" };
}
