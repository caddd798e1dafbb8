using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Items;

/// <summary>Every sentence that the items show.</summary>
internal static partial class Text
{
    public const string Granted = "准予许可";
    public const string Done = "准予办理";
    public const string Refused = "不予许可";
    public const string NotDone = "不予办理";
    public const string NotAccepted = "不予受理";
    public const string Uncorrected = "逾期未补正";
    public const string Terminated = "终止办理";
    public const string Revoked = "承诺不实，已撤销";
    public const string CommitmentLetter = "告知承诺书";
    public const string GuideArticle = "办理时限";
    public const string AtOnce = "当场办结";
    public const string Seeded = "建立政务服务事项目录";

    public static string Unit(ClockUnit unit) => unit switch
    {
        ClockUnit.WorkingDays => "个工作日",
        ClockUnit.CalendarDays => "日",
        _ => "小时",
    };

    public static string Limit(int length, ClockUnit unit) => $"{length} {Unit(unit)}";

    public static string GuideOf(string name) => $"{name}办事指南";

    public static string SampleOf(string sample) => $"示例：{sample}";

    public static string HearingTooSoon(DateOnly earliest) => $"应当于听证的七个工作日前通知申请人和利害关系人：听证日期最早为 {earliest.InWords()}。";

    public static string HearingTooLate(DateOnly last) => $"应当在申请人要求听证之日起二十个工作日内组织听证：最迟为 {last.InWords()}。";

    public static string IssuedBy(string issuer) => $"由{issuer}出具";

    public static string StageLimit(string stage) => stage == ItemStages.Approval ? "审批环节时限" : "审查环节时限";
}
