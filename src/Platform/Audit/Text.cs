using System.Globalization;
using Shali.Platform.Kernel;

namespace Shali.Platform.Audit;

/// <summary>What the audit log says to people.</summary>
internal static partial class Text
{
    public const string BodyAltered = "记录的正文被改动过，与写入时的散列不符。";
    public const string LeafAltered = "记录的散列被改动过，正文与签名检查点相符。";
    public const string BodyOrLeafAltered = "记录的正文与其散列不符：两者之一被改动过。";
    public const string BodyUnreadable = "记录的正文不是有效的 JSON。";
    public const string ColumnsAltered = "检索用的列与正文不符，列被改动过。";
    public const string RecordsRemoved = "记录被删除，序号不连续。";
    public const string RecordRepeated = "序号重复。";
    public const string NodeRemoved = "日志树的节点被删除。";
    public const string NodeAltered = "日志树的节点被改动过。";
    public const string HeadPlace = "日志末端";
    public const string HeadRemoved = "日志末端的登记被删除。";
    public const string SignatureWrong = "签名无效，或者不是由本日志的密钥签发。";
    public const string TwoRoots = "同一长度有两个不同的已签名根散列：历史被改写过。";
    public const string ActAdded = "该行为声称已列入日志，但日志中没有它：是绕过平台添加的。";
    public const string JournalWithoutAct = "有变更明细，却没有所属的行为：行为被删除，或者明细是绕过平台添加的。";
    public const string RowAdded = "该版本没有变更明细：是绕过平台添加的。";
    public const string RowWronglyPast = "现行记录被移入历史。";
    public const string RowWronglyCurrent = "历史版本被当作现行记录。";
    public const string NothingToVerify = "请给出导出目录，或者用 --database 指定数据库。";
    public const string NothingToExport = "用法：export-log 目录 --database 连接串";
    public const string RemovedLeafAltered = "已依规删除正文的记录，其散列被改动过。";
    public const string RemovedUnannounced = "记录的正文不见了，而日志中没有说明它因保存期满被删除：是绕过平台删除的。";
    public const string Sound = "完好：没有发现任何改动。";

    public static string RecordAt(long index) => Say($"日志第 {index} 条");

    public static string RecordsAt(long first, long last) => first == last ? RecordAt(first) : Say($"日志第 {first} 至 {last} 条");

    public static string NodeAt(int level, long index) => Say($"日志树第 {level} 层第 {index} 个节点");

    public static string CheckpointAt(long? size) => size is null ? "检查点" : Say($"长度为 {size} 的检查点");

    public static string ActAt(string schema, long act) => Say($"{schema} 的第 {act} 号行为");

    public static string VersionAt(string resource, string key, int version) => Say($"{resource} 的记录 {key} 第 {version} 版");

    public static string TailRemoved(long size) => Say($"已签名的检查点证明日志曾有 {size} 条，末尾的记录被删除。");

    public static string CheckpointDiffers(long size) =>
        Say($"与长度为 {size} 的已签名检查点不符：这一段中有记录连同散列一起被改动、删除或添加。");

    public static string HeadDiffers(long stored, long found) => Say($"登记的末端（{stored} 条）与现有记录（{found} 条）不符。");

    public static string ActRemoved(long index) => Say($"日志第 {index} 条封存的行为在表中不见了，或者它的位置被改动过。");

    public static string ActAltered(long index) => Say($"与日志第 {index} 条封存的内容不符：行为的登记被改动过。");

    public static string JournalDiffers(int rows, int found) => rows == found
        ? "变更明细的散列与行为的散列不符：明细或行为的登记被改动过。"
        : Say($"应有 {rows} 条变更明细，现有 {found} 条：明细被删除或添加。");

    public static string JournalLineAltered(long act) => Say($"与第 {act} 号行为的变更明细不符，而该明细被改动过。");

    public static string RowAltered(long act) => Say($"内容与第 {act} 号行为写入时不符：记录被绕过平台改动过。");

    public static string RowRemoved(long act) => Say($"第 {act} 号行为写入的这一版不见了：记录被绕过平台删除。");

    public static string RowTimesAltered(long act) => Say($"写入或失效的时间、行为编号与第 {act} 号行为不符：被改动过。");

    public static string RemovedOthers(long statement, long announced, long found) =>
        Say($"日志第 {statement} 条说明删除了 {announced} 条到期记录，现缺正文的有 {found} 条，或者不是那些：有记录是绕过平台删除的。");

    public static string RemovedTooEarly(long statement) => Say($"日志第 {statement} 条说明的删除早于法定的最短保存期。");

    public static string RemovalNote(long count, DateTimeOffset until) =>
        Say($"{until.InWords()}以前的 {count} 条查阅和登录记录保存期满，正文已删除，散列保留。");

    public static string UnknownArgument(string argument) => $"不认识的参数 {argument}。";

    public static string NoKey(string path) => $"没有找到公钥文件 {path}。";

    public static string NotVerified(string reason) => $"无法核验：{reason}";

    public static string Exported(long records, string folder) => Say($"已导出 {records} 条记录到 {folder}。");

    public static string Verified(Verification.VerificationReport report) => Say(
        $"核验了 {report.Records} 条日志（其中 {report.Removed} 条保存期满，正文已依规删除）、{report.Checkpoints} 个检查点、{report.Acts} 个行为、{report.JournalLines} 条变更明细、{report.Rows} 个记录版本，用时 {report.Took.TotalSeconds:0.0} 秒。");

    public static string NotSound(int count) => Say($"不完好：发现 {count} 处改动。");

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
