using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>What happens in a part is written down in the whole, in the same transaction.</summary>
internal sealed class PackageProgress(CaseTypes types) : CaseEffect
{
    public override bool Concerns(CaseType type, string step) =>
        IsPackage(type) ? step == PackageSteps.ArrangeVisit : type.Code.StartsWith(ServiceItem.CaseTypeOf(""), StringComparison.Ordinal) && step != BuiltInSteps.Open;

    public static bool IsPackage(CaseType type) => type.Code.StartsWith(ServicePackage.TypePrefix, StringComparison.Ordinal);

    public override async Task<Refusals> Follow(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        if (change.Step.Code == PackageSteps.ArrangeVisit)
        {
            VisitReminder.Leave(session.Write, change);
            return await Invite(session, change, request, cancel);
        }

        if (change.After.Parent is not { } parent || !Tells(change) || await session.Facts(parent, cancel) is not { } whole || !IsPackage(whole.Type)
            || whole.Case.State == CaseState.Ended)
        {
            return Refusals.None;
        }

        return change.Step.Clocks.Any(effect => effect.Action == ClockAction.Suspend)
            ? await session.Take(parent, new(PackageSteps.Suspend(change.Step.Clocks[0].Kind)) { Document = request.Document, Length = request.Length }, cancel)
            : change.Step.Code == ItemSteps.EndSpecial
                ? whole.Children.Any(child => child.Number != change.After.Number && child.Stage == ItemStages.Special)
                    ? Refusals.None
                    : await session.Take(parent, new(PackageSteps.Resume), cancel)
                : await session.Take(parent, new(PackageSteps.PartFailed) { Reason = Failed(whole, change) }, cancel);
    }

    private static bool Tells(CaseChange change) =>
        change.Step.Code != BuiltInSteps.EndWith
        && (change.Step.Clocks.Any(effect => effect.Action == ClockAction.Suspend) || change.Step.Code == ItemSteps.EndSpecial
            || (change.Ends && change.After.Result != ItemResults.Granted));

    /// <summary>The sentence on a part that came to nothing, with all that cannot begin because of it.</summary>
    private string Failed(CaseFacts whole, CaseChange change)
    {
        var answers = CaseRules.AnswersOf(whole.Case);
        var barred = whole.Type.Children.Where(child => ChildRules.Bar(whole, child, answers)?.Number == change.After.Number)
            .Select(child => types.Find(child.Type)?.Name ?? child.Code).ToList();
        return Text.PartFailed(change.After.Title, change.Step.Label, change.Event.Reason, barred);
    }

    /// <summary>Every part that needs somebody to come and look is told of the one appointment.</summary>
    private async Task<Refusals> Invite(CaseSession session, CaseChange change, StepRequest request, CancellationToken cancel)
    {
        var refusals = Refusals.None;
        foreach (var child in await Visiting(types, await session.Facts(change.After.Number, cancel), cancel))
        {
            refusals = refusals.And(await session.Take(child.Number, new(ItemSteps.JoinVisit) { Fields = request.Fields }, cancel));
        }

        return refusals;
    }

    /// <summary>The running parts in which somebody comes and looks.</summary>
    internal static async Task<IReadOnlyList<ChildState>> Visiting(CaseTypes types, CaseFacts? whole, CancellationToken cancel)
    {
        var visiting = new List<ChildState>();
        foreach (var child in whole?.Children.Where(child => child.Stage == ItemStages.Review) ?? [])
        {
            if ((await types.Of(child.Type, child.Version, cancel)).Step(ItemSteps.JoinVisit) is not null)
            {
                visiting.Add(child);
            }
        }

        return visiting;
    }
}
