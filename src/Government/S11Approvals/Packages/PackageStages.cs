using Shali.Government.S11Approvals.Items;
using Shali.Platform.Casework;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>The stages of a package: codes that never change. What its offices do stands in the children.</summary>
public static class PackageStages
{
    public const string Received = ItemStages.Received;
    public const string Correcting = ItemStages.Correcting;
    public const string Running = "running";
    public const string Issuing = ItemStages.Issuing;
    public const string Granted = ItemStages.Granted;
    public const string Partly = "partly";
    public const string Refused = ItemStages.Refused;
    public const string NotAccepted = ItemStages.NotAccepted;
    public const string Uncorrected = ItemStages.Uncorrected;
    public const string Withdrawn = ItemStages.Withdrawn;

    public static readonly IReadOnlyList<CaseStage> All =
    [
        new(Received, "收件", StageKind.Before)
        {
            Seat = new(ApprovalSystem.Handle),
            Note = "已收到您的申请，各单位正在核对材料；需要补正的，由牵头单位一次告知",
            Asks = "请核对本单位事项所需的材料：有问题的，逐份写明；答复后由牵头单位一次告知申请人。受理以后不得再提出现在可以提出的问题。",
        },
        new(Correcting, "补正", StageKind.Waiting) { Note = "请按一次性告知书补正后重新提交" },
        new(Running, "并联办理", StageKind.Running) { Seat = new(ApprovalSystem.Handle) { Handler = true }, Note = "各单位正在同时办理，您不需要分别申请" },
        new(Issuing, "制证和送达", StageKind.Running) { Note = "各单位已作出决定，正在制作和送达结果" },
        new(Granted, "全部办成", StageKind.Ended),
        new(Partly, "部分办成", StageKind.Ended) { Note = "部分事项没有办成，理由见各分项办件" },
        new(Refused, "未能办成", StageKind.Ended) { Note = "理由见各分项办件" },
        new(NotAccepted, "不予受理", StageKind.Ended),
        new(Uncorrected, "未补正", StageKind.Ended) { Note = "逾期没有补正，本件已结束；可以重新申请" },
        new(Withdrawn, "已撤回", StageKind.Ended),
    ];
}
