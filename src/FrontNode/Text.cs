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
          shali-node retire 配置文件 流程         停用逻辑复制：删除流程在数据源的复制槽，已提供的记录不变
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

    /// <summary>What a proxy that asks for certificates says by its code alone; null: another code.</summary>
    public static string? OfProxy(string code) => code switch
    {
        "NODE-P01" => "中心的入口要求出示证书，前置机没有证书可以出示，请重新接入（enrol）。",
        "NODE-P02" => "中心的入口拒绝连接：前置机的证书已被吊销。仍需使用的，请向中心取得一次性代码后重新接入。",
        "NODE-P03" => "中心的入口拒绝连接：出示的证书不是中心签发的，或者已经到期。请核对中心的地址和数据目录，或者重新接入。",
        _ => null,
    };

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

    // Logical replication.
    public const string PostgreSqlTooOld = "数据源的 PostgreSQL 低于 13 版，不能用逻辑复制，请改用 watermark。";
    public const string SourceIsPrimary = "连接的是主库。";
    public const string SourceIsStandby = "连接的是备库。逻辑复制须连接主库，请修改 connection。";
    public const string IdentityGood = "复制标识（replica identity）包含用于认出记录的列。";
    public const string SlotUnbounded =
        "max_slot_wal_keep_size 为 -1：前置机长时间停机时，复制槽留存的日志可能占满数据源的磁盘。建议由 DBA 设置上限，如 ALTER SYSTEM SET max_slot_wal_keep_size = '20GB'; SELECT pg_reload_conf();。超过上限时复制槽失效，前置机会重建并重新比对，不丢数据。";
    public const string StreamEnded = "数据源结束了复制连接，稍后重连。";
    public const string KeyNotTold = "日志没有写明主键的值，改为比对全部数据。";
    public const string OtherShapeInLog = "日志中有表结构变更前的内容，改为比对全部数据。";
    public const string LogAhead = "数据源刚提交的事务尚未对查询可见，稍后再读。";
    public const string Truncated = "数据源的表被清空过（TRUNCATE），改为比对全部数据。";
    public const string ManyAgain = "日志没有写明的大字段过多，改为比对全部数据。";
    public const string LookFirst = "首次运行：先比对全部数据，再接收日志中的变更。";
    public const string PlaceLost = "复制槽的位置与前置机的记录不连续，重新比对全部数据，不丢失变更。";

    public static string ChangesOfTarget(string flow) => $"流程 {flow} 的 target 不能写 changes，只有 source 可以。";

    public static string ChangesNeedPostgreSql(string flow, string kind) => $"流程 {flow} 的 changes 只用于 postgresql，不能用于 {kind}。";

    public static string ChangesAndWatermark(string flow) => $"流程 {flow} 的 changes 和 watermark 只能写一个。";

    public static string NoPublicationName(string flow) => $"流程 {flow} 的 changes 没有写明发布的名称 publication。";

    public static string BadSlot(string flow, string? slot) => $"流程 {flow} 的复制槽名称 slot“{slot}”只能用小写字母、数字和下划线，不超过 63 个字符。";

    public static string SlotTwice(string slot) => $"复制槽 {slot} 用于两个流程，每个流程须有自己的复制槽。";

    public static string WalLevel(string level) => level == "logical" ? "wal_level 为 logical。"
        : $"wal_level 为 {level}。请 DBA 执行 ALTER SYSTEM SET wal_level = 'logical'; 并重启数据库。";

    public static string MayReplicate(string role, bool may) => may ? $"用户 {role} 有复制权限。" : $"用户 {role} 没有复制权限。请 DBA 执行 ALTER ROLE \"{role}\" REPLICATION;";

    public static string NotReplicable(string table) => $"{table} 不是普通的表（视图、外部表和 UNLOGGED 表没有日志），不能用逻辑复制，请改用 watermark。";

    public static string NoPublication(string name, string table) => $"没有发布 {name}。请 DBA 执行 CREATE PUBLICATION {name} FOR TABLE {table};";

    public static string NotPublished(string name, string table) => $"发布 {name} 不包含表 {table}。请 DBA 执行 ALTER PUBLICATION {name} ADD TABLE {table};";

    public static string PublicationPartly(string name) => $"发布 {name} 没有包含全部操作。请 DBA 执行 ALTER PUBLICATION {name} SET (publish = 'insert, update, delete, truncate');";

    public static string PublicationOfParts(string name) => $"表有分区，发布 {name} 须按主表发布。请 DBA 执行 ALTER PUBLICATION {name} SET (publish_via_partition_root = true);";

    public static string PublicationFilters(string name) => $"发布 {name} 带有行条件，与整表比对不一致。请 DBA 去掉行条件，或者另建发布。";

    public static string PublicationLacks(string name, IEnumerable<string> columns) => $"发布 {name} 没有包含这些列：{string.Join("、", columns)}。请 DBA 去掉列清单，或者加上这些列。";

    public static string Published(string name) => $"发布 {name} 包含此表。";

    public static string IdentityBad(string table, IEnumerable<string> keys) =>
        $"复制标识（replica identity）不包含用于认出记录的列 {string.Join("、", keys)}，删除时认不出是哪一行。请 DBA 执行 ALTER TABLE {table} REPLICA IDENTITY FULL;（或者 REPLICA IDENTITY USING INDEX 含这些列的唯一索引）";

    public static string SlotComes(string slot) => $"复制槽 {slot} 尚未建立，运行时由前置机建立；前置机无权建立的，请 DBA 执行 {MakeSlotSql(slot)}";

    public static string SlotGood(string slot, long bytes) => $"复制槽 {slot} 可用，在数据源留存日志 {Math.Max(0, bytes) >> 20} MB。";

    public static string SlotLost(string slot) => $"复制槽 {slot} 已失效（留存的日志超过上限）。运行时由前置机重建，并重新比对全部数据，不丢失变更。";

    public static string SlotOfOthers(string slot) => $"复制槽 {slot} 属于其他数据库或者其他程序，请换一个名称。";

    public static string CannotMakeSlot(string slot, string why) => $"不能建立复制槽 {slot}（{why}）。请 DBA 执行 {MakeSlotSql(slot)}；复制槽已用尽的，先调高 max_replication_slots 并重启数据库。";

    private static string MakeSlotSql(string slot) => $"SELECT pg_create_logical_replication_slot('{slot}', 'pgoutput');";

    public static string MakingSlot(string slot) => $"正在建立复制槽 {slot}，等待数据源中更早开始的事务结束。";

    public static string SlotMade(string slot) => $"已在数据源建立复制槽 {slot}。";

    public static string SlotMadeAgain(string slot) => $"复制槽 {slot} 已失效或者被删除，已重建，重新比对全部数据。";

    public static string SlotGone(string slot) => $"复制槽 {slot} 刚被删除，稍后重建。";

    public static string SlotInUse(string slot) => $"复制槽 {slot} 正被另一个连接使用，等待其结束；请确认没有其他程序使用这个复制槽。";

    public static string SlotHolds(long gigabytes) => $"数据源为本流程留存了 {gigabytes} GB 日志";

    public static string PublicationRenewed(string name) => $"发布 {name} 被重建过，此前的日志不能再读，重建复制槽并重新比对全部数据。";

    public static string ManyEnded(long rows) => $"数据源的一个事务删除了 {rows} 行，超过 ends_max_percent，改为比对全部数据，由比对判断。";

    public static string SlotUnused(string flow, string slot, string where) =>
        $"流程 {flow} 不再使用复制槽 {slot}（{where}），它仍在数据源留存日志。请 DBA 在该库执行 SELECT pg_drop_replication_slot('{slot}');，然后运行 shali-node retire 配置文件 {flow}";

    public static string NoSlotOf(string flow) => $"前置机没有为流程 {flow} 建立过复制槽。";

    public static string SlotDropped(string slot) => $"已删除数据源的复制槽 {slot}，不再留存日志。";

    public static string SlotForgotten(string slot, string where) => $"不再记着复制槽 {slot}（{where}）。流程已不在配置中，前置机不能代为删除；尚未删除的，请 DBA 在该库执行 SELECT pg_drop_replication_slot('{slot}');";

    public static string FindingOf(bool? good, string sentence) => $"    {(good switch { true => "✓", false => "✗", null => "！" })} {sentence}";

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
