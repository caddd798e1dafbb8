using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>A rule that speaks at a moment of a clock.</summary>
/// <param name="Kind">The card: one of <see cref="CardKind"/>.</param>
/// <param name="Moment">The legal moment: midnight after the last day, whenever it was looked at.</param>
public sealed record Finding(SupervisionRule Rule, string Kind, DateTimeOffset Moment);

/// <summary>What supervision finds in one clock. Pure: an interrupted look is simply taken again.</summary>
public static class ClockSupervision
{
    /// <summary>All moments at which a rule speaks if nobody does anything more, in order. After the end nothing speaks.</summary>
    public static IReadOnlyList<Finding> Findings(ClockFacts facts, string type, WorkCalendar calendar, Thresholds thresholds)
    {
        if (SupervisionRules.IsApplicants(facts.Rule))
        {
            return [];
        }

        var began = facts.Started.Local().Day();
        var due = new ClockCount(facts, calendar).Due;
        var (warning, overrun) = (SupervisionRules.WarningOf(facts.Rule), SupervisionRules.OverrunOf(facts.Rule));
        var findings = new List<Finding>(2);
        if (thresholds.Enabled(warning, type, began))
        {
            var near = ClockJudge.MomentOf(facts, calendar, thresholds.Remaining(warning, type, facts, began));
            if (near < due && !(facts.Ended < near))
            {
                findings.Add(new(warning, thresholds.Kind(warning, type, began), near));
            }
        }

        if (thresholds.Enabled(overrun, type, began) && !(facts.Ended < due))
        {
            findings.Add(new(overrun, thresholds.Kind(overrun, type, began), due));
        }

        return findings;
    }

    /// <summary>
    /// When the clock is to be judged next; null: never again. A clock with a silence is judged when it runs out
    /// even where no rule speaks: the platform has a step to take.
    /// </summary>
    /// <param name="from">Nothing before it is looked for: the last moment up to which it was judged.</param>
    public static DateTimeOffset? Next(ClockFacts facts, string type, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset from)
    {
        DateTimeOffset? next = null;
        foreach (var finding in Findings(facts, type, calendar, thresholds))
        {
            if (finding.Moment >= from && !(next <= finding.Moment))
            {
                next = finding.Moment;
            }
        }

        return facts is { Rule.Silence: not null, Ended: null } && new ClockCount(facts, calendar).Due is var due && due >= from && !(next <= due)
            ? due : next;
    }
}
