using Shali.Platform.Casework.Supervision;
using Shali.Platform.Systems;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>The eight triggers in the order of their codes, which are never used again.</summary>
public static class ApprovalTriggers
{
    public static readonly IReadOnlyList<ApprovalTrigger> All =
    [
        new("S11-R81", "符合条件不予受理", Text.Trigger81, new("行政许可法", "第七十二条第一项"),
            [SupervisionRules.NotAccepted, SupervisionRules.NoNoticeInTime], EventTriggers.NotAccepted),
        new("S11-R82", "超过承诺时限", Text.Trigger82, new("优化营商环境条例", "第三十六条"),
            [SupervisionRules.PromiseBroken, SupervisionRules.LimitBroken, SupervisionRules.RenewalUndecided], ClockTriggers.PromiseBroken),
        new("S11-R83", "环节超时", Text.Trigger83, null, [SupervisionRules.StepLate], ClockTriggers.StepLate),
        new("S11-R84", "初审逾期未报送", Text.Trigger84, new("行政许可法", "第四十三条"), [SupervisionRules.FirstReviewLate], ClockTriggers.FirstReviewLate),
        new("S11-R85", "无法定理由不予许可", Text.Trigger85, new("行政许可法", "第三十八条第二款"), [SupervisionRules.RefusedWithoutReason], EventTriggers.RefusedWithoutReason),
        new("S11-R86", "未按规定网上审批", Text.Trigger86, new("国务院关于在线政务服务的若干规定", "第六条"), [SupervisionRules.NotOnLine], EventTriggers.NotOnLine),
        new("S11-R87", "违法收费", Text.Trigger87, new("行政许可法", "第五十八条、第五十九条"), [SupervisionRules.ChargedWithoutItem], EventTriggers.Charged),
        new("S11-R88", "其他违反规定的行为", Text.Trigger88, new("行政许可法", "第七十二条第四项"),
            [SupervisionRules.SecondCorrection, SupervisionRules.SuspendedWithoutDocument, SupervisionRules.Other], EventTriggers.Other),
    ];

    public static readonly IReadOnlyList<RuleEntry> Index = [.. All.Select(one => new RuleEntry(one.Code, $"{one.Name}：{one.Sentence}", one.Basis))];

    public static ApprovalTrigger? Find(string? code) => All.FirstOrDefault(one => one.Code == code);

    /// <summary>The trigger whose card a card under this rule of the platform is; warnings are nobody's yet.</summary>
    public static ApprovalTrigger? OfRule(string rule) => All.FirstOrDefault(one => one.Rules.Any(each => each.Code == rule));

    /// <summary>Everything that stands in a case, in the order of the triggers.</summary>
    public static IEnumerable<(ApprovalTrigger Trigger, TriggerFinding Finding)> Judge(CaseTrail trail) =>
        All.SelectMany(one => one.Find(trail).Select(finding => (one, finding)));
}

/// <summary>Cards of approvals carry the code of their trigger, whatever drew them.</summary>
internal sealed class ApprovalCardTrigger(ApprovalCases cases) : CardTrigger
{
    public override string? Of(Card card) =>
        card.Type is { } type && cases.Concerns(type) ? ApprovalTriggers.OfRule(card.Rule)?.Code : null;
}
