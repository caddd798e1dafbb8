using System.Globalization;
using System.Text.Json;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>Between clocks as they are judged and the records that keep them.</summary>
public static class ClockRecords
{
    /// <summary>The clock that a record keeps, with the rule of the version that its case keeps.</summary>
    public static ClockFacts Facts(CaseType type, CaseClock record) => new(
        type.Clocks.First(rule => rule.Code == record.Rule),
        record.StartedAt,
        record.Pauses is null ? [] : JsonSerializer.Deserialize<Pause[]>(record.Pauses, DefinitionJson.Options)!,
        record.Extension is null ? null : JsonSerializer.Deserialize<Extension>(record.Extension, DefinitionJson.Options),
        record.EndedAt)
    {
        Until = record.Until,
    };

    /// <summary>The record of a clock as it is judged now.</summary>
    /// <param name="ordinal">Of the event that began it: a clock can begin more than once in a case.</param>
    public static CaseClock Of(CaseType type, Case of, ClockFacts clock, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset now, int ordinal) => Judged(
        new()
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"{of.Number}-{ordinal:0000}-{clock.Rule.Code}"),
            Case = of.Number,
            Type = type.Code,
            TypeVersion = type.Version,
            Office = of.Office,
            Rule = clock.Rule.Code,
            Kind = clock.Rule.Kind switch { ClockKind.Legal => "legal", ClockKind.Promised => "promised", _ => "step" },
            StartedAt = clock.Started,
            Until = clock.Until,
            DueAt = clock.Started,
            Provisional = false,

            // One that counts from an earlier day, because silence decided, is judged from that day on.
            NextJudgement = clock.Started,
        },
        clock, calendar, thresholds, now);

    /// <summary>The record with what follows from the clock's facts: due, provisional, when it is to be looked at again.</summary>
    public static CaseClock Judged(CaseClock record, ClockFacts clock, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset now)
    {
        var verdict = ClockJudge.Judge(clock, calendar, now);
        return record with
        {
            Pauses = clock.Pauses.Count == 0 ? null : JsonSerializer.Serialize(clock.Pauses, DefinitionJson.Options),
            Extension = clock.Extended is null ? null : JsonSerializer.Serialize(clock.Extended, DefinitionJson.Options),
            DueAt = verdict.Due.ToUniversalTime(),
            EndedAt = clock.Ended,
            NextJudgement = ClockSupervision.Next(clock, record.Type, calendar, thresholds, record.NextJudgement < now ? record.NextJudgement.Value : now)?.ToUniversalTime(),
            Provisional = verdict.Provisional,
        };
    }

    internal static OpenClock Open(CaseType type, Record record) =>
        new(record.Key, record.Version, Facts(type, Typed<CaseClock>.Of(record)));

    internal static IEnumerable<Change> Changes(LockedCase locked, CaseChange change, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset now)
    {
        var type = locked.Facts.Type;
        foreach (var one in change.Clocks)
        {
            if (one.Before is { } before)
            {
                var record = Typed<CaseClock>.Of(locked.Clocks[before.Key]);
                yield return Update(locked, record, Judged(one.After.Ended is null ? record with { Office = change.After.Office } : record, one.After, calendar, thresholds, now));
            }
            else
            {
                var record = Of(type, change.After, one.After, calendar, thresholds, now, change.After.Events);
                yield return new Change.Insert(CaseResources.Clock, record.Key, Typed<CaseClock>.Values(record)) { Fresh = true };
            }
        }

        // A case that moves to another office takes its clocks along.
        if (change.Before.Office != change.After.Office)
        {
            foreach (var left in locked.Facts.Clocks.Where(clock => change.Clocks.All(one => one.Before != clock)))
            {
                var record = Typed<CaseClock>.Of(locked.Clocks[left.Key]);
                yield return Update(locked, record, record with { Office = change.After.Office });
            }
        }
    }

    private static Change.Update Update(LockedCase locked, CaseClock before, CaseClock after) =>
        new(CaseResources.Clock, before.Key, null, Typed<CaseClock>.Differences(before, after)) { Before = locked.Clocks[before.Key] };
}
