using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Triggers that stand in the clocks of a case. Their cards come from the platform's own watch, at the same moments.</summary>
internal static class ClockTriggers
{
    public static IEnumerable<TriggerFinding> PromiseBroken(CaseTrail trail) =>
        from clock in trail.Clocks
        let renewal = clock.Rule.Overrun == SupervisionRules.RenewalUndecided.Code
        where (renewal || clock.Rule is { Silence: null, Overrun: null, Kind: not ClockKind.Step }) && Overrun(clock, trail.Now)
        select Found(clock, renewal ? SupervisionRules.RenewalUndecided : clock.Rule.Kind == ClockKind.Legal ? SupervisionRules.LimitBroken : SupervisionRules.PromiseBroken);

    public static IEnumerable<TriggerFinding> StepLate(CaseTrail trail) =>
        from clock in trail.Clocks
        where clock.Rule is { Silence: null, Overrun: null, Kind: ClockKind.Step } && Overrun(clock, trail.Now)
        select Found(clock, SupervisionRules.StepLate);

    /// <summary>The limit within which the lower office passes its review on says so itself.</summary>
    public static IEnumerable<TriggerFinding> FirstReviewLate(CaseTrail trail) =>
        from clock in trail.Clocks
        where clock.Rule.Overrun == SupervisionRules.FirstReviewLate.Code && Overrun(clock, trail.Now)
        select Found(clock, SupervisionRules.FirstReviewLate);

    /// <summary>Nothing was said in time: the application counts as accepted, and was not accepted.</summary>
    public static IEnumerable<TriggerFinding> NoNotice(CaseTrail trail) =>
        from clock in trail.Clocks
        where clock.Rule is { Silence: not null, Overrun: null, Kind: not ClockKind.Step } && Overrun(clock, trail.Now)
        select Found(clock, SupervisionRules.NoNoticeInTime);

    // What is done on the last day is in time; the limit is over at the midnight after it.
    private static bool Overrun(TrailClock clock, DateTimeOffset now) => clock.Due <= (clock.Ended ?? now) && clock.Due <= now;

    private static TriggerFinding Found(TrailClock clock, SupervisionRule rule) =>
        new(rule, clock.Due, clock.Key, Text.ClockEvidence(clock.Rule.Label, clock.Due, clock.Ended));
}
