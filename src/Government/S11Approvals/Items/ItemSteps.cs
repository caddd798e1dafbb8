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
    public const string AcceptJointly = "accept-jointly";
    public const string PassOn = "pass-on";
    public const string JoinVisit = "join-visit";
    public const string SignVisit = "sign-visit";
    public const string TellHearing = "tell-hearing";
    public const string AskHearing = "ask-hearing";
    public const string WaiveHearing = "waive-hearing";
    public const string HearingLapsed = "hearing-lapsed";
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
        var first = item.FirstReview is not null && !ItemStages.IsShort(item) ? ItemStages.FirstReview : ItemStages.Deciding(item)[0];
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
            Notices = [ItemNotices.Deemed],
            Basis = ItemLaw.Correction,
        };
        yield return new(AcceptJointly, "随一件事统一受理", [ItemStages.Received], first, Actor.Platform)
        {
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Basis = ItemLaw.Together,
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
            foreach (var step in FirstReviewing(item).Concat(Examining(item)).Concat(Visiting(item)).Concat(Hearing(item)))
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
        yield return new(Urge, "督办", [ItemStages.Received, .. item.FirstReview is null || isShort ? Array.Empty<string>() : [ItemStages.FirstReview], .. ItemStages.Deciding(item)], null, Actor.Supervisor)
        {
            Permission = ApprovalSystem.Supervise,
            Needs = StepNeeds.Opinion,
        };
    }

    /// <summary>The lower office reviews and passes on: from then on the case is the upper one's.</summary>
    private static IEnumerable<CaseStep> FirstReviewing(ServiceItem item)
    {
        if (item.FirstReview is { } first)
        {
            yield return new(PassOn, "报送上级机关", [ItemStages.FirstReview], ItemStages.Review, Actor.Handler)
            {
                Note = "将初步审查意见和全部申请材料直接报送上级机关；上级机关不得要求申请人重复提供材料。",
                Needs = StepNeeds.Opinion,
                Office = item.Office,
                Notices = [ItemNotices.PassedOn],
                Basis = first.Basis,
            };
        }
    }

    /// <summary>
    /// Somebody comes and looks; several offices of a package together, each with its own opinion (联合踏勘).
    /// </summary>
    private static IEnumerable<CaseStep> Visiting(ServiceItem item)
    {
        if (!item.SiteVisit)
        {
            yield break;
        }

        yield return new(JoinVisit, "参加联合踏勘", [ItemStages.Review], null, Actor.Platform)
        {
            Fields =
            [
                new FieldDefinition { Name = VisitOn, Label = "约定日期", Type = FieldTypes.Date, Required = true },
                new FieldDefinition { Name = VisitAt, Label = "约定时间", Type = FieldTypes.Text, LengthMax = 40 },
                new FieldDefinition { Name = VisitPlace, Label = "集合地点", Type = FieldTypes.Text, LengthMax = 200 },
            ],
            Basis = ItemLaw.Together,
        };
        yield return new(SignVisit, "签署踏勘意见", [ItemStages.Review], null, Actor.Handler)
        {
            Note = "写明现场看到的情况和本单位的意见，由两名工作人员签署。",
            Needs = StepNeeds.Opinion | StepNeeds.SecondOfficer,
            Fields = [new FieldDefinition { Name = VisitedOn, Label = "现场核查日期", Type = FieldTypes.Date, Required = true }],
            Basis = ItemLaw.TwoOfficers,
        };
    }

    public const string VisitOn = "visit_on";
    public const string VisitAt = "visit_at";
    public const string VisitPlace = "visit_place";
    public const string VisitedOn = "visited_on";

    /// <summary>The day of a hearing, in the step that begins it.</summary>
    public const string HearingOn = "hearing_on";

    /// <summary>
    /// Whoever is concerned is told that he may be heard; he asks for it in five days, or it lapses (行政许可法 art. 47).
    /// </summary>
    private static IEnumerable<CaseStep> Hearing(ServiceItem item)
    {
        if (!ItemStages.Hears(item))
        {
            yield break;
        }

        yield return new(TellHearing, "告知听证权利", [ItemStages.Review], ItemStages.HearingTold, Actor.Handler)
        {
            Note = "许可直接涉及申请人与他人之间重大利益关系的，作出决定前应当告知其享有要求听证的权利。",
            Needs = StepNeeds.Reason | StepNeeds.Document,
            Produces = ItemDocuments.Hearing,
            Notices = [ItemNotices.HearingRight],
            Basis = ItemLaw.HearingRight,
        };
        yield return new(AskHearing, "要求听证", [ItemStages.HearingTold], ItemStages.HearingAsked, Actor.Applicant) { Needs = StepNeeds.Reason, Basis = ItemLaw.HearingRight };
        yield return new(WaiveHearing, "放弃听证", [ItemStages.HearingTold], ItemStages.Review, Actor.Applicant) { Basis = ItemLaw.HearingRight };
        yield return new(HearingLapsed, "逾期未要求听证", [ItemStages.HearingTold], ItemStages.Review, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Basis = ItemLaw.HearingRight,
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
                ? [new FieldDefinition { Name = VisitedOn, Label = "现场核查日期", Type = FieldTypes.Date, Required = true }]
                : [],
            Basis = item.ChecksSubstance ? ItemLaw.TwoOfficers : null,
        };
        foreach (var kind in item.Specials.Select(SuspensionKinds.Find).OfType<SuspensionKind>())
        {
            var hearing = kind.Code == "hearing";
            yield return new(
                BeginSpecial(kind.Code), "启动" + kind.Label, hearing ? [ItemStages.Review, ItemStages.HearingAsked] : [ItemStages.Review], ItemStages.Special, Actor.Handler)
            {
                Note = hearing ? "应当于举行听证的七个工作日前将时间、地点通知申请人和利害关系人。所需时间不计入办理时限。" : "所需时间不计入办理时限，应当书面告知申请人。",
                Fields = hearing ? [new FieldDefinition { Name = HearingOn, Label = "听证日期", Type = FieldTypes.Date, Required = true }] : [],
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
    public const string Hearing = "hearing-right";
    public const string Extension = "extension";
    public const string Decision = "decision";
    public const string Refusal = "refusal";
    public const string Termination = "termination";
    public const string Delivery = "delivery";
    public const string Revocation = "revocation";
}
