namespace Shali.Government.S06Sharing.Disputes;

/// <summary>Every sentence of disputes.</summary>
internal static class Text
{
    public const string Dispute = "数据共享争议";
    public const string Raise = "提出争议，申请调解";
    public const string FormLead = "提供部门不同意共享的，先由双方协商；协商不成的，由政务数据共享主管部门调解，仍不能达成一致的报本级政府决定。";
    public const string Request = "争议的申请";
    public const string Refusal = "不同意共享的理由";
    public const string RefusalBasis = "提供部门的依据";
    public const string Consumer = "提出部门";
    public const string Provider = "提供部门";
    public const string Why = "认为应当共享的理由和依据";
    public const string WhyHint = "写明与提供部门协商的情况，以及依据的法律条款";
    public const string Send = "提交";
    public const string Cancel = "取消";
    public const string MediatingNote = "政务数据共享主管部门正在调解。";
    public const string DecidingNote = "调解不成，报本级政府决定。";
    public const string ProvideNote = "双方同意由提供部门重新答复：原申请回到答复环节，答复时限重新计算。";
    public const string StayNote = "需求部门接受提供部门的理由，维持不予共享。";
    public const string EscalateNote = "写明双方意见和主管部门的建议。";
    public const string DecisionNote = "填写政府决定的文号。";
    public const string OnlyRefused = "只有提供部门不同意共享的申请可以提出争议。";
    public const string InYourName = "争议只能由提出申请的部门提出。";
    public const string Already = "这项申请的争议正在调解。";

    public static string Title(string request) => $"{Dispute}：{request}";

    public static string ToMediate(string consumer, string title) => $"{consumer}对“{title}”未获同意提出争议，请调解。";

    public static string Raised(string consumer, string title) => $"{consumer}对贵单位不同意“{title}”提出争议，主管部门将组织调解。";

    public static string AnswerAgain(string title, string words) => $"“{title}”经调解由贵单位重新答复：{words}";

    public static string Ended(string title, string outcome, string words) => $"“{title}”的争议已有结果（{outcome}）：{words}";
}
