using Shali.Platform.Casework;
using Shali.Platform.Messages;

namespace Shali.Government.S11Approvals.Items;

/// <summary>What the applicant of an item is told at each step.</summary>
public static class ItemNotices
{
    public const string Received = "received";
    public const string Accepted = "accepted";
    public const string Deemed = "deemed-accepted";
    public const string Correction = "correction";
    public const string Uncorrected = "uncorrected";
    public const string NotAccepted = "not-accepted";
    public const string Special = "special";
    public const string PassedOn = "passed-on";
    public const string HearingRight = "hearing-right";
    public const string Extended = "extended";
    public const string Granted = "granted";
    public const string Renewed = "deemed-renewed";
    public const string Refused = "refused";
    public const string Ready = "ready";
    public const string Terminated = "terminated";
    public const string Revoked = "revoked";

    private const string Remedies = "\n如不服，可以自收到决定之日起六十日内依法申请行政复议，或者六个月内依法提起行政诉讼。";

    /// <summary>Those that the steps of the item name.</summary>
    public static IReadOnlyList<NoticeTemplate> Of(ServiceItem item)
    {
        var named = ItemSteps.Of(item).SelectMany(step => step.Notices).Append(Received).ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(notice => named.Contains(notice.Code))];
    }

    private static readonly NoticeTemplate[] All =
    [
        new(Received, "已收到您的申请", "您申请的“{title}”已收到，办件编号 {number}，查询码 {code}。{office}将在五个工作日内告知是否受理。"),
        new(Accepted, "申请已受理", "您申请的“{title}”（{number}）已由{office}受理，办理时限自受理之日起计算。"),
        new(Deemed, "申请依法视为已受理", "您申请的“{title}”（{number}）在法定期限内没有告知需要补正，依法自收到申请材料之日起即为受理，{office}的办理时限自该日起计算。"),
        new(Correction, "请一次补正材料", "您申请的“{title}”（{number}）需要补正以下全部内容：{opinion}"),
        new(Uncorrected, "逾期未补正，办件已结束", "您申请的“{title}”（{number}）逾期没有补正，本件已结束。您可以重新申请。"),
        new(NotAccepted, "不予受理决定", "您申请的“{title}”（{number}）不予受理（{document}）：{reason}" + Remedies),
        new(Special, "特别程序告知", "您申请的“{title}”（{number}）需要进行特别程序（{document}），所需时间不计入办理时限。原因：{reason}"),
        new(PassedOn, "已报送上级机关", "您申请的“{title}”（{number}）已完成初步审查，全部材料已报送{office}决定，您不需要再次提交。"),
        new(HearingRight, "您有权要求听证", "您申请的“{title}”（{number}）在作出决定前，您可以自收到本告知之日起五个工作日内要求听证（{document}），不承担组织听证的费用。事由：{reason}"),
        new(Extended, "办理期限延长", "您申请的“{title}”（{number}）经批准延长办理期限（{document}），理由：{reason}"),
        new(Granted, "申请已准予", "您申请的“{title}”（{number}）：{result}。"),
        new(Renewed, "依法视为准予延续", "您申请的“{title}”（{number}），{office}在许可有效期届满前没有作出决定，依法视为准予延续（《行政许可法》第五十条）。原许可继续有效，新的有效期载明在延续后的证照上。"),
        new(Refused, "申请未予准许", "您申请的“{title}”（{number}）：{result}（{document}）。理由：{reason}" + Remedies),
        new(Ready, "结果已送达", "您申请的“{title}”（{number}）的结果已送达，文书编号 {document}。请对本次服务作出评价。"),
        new(Terminated, "办理终止", "您申请的“{title}”（{number}）已终止办理（{document}）：{reason}"),
        PublicNotices.Message,
        new(Revoked, "决定已撤销", "您申请的“{title}”（{number}）经核查承诺不实，决定已撤销（{document}）：{reason}" + Remedies),
    ];
}
