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
    public const string AccessLead = "每一次查阅您个人信息的行为，在信息被看到之前就已记入不可更改的日志。对任何一次查阅有疑问，都可以提出异议。";
    public const string NotKnown = "当前身份没有与人口基础信息对应，没有可以显示的查阅记录。请以居民身份登录。";
    public const string NoReads = "这段时间没有人查阅过您的信息。";
    public const string ReadsCaption = "查阅记录";
    public const string ObjectionMade = "异议已提交给查阅单位和安全管理员，答复后会显示在本页。";
    public const string OwnObjections = "我的异议";
    public const string Object = "提出异议";
    public const string ObjectTitle = "对一次查阅提出异议";
    public const string ObjectLead = "异议会送交查阅您信息的单位，由该单位说明为什么查阅；安全管理员同时收到。";
    public const string ReasonLabel = "异议的理由";
    public const string ReasonHint = "例如：我没有在该单位办理过任何业务。最多 500 字。";
    public const string SubmitObjection = "提交异议";
    public const string Unmasked = "明文";
    public const string NoPurpose = "未写明";
    public const string YourSelf = "本人";

    public const string ObjectionsTitle = "查阅异议";
    public const string ObjectionsLead = "居民对本单位查阅其信息提出的异议。请说明查阅的原因和依据。";
    public const string NoObjections = "没有异议。";
    public const string AnswerDone = "答复已保存，居民可以看到。";
    public const string AnswerLabel = "答复";
    public const string AnswerHint = "写明为什么查阅、为办理什么事项、依据是什么。居民会看到全文。";
    public const string SubmitAnswer = "答复";
    public const string RecordGone = "日志中没有找到这次查阅，请立即通知安全管理员核验日志。";

    public const string SearchTitle = "审计日志";
    public const string SearchLead = "检索本身也会记入日志。";
    public const string WhoLabel = "操作人账号";
    public const string SubjectLabel = "涉及的人";
    public const string SubjectHint = "人口基础信息的记录号";
    public const string ResourceLabel = "资源";
    public const string KindLabel = "类型";
    public const string AnyKind = "全部";
    public const string NothingFound = "没有符合条件的记录。";
    public const string ExportFound = "导出检索结果（CSV）";
    public const string ExportHead =
        "\"序号\",\"时间\",\"类型\",\"账号\",\"姓名\",\"单位\",\"网络地址\",\"资源\",\"记录\",\"字段\",\"涉及的人\",\"目的\",\"办件\",\"成功\",\"附注\"";

    public static string UnknownParameter(string name) => $"不认识的参数 {name}。";

    public static string NotANumber(string name) => $"参数 {name} 应当是非负整数。";

    public static string ProofParameters(string names) => $"请给出非负整数参数：{names}，不带其他参数。";

    public static string BeyondLog(long size) => Say($"最新检查点的长度为 {size}，请求的位置在它之外。");

    public static string NotADay(string label) => $"{label}应当是一个日期，例如 2026-11-23。";

    public static string TooLong(int max) => Say($"不能超过 {max} 个字。");

    public static string ActOf((string Schema, long Id, string Kind, int Rows) act) =>
        Say($"{act.Schema} 第 {act.Id} 号行为（{act.Kind}，{act.Rows} 行）");

    public static string ReadAt(DateTimeOffset at) => at.InWords();
}
