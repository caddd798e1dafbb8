using System.Globalization;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.FrontNode;

/// <summary>Every sentence of the front node.</summary>
internal static class Text
{
    public const string Usage =
        """
        用法：
          shali-node enrol  配置文件 一次性代码    接入：生成密钥，取得证书
          shali-node check  配置文件              检查中心、各数据源和目标表能否连通，不改动任何内容
          shali-node run    配置文件              运行
          shali-node accept 配置文件 流程         确认数据源现在的结构，继续因结构变化而停止的流程
          shali-node verify-receipt 回执文件 --ca 证书文件 [--log 日志公钥文件]
          shali-node verify-file 导出文件 清单文件 --ca 证书文件 [--log 日志公钥文件]
        """;

    public const string EmptyConfiguration = "配置文件是空的。";
    public const string CentreNeedsTls = "centre：中心的地址须用 https，只有本机地址可以用 http。";
    public const string NotEnrolled = "这台前置机还没有接入。请先运行：shali-node enrol 配置文件 一次性代码";
    public const string NotYet = "尚未开始";
    public const string Runs = "运行正常";
    public const string NotFromCentre = "收到的答复没有中心的签名，或者签名不正确，不予采信。";
    public static string Broken(Exception fault) => $"程序出错，稍后重试；如反复出现，请把这一行交给平台管理员：{fault.GetType().Name} {fault.Message}";

    public const string NoValue = "（空）";

    /// <summary>Whom a line of the log is about when it is about no flow.</summary>
    public const string Node = "前置机";
    public const string ToldAgain = "已向中心上报运行情况。";

    public static string NotTold(string why) => $"没有向中心上报运行情况：{why}";

    public static string Reported(DateTimeOffset? at, string? fault) => fault is not null ? NotTold(fault)
        : at is { } moment ? $"最近一次向中心上报：{moment.InWords()}" : "尚未向中心上报";

    public const string DiskFull = "磁盘已满或者不能写入，数据留在数据源，等待空间。";
    public const string TwiceInSource = "数据源中有两行的主键相同，以先读到的一行为准，请在数据源更正。";
    public const string TakenElsewhere = "取数位置被其他程序改动，请确认没有两台前置机写入同一张表。";

    public static string CannotReadConfiguration(string path, string why) => $"无法读取配置文件 {path}：{why}";

    public static string NoSuchSuite(string suite) => $"suite：不支持密码算法 {suite}，可以使用 {string.Join("、", SignatureSuite.All.Select(each => each.Name))}。";

    public static string FlowTwice(string flow) => $"流程 {flow} 出现了两次，名称不能重复。";

    public static string BadFlowName(string? flow) => $"流程名称“{flow}”只能用小写字母、数字和连字符，不超过 40 个字符。";

    public static string NoResource(string flow) => $"流程 {flow} 没有写明信息资源 resource。";

    public static string NoMap(string flow) => $"流程 {flow} 没有写明信息项与列的对应关系 map。";

    public static string BadBatch(string flow) => $"流程 {flow} 的 batch_rows 超出范围。";

    public static string NoFolder(string flow) => $"流程 {flow} 没有写明文件夹 folder。";

    public static string NoSuchKind(string flow, string kind) => $"流程 {flow} 的 kind“{kind}”不支持，可以使用 postgresql、mariadb、mysql、sqlserver、sqlite，数据源还可以用 files。";

    public static string NoTable(string flow) => $"流程 {flow} 须写明 connection 和 table。";

    public static string NoPassword(string name) => $"环境变量 {name} 中没有数据库口令。";

    public static string EnrolmentRefused(string code, string sentence) => code.Length > 0 ? $"中心没有同意接入：{sentence}（{code}）" : "中心没有同意接入，请核对中心的地址。";

    public static string CentreAway(string why) => $"无法连接中心：{why}";

    public static string CentreSays(int status) => $"中心答复 {status}，稍后重试。";

    public static string Refused(string code, string sentence) => $"中心未受理：{sentence}（{code}）";

    public static string ColumnGone(string name) => $"列 {name} 不见了。";

    public static string ColumnChanged(string name, string was, string now) => $"列 {name} 的类型由 {was} 变为 {now}。";

    public static string Drifted(string what) => $"数据源的结构变了，流程已停止，没有猜测：{what}确认无误后运行 shali-node accept，或者修改配置。";

    public static string Unreadable(string column, string why) => $"列 {column} 读不出：{why}";

    public static string RowOfFile(string file, long row, string why) => $"{file} 第 {row} 行：{why}";

    public static string BrokenFile(string file, string why) => $"文件 {file} 读不完：{why}";

    public static string FileChanged(string file) => $"文件 {file} 在读取时被改动，稍后重读。";

    public static string NoFiles(string folder, string pattern) => $"文件夹 {folder} 中没有 {pattern} 文件。";

    public static string Emptied(int gone, long all, int most) =>
        $"数据源比上次少了 {gone} 行（共 {all} 行），超过 {most}%。为防误清空，没有结束任何记录，流程已停止。确认无误后调高 ends_max_percent 再运行。";

    public static string ForeignAtCentre(int extra, long all, int most) =>
        $"中心有 {extra} 行不在本数据源（中心共 {all} 行），超过 {most}%，可能是其他途径提供的。为防误清空，没有结束任何记录，流程已停止。确认这些记录应当结束的，调高 ends_max_percent 再运行。";

    public static string OutboxFull(int most) => $"待发送的数据已达 {most} MB 的上限，数据留在数据源，等待发送。";

    public static string NotOwn(string resource) => $"{resource}不由本部门提供。";

    public static string NothingNames(string resource) => $"{resource}没有主键也没有匹配字段，不能由前置机提供。";

    public static string NoField(string field, string resource) => $"{resource}没有信息项 {field}。";

    public static string KeyNotMapped(string label) => $"{label}用于认出同一条记录，必须对应一列。";

    public static string RequiredNotMapped(string label) => $"{label}是必填项，必须对应一列。";

    public static string Missing(string label) => $"{label}没有值。";

    public static string Compared(ComparisonResult result) => result.Drift == 0
        ? $"对账一致：双方各 {result.NodeRows} 行。"
        : $"对账：前置机 {result.NodeRows} 行，中心 {result.CentreRows} 行；缺少 {result.Missing.Count}、不同 {result.Different.Count}、多出 {result.Extra.Count}，已安排补正。";

    public static string Restarted(string why) => $"批次编号与中心不连续（{why}），从头提供全部数据；未变的行不会重复写入。";

    public static string TargetColumnsGone(IEnumerable<string> columns) => $"目标表没有这些列：{string.Join("、", columns)}。";

    public static string NotGiven(IEnumerable<string> fields) => $"中心没有提供这些信息项：{string.Join("、", fields)}。请核对授权和配置。";

    // Commands.
    public static string EnrolledAs(string node, string name) => $"已接入：{name}（{node}）。";

    public static string Started(string node, int? port) => port is null ? $"前置机 {node} 已启动。" : $"前置机 {node} 已启动，状态页 http://127.0.0.1:{port}/";

    public static string RunsAlready(string folder) => $"已有一个前置机在使用数据目录 {folder}，不能同时运行两个。";

    public static string NoSuchFlow(string flow) => $"配置文件中没有提供数据的流程 {flow}。";

    public static string Accepted(string flow) => $"已确认流程 {flow} 的数据源结构，下次运行时继续。";

    public static string FlowGood(string flow) => $"✓ {flow} 可以运行。";

    public static string FlowBad(string flow, string why) => $"✗ {flow} {why}";

    // The status page.
    public const string Title = "前置机状态";
    public const string Flows = "流程";
    public const string Flow = "流程";
    public const string Direction = "方向";
    public const string Resource = "信息资源";
    public const string State = "状态";
    public const string Lag = "滞后";
    public const string WaitingLabel = "待发送";
    public const string Rows = "累计行数";
    public const string RefusedRows = "未接受";
    public const string Receipts = "回执";
    public const string Last = "最近一次";
    public const string Key = "主键";
    public const string Reasons = "原因";
    public const string RowLabel = "内容";
    public const string At = "时间";
    public const string LogTitle = "运行记录";
    public const string What = "内容";

    public static string RejectsOf(string flow) => $"{flow} 未接受的行";

    public static string About(string version, string suite, TimeSpan? off) =>
        $"程序版本 {version}，密码算法 {SignatureSuite.Find(suite)?.Label}，{ClockOf(off)}";

    private static string ClockOf(TimeSpan? off) => off is not { } known ? "尚未与中心核对时钟"
        : Math.Abs(known.TotalSeconds) < 3 ? "时钟与中心一致"
        : $"时钟与中心相差 {Math.Abs(known.TotalSeconds).ToString("0", CultureInfo.InvariantCulture)} 秒";

    public static string DirectionOf(string direction) => direction == StatementKind.Give ? "提供" : "取得";

    public static string StateOf(string state) => state switch
    {
        FlowState.Running => "正常",
        FlowState.Stopped => "已停止",
        _ => "重试",
    };

    public static string LagOf(double? seconds) => seconds is { } known ? known.ToString("0", CultureInfo.InvariantCulture) + " 秒" : "—";

    public static string WaitingOf(long batches, long bytes) => batches == 0 ? "无" : $"{batches} 批，{Math.Max(1, bytes >> 10)} KB";
}
