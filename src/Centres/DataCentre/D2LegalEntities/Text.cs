using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Sentences of the base of legal entities.</summary>
internal static class Text
{
    public const string InFuture = "登记日期不能晚于今天。";
    public const string RestUsedUp = "歇业已累计满三年，不能再次歇业。";
    public const string CreditorNotice = "请在内容中写明公告的媒介和起止日期：须公告满四十五日。";
    public const string AbnormalNoSimple = "该单位在经营异常名录中，不适用简易注销，请先移出名录或办理普通注销。";
    public const string NoDocument = "请填写文书号。";

    public static string NotFrom(string state, string step) => state.Length == 0
        ? $"单位尚未登记，不能办理“{StepName(step)}”。"
        : $"当前状态为“{StateName(state)}”，不能办理“{StepName(step)}”。";

    public static string BeforeLast(DateOnly day) => $"登记日期不能早于{day.InWords()}（成立日期或上一次登记的日期）。";

    public static string NoticeRuns(DateOnly day) => $"简易注销公告尚未满二十日，{day.InWords()}起方可办理。";

    public static string BranchesLive(int count) => $"还有 {count} 个存续的分支机构，请先办理分支机构注销。";

    public static string RepresentativeDead(DateOnly day) => $"人口基础信息库显示该人员已于{day.InWords()}死亡，不能担任法定代表人。";

    public static string StateName(string state) => Codes.State.Find(state)?.Label ?? state;

    public static string StepName(string step) => Codes.FilingKind.Find(step)?.Label ?? step;
}
