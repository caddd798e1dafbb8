using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// Works the open clocks out anew when a notice was loaded: due day, provisional or not, next moment. It goes on from
/// clock to clock in small transactions and keeps its place in the database, so that another node or the next start
/// goes on where it was cut off.
/// </summary>
public sealed class ClockRecount(RecordStore store, CaseTypes types, CalendarBook book, ThresholdBook thresholds)
{
    private const int BatchSize = 500;

    private string _done = "";

    /// <summary>How many open clocks were looked at.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var looked = 0;
        var signature = book.Signature;
        while (_done != signature)
        {
            var some = await Batch(signature, cancel);
            if (some is null)
            {
                _done = signature;
            }

            looked += some ?? 0;
        }

        return looked;
    }

    /// <summary>Null: all of this edition of the calendar are done.</summary>
    private async Task<int?> Batch(string signature, CancellationToken cancel)
    {
        int? looked = 0;
        var written = await store.Write(
            new Act(Caller.Platform("supervision"), "supervision.recount", Text.RecountPurpose),
            CaseResources.Schema,
            async session =>
            {
                var place = await session.Session.One(
                    $"select signature, after, done from casework.recount for update",
                    row => (Signature: row.GetString(0), After: row.GetString(1), Done: row.GetBoolean(2)),
                    cancel);
                if (place.Signature == signature && place.Done)
                {
                    looked = null;
                    return Refusals.None;
                }

                var after = place.Signature == signature ? place.After : "";
                var (last, refusals, count) = await Recount(session, after, cancel);
                looked = count;
                await session.Session.Run(
                    $"update casework.recount set signature = {signature}, after = {last ?? after}, done = {count < BatchSize}", cancel);
                return refusals;
            },
            cancel);
        return written.Ok ? looked : throw new InvalidOperationException(written.Refusals.ToString());
    }

    private async Task<(string? Last, Refusals Refusals, int Count)> Recount(WriteSession session, string after, CancellationToken cancel)
    {
        var plan = Plan.Of(CaseResources.Clock);
        var keys = await session.Session.List(
            $"select _key, \"case\" from casework.clock where ended_at is null and _key > {after} order by _key limit {BatchSize}",
            row => (Clock: row.GetString(0), Case: row.GetString(1)),
            cancel);

        // Cases before clocks, as every step locks them.
        await session.Session.List(
            $"select number from casework.case where number = any({keys.Select(key => key.Case).Distinct(StringComparer.Ordinal).ToArray()}) order by number for update",
            row => row.GetString(0),
            cancel);
        var clocks = await session.Session.List(
            $"""
            select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)}
            where _key = any({keys.Select(key => key.Clock).ToArray()}) and ended_at is null for update
            """,
            plan.Read,
            cancel);
        var refusals = Refusals.None;
        foreach (var record in clocks)
        {
            var before = Typed<CaseClock>.Of(record);
            var type = await types.Of(before.Type, before.TypeVersion, cancel);
            var counted = ClockRecords.Judged(before, ClockRecords.Facts(type, before), book.Current, thresholds.Current, session.At);
            if (counted != before)
            {
                refusals = refusals.And((await session.Apply(
                    new Change.Update(CaseResources.Clock, before.Key, null, Typed<CaseClock>.Differences(before, counted)), cancel)).Refusals);
            }
        }

        return (keys.Count == 0 ? null : keys[^1].Clock, refusals, keys.Count);
    }
}
