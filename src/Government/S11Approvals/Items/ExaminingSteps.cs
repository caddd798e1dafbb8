using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The examination before a decision: first review, visits, hearings, special procedures, extension (行政许可法 art. 34, 42, 43, 45, 47).</summary>
internal static class ExaminingSteps
{
    public static IEnumerable<CaseStep> Of(ServiceItem item) =>
        FirstReviewing(item).Concat(Examining(item)).Concat(Visiting(item)).Concat(Hearing(item)).Concat(ItemStages.Announces(item) ? PublicNotices.Steps(item.PublicNotice!, ItemStages.Review) : []);

    /// <summary>The lower office reviews and passes on: from then on the case is the upper one's.</summary>
    private static IEnumerable<CaseStep> FirstReviewing(ServiceItem item)
    {
        if (item.FirstReview is { } first)
        {
            yield return new(ItemSteps.PassOn, "报送上级机关", [ItemStages.FirstReview], ItemStages.Review, Actor.Handler)
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

        yield return new(ItemSteps.JoinVisit, "参加联合踏勘", [ItemStages.Review], null, Actor.Platform)
        {
            Fields =
            [
                new FieldDefinition { Name = ItemSteps.VisitOn, Label = "约定日期", Type = FieldTypes.Date, Required = true },
                new FieldDefinition { Name = ItemSteps.VisitAt, Label = "约定时间", Type = FieldTypes.Text, LengthMax = 40 },
                new FieldDefinition { Name = ItemSteps.VisitPlace, Label = "集合地点", Type = FieldTypes.Text, LengthMax = 200 },
            ],
            Basis = ItemLaw.Together,
        };
        yield return new(ItemSteps.SignVisit, "签署踏勘意见", [ItemStages.Review], null, Actor.Handler)
        {
            Note = "写明现场看到的情况和本单位的意见，由两名工作人员签署。",
            Needs = StepNeeds.Opinion | StepNeeds.SecondOfficer,
            Fields = [new FieldDefinition { Name = ItemSteps.VisitedOn, Label = "现场核查日期", Type = FieldTypes.Date, Required = true }],
            Basis = ItemLaw.TwoOfficers,
        };
    }

    /// <summary>
    /// Whoever is concerned is told that he may be heard; he asks for it in five days, or it lapses (行政许可法 art. 47).
    /// </summary>
    private static IEnumerable<CaseStep> Hearing(ServiceItem item)
    {
        if (!ItemStages.Hears(item))
        {
            yield break;
        }

        yield return new(ItemSteps.TellHearing, "告知听证权利", [ItemStages.Review], ItemStages.HearingTold, Actor.Handler)
        {
            Note = "许可直接涉及申请人与他人之间重大利益关系的，作出决定前应当告知其享有要求听证的权利。",
            Needs = StepNeeds.Reason | StepNeeds.Document,
            Produces = ItemDocuments.Hearing,
            Notices = [ItemNotices.HearingRight],
            Basis = ItemLaw.HearingRight,
        };
        yield return new(ItemSteps.AskHearing, "要求听证", [ItemStages.HearingTold], ItemStages.HearingAsked, Actor.Applicant) { Needs = StepNeeds.Reason, Basis = ItemLaw.HearingRight };
        yield return new(ItemSteps.WaiveHearing, "放弃听证", [ItemStages.HearingTold], ItemStages.Review, Actor.Applicant) { Basis = ItemLaw.HearingRight };
        yield return new(ItemSteps.HearingLapsed, "逾期未要求听证", [ItemStages.HearingTold], ItemStages.Review, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Basis = ItemLaw.HearingRight,
        };
    }

    private static IEnumerable<CaseStep> Examining(ServiceItem item)
    {
        var clocks = ItemClocks.Suspended(item);
        yield return new(ItemSteps.Examine, "报请审批", [ItemStages.Review], ItemStages.Approval, Actor.Handler)
        {
            Note = (item.ChecksSubstance ? "需要核实申请材料的实质内容：应当由两名以上工作人员进行。" : "") + (ItemStages.Announces(item) ? "拟准予的，应当在公示期满后报请。" : ""),
            Needs = StepNeeds.Opinion | (item.ChecksSubstance ? StepNeeds.SecondOfficer : StepNeeds.None),
            Fields = item.SiteVisit
                ? [new FieldDefinition { Name = ItemSteps.VisitedOn, Label = "现场核查日期", Type = FieldTypes.Date, Required = true }]
                : [],
            Basis = item.ChecksSubstance ? ItemLaw.TwoOfficers : null,
        };
        foreach (var kind in item.Specials.Select(SuspensionKinds.Find).OfType<SuspensionKind>())
        {
            var hearing = kind.Code == "hearing";
            yield return new(
                ItemSteps.BeginSpecial(kind.Code), "启动" + kind.Label, hearing ? [ItemStages.Review, ItemStages.HearingAsked] : [ItemStages.Review], ItemStages.Special, Actor.Handler)
            {
                Note = hearing ? "应当于举行听证的七个工作日前将时间、地点通知申请人和利害关系人。所需时间不计入办理时限。" : "所需时间不计入办理时限，应当书面告知申请人。",
                Fields = hearing ? [new FieldDefinition { Name = ItemSteps.HearingOn, Label = "听证日期", Type = FieldTypes.Date, Required = true }] : [],
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Clocks = [.. clocks.Select(clock => new ClockEffect(ClockAction.Suspend, clock, kind.Code))],
                Produces = ItemDocuments.Special,
                Notices = [ItemNotices.Special],
                Basis = kind.Basis,
            };
        }

        if (item.Specials.Count > 0)
        {
            yield return new(ItemSteps.EndSpecial, "特别程序结束", [ItemStages.Special], ItemStages.Review, Actor.Handler)
            {
                Needs = StepNeeds.Opinion,
                Clocks = [.. clocks.Select(clock => new ClockEffect(ClockAction.Resume, clock))],
                Basis = ItemLaw.Suspension,
            };
        }

        if (item.Extension is { } extension)
        {
            yield return new(ItemSteps.Extend, "延长期限", [ItemStages.Review, ItemStages.Approval], null, Actor.Head)
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
}
