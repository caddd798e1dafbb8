using System.Globalization;
using Shali.Platform.Exchange.Evidence;
using Shali.Platform.Exchange.Nodes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange;

/// <summary>Every sentence of the exchange with front nodes and of receipts.</summary>
internal static class NodeText
{
    public const string System = "数据交换";

    // Messages.
    public const string NotSigned = "报文没有签名，或者签名头的格式不正确。";
    public const string UnknownCertificate = "不认识签名所用的证书。前置机须先用一次性代码接入。";
    public const string OtherContent = "报文内容与签名中的摘要不符，内容在途中被改动或者损坏。";
    public const string WrongSignature = "报文签名不正确。";
    public const string CentrePublic = "报文由前置机签名，逐条核对签名、证书、时间和编号";
    public const string EnrolPublic = "凭一次性代码换取证书，代码只能用一次";
    public const string ReceiptPublic = "回执可以由任何持有其编号的人核对，不含数据内容";

    public static string ClockOff(TimeSpan off) =>
        $"报文的时间与中心相差 {Math.Abs(off.TotalMinutes).ToString("0", CultureInfo.InvariantCulture)} 分钟，超过允许的 {NodeCalls.Window.TotalMinutes:0} 分钟。请校准前置机的时钟。";

    public static string SentBefore(long number) => $"编号 {number} 的报文已经收到过，重复发送的报文不予受理。";

    public static string TooLarge(int most) => $"报文超过 {most >> 20} MB 的上限。";

    public static string Ended(string node, string? reason) => $"前置机 {node} 已停用{(reason is null ? "" : "：" + reason)}";

    public static string CertificateOver(DateTimeOffset to) => $"前置机的证书已于 {to.InWords()} 到期，请重新接入。";

    public static string OfficeClosed(string office) => $"前置机所属的部门 {office} 已经撤销。";

    // Letting in and ending.
    public const string InvitePurpose = "登记前置机";
    public const string NotYourOffice = "只能登记和管理本部门的前置机。";
    public const string NoSuchNode = "没有这台前置机，或者它不属于您的部门。";
    public const string NodeEnded = "这台前置机已经停用，不能再接入。需要时请登记新的前置机。";
    public const string CodeWrong = "一次性代码不正确、已经用过或者已经过期。请向本部门信息员领取新的代码。";
    public const string TooManyCodes = "尝试次数过多，请一分钟后再试。";
    public const string NoEnrolment = "接入申请的格式不正确。";

    public static string NoSuchOffice(string office) => $"没有机构 {office}，或者它已经撤销。";

    public static string NameMissing(int most) => $"请填写名称，不超过 {most} 个字，说明它装在哪里、接哪个系统。";

    public static string ReasonMissing(int most) => $"请写明停用的原因，不超过 {most} 个字。";

    public static string NoSuchSuite(string suite) => $"不支持密码算法 {suite}。可以使用：{string.Join("、", SignatureSuite.All.Select(each => each.Name))}。";

    public static string BadRequest(string suite) => $"证书申请不正确，或者不是 {suite} 的密钥。";

    public static string PurposeOf(string kind) => kind switch
    {
        "exchange.node.enrol" => "前置机接入",
        "exchange.node.revoke" => "停用前置机",
        _ => InvitePurpose,
    };

    public static string CentreName(string suite) => $"数据交换中心 {suite}";

    // Giving.
    public const string StatementNotSigned = "批次说明的签名不正确，或者不是这台前置机的证书。";
    public const string StatementDiffers = "批次说明与批次的内容不符：节点、流程名称、编号或者行数不一致。";
    public const string DigestDiffers = "批次说明中的摘要与收到的行不符。";
    public const string OwnDuty = "提供部门履行职责，政务数据共享条例第二十二条";
    public const string Unconditional = "无条件共享，政务数据共享条例第十四条";

    public static string NoBatch(int most) => $"批次的格式不正确，或者超过 {most.ToString("N0", CultureInfo.InvariantCulture)} 行。";

    public static string NoResource(string id) => $"没有信息资源 {id}。";

    public static string NotYourResource(string name) => $"{name}由其他部门提供，或者本部门没有提供它的权限，前置机不能提供。";

    public static string NoIdentity(string name) => $"{name}没有主键也没有匹配字段，无法认出同一条记录，不能由前置机提供。";

    public static string NoField(string field, string resource) => $"{resource}没有信息项 {field}。";

    public static string OtherKeys(IEnumerable<string> keys) => $"要结束的记录须用这些信息项指明：{string.Join("、", keys)}。";

    public static string OutOfTurn(long got, long expected) => $"批次编号 {got} 不连续，中心等待的是第 {expected} 批。";

    public static string OtherBatch(long batch) => $"第 {batch} 批已经收到过，内容与这次不同。";

    public static string OnlyBySystems(string name) => $"{name}只由平台的系统按程序写入，不能由前置机提供。";

    public static string KeyMissing(string label) => $"没有填写{label}。";

    public static string TwiceInBatch(string labels) => $"同一批次中有两行的{labels}相同，无法判断以哪一行为准。";

    public static string GivePurpose(string node, string flow, long batch) => $"前置机 {node} 提供数据，流程 {flow} 第 {batch} 批";

    // Taking.
    public const string NoConfirmation = "确认的格式不正确，或者不是这台前置机取得的数据。";
    public const string NotOurPage = "确认的不是中心提供的数据：中心的签名不正确。";
    public const string UnknownCursor = "变更标记不正确，或者来自日志恢复之前。请从头取得一次快照。";

    public static readonly string TakeParameters =
        $"取得数据须说明 resource、phase（snapshot 或 feed）、flow、stream、batch、limit（1 至 {TakeRequest.LimitMax}）和 wait（0 至 {TakeRequest.WaitMax} 秒）。";

    // Comparing, reporting.
    public const string NoComparison = "对账的格式不正确。";
    public const string NoReport = "运行情况报告的格式不正确。";

    // Receipts.
    public const string NotAReceipt = "这不是数据交换回执。";
    public const string CentreChain = "中心的证书由本市证书机构签发，签发回执时有效。";
    public const string CentreSigned = "回执由中心签名，内容未被改动。";
    public const string NoLogProof = "回执中没有防篡改日志的证明：下载时日志还没有签发新的检查点，稍后可以重新下载。";
    public const string NoLogKey = "没有给出防篡改日志的公钥，未核对日志。";
    public const string NoLogKeyIn = "日志公钥文件应当是 /audit/key 给出的内容：第一行是日志名称，下面是公钥。";
    public const string ReceiptSound = "结论：回执真实，内容未被改动。";
    public const string ReceiptUnsound = "结论：回执不可信。";

    public const string VerifyUsage =
        """
        用法：shali verify-receipt 回执文件 --ca 证书文件 [--log 日志公钥文件]
        证书文件取自 /ca/ca.pem，日志公钥文件取自 /audit/key。不需要网络。
        结束代码：0 全部相符，2 有不符，1 无法核对。
        """;

    public static string NodeChain(string node) => $"前置机 {node} 的证书由本市证书机构签发，签名时有效。";

    public static string NodeSigned(string node) => $"批次说明由前置机 {node} 签名，内容未被改动。";

    public static string CountsFit<T>(T rows, T refused) => $"各类行数相加等于批次的 {rows} 行，其中 {refused} 行未被接受。";

    public static string InLog<T>(T index) => $"回执在防篡改日志的第 {index} 条，并已包含在签名的检查点中。";

    public static string NoCertificatesIn(string file) => $"{file} 中没有证书。";

    public static string CannotRead(string why) => $"无法读取：{why}";

    public static string ReceiptSays(Receipt receipt, Statement statement) =>
        $"""
        回执 {receipt.Number}
        {KindOf(statement.Kind)}：{receipt.OfficeName}（前置机 {statement.Node}），信息资源 {receipt.ResourceName}（{statement.Resource}）
        依据 {receipt.Basis}；用途 {receipt.Purpose}
        共 {statement.Rows + statement.Gone} 行：{CountsOf(receipt.Counts)}；摘要 {Convert.ToHexStringLower(statement.Digest)}
        签发 {receipt.At.InWords()}
        """;

    public static string KindOf(string kind) => kind == StatementKind.Give ? "提供数据" : "取得数据";

    public static string CountsOf(ReceiptCounts counts) =>
        $"新增 {counts.New}、变更 {counts.Changed}、未变 {counts.Unchanged}、结束 {counts.Ended}、未接受 {counts.Refused}";

    // Manifests of files.
    public const string NotAManifest = "这不是导出文件的清单。";
    public const string FileSound = "结论：文件与清单相符，清单真实。";
    public const string FileUnsound = "结论：文件或者清单不可信。";
    public const string ManifestPublic = "清单可以由任何持有其编号的人核对，不含数据内容";

    public const string VerifyFileUsage =
        """
        用法：shali verify-file 导出文件 清单文件 --ca 证书文件 [--log 日志公钥文件]
        清单文件取自 /exchange/manifests/ 加导出应答中 Shali-Manifest 的编号，证书文件取自 /ca/ca.pem，日志公钥文件取自 /audit/key。不需要网络。
        结束代码：0 全部相符，2 有不符，1 无法核对。
        """;

    public static string ManifestSigned(string suite) => $"清单由中心签名（{suite}），内容未被改动。";

    public static string FileFits(long bytes) => $"文件为 {bytes.ToString("N0", CultureInfo.InvariantCulture)} 字节，SHA-256 和 SM3 与清单相符。";

    public static string RowsFit(long rows) => $"各行的内容与清单相符，共 {rows.ToString("N0", CultureInfo.InvariantCulture)} 行，行的先后不计。";

    public static string ManifestSays(Manifest manifest) =>
        $"""
        清单 {manifest.Number}
        信息资源 {manifest.ResourceName}（{manifest.Resource}，第 {manifest.Version} 版），提供部门 {manifest.Provider}，使用部门 {manifest.Consumer}
        依据 {manifest.Grant ?? OwnRight}；用途 {manifest.Purpose}
        {manifest.FileName}：{manifest.Rows.ToString("N0", CultureInfo.InvariantCulture)} 行，{manifest.Columns.Count} 列；数据时点 {manifest.AsOf.InWords()}
        签发 {manifest.At.InWords()}
        """;

    public const string OwnRight = "本部门或者本人的权限";

    // Pages.
    public const string Nodes = "前置机";
    public const string NodesNote = "登记和停用本部门的前置机，查看各流程的运行情况";
    public const string NodesLead = "前置机装在部门一侧，按信息资源提供和取得数据。用一次性代码接入，密钥在前置机上生成，不离开前置机。";
    public const string NoNodes = "还没有登记前置机。";
    public const string Node = "前置机";
    public const string Office = "所属部门";
    public const string State = "状态";
    public const string LastContact = "最近联系";
    public const string Flows = "流程";
    public const string Never = "从未联系";
    public const string NewNode = "登记新的前置机";
    public const string NameLabel = "名称";
    public const string NameHint = "装在哪里、接哪个系统，例如：三楼机房，房产交易系统";
    public const string OfficeLabel = "所属部门";
    public const string Register = "登记并生成一次性代码";
    public const string CodeTitle = "一次性代码";
    public const string CodeOnce = "代码只显示这一次，请交给安装人员，不要留存。";
    public const string CodeLabel = "代码";
    public const string CodeUntil = "有效至";
    public const string CodeUse = "在前置机的程序目录中运行下面的命令，node.json 是配置文件。密钥在前置机上生成，证书随即签发。";

    public static string CodeCommand(string code) => $"./shali-node enrol node.json {code}";
    public const string Done = "完成";
    public const string NewCode = "生成新的一次性代码";
    public const string NewCodeNote = "更换机器或者证书将要到期时使用。接入后，原来的证书随即吊销。";
    public const string Revoke = "停用前置机";
    public const string RevokeNote = "停用后证书随即吊销，一秒内不再受理它的报文，不能恢复。";
    public const string ReasonLabel = "停用原因";
    public const string Suite = "密码算法";
    public const string Serial = "证书序列号";
    public const string Enrolled = "接入时间";
    public const string CertificateEnds = "证书到期";
    public const string EndsSoon = "即将到期，请重新接入";
    public const string Version = "程序版本";
    public const string FlowName = "流程";
    public const string Direction = "方向";
    public const string ResourceLabel = "信息资源";
    public const string Waiting = "待发送";
    public const string Lag = "滞后";
    public const string RowsLabel = "累计行数";
    public const string RefusedLabel = "未接受";
    public const string LastAt = "最近一次";
    public const string NoFlows = "前置机还没有报告流程。";
    public const string ReceiptsTitle = "最近的回执";
    public const string NoReceipts = "还没有回执。";
    public const string ReceiptTitle = "数据交换回执";
    public const string ReceiptNumber = "回执编号";
    public const string ReceiptNumberHint = "由交换数据的双方部门保存，例如 police-1.firms.12-x7k2m9qa4b";
    public const string ReceiptLead = "每一批交换的数据都有回执，由前置机和中心双方签名，并记入防篡改日志。";
    public const string Look = "查询";
    public const string NoSuchReceipt = "没有这个编号的回执，请核对编号。";
    public const string Checked = "核对结果";
    public const string Holds = "相符";
    public const string Fails = "不符";
    public const string Unchecked = "未核对";
    public const string ReceiptOf = "双方";
    public const string Kind = "方式";
    public const string Basis = "依据";
    public const string Purpose = "用途";
    public const string Counts = "行数";
    public const string Digest = "摘要";
    public const string Act = "写入行为";
    public const string IssuedAt = "签发时间";
    public const string Seen = "批次说明时间";
    public const string Download = "下载回执文件";
    public const string DownloadNote = "没有网络也能核对：下载回执文件、证书和日志公钥，用核对页面打开（页面可以另存后断网使用），或者运行 shali verify-receipt 回执文件 --ca 证书文件 --log 日志公钥文件。";
    public const string CheckerTitle = "核对数据交换回执";
    public const string CheckerLead = "本页不连接网络：可以另存到任何一台电脑上打开。选择回执文件和本市证书；给出日志公钥的，一并核对防篡改日志。证书和公钥请直接向本市取得，不要使用与回执一起收到的。";
    public const string CheckerReceipt = "回执文件（receipt-….json）";
    public const string CheckerAuthority = "本市证书（/ca/ca.pem）";
    public const string CheckerLog = "日志公钥（/audit/key，可以不选）";
    public const string CheckerCheck = "核对";
    public const string CheckerGive = "请选择回执文件和本市证书。";
    public const string CheckerNoAuthority = "证书文件里没有证书。";
    public const string CheckerLink = "核对页面";

    public const string Certificates = "本市证书";

    public const string LogKey = "日志公钥";
    public const string QrLabel = "本回执网址的二维码";
    public const string Comparisons = "最近的对账";
    public const string NoComparisons = "还没有对账。";
    public const string NodeRows = "前置机行数";
    public const string CentreRows = "中心行数";
    public const string Found = "结果";
    public const string AtLabel = "时间";
    public const string Back = "返回";

    public static string StateLabel(string state) => NodeState.Codes.Find(state)?.Label ?? state;

    public static string FlowStateLabel(string state) => state switch
    {
        FlowState.Running => "正常",
        FlowState.Stopped => "已停止，须人工处理",
        _ => "正在重试",
    };

    public static string WayLabel(string? way) => way switch
    {
        FlowWay.Replication => "逻辑复制",
        FlowWay.Watermark => "增量标记",
        FlowWay.Compare => "全量比对",
        FlowWay.Files => "文件",
        FlowWay.Feed => "订阅",
        _ => "",
    };

    /// <summary>Which way rows go, and how it is learned what is new.</summary>
    public static string DirectionAndWay(string direction, string? way) => WayLabel(way) is { Length: > 0 } known ? $"{DirectionLabel(direction)}（{known}）" : DirectionLabel(direction);

    public static string DirectionLabel(string direction) => direction == StatementKind.Give ? "提供" : "取得";

    public static string FlowsOf(int all, int stopped, int trying) =>
        stopped + trying == 0 ? $"{all} 个" : $"{all} 个，其中 {stopped} 个停止、{trying} 个重试";

    public static string LagOf(double? seconds) => seconds switch
    {
        null => "—",
        < 60 => $"{seconds:0} 秒",
        < 3600 => $"{seconds / 60:0} 分钟",
        < 86400 => $"{seconds / 3600:0} 小时",
        _ => $"{seconds / 86400:0} 天",
    };

    public static string WaitingOf(long batches, long bytes) => batches == 0 ? "无" : $"{batches} 批，{Math.Max(1, bytes >> 10)} KB";

    public static string ComparedOf(long missing, long different, long extra) =>
        missing + different + extra == 0 ? "双方一致" : $"缺少 {missing}、不同 {different}、多出 {extra}，由前置机补正";
}
