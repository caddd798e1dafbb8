using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// Looks at what is due: clocks whose next moment has come, cards that nobody answered. A finding carries the moment
/// at which the law was broken, however late it is looked at. Card and "judged up to here" stand in one transaction,
/// so whatever interrupts it, each card is issued once; several nodes share the work without meeting.
/// </summary>
public sealed partial class SupervisionPass(
    Db db, RecordStore store, RecordReader reader, CaseTypes types, CaseDesk desk, CardIssue cards, ThresholdBook thresholds,
    CurrentCalendar calendar, TimeProvider time, ILogger<SupervisionPass> logger)
{
    private const int BatchSize = 200;
    private const int SilentAtOnce = 4;

    /// <summary>What the platform could not do now it tries again after this.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <summary>Test only: called before a batch commits; what it throws is a crash.</summary>
    internal Action BeforeCommit { get; set; } = static () => { };

    /// <summary>Judges all that is due up to now; how many clocks and cards were looked at.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var looked = 0;
        var stuck = new HashSet<string>(StringComparer.Ordinal);
        while (await Due(cancel) is { Count: > 0 } due)
        {
            var fresh = due.Where(each => stuck.Add(each.Clock)).ToList();
            if (fresh.Count == 0)
            {
                // Another node holds them, or their cases are being worked on: the next pass sees them.
                break;
            }

            var (speaking, silent) = (new List<DueClock>(), new List<DueClock>());
            foreach (var each in fresh)
            {
                (await IsSilence(each, cancel) ? silent : speaking).Add(each);
            }

            // Silence first: what it has decided ends the other clocks of the case at its own moment, before they speak. Each stands alone in its transaction, and at midnight many run out at once; those of one case in their order.
            await Parallel.ForEachAsync(
                silent.GroupBy(each => each.Case, StringComparer.Ordinal),
                new ParallelOptions { MaxDegreeOfParallelism = SilentAtOnce, CancellationToken = cancel },
                async (ofCase, stop) =>
                {
                    foreach (var each in ofCase)
                    {
                        Interlocked.Add(ref looked, await Silent(each, stop));
                    }
                });
            looked += speaking.Count == 0 ? 0 : await Batch(speaking, cancel);
        }

        return looked + await Unanswered(cancel);
    }

    /// <summary>
    /// Takes now what silence has decided in one case, before somebody's step is judged; whether anything was decided.
    /// </summary>
    internal async Task<bool> Decide(string number, CancellationToken cancel)
    {
        var due = await db.List(
            $"""
            select _key, "case", type, type_version, rule from casework.clock
            where "case" = {number} and ended_at is null and due_at <= {time.GetUtcNow()} and next_judgement <= {time.GetUtcNow()} order by next_judgement
            """,
            row => new DueClock(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4)),
            cancel);
        foreach (var each in due)
        {
            if (await IsSilence(each, cancel))
            {
                await Silent(each, cancel);
                return await db.Scalar<bool>($"select exists (select 1 from casework.clock where _key = {each.Clock} and ended_at is not null)", cancel);
            }
        }

        return false;
    }

    private Task<List<DueClock>> Due(CancellationToken cancel) => db.List(
        $"""
        select _key, "case", type, type_version, rule from casework.clock
        where next_judgement <= {time.GetUtcNow()} order by next_judgement limit {BatchSize}
        """,
        row => new DueClock(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4)),
        cancel);

    /// <summary>
    /// Many clocks in one act. When one of them cannot be judged, each is judged alone, and the one is set aside for a
    /// while: a single broken record must not keep the others from their cards.
    /// </summary>
    private async Task<int> Batch(IReadOnlyList<DueClock> due, CancellationToken cancel)
    {
        var looked = 0;
        try
        {
            var written = await store.Write(
                new Act(Caller.Platform("supervision"), "supervision.pass", Text.PassPurpose),
                CaseResources.Schema,
                async session =>
                {
                    var refusals = Refusals.None;
                    var all = await Lock(session, due, cancel);
                    var issued = await Issued(session, all, cancel);

                    // Everything is read: what follows goes to the server together.
                    session.Gathers = true;
                    foreach (var locked in all)
                    {
                        refusals = refusals.And(await Judge(session, locked, cancel, issued));
                        looked++;
                    }

                    BeforeCommit();
                    return refusals;
                },
                cancel);
            if (written.Ok)
            {
                return looked;
            }

            Refused(logger, due[0].Clock, written.Refusals.ToString());
        }
        catch (Exception fault) when (fault is InvalidOperationException or JsonException or ArgumentOutOfRangeException)
        {
            Refused(logger, due[0].Clock, fault.Message);
        }

        if (due.Count == 1)
        {
            await store.Write(
                new Act(Caller.Platform("supervision"), "supervision.pass", Text.PassPurpose),
                CaseResources.Schema, session => Judged(session, due[0].Clock, session.At + Again, cancel), cancel);
            return 0;
        }

        looked = 0;
        foreach (var each in due)
        {
            looked += await Batch([each], cancel);
        }

        return looked;
    }

    private async Task<bool> IsSilence(DueClock due, CancellationToken cancel)
    {
        try
        {
            return (await types.Of(due.Type, due.Version, cancel)).Clocks.FirstOrDefault(rule => rule.Code == due.Rule)?.Silence is not null;
        }
        catch (InvalidOperationException)
        {
            // No such version: the batch finds it, says it and sets it aside.
            return false;
        }
    }

    /// <summary>
    /// A clock whose silence decides: the platform takes the step that the clock names, counted from the moment at
    /// which the clock began. Alone in its transaction; what cannot be done leaves its card and is tried again.
    /// </summary>
    private async Task<int> Silent(DueClock due, CancellationToken cancel)
    {
        var act = new Act(Caller.Platform("supervision"), "supervision.silence", Text.SilencePurpose, due.Case);
        var looked = 0;
        var written = await store.Write(act, CaseResources.Schema, session => Decide(session, take: true), cancel);
        if (!written.Ok)
        {
            Refused(logger, due.Clock, written.Refusals.ToString());
            await store.Write(act, CaseResources.Schema, session => Decide(session, take: false), cancel);
        }

        return looked;

        async Task<Refusals> Decide(WriteSession session, bool take)
        {
            foreach (var locked in await Lock(session, [due], cancel))
            {
                looked = 1;
                var refusals = await Judge(session, locked, cancel);
                if (!refusals.Any && locked.Facts.Ended is null && ClockJudge.Judge(locked.Facts, calendar(), session.At).Late)
                {
                    refusals = take
                        ? await desk.TakeWithin(
                            session, Caller.Platform("supervision"), due.Case,
                            new StepRequest(locked.Facts.Rule.Silence!.Step) { Counts = locked.Facts.Until is null ? locked.Facts.Started : ClockJudge.Judge(locked.Facts, calendar(), session.At).Due.ToUniversalTime() }, cancel)
                        : await Judged(session, locked.Clock.Key, session.At + Again, cancel);
                }

                BeforeCommit();
                return refusals;
            }

            return Refusals.None;
        }
    }

    /// <summary>
    /// The cases first, as every step locks them, then their clocks as they are now. Cases that somebody works on are
    /// left to the next pass.
    /// </summary>
    private async Task<IReadOnlyList<LockedClock>> Lock(WriteSession session, IReadOnlyList<DueClock> due, CancellationToken cancel)
    {
        var @case = Plan.Of(CaseResources.Case);
        var cases = (await session.Session.List(
            $"""
            select {Sql.Trusted(@case.Columns)} from {Sql.Trusted(@case.Table)}
            where number = any({due.Select(each => each.Case).Distinct(StringComparer.Ordinal).ToArray()}) order by number for update skip locked
            """,
            @case.Read,
            cancel)).ToDictionary(record => record.Key, Typed<Case>.Of, StringComparer.Ordinal);
        var clock = Plan.Of(CaseResources.Clock);
        var clocks = await session.Session.List(
            $"""
            select {Sql.Trusted(clock.Columns)} from {Sql.Trusted(clock.Table)}
            where _key = any({due.Where(each => cases.ContainsKey(each.Case)).Select(each => each.Clock).ToArray()})
              and next_judgement <= {session.At} order by next_judgement for update
            """,
            clock.Read,
            cancel);
        var locked = new List<LockedClock>(clocks.Count);
        foreach (var record in clocks)
        {
            var kept = Typed<CaseClock>.Of(record);
            var type = await types.Of(kept.Type, kept.TypeVersion, cancel);
            locked.Add(new(record, kept, ClockRecords.Facts(type, kept), cases[kept.Case]));
        }

        return locked;
    }

    /// <summary>Which cards of what has come about are out already.</summary>
    private async Task<IReadOnlySet<string>> Issued(WriteSession session, IReadOnlyList<LockedClock> all, CancellationToken cancel)
    {
        var numbers = all.SelectMany(
            locked => ClockSupervision.Findings(locked.Facts, locked.Clock.Type, calendar(), thresholds.Current)
                .Where(finding => finding.Moment <= session.At).Select(finding => CardIssue.NumberOf(finding, locked.Clock.Case, locked.Facts))).ToArray();
        return (await session.Session.List($"select number from casework.card where number = any({numbers})", row => row.GetString(0), cancel)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The cards of what has come about since it was judged last, and when to look again.</summary>
    /// <param name="issued">Numbers of cards that are out; null: each is looked for.</param>
    private async Task<Refusals> Judge(WriteSession session, LockedClock locked, CancellationToken cancel, IReadOnlySet<string>? issued = null)
    {
        var refusals = Refusals.None;
        var (clock, facts) = (locked.Clock, locked.Facts);
        var from = clock.NextJudgement!.Value;
        foreach (var finding in ClockSupervision.Findings(facts, clock.Type, calendar(), thresholds.Current))
        {
            if (finding.Moment >= from && finding.Moment <= session.At)
            {
                refusals = refusals.And(await cards.Issue(session, finding, clock, facts, await AtThe(finding.Moment, locked.Case, session.At, cancel), issued, cancel));
            }
        }

        var next = ClockSupervision.Next(facts, clock.Type, calendar(), thresholds.Current, session.At.AddTicks(TimeSpan.TicksPerMicrosecond));
        return refusals.Any ? refusals : await Judged(session, clock.Key, next, cancel, locked.Record);
    }

    /// <param name="read">The record as this act has read and locked it, when nothing has changed it since.</param>
    private static async Task<Refusals> Judged(
        WriteSession session, string key, DateTimeOffset? next, CancellationToken cancel, Record? read = null) =>
        (await session.Apply(
            new Change.Update(CaseResources.Clock, key, null, new Dictionary<string, object?> { ["next_judgement"] = next?.ToUniversalTime() })
            {
                Before = read,
            },
            cancel)).Refusals;

    /// <summary>Who had the case at that moment: a pass that comes late must not blame whoever has it today.</summary>
    private async Task<Case> AtThe(DateTimeOffset moment, Case now, DateTimeOffset at, CancellationToken cancel) =>
        at - moment > TimeSpan.FromSeconds(5) && await reader.Get(CaseResources.Case, now.Number, moment, cancel) is { } then ? Typed<Case>.Of(then) : now;

    /// <summary>Yellow cards whose time to answer is over.</summary>
    private async Task<int> Unanswered(CancellationToken cancel)
    {
        var looked = 0;
        int some;
        do
        {
            some = 0;
            var written = await store.Write(
                new Act(Caller.Platform("supervision"), "supervision.pass", Text.PassPurpose),
                CaseResources.Schema,
                async session =>
                {
                    var plan = Plan.Of(Cards.Resource);
                    var refusals = Refusals.None;
                    foreach (var record in await session.Session.List(
                        $"""
                        select {Sql.Trusted(plan.Columns)} from {Sql.Trusted(plan.Table)}
                        where correct_by <= {session.At} order by correct_by limit {BatchSize} for update skip locked
                        """,
                        plan.Read,
                        cancel))
                    {
                        some++;
                        refusals = refusals
                            .And(await cards.Escalate(session, Typed<Card>.Of(record), cancel))
                            .And((await session.Apply(
                                new Change.Update(Cards.Resource, record.Key, null, new Dictionary<string, object?> { ["correct_by"] = null }), cancel)).Refusals);
                    }

                    BeforeCommit();
                    return refusals;
                },
                cancel);
            if (!written.Ok)
            {
                Refused(logger, "cards", written.Refusals.ToString());
                break;
            }

            looked += some;
        }
        while (some == BatchSize);
        return looked;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Supervision could not judge {Clock}: {Reason}")]
    private static partial void Refused(ILogger logger, string clock, string reason);

    private sealed record DueClock(string Clock, string Case, string Type, int Version, string Rule);

    private sealed record LockedClock(Record Record, CaseClock Clock, ClockFacts Facts, Case Case);
}
