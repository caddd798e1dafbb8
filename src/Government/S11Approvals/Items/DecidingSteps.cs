using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The decision, by whoever decides or by silence (行政许可法 art. 34, 38, 50), and what leads to it.</summary>
internal static class DecidingSteps
{
    public static IEnumerable<CaseStep> Of(ServiceItem item)
    {
        var isShort = ItemStages.IsShort(item);
        var after = ItemStages.Issues(item) ? ItemStages.Issuing : item.Flow == FlowKind.Commitment ? ItemStages.Checking : ItemStages.Granted;
        var decider = isShort ? Actor.Handler : Actor.Head;
        if (!isShort)
        {
            foreach (var step in ExaminingSteps.Of(item))
            {
                yield return step;
            }

            yield return new(ItemSteps.Return, "退回重新审查", [ItemStages.Approval], ItemStages.Review, Actor.Head) { Needs = StepNeeds.Reason };
        }

        yield return new(ItemSteps.Grant, item.IsLicence ? "准予许可" : "准予办理", [ItemStages.Approval], after, decider)
        {
            Needs = StepNeeds.Opinion,
            Marks = Milestone.Decided,
            Produces = ItemDocuments.Decision,
            Result = ItemResults.Granted,
            Notices = [ItemNotices.Granted],
            Basis = isShort && item.Flow == FlowKind.AtOnce ? ItemLaw.AtOnce : ItemLaw.Decision,
        };
        if (ItemStages.Renews(item))
        {
            yield return new(ItemSteps.DeemRenewed, "视为准予延续", ItemStages.Deciding(item), after, Actor.Platform)
            {
                On = Occasion.ClockRanOut,
                Marks = Milestone.Decided,
                Produces = ItemDocuments.Decision,
                Result = ItemResults.Granted,
                Notices = [ItemNotices.Renewed],
                Basis = ItemLaw.Renewal,
            };
        }

        yield return new(ItemSteps.Refuse, item.IsLicence ? "不予许可" : "不予办理", [ItemStages.Approval], ItemStages.Refused, decider)
        {
            Note = "应当书面说明理由，并告知申请行政复议和提起行政诉讼的权利。",
            Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document,
            Marks = Milestone.Decided,
            Produces = ItemDocuments.Refusal,
            Result = ItemResults.Refused,
            Notices = [ItemNotices.Refused],
            Basis = ItemLaw.Refusal,
        };
        yield return new(ItemSteps.Urge, "督办", [ItemStages.Received, .. item.FirstReview is null || isShort ? Array.Empty<string>() : [ItemStages.FirstReview], .. ItemStages.Deciding(item)], null, Actor.Supervisor)
        {
            Permission = ApprovalSystem.Supervise,
            Needs = StepNeeds.Opinion,
        };
    }
}
