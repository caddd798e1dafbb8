using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>After the decision or instead of one: handing over, checking what was promised, terminating.</summary>
internal static class EndingSteps
{
    public static IEnumerable<CaseStep> Of(ServiceItem item)
    {
        var commitment = item.Flow == FlowKind.Commitment;
        if (!ItemStages.IsShort(item))
        {
            yield return new(ItemSteps.Terminate, "终止办理", [ItemStages.Review, ItemStages.Approval], ItemStages.Terminated, Actor.Head)
            {
                Note = "申请人死亡、终止，或者申请的标的已不存在的，终止办理。",
                Permission = ApprovalSystem.Decide,
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Produces = ItemDocuments.Termination,
                Result = ItemResults.Terminated,
                Notices = [ItemNotices.Terminated],
            };
        }

        if (ItemStages.Issues(item))
        {
            yield return new(ItemSteps.Deliver, "送达", [ItemStages.Issuing], commitment ? ItemStages.Checking : ItemStages.Granted, Actor.Handler)
            {
                Needs = StepNeeds.Document,
                Produces = ItemDocuments.Delivery,
                Notices = [ItemNotices.Ready],
                Basis = ItemLaw.Delivery,
            };
        }

        if (commitment)
        {
            yield return new(ItemSteps.PassCheck, "核查属实", [ItemStages.Checking], ItemStages.Granted, Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.SecondOfficer,
                Basis = item.Commitment?.Basis,
            };
            yield return new(ItemSteps.Revoke, "承诺不实，撤销", [ItemStages.Checking], ItemStages.Revoked, Actor.Head)
            {
                Permission = ApprovalSystem.Decide,
                Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document,
                Produces = ItemDocuments.Revocation,
                Result = ItemResults.Revoked,
                Notices = [ItemNotices.Revoked],
                Basis = ItemLaw.Revocation,
            };
        }
    }
}
