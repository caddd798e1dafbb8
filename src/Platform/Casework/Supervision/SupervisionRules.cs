using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>
/// Every supervision rule, in the order of its code. They hold for all case types: what a type means by a step or a
/// limit stands in the type. A code is never used again.
/// </summary>
public static class SupervisionRules
{
    public static readonly SupervisionRule PromiseNear = new(
        "SV-R01", "承诺时限将到", "承诺的办结时限即将届满，尚未办结。", CardKind.Warning, FoundBy.Clock, Law.Promises)
    { Watches = rule => rule.Kind == ClockKind.Promised, Warns = true };

    public static readonly SupervisionRule PromiseBroken = new(
        "SV-R02", "超过承诺时限", "超过向社会承诺的办结时限，仍未办结。", CardKind.Yellow, FoundBy.Clock, Law.Promises)
    { Watches = rule => rule.Kind == ClockKind.Promised };

    public static readonly SupervisionRule LimitNear = new(
        "SV-R03", "法定时限将到", "法定时限即将届满，尚未办结。", CardKind.Warning, FoundBy.Clock, null)
    { Watches = rule => rule.Kind == ClockKind.Legal, Warns = true };

    public static readonly SupervisionRule LimitBroken = new(
        "SV-R04", "超过法定时限", "超过法定时限，仍未办结。", CardKind.Red, FoundBy.Clock, Law.LateDecision)
    { Watches = rule => rule.Kind == ClockKind.Legal && rule.Silence is null };

    public static readonly SupervisionRule StepLate = new(
        "SV-R05", "环节超时", "整个办件未超期，但本环节超过了规定的时间。", CardKind.Yellow, FoundBy.Clock, null)
    { Watches = rule => rule.Kind == ClockKind.Step && rule.Silence is null };

    public static readonly SupervisionRule FirstReviewLate = new(
        "SV-R06", "初审逾期未报送", "下级机关未在规定时间内将初审意见和全部材料报送上级机关。", CardKind.Yellow, FoundBy.Clock, new("行政许可法", "第四十三条"));

    public static readonly SupervisionRule NoNoticeInTime = new(
        "SV-R07", "逾期未一次告知", "收到申请后未在规定时间内一次告知需要补正的全部内容，申请依法视为已经受理。", CardKind.Yellow, FoundBy.Clock, new("行政许可法", "第三十二条"))
    { Watches = rule => rule.Silence is not null };

    public static readonly SupervisionRule StepNear = new(
        "SV-R08", "环节时限将到", "本环节的时间即将用完。", CardKind.Warning, FoundBy.Clock, null)
    { Watches = rule => rule.Kind == ClockKind.Step, Warns = true };

    public static readonly SupervisionRule NotCorrected = new(
        "SV-R09", "黄牌逾期未整改", "收到黄牌后未在规定的工作日内整改并反馈。", CardKind.Red, FoundBy.Card, null);

    public static readonly SupervisionRule NotAccepted = new(
        "SV-R10", "符合条件不予受理", "申请符合法定条件，却不予受理。", CardKind.Red, FoundBy.Supervisor, new("行政许可法", "第七十二条"));

    public static readonly SupervisionRule RefusedWithoutReason = new(
        "SV-R11", "不予决定未说明理由", "作出不予受理、不予许可等不利决定，没有说明理由和依据。", CardKind.Red, FoundBy.Act, new("行政许可法", "第三十八条"));

    public static readonly SupervisionRule SecondCorrection = new(
        "SV-R12", "重复要求补正", "没有一次告知：要求补正第一次告知时没有提出的内容。", CardKind.Red, FoundBy.Act, new("行政许可法", "第七十二条"));

    public static readonly SupervisionRule SuspendedWithoutDocument = new(
        "SV-R13", "无文书暂停计时", "没有书面告知申请人，就停止计算时限。", CardKind.Red, FoundBy.Act, new("行政许可法", "第四十五条"));

    public static readonly SupervisionRule ChargedWithoutItem = new(
        "SV-R14", "项目外收费", "收取了公布的项目和标准以外的费用。", CardKind.Red, FoundBy.Act, new("行政许可法", "第五十八条"));

    public static readonly SupervisionRule NotOnLine = new(
        "SV-R15", "未按规定网上办理", "没有按规定在网上办理，或者事后补录。", CardKind.Yellow, FoundBy.Act, null);

    public static readonly SupervisionRule Other = new(
        "SV-R16", "其他违法或者不当行为", "有其他违反规定的行为，须改进工作。", CardKind.Proposal, FoundBy.Supervisor, null);

    public static readonly SupervisionRule RenewalUndecided = new(
        "SV-R17", "延续申请逾期未决定", "许可有效期届满前没有作出是否准予延续的决定，依法视为准予延续。", CardKind.Red, FoundBy.Clock, new("行政许可法", "第五十条"));

    public static readonly IReadOnlyList<SupervisionRule> All =
    [
        PromiseNear, PromiseBroken, LimitNear, LimitBroken, StepLate, FirstReviewLate, NoNoticeInTime, StepNear,
        NotCorrected, NotAccepted, RefusedWithoutReason, SecondCorrection, SuspendedWithoutDocument, ChargedWithoutItem,
        NotOnLine, Other, RenewalUndecided,
    ];

    public static SupervisionRule? Find(string code) => All.FirstOrDefault(rule => rule.Code == code);

    /// <summary>
    /// A step whose running out is an answer, such as the time to put an application right: it is the applicant's time,
    /// and no office is to blame when it is over.
    /// </summary>
    internal static bool IsApplicants(ClockRule clock) => clock is { Kind: ClockKind.Step, Silence: not null, Overrun: null };

    /// <summary>The rule that speaks when the clock runs out.</summary>
    internal static SupervisionRule OverrunOf(ClockRule clock) =>
        (clock.Overrun is { } code ? Find(code) : null) ?? All.First(rule => !rule.Warns && rule.Watches(clock));

    /// <summary>The rule that speaks before.</summary>
    internal static SupervisionRule WarningOf(ClockRule clock) => All.First(rule => rule.Warns && rule.Watches(clock));

    private static class Law
    {
        public static readonly Basis Promises = new("优化营商环境条例", "第三十六条");
        public static readonly Basis LateDecision = new("行政许可法", "第七十四条");
    }
}
