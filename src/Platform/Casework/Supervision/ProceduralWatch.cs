using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// Breaches that stand in the step itself: its type says that whoever takes it breaks a rule (a second correction
/// notice, a late entry), or it refuses the applicant and gives no reason. The card is issued in the same act.
/// </summary>
internal sealed class ProceduralWatch(CardIssue cards) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => true;

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var breach in Breaches(change))
        {
            refusals = refusals.And(await cards.Report(session.Write, breach, cancel));
        }

        return refusals;
    }

    /// <summary>What the step breaks, in the order of the rules. Pure.</summary>
    internal static IEnumerable<Breach> Breaches(CaseChange change)
    {
        var of = change.After;
        Breach Of(SupervisionRule rule) => new(rule, of, change.Event.Ordinal, Text.StepTaken(change.Event));
        if (change.Step.Breach is { } code && SupervisionRules.Find(code) is { } broken)
        {
            yield return Of(broken);
        }

        if (change.Step.Adverse && string.IsNullOrWhiteSpace(change.Event.Reason))
        {
            yield return Of(SupervisionRules.RefusedWithoutReason);
        }

        if (change.Step.Clocks.Any(effect => effect.Action == ClockAction.Suspend) && string.IsNullOrWhiteSpace(change.Event.Document))
        {
            yield return Of(SupervisionRules.SuspendedWithoutDocument);
        }
    }
}
