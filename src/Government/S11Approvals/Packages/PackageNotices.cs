using Shali.Platform.Messages;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>What the applicant of a package is told about the whole; each office tells its own decision itself.</summary>
public static class PackageNotices
{
    public const string Received = "received";
    public const string Accepted = "accepted";
    public const string Deemed = "deemed-accepted";
    public const string Correction = "correction";
    public const string Uncorrected = "uncorrected";
    public const string NotAccepted = "not-accepted";
    public const string Visit = "visit";
    public const string Extended = "extended";
    public const string PartFailed = "part-failed";
    public const string Ended = "ended";

    public static readonly IReadOnlyList<NoticeTemplate> All =
    [
        new(Received, "已收到您的申请", "您申请的“{title}”已收到，办件编号 {number}，查询码 {code}。一次提交即可，{office}牵头，将在五个工作日内告知是否受理。"),
        new(Accepted, "申请已统一受理", "您申请的“{title}”（{number}）已由{office}统一受理，各单位同时办理。在“我的办件”中可以看到每一项的进展和预计办结日期。"),
        new(Deemed, "申请依法视为已受理", "您申请的“{title}”（{number}）在法定期限内没有告知需要补正，依法自收到申请材料之日起即为受理，各单位同时办理，总时限自该日起计算。"),
        new(Correction, "请一次补正材料", "您申请的“{title}”（{number}）需要补正以下全部内容：{opinion}"),
        new(Uncorrected, "逾期未补正，办件已结束", "您申请的“{title}”（{number}）逾期没有补正，本件已结束。您可以重新申请。"),
        new(NotAccepted, "不予受理决定", "您申请的“{title}”（{number}）不予受理（{document}）：{reason}\n如不服，可以自收到决定之日起六十日内依法申请行政复议，或者六个月内依法提起行政诉讼。"),
        new(Visit, "联合踏勘已约定", "您申请的“{title}”（{number}）需要现场核查，各单位将一次到场：{visit_on} {visit_at}，{visit_place}。请您届时在场。"),
        new(Extended, "办理期限延长", "您申请的“{title}”（{number}）经批准延长总时限（{document}），理由：{reason}"),
        new(PartFailed, "有事项未办成", "您申请的“{title}”（{number}）中：{reason}"),
        new(Ended, "一件事已办结", "您申请的“{title}”（{number}）：{result}。各项结果见“我的办件”。"),
    ];
}
