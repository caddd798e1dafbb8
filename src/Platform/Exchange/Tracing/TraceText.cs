using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Registry;

namespace Shali.Platform.Exchange.Tracing;

/// <summary>Every sentence about the way of a message and about what waits for a node.</summary>
internal static class TraceText
{
    public const string Title = "数据交换追踪";
    public const string Note = "一批数据或者一条变更从发送到送达的全过程";
    public const string Lead = "输入回执编号，或者前置机代码、流程和批次（以空格分隔），或者变更事件的编号，查看它从发送、校验、写入到送达各订阅方的全过程。";
    public const string Asked = "回执编号、批次或者事件编号";
    public const string AskedHint = "例如 police-1.firms.12-x7k2m9qa4b、police-1 firms 12、population.person:1024.0";
    public const string Look = "查询";
    public const string Open = "查看";
    public const string None = "没有找到，或者它与您的单位无关。请核对编号。";
    public const string ToTrace = "追踪这一批";

    public const string Offered = "中心按授权提供";
    public const string Taken = "前置机写入部门的表并签名";
    public const string Sent = "前置机封装、签名、发送";
    public const string Checked = "中心收到，核对签名、证书、时间和摘要，逐行校验";
    public const string Written = "写入登记库";
    public const string Journaled = "记入变更明细";
    public const string Logged = "取得防篡改日志中的位置";
    public const string Receipt = "签发回执";
    public const string ReceiptLogged = "回执记入防篡改日志";
    public const string NothingToWrite = "内容与已有的相同，或者没有被接受的行，没有写入。";
    public const string NoPlaceYet = "日志还没有给出位置，通常在一秒之内。";
    public const string Arrived = "已送达。";
    public const string NotYet = "还没有到达这一位置。";
    public const string Nobody = "没有订阅方";
    public const string NobodyWords = "没有部门订阅这一资源的变更。";

    public const string Dependents = "停用或者中断时受影响的";
    public const string DependentsNote = "这台前置机提供的数据，由下面的部门、系统、前置机和政务服务事项使用。";
    public const string NoDependents = "没有部门、系统和事项使用这台前置机提供的数据。";
    public const string Kind = "类别";
    public const string Name = "名称";
    public const string Use = "用途";
    public const string Subscriber = "取得授权的部门";
    public const string SystemUse = "平台的系统";
    public const string OtherNode = "其他前置机";
    public const string ServiceItem = "政务服务事项（自动填写）";

    public static string BatchTitle(Statement statement) => $"前置机 {statement.Node}，流程 {statement.Flow}，第 {statement.Batch} 批";

    public static string EventTitle(FeedCursor cursor) => $"变更 {cursor}";

    public static string SentBy(Statement statement) => $"前置机 {statement.Node}，流程 {statement.Flow}，第 {statement.Batch} 批：{statement.Rows} 行，结束 {statement.Gone} 条，{SignatureSuite.Find(statement.Suite)?.Label}。";

    public static string OfferedBy(Statement statement) => $"{(statement.Grant is { } grant ? $"授权 {CaseNumbers.Show(grant)}" : "无条件共享")}，用途：{statement.Purpose}";

    public static string TakenBy(Statement statement) => $"前置机 {statement.Node}，流程 {statement.Flow}，第 {statement.Batch} 批：{statement.Rows} 行，结束 {statement.Gone} 条。";

    public static string CheckedRows(ReceiptCounts counts) => NodeText.CountsOf(counts) + "。";

    public static string WrittenBy(string who, string act, int rows) => $"{who}，行为 {act}，{rows} 条变更。";

    public static string Lines(long lines) => $"{lines.ToString(CultureInfo.InvariantCulture)} 行明细，每行带有内容的散列。";

    public static string LogPlace(long index, bool held) => $"第 {index} 条{(held ? "，已包含在签名的检查点中。" : "，等待下一个签名的检查点。")}";

    public static string ReceiptOf(string number) => $"回执 {number}";

    public static string Pushed(string office) => $"推送到{office}";

    public static string Followed(string office) => $"{office}订阅变更";

    public static string Readable(string office) => $"{office}可以取得";

    public static string TakenThere(string office) => $"{office}的前置机取得";

    public static string TakenAt(string node, string flow, string words) => $"前置机 {node}，流程 {flow}：{words}";

    public static string ReadableBy(Grant grant) => $"授权 {CaseNumbers.Show(grant.Number)}，方式：{string.Join('、', grant.WayCodes.Select(GrantWay.Label))}。";

    public static string DeadLetters(long count) => $"{count} 条在未送达信箱中，等待处理。";

    public static string UseOf(Grant grant) => $"{grant.Scene}（{string.Join('、', grant.WayCodes.Select(GrantWay.Label))}）";

    public static string FlowOf(string? office, string flow) => office is null ? $"流程 {flow}" : $"{office}，流程 {flow}";

    public static string More(int count) => $"另有 {count} 项";
}
