using Shali.Platform.Casework;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Items;

/// <summary>From the application to its acceptance: one notice of everything, or what silence makes of it (行政许可法 art. 32).</summary>
internal static class ReceivingSteps
{
    public static IEnumerable<CaseStep> Of(ServiceItem item)
    {
        var first = item.FirstReview is not null && !ItemStages.IsShort(item) ? ItemStages.FirstReview : ItemStages.Deciding(item)[0];
        yield return new(ItemSteps.AskCorrection, "一次性告知补正", [ItemStages.Received], ItemStages.Correcting, Actor.Handler)
        {
            Note = "写明全部需要补正的内容：只能告知一次。",
            Needs = StepNeeds.Opinion,
            TellsFaults = true,
            Produces = ItemDocuments.Correction,
            Notices = [ItemNotices.Correction],
            Basis = item.IsLicence ? ItemLaw.Correction : ItemLaw.InTime,
        };
        yield return new(ItemSteps.Correct, "提交补正", [ItemStages.Correcting], ItemStages.Received, Actor.Applicant) { ChangesAnswers = true };
        yield return new(ItemSteps.EndUncorrected, "逾期未补正", [ItemStages.Correcting], ItemStages.Uncorrected, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Result = ItemResults.Uncorrected,
            Notices = [ItemNotices.Uncorrected],
        };
        yield return new(ItemSteps.Accept, "受理", [ItemStages.Received], first, Actor.Handler)
        {
            Note = "材料齐全、符合法定形式的，应当受理。",
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [ItemNotices.Accepted],
            Basis = ItemLaw.Acceptance,
            Bulk = true,
        };
        yield return new(ItemSteps.DeemAccepted, "视为受理", [ItemStages.Received], first, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [ItemNotices.Deemed],
            Basis = ItemLaw.Correction,
        };
        yield return new(ItemSteps.AcceptJointly, "随一件事统一受理", [ItemStages.Received], first, Actor.Platform)
        {
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Basis = ItemLaw.Together,
        };
        yield return new(ItemSteps.RefuseAcceptance, "不予受理", [ItemStages.Received], ItemStages.NotAccepted, Actor.Handler)
        {
            Note = "依法不需要取得许可，或者不属于本单位职权范围的，即时告知；不属于本单位的，写明应当向哪个单位申请。",
            Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document,
            Fields = [new FieldDefinition { Name = "competent", Label = "应当向其申请的单位", Type = FieldTypes.Text, LengthMax = 100 }],
            Produces = ItemDocuments.NotAccepted,
            Result = ItemResults.NotAccepted,
            Notices = [ItemNotices.NotAccepted],
            Basis = ItemLaw.NotAccepted,
        };
    }
}
