using Shali.Platform.Calendar;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>What may be done to a running clock: suspended, resumed, extended, handed on, begun anew, ended. Pure.</summary>
public static class ClockSteps
{
    /// <summary>
    /// Stops the clock for one of the reasons of its closed list. The day on which it stops still counts.
    /// </summary>
    /// <param name="document">Number of the document that tells the applicant the reason and the planned length.</param>
    /// <param name="plannedDays">What the applicant was told; the clock runs on by itself after it.</param>
    public static Outcome<ClockFacts> Suspend(
        ClockFacts facts, WorkCalendar calendar, string kind, string document, int plannedDays, DateTimeOffset at)
    {
        var known = facts.Rule.Suspensions.Contains(kind) ? SuspensionKinds.Find(kind) : null;
        var refusals = Refusals.Of(
            Open(facts),
            Late(facts, calendar, at),
            known is null || !known.On(at.Local().Day()) ? new("CLK-R01", "kind", Text.NotSuspensible(facts.Rule), known?.Basis ?? Law.Suspension) : null,
            string.IsNullOrWhiteSpace(document) ? new("CLK-R02", "document", Text.NoDocument, Law.Suspension) : null,
            plannedDays is < 1 or > ClockRule.LengthMax ? new("CLK-R03", "planned_days", Text.NoPlannedEnd, Law.Suspension) : null,
            facts.Pauses.Any(pause => at < ClockJudge.EndOf(pause, facts.Rule.Unit, calendar)) ? new("CLK-R04", "", Text.AlreadySuspended, Law.Suspension) : null,
            Early(facts, at));
        return refusals.Any
            ? refusals
            : facts with { Pauses = [.. facts.Pauses, new Pause(kind, at, null, document.Trim(), known!.Basis, plannedDays)] };
    }

    /// <summary>
    /// A further reason comes up while the clock stands still for another: it stands still until both are over, and no
    /// day is left out twice.
    /// </summary>
    /// <inheritdoc cref="Suspend"/>
    public static Outcome<ClockFacts> Prolong(
        ClockFacts facts, WorkCalendar calendar, string kind, string document, int plannedDays, DateTimeOffset at)
    {
        var alone = Suspend(facts with { Pauses = [.. facts.Pauses.SkipLast(1)] }, calendar, kind, document, plannedDays, at);
        if (!alone.Ok)
        {
            return alone.Refusals;
        }

        var (lasting, until) = (facts.Pauses[^1], ClockJudge.EndOf(alone.Value.Pauses[^1], facts.Rule.Unit, calendar));
        var longer = lasting with { Document = $"{lasting.Document}、{document.Trim()}" };
        while (ClockJudge.EndOf(longer, facts.Rule.Unit, calendar) < until && longer.PlannedDays < ClockRule.LengthMax)
        {
            longer = longer with { PlannedDays = longer.PlannedDays + 1 };
        }

        return facts with { Pauses = [.. facts.Pauses.SkipLast(1), longer] };
    }

    /// <summary>It stands still at this moment.</summary>
    public static bool IsSuspended(ClockFacts facts, WorkCalendar calendar, DateTimeOffset at) =>
        facts.Ended is null && facts.Pauses.LastOrDefault() is { To: null } last && at >= last.From && at < ClockJudge.EndOf(last, facts.Rule.Unit, calendar);

    /// <summary>It was suspended, nobody resumed it, and the planned end is past: it runs again by itself.</summary>
    public static bool HasRunOn(ClockFacts facts, WorkCalendar calendar, DateTimeOffset at) =>
        facts.Ended is null && facts.Pauses.LastOrDefault() is { To: null } last && at >= ClockJudge.EndOf(last, facts.Rule.Unit, calendar);

    /// <summary>Lets the clock run on. The day itself is the last that is left out.</summary>
    public static Outcome<ClockFacts> Resume(ClockFacts facts, WorkCalendar calendar, DateTimeOffset at)
    {
        var lasting = IsSuspended(facts, calendar, at) ? facts.Pauses[^1] : null;
        var refusals = Refusals.Of(Open(facts), lasting is null ? new("CLK-R08", "", Text.NotSuspended, Law.Suspension) : null);
        return refusals.Any ? refusals : facts with { Pauses = [.. facts.Pauses.SkipLast(1), lasting! with { To = at }] };
    }

    /// <summary>The one extension, before the limit is past, within what the rule allows, with approver and reason.</summary>
    public static Outcome<ClockFacts> Extend(ClockFacts facts, WorkCalendar calendar, Extension extension)
    {
        var allowed = facts.Rule.Extension;
        var refusals = Refusals.Of(
            Open(facts),
            Late(facts, calendar, extension.At),
            allowed is null ? new("CLK-R10", "", Text.NotExtensible(facts.Rule), facts.Rule.Basis) : null,
            facts.Extended is not null ? new("CLK-R11", "", Text.ExtendedOnce, allowed?.Basis) : null,
            allowed is not null && (extension.Length < 1 || extension.Length > allowed.Length)
                ? new("CLK-R12", "length", Text.TooLong(allowed.Length, facts.Rule.Unit), allowed.Basis) : null,
            string.IsNullOrWhiteSpace(extension.Approver) ? new("CLK-R13", "approver", Text.NoApprover(allowed?.Approver ?? ""), allowed?.Basis) : null,
            string.IsNullOrWhiteSpace(extension.Reason) ? new("CLK-R14", "reason", Text.NoReason, allowed?.Basis) : null,
            string.IsNullOrWhiteSpace(extension.Document) ? new("CLK-R15", "document", Text.NoNotice, allowed?.Basis) : null);
        return refusals.Any ? refusals : facts with { Extended = extension };
    }

    /// <summary>
    /// Another office takes the step over: the one clock ends, the next begins at the same moment with the whole
    /// length. Clocks of the whole case do not notice.
    /// </summary>
    public static Outcome<(ClockFacts Ended, ClockFacts Begun)> HandOn(ClockFacts facts, DateTimeOffset at)
    {
        var refusals = Refusals.Of(
            Open(facts),
            facts.Rule.Kind != ClockKind.Step ? new("CLK-R16", "", Text.NotOfAStep(facts.Rule), facts.Rule.Basis) : null,
            Early(facts, at));
        return refusals.Any ? refusals : (facts with { Ended = at }, ClockFacts.Start(facts.Rule, at));
    }

    /// <summary>
    /// The period begins anew, as with a corrected request for disclosure (政府信息公开条例 art. 30): nothing of the
    /// first run counts, its extension neither.
    /// </summary>
    public static ClockFacts Anew(ClockFacts facts, DateTimeOffset at) => ClockFacts.Start(facts.Rule, at);

    /// <summary>What it measures is done.</summary>
    public static Outcome<ClockFacts> End(ClockFacts facts, DateTimeOffset at)
    {
        var refusals = Refusals.Of(Open(facts), Early(facts, at));
        return refusals.Any ? refusals : facts with { Ended = at };
    }

    private static Refusal? Open(ClockFacts facts) =>
        facts.Ended is null ? null : new("CLK-R05", "", Text.HasEnded(facts.Rule));

    // What comes too late cannot be made good by a suspension or an extension.
    private static Refusal? Late(ClockFacts facts, WorkCalendar calendar, DateTimeOffset at) =>
        facts.Ended is null && at >= new ClockCount(facts, calendar).Due ? new("CLK-R06", "", Text.HasRunOut(facts.Rule), facts.Rule.Basis) : null;

    private static Refusal? Early(ClockFacts facts, DateTimeOffset at) =>
        at < facts.Started ? new("CLK-R07", "", Text.BeforeStart(facts.Rule)) : null;
}
