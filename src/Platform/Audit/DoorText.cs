using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>What the pages of the audit log say.</summary>
internal static partial class Text
{
    public const string NoCheckpoint = "日志还没有签名的检查点。";
    public const string FromLabel = "开始日期";
    public const string ToLabel = "结束日期";
    public const string PeriodReversed = "结束日期早于开始日期。";
    public const string ObjectionPurpose = "对查阅本人信息提出异议";
    public const string AnswerPurpose = "答复查阅异议";
    public const string ReasonMissing = "请写明异议的理由。";
    public const string AnswerMissing = "请写明答复：为什么查阅，依据是什么。";
    public const string ObjectedAlready = "您已经对这次查阅提出过异议。";
    public const string AnsweredAlready = "这项异议已经答复。";
    public const string Yes = "是";
    public const string No = "否";

    public const string AccessTitle = "谁查阅了我的信息";
    public const string AccessLead = "哪个单位、什么时候、为什么事看过您的个人信息，都列在这里。有疑问可以提出异议，由该单位向您说明。";
    public const string AccessSafe = "每次查阅都先记入日志、后显示内容，日志事后不能更改。";
    public const string GrantLabel = "依据的共享授权";
    public const string NotKnown = "当前身份没有与人口基础信息对应，没有可以显示的查阅记录。请以居民身份登录。";
    public const string NoReads = "还没有单位查阅过您的信息。";
    public const string NoSuchReads = "按这些条件没有查阅记录。";
    public const string OfficeLabel = "单位";
    public const string AnyOffice = "全部单位";
    public const string OwnReads = "我本人";
    public const string ReadsTab = "查阅记录";
    public const string ObjectionsTab = "我的异议";
    public const string PurposeLabel = "用途";
    public const string NoPurpose = "未写明";
    public const string ForCase = "办理办件";
    public const string SeenLabel = "内容";
    public const string WaysLabel = "方式";
    public const string AllSeen = "查看明细";
    public const string SeenClear = "未遮盖的原文";
    public const string SeenMasked = "遮盖后的部分内容";
    public const string SeenOpen = "其他内容";
    public const string TagClear = "看到原文";
    public const string TagExported = "已导出成文件";
    public const string TagForwarded = "传送到单位的系统";
    public const string Object = "提出异议";

    public const string ObjectionMade = "异议已提交";
    public const string ObjectionNext = "已送交查阅单位和安全管理员。单位应在 30 日内答复，答复显示在本页。";
    public const string OwnObjectionsLead = "您对查阅提出的异议，以及单位的答复。";
    public const string NoOwnObjections = "您还没有提出过异议。";
    public const string StepMade = "提出异议";
    public const string StepAnswer = "单位答复";
    public const string LateNote = "单位超过 30 日没有答复。您可以拨打 12345，或向网信部门投诉（《个人信息保护法》第六十五条）。";
    public const string NotContent = "对答复不满意，可以拨打 12345，或向网信部门投诉（《个人信息保护法》第六十五条）。";
    public const string ObjectTitle = "对这次查阅提出异议";
    public const string ObjectLead = "异议送交该单位，由其在 30 日内说明为什么查阅。";
    public const string GroundLabel = "异议的理由";
    public const string ReasonLabel = "补充说明";
    public const string ReasonHint = "选了上面的理由，可以不填。最多 450 字。";
    public const string SubmitObjection = "提交异议";
    public const string WhoReadLabel = "查阅人";
    public const string RecordLabel = "被查阅的记录";
    public const string ObjectionReason = "异议理由";

    public const string ObjectionsTitle = "查阅异议";
    public const string ObjectionsLead = "居民对本单位查阅其信息提出的异议。请在 30 日内说明查阅的原因和依据。";
    public const string OpenTab = "待答复";
    public const string AnsweredTab = "已答复";
    public const string NoOpenObjections = "没有等待答复的异议。";
    public const string NoAnsweredObjections = "还没有答复过异议。";
    public const string AnswerDone = "答复已保存，居民可以看到。";
    public const string AnswerLabel = "答复";
    public const string AnswerHint = "写明为什么查阅、为办理什么事项、依据是什么。居民会看到全文。";
    public const string SubmitAnswer = "提交答复";
    public const string RecordGone = "日志中没有找到这次查阅，请立即通知安全管理员核验日志。";
    public const string Open = "待答复";
    public const string Late = "超期未答复";
    public const string Answered = "已答复";

    public const string SearchTitle = "审计日志";
    public const string SearchLead = "检索本身也会记入日志。";
    public const string WhoLabel = "操作人";
    public const string WhoHint = "用户名、账号或客户端标识";
    public const string SubjectLabel = "涉及的人";
    public const string SubjectHint = "人口基础信息的记录号";
    public const string AnyResource = "全部";
    public const string Failed = "未成功";
    public const string ResourceLabel = "资源";
    public const string KindLabel = "类型";
    public const string AnyKind = "全部";
    public const string NothingFound = "没有符合条件的记录。";
    public const string ExportFound = "导出检索结果（CSV）";
    public const string ExportHead =
        "\"序号\",\"时间\",\"类型\",\"账号\",\"姓名\",\"单位\",\"网络地址\",\"资源\",\"记录\",\"字段\",\"涉及的人\",\"目的\",\"办件\",\"成功\",\"附注\"";

    /// <summary>The reasons that most people have; each is a whole sentence.</summary>
    public static readonly IReadOnlyList<string> Grounds =
        ["我没有在该单位办理过业务", "看到的内容超过了办事需要", "没有写明用途，或者用途与我无关"];

    /// <summary>A case says itself what for.</summary>
    public static string ByGrant(string number) => $"授权{number}";

    public static string PurposeOf(string purpose, string number) =>
        purpose.Length > 0 ? purpose : number.Length > 0 ? ForCase : NoPurpose;

    public static string AllTogether(int count) => Say($"等 {count} 项");

    public static string OfAll(int count) => Say($"（{count}）");

    public static string Person(string name, string role) => role.Length > 0 ? $"{name}（{role}）" : name;

    public static string Times(DateTimeOffset first, DateTimeOffset last)
    {
        var (from, to) = (Say($"{first.Local():HH:mm}"), Say($"{last.Local():HH:mm}"));
        return from == to ? from : $"{from} 至 {to}";
    }

    /// <summary>How it was seen, as a resident says it.</summary>
    public static string Way(string kind, int times)
    {
        var way = kind switch
        {
            "record.read" => "打开记录",
            "record.list" => "在列表中看到",
            "record.history" => "查看历次变更",
            "record.reveal" => "查看未遮盖的原文",
            "record.feed" => "系统接口读取变更",
            "export" => "导出成文件",
            _ => AuditKinds.Label(kind),
        };
        return times == 1 ? way : Say($"{way} {times} 次");
    }

    public static string AnswerBy(DateOnly day) => $"应于{day.InWords()}前答复";

    public static string AnsweredBy(string who) => $"答复人：{who}";

    public static string AboutPersons(int count) => Say($"涉及 {count} 人");

    public static string WritesOf(string schema) => $"数据写入：{schema}";

    public static string UnknownParameter(string name) => $"不认识的参数 {name}。";

    public static string NotANumber(string name) => $"参数 {name} 应当是非负整数。";

    public static string ProofParameters(string names) => $"请给出非负整数参数：{names}，不带其他参数。";

    public static string BeyondLog(long size) => Say($"最新检查点的长度为 {size}，请求的位置在它之外。");

    public static string NotADay(string label) => $"{label}应当是一个日期，例如 2026-11-23。";

    public static string TooLong(int max) => Say($"不能超过 {max} 个字。");

    public static string ActOf((string Schema, long Id, string Kind, int Rows) act) =>
        Say($"{act.Schema} 第 {act.Id} 号行为（{act.Kind}，{act.Rows} 行）");
}
