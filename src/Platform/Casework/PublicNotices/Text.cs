using Shali.Platform.Kernel;

namespace Shali.Platform.Casework;

/// <summary>Every sentence about public notices and objections.</summary>
internal static partial class Text
{
    public const string NoticeStage = "公示";
    public const string NoticeStageNote = "拟作出的决定正在公示，公示期满且没有异议或者异议不成立的，继续办理";
    public const string NoticeClock = "公示期";
    public const string NoticeOver = "公示期满的，撤下公示，继续审查";
    public const string NoticeIsOver = "公示期满";
    public const string NoticeToldSubject = "您的申请正在公示";
    public const string NoticeTold = "您申请的“{title}”（{number}），{office}拟作出的决定正在公示，公示期满且没有异议或者异议不成立的，继续办理。";
    public const string PublishNotice = "发布公示";
    public const string PublishNoticeNote = "拟准予的，先公示。发布后任何人都能看到，公示期满自动撤下；公示时间计入办理时限。";
    public const string NoticeWords = "公示内容";
    public const string NoticeWordsNote = "写明拟作出的决定、申请人姓名或者名称，以及依法应当公示的内容。不得写身份证件号码、电话、银行卡号、住址门牌，不得涉及未成年人的信息";
    public const string TakeDown = "撤下公示";
    public const string TakeDownNote = "公示内容有误等需要提前撤下的使用；撤下后准予前需要重新公示。";
    public const string RecordObjection = "登记异议";
    public const string RecordObjectionNote = "来电、来信、来访提出的异议在此登记；网上提出的自动登记。";
    public const string Objector = "提出人姓名或者名称";
    public const string ObjectionWords = "异议内容";
    public const string AnswerObjection = "答复异议";
    public const string WhichObjection = "异议编号";
    public const string AnswerLabel = "答复内容";
    public const string AnswerHint = "会发送给网上提出异议的人；不写申请人的个人信息";
    public const string FindingLabel = "核查结论";
    public const string ObjectionAnsweredSubject = "您提出的异议已答复";
    public const string NoSuchObjection = "没有这条异议，请从办件页面选择要答复的异议。";
    public const string AnsweredAlready = "这条异议已经答复，不能再次答复。";
    public const string NotAnnounced = "依照规定，准予前应当公示；本件还没有公示期满的公示。";
    public const string SomebodyWasRight = "公示期间有异议成立，不能按公示的内容准予；请重新审查，内容有变化的重新公示。";
    public const string HandlesObjections = "核查公示异议";
    public const string ResidentsObject = "请登录后提出异议；也可以致电、来信或者到承办单位当面提出。";
    public const string NoticeHasEnded = "公示已经结束，不再接受异议。公示结束后有新情况的，请直接与承办单位联系。";

    public const string NoticesTitle = "办件公示";
    public const string NoticesLead = "各单位拟作出的决定，依法在作出前公示；对公示内容有异议的，可以在公示期内提出";
    public const string NoticesNone = "现在没有正在公示的办件。";
    public const string Objections = "异议";
    public const string NoObjections = "没有收到异议。";
    public const string MakeObjection = "提出异议";
    public const string ObjectionHint = "请写明与公示内容不符的事实，并尽量提供线索。您的姓名只有承办单位可以看到，不向申请人公开。";
    public const string SendObjection = "提交异议";
    public const string ObjectionReceived = "已收到您的异议，核查后将把结论发送到您的“我的消息”";
    public const string SignInToObject = "登录后提出异议";
    public const string SeeNotice = "查看公示";
    public const string OwnNotice = "正在公示";

    public static string ObjectionAnswered(string title, string finding, string answer) => $"您对“{title}”公示提出的异议已经核查，结论：{finding}。答复：{answer}";

    public static string NumbersInNotice(string kinds) => $"公示内容里有{kinds}，不能公开，请删去。";

    public static string Unanswered(int number) => $"有 {number} 条异议还没有答复，请先核查并答复。";

    public static string BadObjection(int most) => $"请填写异议内容，不超过 {most} 字。";

    public static string EnoughObjections(int most) => $"您对这项公示已经提出 {most} 条异议，请等待核查结果。";

    public static string NoticeOf(string title) => $"{title}公示";

    public static string ShownTill(DateOnly until) => $"公示至{until.InWords()}";

    public static string NoticePeriod(DateOnly from, DateOnly until) => $"公示期：{from.InWords()}至{until.InWords()}";

    public static string HasEndedOn(DateOnly day) => $"这项公示已于{day.InWords()}结束，内容不再显示。";
}
