using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Calendar;

/// <summary>The calendar that holds now: everything that counts days asks for it each time.</summary>
public delegate WorkCalendar CurrentCalendar();

/// <summary>
/// The calendar of this node, read from the register of days and read again when any node, form, interface or load
/// changed it.
/// </summary>
public sealed class CalendarBook(Db db, RecordReader reader, RecordStore store)
{
    private readonly KeptReading<Edition> _edition = new(new("", WorkCalendar.Bare));

    public WorkCalendar Current => _edition.Value.Calendar;

    /// <summary>Changes with every change of the register; equal on all nodes that have read the same days.</summary>
    public string Signature => _edition.Value.Signature;

    /// <summary>
    /// Reads the register; one that never held a day is given the published lists first. The same key on every node
    /// and every start: the lists come in once, and what an administrator deletes stays deleted.
    /// </summary>
    public async Task Open(CancellationToken cancel = default)
    {
        var day = Definition.Of<CalendarDay>();
        var act = new Act(Caller.Platform("start"), "calendar.seed", Text.SeedPurpose) { IdempotencyKey = "calendar.seed" };
        var written = await store.Write(
            act, [.. PublishedDays.All.Select(each => new Change.Insert(day, "", Typed<CalendarDay>.Values(each)))], cancel);
        if (!written.Ok)
        {
            throw new StartRefusedException(written.Refusals.ToString());
        }

        await Refresh(cancel);
    }

    /// <summary>True when the days were different from those known.</summary>
    public async Task<bool> Refresh(CancellationToken cancel = default)
    {
        // Every write and every deletion ends in the journal.
        var signature = (await db.Scalar<long?>(
            $"select max(act) from calendar.journal where resource = 'calendar/day'", cancel) ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (signature == _edition.Value.Signature)
        {
            return false;
        }

        await _edition.Read(async () =>
        {
            var days = new List<CalendarDay>();
            await foreach (var record in reader.Stream(Definition.Of<CalendarDay>(), new RecordQuery(), cancel))
            {
                days.Add(Typed<CalendarDay>.Of(record));
            }

            return new(signature, WorkCalendar.Of(days));
        });
        return true;
    }

    private sealed record Edition(string Signature, WorkCalendar Calendar);
}
