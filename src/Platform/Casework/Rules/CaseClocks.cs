using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>What a step does to the clocks of a case: stages start and stop them, effects suspend, resume and extend.</summary>
internal static class CaseClocks
{
    /// <summary>The clocks of a case that begins.</summary>
    public static IReadOnlyList<ClockChange> First(CaseType type, DateTimeOffset at) =>
        [.. type.Clocks.Where(rule => !rule.Dated && rule.Runs.Contains(type.Start)).Select(rule => new ClockChange(null, ClockFacts.Start(rule, at)))];

    public static Outcome<IReadOnlyList<ClockChange>> After(CaseFacts facts, CaseStep step, StepRequest request, Caller who, string to)
    {
        var changes = new List<ClockChange>();
        var refusals = Refusals.None;

        // What silence decided ends the clocks at its own moment, however late the platform takes the step.
        var end = step.Marks == Milestone.Decided ? request.Counts ?? facts.Now : facts.Now;
        foreach (var clock in facts.Clocks)
        {
            var now = clock.Facts;
            foreach (var effect in step.Clocks.Where(effect => effect.Clock == now.Rule.Code))
            {
                var moved = Apply(facts, now, effect, request, who);

                // What the platform does follows from something that has happened: a clock that has run out, or runs
                // already, does not undo it.
                refusals = step.By == Actor.Platform ? refusals : refusals.And(moved.Refusals);
                now = moved.Ok ? moved.Value : now;
            }

            if (step.To is not null && !now.Rule.Runs.Contains(to))
            {
                var ended = ClockSteps.End(now, end);
                refusals = refusals.And(ended.Refusals);
                now = ended.Ok ? ended.Value : now;
            }

            if (!ReferenceEquals(now, clock.Facts))
            {
                changes.Add(new(clock, now));
            }
        }

        foreach (var missing in step.Clocks.Where(effect => step.By != Actor.Platform && facts.Clocks.All(clock => clock.Facts.Rule.Code != effect.Clock)))
        {
            refusals = refusals.And(Refusals.Of(new Refusal("CASE-R20", "", Text.ClockNotRunning(
                facts.Type.Clocks.FirstOrDefault(rule => rule.Code == missing.Clock)?.Label ?? missing.Clock))));
        }

        if (step.To is not null && to != facts.Case.Stage)
        {
            changes.AddRange(facts.Type.Clocks
                .Where(rule => rule.Runs.Contains(to) && facts.Clocks.All(clock => clock.Facts.Rule.Code != rule.Code) && (!rule.Dated || request.Days.ContainsKey(rule.Code)))
                .Select(rule => new ClockChange(null, ClockFacts.Start(rule, request.Counts ?? facts.Now) with { Until = rule.Dated ? request.Days[rule.Code] : null })));
        }

        return refusals.Any ? refusals : changes;
    }

    /// <summary>The clocks that run on after the changes.</summary>
    public static IReadOnlyList<ClockFacts> Open(IReadOnlyList<OpenClock> before, IReadOnlyList<ClockChange> changes) =>
    [
        .. before.Select(clock => changes.FirstOrDefault(change => change.Before == clock)?.After ?? clock.Facts)
            .Concat(changes.Where(change => change.Before is null).Select(change => change.After))
            .Where(clock => clock.Ended is null),
    ];

    private static Outcome<ClockFacts> Apply(CaseFacts facts, ClockFacts clock, ClockEffect effect, StepRequest request, Caller who) =>
        effect.Action switch
        {
            ClockAction.Suspend when ClockSteps.IsSuspended(clock, facts.Calendar, facts.Now) && who.Kind == CallerKind.Platform =>
                ClockSteps.Prolong(clock, facts.Calendar, effect.Kind, request.Document ?? "", request.Length ?? 0, facts.Now),
            ClockAction.Suspend => ClockSteps.Suspend(clock, facts.Calendar, effect.Kind, request.Document ?? "", request.Length ?? 0, facts.Now),

            // It has run on by itself since the planned end: there is nothing to let go, and what was waited for is there.
            ClockAction.Resume when ClockSteps.HasRunOn(clock, facts.Calendar, facts.Now) => clock,
            ClockAction.Resume => ClockSteps.Resume(clock, facts.Calendar, facts.Now),
            _ => ClockSteps.Extend(
                clock, facts.Calendar,
                new(request.Length ?? 0, who.Name, request.Reason ?? "", request.Document ?? "", facts.Now)),
        };
}
