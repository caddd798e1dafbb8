using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Packages;

/// <summary>Every sentence that the packages show.</summary>
internal static partial class Text
{
    public const string AllDone = "全部办成";
    public const string PartlyDone = "部分办成";
    public const string NothingDone = "未能办成";
    public const string NotAccepted = "不予受理";
    public const string Uncorrected = "逾期未补正";
    public const string GuideArticle = "办理时限";
    public const string Seeded = "建立一件事目录";

    public const string NoName = "请填写一件事的名称，不超过 100 个字。";
    public const string BadCode = "一件事的编码由小写字母、数字和连字符组成。";
    public const string NoTheme = "请选择现有的服务主题。";
    public const string NoBasis = "请写明依据。";
    public const string TooFewItems = "一件事至少有两个事项，同一事项不得列两次。";
    public const string NoPromise = "请填写承诺总时限。";
    public const string PromiseTooLong = "承诺总时限不得长于法定总时限。";

    public const string NothingAsked = "按您的回答，这件事里没有需要办理的事项。请核对回答。";
    public const string VisitPast = "踏勘日期不能早于今天。";
    public const string NobodyVisits = "现在没有需要现场核查的分项：都还没有开始，或者已经核查完毕。";
    public const string VisitToCome = "现场核查还没有进行，不能签署意见。";
    public const string NotSigned = "已约定联合踏勘，请先签署踏勘意见，再报请审批。";

    public const string VisitSoonSubject = "提醒：明天联合踏勘";

    public static string VisitSoon(string title, string number, DateOnly on, string at, string place) =>
        $"您申请的“{title}”（{number}）的联合踏勘约在{on.InWords()} {at}，{place}。各单位将一次到场，请您届时在场。";

    public static string VisitSoonForOffice(string title, string number, DateOnly on, string at, string place) =>
        $"“{title}”（{number}）的联合踏勘约在{on.InWords()} {at}，集合地点：{place}。请按时到场并签署踏勘意见。";

    public static string StillFaulty(string names) => $"以下材料有问题：{names}。请一次性告知申请人补正，不能受理。";

    public static string VisitArranged(DateOnly day) => $"已约定 {day.InWords()} 联合踏勘，不得让申请人接待第二次。";

    public static string StillOpen(string names) => $"主办件的材料还有问题或者还没有补交：{names}。";

    public static string VisitOtherDay(DateOnly day) => $"联合踏勘约定在 {day.InWords()}，核查日期不能比它早。";

    public static string PartFailed(string title, string step, string? reason, IReadOnlyList<string> barred) =>
        $"“{title}”{step}{(string.IsNullOrWhiteSpace(reason) ? "" : $"，理由：{reason.Trim().TrimEnd('。')}")}。"
        + (barred.Count == 0 ? "" : $"以下事项以它为前提，不再办理：{string.Join('、', barred)}。");

    public const string Packages = "一件事";
    public const string PackagesTitle = "一件事";
    public const string PackagesLead = "几个单位的事项合成一件事：一次申请，同时办理。由牵头单位编制，另一人审核后公布。";
    public const string PackagesIntro = "几个单位一起办的，一次申请就够了";
    public const string Submitted = "已提交，等待本单位另一人审核公布";
    public const string Published = "已公布";
    public const string Returned = "已退回";
    public const string Answer = "回答几个问题，只看您需要的";
    public const string ShowMine = "查看我的清单";
    public const string NeedAll = "以下是全部可能需要的材料。回答上面的问题后，只列出您需要的。";
    public const string NeedMine = "以下是您这件事需要的全部材料，此外不再要求其他材料。";
    public const string FromData = "不需要提交，由政府数据取得";
    public const string Timeline = "各单位进展";
    public const string TimelineScroll = "各单位进展图";
    public const string ChainNote = "决定办结日期的环节";
    public const string TodayLine = "今天";
    public const string Start = "在网上办理";
    public const string StartAtWindow = "为申请人录入";
    public const string SignInAndStart = "登录后在网上办理";
    public const string OneForm = "各事项的申请表由一张表单代替，按您填写的内容自动生成，不用准备。";
    public const string NoPapers = "不需要提交材料。";

    public static string AfterOf(string item) => $"“{item}”之前要先办成";

    public static string Saved(int apart, int together) => $"分别办理要交 {apart} 份材料，一次办理只交 {together} 份。";

    public static string Parts(int count) => $"{count} 个事项";

    public static string StageOf(string series, int stage) => $"{series}第 {stage} 阶段";

    public static string StateOf(Timelines.PartState state) => state switch
    {
        Timelines.PartState.Waiting => "等待前一项",
        Timelines.PartState.Running => "办理中",
        Timelines.PartState.Paused => "特别程序",
        Timelines.PartState.Late => "超过承诺",
        Timelines.PartState.Issuing => "制证送达",
        Timelines.PartState.Done => "已办成",
        Timelines.PartState.Failed => "未办成",
        _ => "不再办理",
    };

    public static string Expect(Timelines.PackageTimeline timeline) => timeline switch
    {
        { Expected: null } => "各项均不再办理",
        { Over: true } => $"{timeline.Expected.Value.InWords()}办结，共 {timeline.ExpectedDays} 个工作日",
        _ => $"预计 {timeline.Expected!.Value.InWords()}办结，共 {timeline.ExpectedDays} 个工作日",
    };

    public static string Plan(Timelines.PackageTimeline timeline) => $"{timeline.PlannedEnd.InWords()}（{timeline.PlannedDays} 个工作日）";

    public static string Chain(IEnumerable<string> names) => string.Join(" → ", names);

    public static string UsedOf(Timelines.TimelineBar bar) =>
        bar.Part.Began is null ? $"承诺 {bar.Planned} 日" : $"承诺 {bar.Planned} 日，已用 {bar.Used} 日{(bar.Paused > 0 ? $"，特别程序 {bar.Paused} 日不计" : "")}";

    public static string LateOf(Timelines.TimelineBar bar) => bar.Late == 0 ? "" : bar.Cost == 0 ? $"超过承诺 {bar.Late} 日，不影响总时间" : $"超过承诺 {bar.Late} 日，使总时间延后 {bar.Cost} 日";

    public static string PausedCost(int days) => $"依法不计入时限的特别程序使总时间延后 {days} 日";

    public const string OnlyLead = "一件事由牵头单位编制，您不在该单位任职。";

    public static string BreaksPackage(string package, string sentence) => $"该事项是一件事“{package}”的一部分：{sentence}";

    public static string NoOffice(string office) => $"没有牵头单位“{office}”。";

    public static string NotInForce(string item) => $"事项“{item}”不是现行有效的事项。";

    public static string NotInside(string item, string other) => $"“{item}”的先后关系指向“{other}”，它不在这件事里。";

    public static string NoQuestion(string item, string name) => $"“{item}”没有问题“{name}”。";

    public static string NoMaterial(string item, string code) => $"“{item}”没有材料“{code}”。";

    public static string NoSuchUse(string use) => $"共用关系“{use}”指向的问题或者材料不存在。";

    public static string LegalTooLong(int days) => $"统一办理、联合办理的法定总时限要有依据，不得超过 {days} 个工作日。";

    public static string ExtensionTooLong(int days) => $"总时限可以延长一次，不得超过 {days} 个工作日。";

    public static string PromiseTooShort(int days) => $"先后各项的承诺时限相加是 {days} 个工作日，承诺总时限不得比它短。";

    public static string GuideOf(string name) => $"{name}一件事办事指南";

    public static string TypesDiffer(string question, string item) => $"问题“{question}”与“{item}”中的同一问题类型不同，一次填写不能共用。";

    public static string ChoicesDiffer(string question, string item) => $"问题“{question}”与“{item}”中的同一问题选项不同，一次填写不能共用。";

    public static string SourcesDiffer(string question, string item) => $"问题“{question}”与“{item}”中的同一问题数据来源不同，一次填写不能共用。";
}
