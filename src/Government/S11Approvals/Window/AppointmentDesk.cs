using System.Globalization;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Window;

/// <summary>Books and cancels visits. A slot is never given to more people than it has places, however many ask at once.</summary>
public sealed class AppointmentDesk(RecordStore store, RecordReader reader, GovernedReader governed, CurrentCalendar calendar, TimeProvider time)
{
    private const int Most = 500;

    internal static readonly ResourceDefinition Visits = Definition.Of<Appointment>();
    internal static readonly ResourceDefinition Hours = Definition.Of<VisitHours>();

    public async Task<VisitHours> HoursOf(string office, CancellationToken cancel = default) =>
        await reader.Get(Hours, office, null, cancel) is { } record ? Typed<VisitHours>.Of(record) : VisitHours.Usual(office);

    /// <summary>Free places by day and time at one place of an item.</summary>
    public async Task<IReadOnlyList<VisitDay>> Free(ServiceItem item, ServicePlace place, CancellationToken cancel = default)
    {
        var hours = await HoursOf(item.Office, cancel);
        var days = hours.Days(calendar(), time.Today());
        var taken = new Dictionary<DateTimeOffset, int>();
        var query = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare("office", Comparison.Equal, item.Office), new Filter.Compare("place", Comparison.Equal, place.Name),
                new Filter.Compare("at", Comparison.GreaterOrEqual, Moment(days[0], TimeOnly.MinValue)), new Filter.Compare("state", Comparison.Equal, AppointmentState.Booked)),
        };
        await foreach (var record in reader.Stream(Visits, query, cancel))
        {
            var at = Typed<Appointment>.Of(record).At;
            taken[at] = taken.GetValueOrDefault(at) + 1;
        }

        return [.. days.Select(day => new VisitDay(day, [.. hours.Times.Select(at => new VisitSlot(at, hours.Places - taken.GetValueOrDefault(Moment(day, at))))]))];
    }

    /// <summary>Books, or says why not. The same once gives the same booking.</summary>
    public async Task<Refusals> Book(Caller who, ServiceItem item, string? placeName, DateOnly? day, TimeOnly? at, string? once, CancellationToken cancel = default)
    {
        if (who is not { Kind: CallerKind.Resident, Person: { } person })
        {
            return Refusals.Of(new Refusal("S11-R45", "", Text.OnlyPersons));
        }

        var hours = await HoursOf(item.Office, cancel);
        if (item.Places.FirstOrDefault(one => one.Name == placeName) is not { } place || day is not { } date || at is not { } start
            || !hours.Days(calendar(), time.Today()).Contains(date) || !hours.Times.Contains(start))
        {
            return Refusals.Of(new Refusal("S11-R41", "slot", at is null ? Text.ChooseSlot : Text.NoSuchSlot));
        }

        var moment = Moment(date, start);
        var written = await store.Write(
            new Act(who, "approvals.appointment.book", item.Name) { IdempotencyKey = once },
            Visits.Schema,
            async session =>
            {
                await session.Lock($"visits:{person}", cancel);
                await session.Lock(string.Create(CultureInfo.InvariantCulture, $"slot:{item.Office}:{place.Name}:{moment.UtcDateTime:O}"), cancel);
                var there = await session.List(
                    Visits,
                    new()
                    {
                        Where = Filter.All(
                            new Filter.Compare("state", Comparison.Equal, AppointmentState.Booked),
                            new Filter.Or(
                            [
                                Filter.All(new Filter.Compare("office", Comparison.Equal, item.Office), new Filter.Compare("at", Comparison.Equal, moment))!,
                                Filter.All(new Filter.Compare("person", Comparison.Equal, person), new Filter.Compare("at", Comparison.GreaterOrEqual, session.At))!,
                            ])),
                        Limit = Most,
                    },
                    cancel);
                var booked = there.Select(Typed<Appointment>.Of).ToList();
                var refusals = Refusals.Of(
                    booked.Count(one => one.At == moment && one.Office == item.Office && one.Place == place.Name) >= hours.Places ? new("S11-R42", "slot", Text.SlotFull) : null,
                    booked.Any(one => one.Person == person && one.Item == item.Code) ? new("S11-R43", "", Text.BookedAlready) : null,
                    booked.Any(one => one.Person == person && one.At == moment) ? new("S11-R43", "slot", Text.BusyThen) : null);
                return refusals.Any ? refusals : (await session.Apply(
                    new Change.Insert(Visits, Ulid.Next(time), Typed<Appointment>.Values(new()
                    {
                        Item = item.Code,
                        ItemName = item.Name,
                        Office = item.Office,
                        Place = place.Name,
                        At = moment,
                        Person = person,
                        PersonName = who.Name,
                        State = AppointmentState.Booked,
                        BookedAt = session.At,
                    })),
                    cancel)).Refusals;
            },
            cancel);
        return written.Refusals;
    }

    /// <summary>His own, before it begins; null: he has no such one.</summary>
    public Task<Refusals?> Cancel(Caller who, string key, CancellationToken cancel = default) =>
        Change(who, key, "approvals.appointment.cancel", AppointmentState.Cancelled, visit => visit.Person == who.Person, cancel);

    /// <summary>The window notes who came; null: it has no such one.</summary>
    public Task<Refusals?> Came(Caller clerk, string key, CancellationToken cancel = default) =>
        Change(clerk, key, "approvals.appointment.came", AppointmentState.Came, visit => visit.Office == clerk.Office, cancel);

    /// <summary>His own, the coming ones first.</summary>
    public async Task<IReadOnlyList<Appointment>> Own(Caller who, CancellationToken cancel = default) => who.Person is not { } person
        ? []
        : Read(await reader.List(Visits, new() { Where = new Filter.Compare("person", Comparison.Equal, person), Sort = [new("at", Descending: true)], Limit = 50 }, cancel));

    /// <summary>Who comes to the windows of the clerk's office on a day: on record for each of them, names masked.</summary>
    public async Task<IReadOnlyList<Appointment>> Of(Caller clerk, DateOnly day, CancellationToken cancel = default)
    {
        var where = Filter.All(
            new Filter.Compare("office", Comparison.Equal, clerk.Office), new Filter.Compare("at", Comparison.GreaterOrEqual, Moment(day, TimeOnly.MinValue)),
            new Filter.Compare("at", Comparison.Less, Moment(day.AddDays(1), TimeOnly.MinValue)),
            new Filter.Not(new Filter.Compare("state", Comparison.Equal, AppointmentState.Cancelled)));
        var platform = Caller.Platform("window") with { Office = clerk.Office, OfficeName = clerk.OfficeName, Address = clerk.Address };
        var page = await governed.List(new(platform, Visits, Text.ReceivesVisits), new() { Where = where, Sort = [new("at")], Limit = Most }, cancel);
        return [.. page.Value.Records.Select(shown => Typed<Appointment>.Of(shown.Record) with { Key = shown.Key })];
    }

    private async Task<Refusals?> Change(Caller who, string key, string act, string state, Func<Appointment, bool> his, CancellationToken cancel)
    {
        if (await reader.Get(Visits, key, null, cancel) is not { } record || !his(Typed<Appointment>.Of(record)))
        {
            return null;
        }

        var written = await store.Write(
            new Act(who, act),
            Visits.Schema,
            async session =>
            {
                var visit = Typed<Appointment>.Of((await session.Get(Visits, key, cancel))!);
                return visit.State != AppointmentState.Booked || (state == AppointmentState.Cancelled && visit.At <= session.At)
                    ? Refusals.Of(new Refusal("S11-R44", "", Text.NotOpenAnyMore))
                    : (await session.Apply(new Change.Update(Visits, key, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = state }), cancel)).Refusals;
            },
            cancel);
        return written.Refusals;
    }

    private static IReadOnlyList<Appointment> Read(RecordPage page) => [.. page.Records.Select(record => Typed<Appointment>.Of(record) with { Key = record.Key })];

    private static DateTimeOffset Moment(DateOnly day, TimeOnly at) => new DateTimeOffset(day.ToDateTime(at), CityTime.Offset).ToUniversalTime();
}

/// <summary>A day with its slots.</summary>
public sealed record VisitDay(DateOnly Day, IReadOnlyList<VisitSlot> Slots)
{
    public int Free => Slots.Sum(slot => Math.Max(0, slot.Free));
}

/// <param name="Free">Places that are left.</param>
public sealed record VisitSlot(TimeOnly At, int Free);
