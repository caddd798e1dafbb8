using System.Globalization;
using System.Text.Json;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Triggers that stand in what was done: the events of a case, its papers and its bills.</summary>
internal static class EventTriggers
{
    /// <summary>Fewer steps of officers than these are a decision at once, which takes no time by its nature.</summary>
    private const int StepsOfAnExamination = 3;

    private static readonly string[] OnTheSpot = ["现场", "核查", "勘验", "检查", "检验", "评审", "听证"];

    /// <summary>
    /// An application is complete and not accepted, though no ground is named on which acceptance may be refused:
    /// nothing to be licensed, or another office competent (行政许可法 art. 32). Or nothing was said in time.
    /// </summary>
    public static IEnumerable<TriggerFinding> NotAccepted(CaseTrail trail)
    {
        var complete = trail.Type.Materials.Where(rule => rule.Required && rule.When is null)
                .All(rule => trail.Materials.Any(one => one.Code == rule.Code))
            && trail.Materials.All(one => one.State != MaterialState.Faulty);
        var refused =
            from one in trail.Events
            let step = trail.StepOf(one)
            where ByOffice(step) && trail.KindOf(one.Before) == StageKind.Before && trail.KindOf(one.After) == StageKind.Ended
                && complete && !NamesGround(one)
            select Found(SupervisionRules.NotAccepted, Text.CompleteNotAccepted, one);
        return refused.Concat(ClockTriggers.NoNotice(trail));
    }

    /// <summary>It goes against the applicant, and reason or article is missing.</summary>
    public static IEnumerable<TriggerFinding> RefusedWithoutReason(CaseTrail trail) =>
        from one in trail.Events
        let step = trail.StepOf(one)
        where ByOffice(step) && IsAdverse(trail.Type, step!) && (string.IsNullOrWhiteSpace(one.Reason) || string.IsNullOrWhiteSpace(one.Basis))
        select Found(
            SupervisionRules.RefusedWithoutReason,
            string.IsNullOrWhiteSpace(one.Reason) ? Text.NoReason : Text.NoBasis,
            one);

    /// <summary>
    /// Entered afterwards (补录): a whole examination within minutes, or something on the spot that happened before
    /// there was an application. Only the platform's times prove it; a day that a handler wrote can only speak against him.
    /// </summary>
    public static IEnumerable<TriggerFinding> NotOnLine(CaseTrail trail)
    {
        var least = TimeSpan.FromMinutes((double)trail.Standards[StandardKinds.LateEntry]);
        foreach (var one in trail.Events)
        {
            if (trail.StepOf(one) is not { } step)
            {
                continue;
            }

            var steps = trail.Events.Where(other => other.Ordinal <= one.Ordinal && ByOffice(trail.StepOf(other))).ToList();
            if (step.Marks == Milestone.Decided && steps.Count >= StepsOfAnExamination && one.At - trail.Case.ReceivedAt < least)
            {
                yield return Found(SupervisionRules.NotOnLine, Text.WholeInMinutes(one.At - trail.Case.ReceivedAt), [.. steps]);
            }

            foreach (var (label, day) in Days(step, one).Where(each => each.Day < trail.Case.ReceivedAt.Local().Day()))
            {
                yield return Found(SupervisionRules.NotOnLine, Text.BeforeReceipt(label, day, trail.Case.ReceivedAt), one);
            }
        }
    }

    /// <summary>No published fee, none of this matter, or more than its standard.</summary>
    public static IEnumerable<TriggerFinding> Charged(CaseTrail trail) =>
        from bill in trail.Charges.GroupBy(charge => charge.Bill, StringComparer.Ordinal)
        let faults = bill.Select(Fault).OfType<string>().ToList()
        where faults.Count > 0
        select new TriggerFinding(
            SupervisionRules.ChargedWithoutItem, bill.First().At, "B" + bill.Key, string.Join('\n', faults.Prepend(Text.BillEvidence(bill.Key, bill.First().At))));

    /// <summary>A second notice of what could be seen at the first; a clock stopped without a document.</summary>
    public static IEnumerable<TriggerFinding> Other(CaseTrail trail)
    {
        CaseEvent? first = null;
        foreach (var one in trail.Events)
        {
            if (trail.StepOf(one) is not { } step)
            {
                continue;
            }

            if (ByOffice(step) && trail.KindOf(one.Before) == StageKind.Before && trail.KindOf(one.After) == StageKind.Waiting)
            {
                if (first is not null && !IsNew(trail, first, one))
                {
                    yield return Found(SupervisionRules.SecondCorrection, Text.SecondNotice, first, one);
                }

                first ??= one;
            }

            if (step.Clocks.Any(effect => effect.Action == ClockAction.Suspend) && string.IsNullOrWhiteSpace(one.Document))
            {
                yield return Found(SupervisionRules.SuspendedWithoutDocument, Text.NoDocument, one);
            }
        }
    }

    /// <summary>Against the applicant: its type says so, or it gives a result that he did not ask for.</summary>
    internal static bool IsAdverse(CaseType type, CaseStep step) =>
        step.Adverse || (step.Result is { } result && type.Results.Any(one => one.Code == result && !one.Good));

    private static bool ByOffice(CaseStep? step) => step is { IsBuiltIn: false, By: Actor.Handler or Actor.Head };

    private static bool NamesGround(CaseEvent one) =>
        !string.IsNullOrWhiteSpace(one.Reason) && one.Basis is { } basis
        && (basis.Contains("三十二条", StringComparison.Ordinal) || basis.Contains("32", StringComparison.Ordinal) || Details(one).GetValueOrDefault("competent") is { Length: > 0 });

    // Everything that is at fault now was handed in or answered only after the first notice: it could not be named in it.
    private static bool IsNew(CaseTrail trail, CaseEvent first, CaseEvent second)
    {
        bool Renewed(string code) => trail.Materials.Any(one => one.Code == code && one.RenewedAt > first.At);
        if (CaseFaults.Of(second) is { Count: > 0 } told)
        {
            return told.All(fault => fault.Of switch
            {
                FaultOf.Material => Renewed(fault.Code),
                FaultOf.Answer => trail.ChangedAnswers.Contains(fault.Code),
                _ => false,
            });
        }

        var faulty = trail.Materials.Where(one => one.State == MaterialState.Faulty).ToList();
        return faulty.Count > 0 && faulty.All(one => one.RenewedAt > first.At);
    }

    private static string? Fault(TrailCharge charge) =>
        charge.Price is not { } price ? Text.NotPublished(charge.FeeItem, charge.Name)
        : !charge.Belongs ? Text.NotOfThisItem(charge.FeeItem, charge.Name)
        : charge.Amount > Money.Rounded(price * charge.Quantity).Yuan ? Text.AboveStandard(charge.Name, charge.Amount, Money.Rounded(price * charge.Quantity).Yuan)
        : null;

    private static IEnumerable<(string Label, DateOnly Day)> Days(CaseStep step, CaseEvent one)
    {
        var details = Details(one);
        foreach (var field in step.Fields.Where(field => field.Type.Name == FieldKind.Date && OnTheSpot.Any(word => field.Label.Contains(word, StringComparison.Ordinal))))
        {
            if (DateOnly.TryParseExact(details.GetValueOrDefault(field.Name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                yield return (field.Label, day);
            }
        }
    }

    private static Dictionary<string, string> Details(CaseEvent one) =>
        one.Details is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(one.Details) ?? [];

    private static TriggerFinding Found(SupervisionRule rule, string words, params CaseEvent[] proof) =>
        new(rule, proof[^1].At, string.Create(CultureInfo.InvariantCulture, $"E{proof[^1].Ordinal:0000}"), string.Join('\n', proof.Select(Text.EventEvidence).Prepend(words)))
        {
            Event = proof[^1].Ordinal,
        };
}
