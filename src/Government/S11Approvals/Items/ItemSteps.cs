using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The steps of an item's cases, each with what it needs, what it makes and the article that provides for it.</summary>
public static class ItemSteps
{
    public const string AskCorrection = "ask-correction";
    public const string Correct = "correct";
    public const string EndUncorrected = "end-uncorrected";
    public const string Accept = "accept";
    public const string DeemAccepted = "deem-accepted";
    public const string RefuseAcceptance = "refuse-acceptance";
    public const string Examine = "examine";
    public const string EndSpecial = "end-special";
    public const string Extend = "extend";
    public const string Return = "return";
    public const string Grant = "grant";
    public const string Refuse = "refuse";
    public const string Terminate = "terminate";
    public const string Deliver = "deliver";
    public const string PassCheck = "pass-check";
    public const string Revoke = "revoke";
    public const string Urge = "urge";

    /// <summary>The step that begins a special procedure of this kind.</summary>
    public static string BeginSpecial(string kind) => "begin-" + kind;

    public static IReadOnlyList<CaseStep> Of(ServiceItem item) => [.. Receiving(item), .. Deciding(item), .. Ending(item)];

    private static IEnumerable<CaseStep> Receiving(ServiceItem item)
    {
        var first = ItemStages.Deciding(item)[0];
        yield return new(AskCorrection, "一次性告知补正", [ItemStages.Received], ItemStages.Correcting, Actor.Handler)
        {
            Note = "写明全部需要补正的内容：只能告知一次。",
            Needs = StepNeeds.Opinion,
            TellsFaults = true,
            Produces = ItemDocuments.Correction,
            Notices = [ItemNotices.Correction],
            Basis = item.IsLicence ? ItemLaw.Correction : ItemLaw.InTime,
        };
        yield return new(Correct, "提交补正", [ItemStages.Correcting], ItemStages.Received, Actor.Applicant) { ChangesAnswers = true };
        yield return new(EndUncorrected, "逾期未补正", [ItemStages.Correcting], ItemStages.Uncorrected, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Result = ItemResults.Uncorrected,
            Notices = [ItemNotices.Uncorrected],
        };
        yield return new(Accept, "受理", [ItemStages.Received], first, Actor.Handler)
        {
            Note = "材料齐全、符合法定形式的，应当受理。",
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [ItemNotices.Accepted],
            Basis = ItemLaw.Acceptance,
            Bulk = true,
        };
        yield return new(DeemAccepted, "视为受理", [ItemStages.Received], first, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [ItemNotices.Accepted],
            Basis = ItemLaw.Correction,
        };
        yield return new(RefuseAcceptance, "不予受理", [ItemStages.Received], ItemStages.NotAccepted, Actor.Handler)
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

    private static IEnumerable<CaseStep> Deciding(ServiceItem item)
    {
        var isShort = ItemStages.IsShort(item);
        var after = ItemStages.Issues(item) ? ItemStages.Issuing : item.Flow == FlowKind.Commitment ? ItemStages.Checking : ItemStages.Granted;
        var decider = isShort ? Actor.Handler : Actor.Head;
        if (!isShort)
        {
            foreach (var step in Examining(item))
            {
                yield return step;
            }

            yield return new(Return, "退回重新审查", [ItemStages.Approval], ItemStages.Review, Actor.Head) { Needs = StepNeeds.Reason };
        }

        yield return new(Grant, item.IsLicence ? "准予许可" : "准予办理", [ItemStages.Approval], after, decider)
        {
            Needs = StepNeeds.Opinion,
            Marks = Milestone.Decided,
            Produces = ItemDocuments.Decision,
            Result = ItemResults.Granted,
            Notices = [ItemNotices.Granted],
            Basis = isShort && item.Flow == FlowKind.AtOnce ? ItemLaw.AtOnce : ItemLaw.Decision,
        };
        yield return new(Refuse, item.IsLicence ? "不予许可" : "不予办理", [ItemStages.Approval], ItemStages.Refused, decider)
        {
            Note = "应当书面说明理由，并告知申请行政复议和提起行政诉讼的权利。",
            Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document,
            Marks = Milestone.Decided,
            Produces = ItemDocuments.Refusal,
            Result = ItemResults.Refused,
            Notices = [ItemNotices.Refused],
            Basis = ItemLaw.Refusal,
        };
        yield return new(Urge, "督办", [ItemStages.Received, .. ItemStages.Deciding(item)], null, Actor.Supervisor)
        {
            Permission = ApprovalSystem.Supervise,
            Needs = StepNeeds.Opinion,
        };
    }

    private static IEnumerable<CaseStep> Examining(ServiceItem item)
    {
        var clocks = ItemClocks.Suspended(item);
        yield return new(Examine, "报请审批", [ItemStages.Review], ItemStages.Approval, Actor.Handler)
        {
            Note = item.ChecksSubstance ? "需要核实申请材料的实质内容：应当由两名以上工作人员进行。" : "",
            Needs = StepNeeds.Opinion | (item.ChecksSubstance ? StepNeeds.SecondOfficer : StepNeeds.None),
            Fields = item.SiteVisit
                ? [new FieldDefinition { Name = "visited_on", Label = "现场核查日期", Type = FieldTypes.Date, Required = true }]
                : [],
            Basis = item.ChecksSubstance ? ItemLaw.TwoOfficers : null,
        };
        foreach (var kind in item.Specials.Select(SuspensionKinds.Find).OfType<SuspensionKind>())
        {
            yield return new(BeginSpecial(kind.Code), "启动" + kind.Label, [ItemStages.Review], ItemStages.Special, Actor.Handler)
            {
                Note = "所需时间不计入办理时限，应当书面告知申请人。",
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Clocks = [.. clocks.Select(clock => new ClockEffect(ClockAction.Suspend, clock, kind.Code))],
                Produces = ItemDocuments.Special,
                Notices = [ItemNotices.Special],
                Basis = kind.Basis,
            };
        }

        if (item.Specials.Count > 0)
        {
            yield return new(EndSpecial, "特别程序结束", [ItemStages.Special], ItemStages.Review, Actor.Handler)
            {
                Needs = StepNeeds.Opinion,
                Clocks = [.. clocks.Select(clock => new ClockEffect(ClockAction.Resume, clock))],
                Basis = ItemLaw.Suspension,
            };
        }

        if (item.Extension is { } extension)
        {
            yield return new(Extend, "延长期限", [ItemStages.Review, ItemStages.Approval], null, Actor.Head)
            {
                Note = $"经{extension.Approver}批准，可以延长一次，并将理由告知申请人。",
                Permission = ApprovalSystem.Decide,
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Clocks = [.. ItemClocks.Extended(item).Select(clock => new ClockEffect(ClockAction.Extend, clock))],
                Produces = ItemDocuments.Extension,
                Notices = [ItemNotices.Extended],
                Basis = extension.Basis,
            };
        }
    }

    private static IEnumerable<CaseStep> Ending(ServiceItem item)
    {
        var commitment = item.Flow == FlowKind.Commitment;
        if (!ItemStages.IsShort(item))
        {
            yield return new(Terminate, "终止办理", [ItemStages.Review, ItemStages.Approval], ItemStages.Terminated, Actor.Head)
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
            yield return new(Deliver, "送达", [ItemStages.Issuing], commitment ? ItemStages.Checking : ItemStages.Granted, Actor.Handler)
            {
                Needs = StepNeeds.Document,
                Produces = ItemDocuments.Delivery,
                Notices = [ItemNotices.Ready],
                Basis = ItemLaw.Delivery,
            };
        }

        if (commitment)
        {
            yield return new(PassCheck, "核查属实", [ItemStages.Checking], ItemStages.Granted, Actor.Handler)
            {
                Needs = StepNeeds.Opinion | StepNeeds.SecondOfficer,
                Basis = item.Commitment?.Basis,
            };
            yield return new(Revoke, "承诺不实，撤销", [ItemStages.Checking], ItemStages.Revoked, Actor.Head)
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

/// <summary>Kinds of documents that steps make; Results issues them.</summary>
public static class ItemDocuments
{
    public const string Acceptance = "acceptance";
    public const string NotAccepted = "not-accepted";
    public const string Correction = "correction";
    public const string Special = "special-procedure";
    public const string Extension = "extension";
    public const string Decision = "decision";
    public const string Refusal = "refusal";
    public const string Termination = "termination";
    public const string Delivery = "delivery";
    public const string Revocation = "revocation";
}
