using System.Net;
using System.Text.RegularExpressions;
using Shali.Government.S11Approvals.Items;
using Shali.Government.S11Approvals.Window;
using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Tests.Support;

namespace Shali.Tests.Stories;

/// <summary>预约: a slot has as many visitors as places, however many press at once; only one's own can be cancelled.</summary>
public sealed class Appointments(City city)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AppointmentDesk Desk => city.Service<AppointmentDesk>();

    [Fact]
    public void Slots_lie_within_the_hours_and_days_are_working_days()
    {
        var hours = VisitHours.Usual("x") with { Minutes = 45, DaysAhead = 3 };
        Assert.Equal(["09:00", "09:45", "10:30", "11:15", "13:30", "14:15", "15:00", "15:45"], hours.Times.Select(at => at.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        var days = hours.Days(WorkCalendar.Of(PublishedDays.All), new(2026, 9, 29));
        Assert.Equal([new(2026, 9, 30), new(2026, 10, 8), new(2026, 10, 9)], days);
        Assert.Empty((hours with { MorningTo = new(9, 0), AfternoonTo = new(13, 30) }).Times);
        Assert.Empty((hours with { MorningTo = new(8, 0), AfternoonTo = new(13, 40) }).Times);
    }

    [Fact]
    public async Task Of_twenty_who_want_the_same_half_hour_as_many_get_it_as_there_are_places()
    {
        var item = await Item();
        await Hours(item.Office, 3);
        var day = (await Desk.Free(item, item.Places[0], Cancel))[2].Day;
        var wanted = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Desk.Book(CaseTown.Resident($"同时{i}"), item, item.Places[0].Name, day, new(9, 30), null, Cancel)));
        Assert.Equal(3, wanted.Count(refusals => !refusals.Any));
        Assert.All(wanted.Where(refusals => refusals.Any), refusals => Assert.Equal(["S11-R42"], refusals.Select(one => one.Code)));
        Assert.Equal(0, (await Desk.Free(item, item.Places[0], Cancel))[2].Slots.Single(slot => slot.At == new TimeOnly(9, 30)).Free);
    }

    [Fact]
    public async Task One_books_once_for_a_matter_and_once_for_a_moment_and_only_what_there_is()
    {
        var (item, other) = (await Item(), await Item());
        var who = CaseTown.Resident("钱预约");
        var days = await Desk.Free(item, item.Places[0], Cancel);
        var (place, day) = (item.Places[0].Name, days[0].Day);
        Assert.Equal(["S11-R41"], Codes(await Desk.Book(who, item, "别处", day, new(9, 0), null, Cancel)));
        Assert.Equal(["S11-R41"], Codes(await Desk.Book(who, item, place, day, new(12, 0), null, Cancel)));
        Assert.Equal(["S11-R41"], Codes(await Desk.Book(who, item, place, city.Service<TimeProvider>().Today(), new(9, 0), null, Cancel)));
        Assert.Equal(["S11-R45"], Codes(await Desk.Book(CaseTown.Clerk("visit"), item, place, day, new(9, 0), null, Cancel)));
        Assert.Empty(await Desk.Book(who, item, place, day, new(9, 0), "once-" + who.Id, Cancel));
        Assert.Empty(await Desk.Book(who, item, place, day, new(9, 0), "once-" + who.Id, Cancel));
        Assert.Equal(["S11-R43"], Codes(await Desk.Book(who, item, place, day, new(10, 0), null, Cancel)));
        Assert.Equal(["S11-R43"], Codes(await Desk.Book(who, other, other.Places[0].Name, day, new(9, 0), null, Cancel)));
        var visit = Assert.Single(await Desk.Own(who, Cancel));
        Assert.Null(await Desk.Cancel(CaseTown.Resident("别人"), visit.Key, Cancel));
        Assert.Empty((await Desk.Cancel(who, visit.Key, Cancel))!);
        Assert.Equal(["S11-R44"], Codes((await Desk.Cancel(who, visit.Key, Cancel))!));
        Assert.Empty(await Desk.Book(who, item, place, day, new(10, 0), null, Cancel));
    }

    [Fact]
    public async Task He_books_by_pages_the_window_sees_him_masked_and_notes_that_he_came()
    {
        var item = await Item();
        var person = await new WindowTown(city).Person("郑约定");
        using var own = await new WindowTown(city).SignedIn(person);
        await own.Get("/services/" + item.Code);
        Assert.Contains($"/services/{item.Code}/appointment", own.Page, StringComparison.Ordinal);
        await own.Get($"/services/{item.Code}/appointment");
        var day = WebUtility.HtmlDecode(Regex.Match(own.Page, "href=\"([^\"]*appointment[^\"]*day=[0-9-]+)\"").Groups[1].Value);
        await own.Get(day);
        var on = day[^10..];
        var timeless = await own.Post($"/services/{item.Code}/appointment", ("place", item.Places[0].Name), ("day", on));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, timeless.StatusCode);
        Assert.Contains("请选择时间", await timeless.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("/me/appointments?done=booked", (await own.Post($"/services/{item.Code}/appointment", ("place", item.Places[0].Name), ("day", on), ("slot", "14:30"))).Headers.Location!.ToString());
        await own.Get("/me/appointments");
        Assert.Contains(item.Name, own.Page, StringComparison.Ordinal);

        using var window = await new WindowTown(city).Clerk("market-regulation");
        await window.Get("/desk/window/appointments?day=" + on);
        Assert.Contains(item.Name, window.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("郑约定", window.Page, StringComparison.Ordinal);
        var came = Regex.Match(window.Page, "action=\"(/desk/window/appointments/[^\"]+)\"").Groups[1].Value;
        using var elsewhere = await new WindowTown(city).Clerk("health");
        await elsewhere.Get("/desk/window/appointments?day=" + on);
        Assert.DoesNotContain(item.Name, elsewhere.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Post(came)).StatusCode);
        var key = (await Desk.Own(CaseTown.Resident("x") with { Person = person.Key }, Cancel)).Single().Key;
        Assert.Equal(HttpStatusCode.SeeOther, (await window.Post("/desk/window/appointments/" + key, ("day", on))).StatusCode);
        await own.Get("/me/appointments");
        Assert.Contains("已到场", own.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_before_who_comes_is_reminded_once_whichever_node_looks()
    {
        await using var town = await ResultTown.Start(city, item => item with { Appointment = true, Places = [new("大厅", "一楼", "工作日", "12345")] });
        var (desk, reminders) = (town.Get<AppointmentDesk>(), town.Get<AppointmentReminders>());
        var (comes, cancels) = (CaseTown.Resident("冯要来"), CaseTown.Resident("陈不来"));
        var friday = new DateOnly(2026, 11, 27);
        foreach (var who in new[] { comes, cancels })
        {
            Assert.Empty(await desk.Book(who, town.Item, "大厅", friday, new(9, 30), null, Cancel));
        }

        Assert.Empty((await desk.Cancel(cancels, (await desk.Own(cancels, Cancel)).Single().Key, Cancel))!);
        Assert.Equal(0, await reminders.Run(Cancel));
        town.Time.Move(TimeSpan.FromHours(22));
        Assert.Equal(0, await reminders.Run(Cancel));
        town.Time.Move(TimeSpan.FromHours(1.5));
        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => reminders.Run(Cancel)));
        Assert.Equal(1, told.Sum());
        Assert.Equal(0, await reminders.Run(Cancel));
        var message = Assert.Single(await town.Db.List(
            $"select owner, body, link from casework.outbox where event = {AppointmentReminders.Event}", row => (Owner: row.GetString(0), Body: row.GetString(1), Link: row.GetString(2)), Cancel));
        Assert.Equal(("person:" + comes.Person, $"/me/appointments#{(await desk.Own(comes, Cancel)).Single().Key}"), (message.Owner, message.Link));
        Assert.Contains("2026年11月27日 9:30", message.Body.Replace("09:30", "9:30", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<ServiceItem> Item() => (await new ItemTown(city).Published(ItemTown.Item() with { Appointment = true, Places = [new($"大厅{Guid.NewGuid().ToString("N")[..6]}", "一楼", "工作日", "12345")] })).Item;

    private async Task Hours(string office, int places)
    {
        var hours = VisitHours.Usual(office) with { Places = places };
        var definition = Definition.Of<VisitHours>();
        if (await city.Reader.Get(definition, office, null, Cancel) is null)
        {
            var written = await city.Store.Write(new Act(Caller.Platform("test"), "test"), [new Change.Insert(definition, office, Typed<VisitHours>.Values(hours))], Cancel);
            Assert.True(written.Ok, written.Refusals.ToString());
        }
    }

    private static IEnumerable<string> Codes(Refusals refusals) => refusals.Select(refusal => refusal.Code);
}
