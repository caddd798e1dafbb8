using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Types;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>
/// The steps of a package. The lead accepts once for all, tells once for all, and brings the offices together; what is
/// decided is decided in the children, and the platform draws the sum.
/// </summary>
public static class PackageSteps
{
    public const string TellMore = "tell-more";
    public const string ArrangeVisit = "arrange-visit";
    public const string PartFailed = "part-failed";
    public const string Resume = "resume-total";
    public const string Decided = "all-decided";
    public const string EndGranted = "end-granted";
    public const string EndPartly = "end-partly";
    public const string EndRefused = "end-refused";

    /// <summary>The step with which the total limit stands still for a special procedure of one office.</summary>
    public static string Suspend(string kind) => "suspend-" + kind;

    public static IReadOnlyList<CaseStep> Of(ServicePackage package, IReadOnlyList<string> specials) =>
        [.. Receiving(package), .. Leading(package), .. Following(package, specials)];

    private static IEnumerable<CaseStep> Receiving(ServicePackage package)
    {
        string[] children = [.. package.Items.Select(part => part.Item)];
        yield return new(ItemSteps.AskCorrection, "一次性告知补正", [PackageStages.Received], PackageStages.Correcting, Actor.Handler)
        {
            Note = "写明各单位提出的全部问题：只能告知一次。",
            Needs = StepNeeds.Opinion,
            TellsFaults = true,
            Produces = ItemDocuments.Correction,
            Notices = [PackageNotices.Correction],
            Basis = PackageLaw.Once,
        };
        yield return new(ItemSteps.Correct, "提交补正", [PackageStages.Correcting], PackageStages.Received, Actor.Applicant) { ChangesAnswers = true };
        yield return new(ItemSteps.EndUncorrected, "逾期未补正", [PackageStages.Correcting], PackageStages.Uncorrected, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Result = ItemResults.Uncorrected,
            Notices = [PackageNotices.Uncorrected],
        };
        yield return new(ItemSteps.Accept, "统一受理", [PackageStages.Received], PackageStages.Running, Actor.Handler)
        {
            Note = "受理后，平台同时启动各单位的办理；有先后关系的，前一项办成后自动启动。",
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [PackageNotices.Accepted],
            Opens = children,
            Basis = PackageLaw.Together,
            Bulk = true,
        };
        yield return new(ItemSteps.DeemAccepted, "视为受理", [PackageStages.Received], PackageStages.Running, Actor.Platform)
        {
            On = Occasion.ClockRanOut,
            Marks = Milestone.Accepted,
            Produces = ItemDocuments.Acceptance,
            Notices = [PackageNotices.Deemed],
            Opens = children,
            Basis = PackageLaw.Once,
        };
        yield return new(ItemSteps.RefuseAcceptance, "不予受理", [PackageStages.Received], PackageStages.NotAccepted, Actor.Handler)
        {
            Note = "依法不需要取得许可，或者不属于本市职权范围的，即时告知。",
            Needs = StepNeeds.Reason | StepNeeds.Basis | StepNeeds.Document,
            Fields = [new FieldDefinition { Name = "competent", Label = "应当向其申请的单位", Type = FieldTypes.Text, LengthMax = 100 }],
            Produces = ItemDocuments.NotAccepted,
            Result = ItemResults.NotAccepted,
            Notices = [PackageNotices.NotAccepted],
            Basis = ItemLaw.NotAccepted,
        };
    }

    private static IEnumerable<CaseStep> Leading(ServicePackage package)
    {
        yield return new(TellMore, "受理后再次告知", [PackageStages.Running], null, Actor.Handler)
        {
            Note = "受理以后才提出的问题，说明当初没有一次告知：可以告知申请人，同时记入效能监察。",
            Needs = StepNeeds.Opinion | StepNeeds.Reason,
            Notices = [PackageNotices.Correction],
            Breach = SupervisionRules.SecondCorrection.Code,
            Basis = PackageLaw.Once,
        };
        if (package.JointVisit)
        {
            yield return new(ArrangeVisit, "约定联合踏勘", [PackageStages.Running], null, Actor.Handler)
            {
                Note = "一次约定，需要现场核查的各单位一同前往，各自签署意见。踏勘的时间计入办理时限。",
                Fields =
                [
                    new FieldDefinition { Name = ItemSteps.VisitOn, Label = "日期", Type = FieldTypes.Date, Required = true },
                    new FieldDefinition { Name = ItemSteps.VisitAt, Label = "时间", Type = FieldTypes.Text, Required = true, LengthMax = 40, Note = "如 9:30" },
                    new FieldDefinition { Name = ItemSteps.VisitPlace, Label = "集合地点", Type = FieldTypes.Text, Required = true, LengthMax = 200 },
                ],
                Notices = [PackageNotices.Visit],
                Basis = PackageLaw.NotTwice,
            };
        }

        if (package.Extension is { } extension && package.Legal is not null)
        {
            yield return new(ItemSteps.Extend, "延长总时限", [PackageStages.Running], null, Actor.Head)
            {
                Note = $"经{extension.Approver}批准，可以延长一次，并将理由告知申请人。",
                Permission = ApprovalSystem.Decide,
                Needs = StepNeeds.Reason | StepNeeds.Document,
                Clocks = [.. PackageClocks.Total(package).Select(clock => new ClockEffect(ClockAction.Extend, clock))],
                Produces = ItemDocuments.Extension,
                Notices = [PackageNotices.Extended],
                Basis = extension.Basis,
            };
        }

        yield return new(ItemSteps.Urge, "督办", [PackageStages.Received, PackageStages.Running], null, Actor.Supervisor)
        {
            Permission = ApprovalSystem.Supervise,
            Needs = StepNeeds.Opinion,
        };
    }

    /// <summary>What the platform writes down in the whole, because it happened in a part.</summary>
    private static IEnumerable<CaseStep> Following(ServicePackage package, IReadOnlyList<string> specials)
    {
        var total = PackageClocks.Total(package);
        foreach (var kind in specials.Select(SuspensionKinds.Find).OfType<SuspensionKind>())
        {
            yield return new(Suspend(kind.Code), $"总时限因{kind.Label}暂停", [PackageStages.Running], null, Actor.Platform)
            {
                Clocks = [.. total.Select(clock => new ClockEffect(ClockAction.Suspend, clock, kind.Code))],
                Basis = kind.Basis,
            };
        }

        if (specials.Count > 0)
        {
            yield return new(Resume, "总时限恢复", [PackageStages.Running], null, Actor.Platform)
            {
                Clocks = [.. total.Select(clock => new ClockEffect(ClockAction.Resume, clock))],
                Basis = ItemLaw.Suspension,
            };
        }

        yield return new(PartFailed, "分项未办成", [PackageStages.Running, PackageStages.Issuing], null, Actor.Platform)
        {
            Needs = StepNeeds.Reason,
            Notices = [PackageNotices.PartFailed],
        };
        yield return new(Decided, "各项均已决定", [PackageStages.Running], PackageStages.Issuing, Actor.Platform)
        {
            On = Occasion.ChildrenDecided,
            Marks = Milestone.Decided,
        };
        string[] open = [PackageStages.Running, PackageStages.Issuing];
        yield return new(EndGranted, "全部办成", open, PackageStages.Granted, Actor.Platform)
        {
            On = Occasion.ChildrenEnded,
            Children = ChildrenOutcome.AllGood,
            Result = PackageResults.Granted,
            Notices = [PackageNotices.Ended],
        };
        yield return new(EndPartly, "部分办成", open, PackageStages.Partly, Actor.Platform)
        {
            On = Occasion.ChildrenEnded,
            Children = ChildrenOutcome.SomeGood,
            Result = PackageResults.Partly,
            Notices = [PackageNotices.Ended],
        };
        yield return new(EndRefused, "未能办成", open, PackageStages.Refused, Actor.Platform)
        {
            On = Occasion.ChildrenEnded,
            Children = ChildrenOutcome.NoneGood,
            Result = PackageResults.Refused,
            Notices = [PackageNotices.Ended],
        };
    }
}
