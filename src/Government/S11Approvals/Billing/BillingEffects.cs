using Shali.Government.S11Approvals.Efficiency;
using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Billing;

/// <summary>
/// Acceptance of a root case leaves its one bill to be issued, over everything that it and its parts cost; the end of a
/// case that gave nothing leaves the settling of what was charged for it.
/// </summary>
internal sealed class BillingEffects(CaseTypes types, CaseBills bills) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) => ApprovalCases.Concerns(type) && step is not (BuiltInSteps.Open or BuiltInSteps.Note);

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var of = change.After;
        if (of.Parent is null && change.Before.AcceptedAt is null && of.AcceptedAt is not null)
        {
            var type = await types.Of(of.Type, of.TypeVersion, cancel);
            var fees = await FeePlan.Of(type, CaseRules.AnswersOf(of), types, cancel);
            if (fees.Count > 0)
            {
                FollowUps.Leave(session.Write, BillIssue.KindOf, of.Number, change.Event.Ordinal, new BillDue([.. fees]));
            }
        }

        if (change.Ends)
        {
            var type = await types.Of(of.Type, of.TypeVersion, cancel);
            var whole = of.Parent is null ? of : (await bills.RootOf(of, cancel)).Root;
            if (!RefundRules.EndsWell(of, type) && Owes(await types.Of(whole.Type, whole.TypeVersion, cancel), 0))
            {
                FollowUps.Leave(session.Write, BillSettling.KindOf, of.Number, change.Event.Ordinal, new SettlingDue(type.Stage(of.Stage)?.Label ?? of.Stage));
            }
        }

        return Refusals.None;
    }

    private bool Owes(CaseType type, int depth) =>
        type.Fees.Count > 0 || (depth < 5 && type.Children.Any(child => types.Find(child.Type) is { } of && Owes(of, depth + 1)));
}

/// <summary>What must be paid before it is handed over is not handed over before.</summary>
internal sealed class PaidFirst(CaseBills bills) : StepGuard
{
    public override bool Concerns(CaseType type, string step) => ApprovalCases.Concerns(type) && type.Fees.Any(fee => !fee.PaidLater) && HandsOver(type, step);

    public override async Task<Refusals> Judge(WriteSession session, CaseFacts facts, StepRequest request, Caller who, CancellationToken cancel) =>
        (await bills.Stands(facts.Case, cancel)).Unpaid is { } why ? Refusals.Of(new Refusal("S11-R57", "", why, ItemLaw.Fees)) : Refusals.None;

    /// <summary>Delivery, or an end that gives what was asked for.</summary>
    private static bool HandsOver(CaseType type, string code) => type.Step(code) is { IsBuiltIn: false } step
        && (step.Code == ItemSteps.Deliver
            || (step.To is { } to && type.Stage(to) is { Kind: StageKind.Ended } && type.Results.Any(result => result.Good && result.Code == step.Result)));
}
