using Shali.Platform.Casework;
using Shali.Platform.Identity;

namespace Shali.Government.S11Approvals.Items;

/// <summary>The stages of an item's cases: codes that never change, words that people read.</summary>
public static class ItemStages
{
    public const string Received = "received";
    public const string Correcting = "correcting";
    public const string Review = "review";
    public const string FirstReview = "first-review";
    public const string HearingTold = "hearing-told";
    public const string HearingAsked = "hearing-asked";
    public const string Special = "special";
    public const string Approval = "approval";
    public const string Issuing = "issuing";
    public const string Checking = "checking";
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string NotAccepted = "not-accepted";
    public const string Uncorrected = "uncorrected";
    public const string Terminated = "terminated";
    public const string Revoked = "revoked";
    public const string Withdrawn = "withdrawn";

    /// <summary>Those in which a decision is being made: the limits run here.</summary>
    public static IReadOnlyList<string> Deciding(ServiceItem item) => IsShort(item) ? [Approval] :
    [
        Review,
        .. Hears(item) ? [HearingTold, HearingAsked] : Array.Empty<string>(),
        .. item.Specials.Count > 0 ? [Special] : Array.Empty<string>(),
        .. Announces(item) ? [PublicNotices.Stage] : Array.Empty<string>(),
        Approval,
    ];

    /// <summary>The applicant or others concerned may ask to be heard (行政许可法 art. 47).</summary>
    public static bool Hears(ServiceItem item) => !IsShort(item) && item.Specials.Contains("hearing");

    /// <summary>What is about to be granted is announced first.</summary>
    public static bool Announces(ServiceItem item) => !IsShort(item) && item.PublicNotice is not null;

    /// <summary>A licence is prolonged: who says nothing until it ends has granted it (行政许可法 art. 50).</summary>
    public static bool Renews(ServiceItem item) => item is { IsLicence: true, Result.Renews: not null };

    /// <summary>Decided by whoever receives it, without a second stage.</summary>
    public static bool IsShort(ServiceItem item) => item.Flow is FlowKind.AtOnce or FlowKind.Commitment;

    /// <summary>Something is made and handed over after the decision.</summary>
    public static bool Issues(ServiceItem item) => item is { Flow: not FlowKind.AtOnce, Result.Kind: not ResultKind.None };

    public static IReadOnlyList<CaseStage> Of(ServiceItem item) => [.. All(item)];

    private static IEnumerable<CaseStage> All(ServiceItem item)
    {
        var handled = new CaseSeat(ApprovalSystem.Handle) { Handler = true };
        yield return new(Received, "收件", StageKind.Before) { Seat = new(ApprovalSystem.Handle), Note = "已收到您的申请，正在核对材料" };
        yield return new(Correcting, "补正", StageKind.Waiting) { Note = "请按一次性告知书补正后重新提交" };
        if (item.FirstReview is not null && !IsShort(item))
        {
            yield return new(FirstReview, "初审", StageKind.Running) { Seat = handled, Note = "正在由下级机关初步审查，审查后报上级机关决定" };
        }

        if (!IsShort(item))
        {
            yield return new(Review, "审查", StageKind.Running) { Seat = handled };
        }

        if (Hears(item))
        {
            yield return new(HearingTold, "告知听证权利", StageKind.Waiting) { Note = "您可以在五个工作日内要求听证；不需要听证的，可以放弃" };
            yield return new(HearingAsked, "组织听证", StageKind.Running) { Seat = handled, Note = "已收到听证申请，将在二十个工作日内组织听证" };
        }

        if (item.Specials.Count > 0 && !IsShort(item))
        {
            yield return new(Special, "特别程序", StageKind.Running) { Seat = handled, Note = "正在进行法律规定的特别程序，所需时间不计入办理时限" };
        }

        if (Announces(item))
        {
            yield return PublicNotices.StageFor(handled);
        }

        yield return IsShort(item)
            ? new(Approval, "决定", StageKind.Running) { Seat = handled }
            : new(Approval, "审批", StageKind.Running) { Seat = new(ApprovalSystem.Decide) { Role = Roles.Head } };
        if (Issues(item))
        {
            yield return new(Issuing, "制证和送达", StageKind.Running) { Seat = handled, Note = "已作出决定，正在制作和送达结果" };
        }

        if (item.Flow == FlowKind.Commitment)
        {
            yield return new(Checking, "事后核查", StageKind.Running) { Seat = handled, Settled = true, Note = "已准予，正在核查承诺的事项" };
        }

        yield return new(Granted, item.IsLicence ? "准予" : "办结", StageKind.Ended);
        yield return new(Refused, item.IsLicence ? "不予许可" : "不予办理", StageKind.Ended);
        yield return new(NotAccepted, "不予受理", StageKind.Ended);
        yield return new(Uncorrected, "未补正", StageKind.Ended) { Note = "逾期没有补正，本件已结束；可以重新申请" };
        if (!IsShort(item))
        {
            yield return new(Terminated, "终止", StageKind.Ended);
        }

        if (item.Flow == FlowKind.Commitment)
        {
            yield return new(Revoked, "撤销", StageKind.Ended);
        }

        yield return new(Withdrawn, "已撤回", StageKind.Ended);
    }
}
