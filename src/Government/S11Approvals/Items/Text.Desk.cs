namespace Shali.Government.S11Approvals.Items;

/// <summary>What the desk of items says.</summary>
internal static partial class Text
{
    public const string OtherOffice = "事项由实施主体编制，您不在该单位任职。";
    public const string MayNotReview = "退回由审核人办理；自己提交的可以自己撤回。";
    public const string PublishAlone = "您参与编制了这一版，须由本单位另一人审核公布。";
    public const string WithdrawAlone = "现行版本由您编制，须由本单位另一人取消。";
    public const string NotADraft = "这一版不是草稿，不能修改、提交或者作废。";
    public const string NotSubmitted = "这一版不在待审核状态。";
    public const string NotInForce = "没有这个现行事项。";
    public const string NoEdition = "没有这一版。";
    public const string NoReason = "请写明理由。";
    public const string CodeFixed = "事项编码和实施主体不能更改。";
    public const string SomebodyWasQuicker = "在您打开页面之后，他人已修改这一版。请查看最新内容后再决定。";

    public static string CodeTaken(string code) => $"事项编码“{code}”已被使用。";

    public static string OpenAlready(int number, string names) => $"第 {number} 版正在由{names}编制，请继续编制该版。";

    public static string Imported(int count) => $"导入 {count} 个事项";
}
