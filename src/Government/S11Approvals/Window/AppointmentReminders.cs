using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Window;

/// <summary>
/// The day before his appointment whoever booked it is reminded, with where he can still cancel it. The message is its
/// own mark: one that stands in the outbox is not written again, by whichever node and after whatever restart.
/// </summary>
public sealed class AppointmentReminders(RecordStore store, RecordReader reader, Outbox outbox, TimeProvider time)
{
    internal const string Event = "approvals.appointment.remind";

    /// <summary>Nobody is woken up for it.</summary>
    private static readonly TimeOnly From = new(8, 0);

    private const int Some = 500;

    /// <summary>Those of today and tomorrow who have not been told; how many it told. Who booked today knows it.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        if (TimeOnly.FromDateTime(now.Local().DateTime) < From)
        {
            return 0;
        }

        var told = 0;
        var soon = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare("state", Comparison.Equal, AppointmentState.Booked),
                new Filter.Compare("at", Comparison.Greater, now), new Filter.Compare("at", Comparison.Less, Midnight(time.Today().AddDays(2))),
                new Filter.Compare("booked_at", Comparison.Less, Midnight(time.Today()))),
            Sort = [new("at")],
            Limit = Some,
        };
        do
        {
            var page = await reader.List(AppointmentDesk.Visits, soon, cancel);
            foreach (var visit in page.Records.Select(record => Typed<Appointment>.Of(record) with { Key = record.Key }))
            {
                told += await Remind(visit, cancel) ? 1 : 0;
            }

            soon = soon with { After = page.Next };
        }
        while (soon.After is not null);
        return told;
    }

    private async Task<bool> Remind(Appointment visit, CancellationToken cancel)
    {
        var (told, owner, link) = (false, Receiver.OfPerson(visit.Person), $"{AppointmentPages.Own}#{visit.Key}");
        await store.Write(
            new Act(Caller.Platform("window"), "approvals.appointment.remind"),
            CaseResources.Schema,
            async session =>
            {
                await session.Lock("remind:" + visit.Key, cancel);
                if (await session.Session.Scalar<bool>(
                    $"select exists (select 1 from casework.outbox where owner = {owner} and channel = {Channel.Inbox} and event = {Event} and link = {link})", cancel))
                {
                    return Refusals.None;
                }

                outbox.Add(session, new(Event, new(owner, visit.PersonName), Text.RemindSubject, Text.Remind(visit.ItemName, visit.At, visit.Place), link));
                told = true;

                // No record changes with it: the message is the whole act.
                await session.Send(cancel);
                return Refusals.None;
            },
            cancel);
        return told;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
}
