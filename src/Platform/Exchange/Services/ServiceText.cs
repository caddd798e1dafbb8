using System.Globalization;

namespace Shali.Platform.Exchange.Services;

/// <summary>Every sentence of offices' services and of the gateway.</summary>
internal static class ServiceText
{
    public const string Theme = "业务服务";
    public const string GatewayPublic = "凭接口客户端的令牌和数据共享授权调用，网关逐次核对";

    // Calling.
    public const string CallSummary = "调用部门登记的业务服务";
    public const string CodeNote = "服务代码";
    public const string PathNote = "服务的路径，可以有多级；能调用哪些，见服务登记的操作和本部门的授权";
    public const string OnlyPrograms = "业务服务由部门的程序凭接口客户端的令牌调用。";
    public const string OwnService = "这是本部门的服务，请直接访问，不经网关。";
    public const string NoSuchService = "没有这项业务服务，或者它已经关闭。";
    public const string BadPath = "路径含有不允许的字符或者片段，或者查询部分过长。";
    public const string BadQuestion = "请求内容没有完整送达。";
    public const string QuestionTooLarge = "请求内容超过 4 MB 的上限。";
    public const string NoAnswer = "业务服务没有在规定时间内应答。";
    public const string Redirects = "业务服务要求转到另外的地址，网关不跟随。请提供部门登记实际的地址。";
    public const string BadAnswer = "业务服务的应答不完整或者不符合 HTTP 协议。";
    public const string InnerAddress = "业务服务的地址指向本机、链路本地或者未经允许的内部网络，网关不连接。";
    public const string NotTrusted = "业务服务的证书不受信任，或者与地址不符。";
    public const string NoName = "业务服务的域名解析不到地址。";
    public const string NobodyListens = "业务服务拒绝连接：服务没有运行，或者端口不对。";
    public const string NotReached = "连接不上业务服务。";

    // Registering.
    public const string RegisterPurpose = "登记业务服务";
    public const string ChangePurpose = "变更业务服务";
    public const string NoNote = "请说明服务提供什么：应答中有哪些数据项，怎样使用。";
    public const string NoAddress = "请填写完整的服务地址，例如 https://app.example.gov.cn/ws，不含用户名和片段。";
    public const string AddressNotSecure = "服务地址应当使用 https；只有装在允许的内部网络中的，可以用 http 和 IP 地址。";
    public const string AddressInside = "服务地址不能指向本机、链路本地或者未经允许的内部网络。";
    public const string AddressForm = "服务地址不含查询部分和百分号，末尾不写斜线。";
    public const string NoSharing = "请选择共享类型。不予共享的数据不登记服务。";
    public const string NoConditions = "请写明共享条件。";
    public const string NoImpact = "应答含个人信息的，请写明个人信息保护影响评估的结论。";
    public const string BadCheckPath = "请填写测试路径：以斜线开头，不含空格、百分号和反斜线。";
    public const string NoOperations = "请逐行写明允许的操作。";
    public const string NoCredential = "请选择认证方式。";
    public const string NoUser = "请填写用户名，不含冒号，不超过 100 个字。";
    public const string BadHeader = "请填写请求头的名称，由字母、数字和连字符组成，不能是 HTTP 自身使用的请求头。";
    public const string NoSecret = "请填写密码或者请求头的内容。变更服务地址、认证方式时须重新填写。";
    public const string BadSecret = "密码或者请求头的内容只能是可见的 ASCII 字符，不超过 2000 个。";
    public const string NotYours = "您的岗位不能这样处理这项业务服务。";
    public const string SecondPerson = "登记或者变更的人不能自己批准，请另一人处理。";
    public const string NoReason = "请写明理由。";
    public const string MissingName = "请填写名称。";

    // Pages.
    public const string Services = "业务服务";
    public const string ServicesNote = "登记本部门已有的业务服务，经网关共享给其他部门";
    public const string ServicesLead = "部门已有的接口不必改造：登记地址和允许的操作，另一人批准后列入信息目录，其他部门经申请和授权通过网关调用，逐次记录。";
    public const string NoServices = "还没有登记业务服务。";
    public const string NewService = "登记业务服务";
    public const string NewLead = "登记后由另一人批准才开通。已开通的服务变更后随即停止受理，重新批准后恢复。";
    public const string ChangeLead = "提交后服务停止受理，由另一人重新批准后恢复。";
    public const string Edit = "变更登记";
    public const string Name = "名称";
    public const string NameHint = "例如：人员信息核验服务";
    public const string Office = "所属部门";
    public const string Note = "说明";
    public const string NoteHint = "应答中有哪些数据项，怎样使用，更新是否及时";
    public const string Address = "服务地址";
    public const string AddressHint = "例如 https://app.example.gov.cn/ws，末尾不写斜线；装在允许的内部网络中的，可以写 http 和 IP 地址";
    public const string Operations = "允许的操作";
    public const string OperationsHint = "每行一项：代码 方法 路径 名称。花括号代表路径中变化的一段，名为 subject 的一段或者查询参数是被查询人的公民身份号码。例如：person GET /persons/{subject} 查询人员信息；verify POST /PersonService 核验身份";
    public const string Sharing = "共享类型";
    public const string Conditions = "共享条件";
    public const string ConditionsHint = "有条件共享的，写明哪些部门、在什么情况下可以使用";
    public const string Personal = "应答含个人信息";
    public const string Impact = "个人信息保护影响评估";
    public const string ImpactHint = "应答含个人信息的填写结论：必要性、范围、风险和保护措施";
    public const string Timeout = "超时";
    public const string Seconds = "秒";
    public const string TimeoutHint = "服务在这段时间内没有任何应答即放弃，1 至 300";
    public const string Megabytes = "应答上限";
    public const string MegabytesHint = "一次应答的大小，1 至 1024";
    public const string Concurrent = "同时调用上限";
    public const string ConcurrentHint = "旧系统能够承受的同时调用数，1 至 200";
    public const string Credential = "认证方式";
    public const string CredentialHint = "网关向服务出示的凭据，用主密钥加密保存，不再显示";
    public const string CredentialName = "用户名或者请求头名称";
    public const string CredentialNameHint = "需要认证的填写";
    public const string Secret = "密码或者请求头内容";
    public const string SecretHint = "不填则保留原来的；变更服务地址、认证方式时须重新填写";
    public const string CheckPath = "测试路径";
    public const string CheckPathHint = "测试连接时用 GET 访问的路径，不应改变数据";
    public const string Limits = "限额";
    public const string State = "状态";
    public const string LastReason = "理由";
    public const string RegisteredBy = "最近登记";
    public const string ApprovedBy = "批准";
    public const string Test = "测试连接";
    public const string TestNote = "按登记的地址和凭据访问测试路径，不返回内容。";
    public const string LastTest = "最近一次测试";
    public const string NotTested = "还没有测试";
    public const string Send = "提交";
    public const string Cancel = "取消";
    public const string Reason = "理由";
    public const string OperationCode = "代码";
    public const string OperationMethod = "方法和路径";
    public const string OperationName = "名称";
    public const string InCatalogue = "在信息目录中查看";
    public const string Users = "谁在使用";
    public const string NoUsers = "还没有部门取得授权。";
    public const string Consumer = "需求部门";
    public const string Scene = "使用场景";
    public const string Ends = "截止日期";
    public const string GrantNumber = "授权编号";
    public const string ReturnNote = "退回登记人修改，重新提交后再批准。";
    public const string SuspendNote = "暂停后随即停止受理调用，并告知使用的部门；可以恢复。";
    public const string ResumeNote = "恢复后随即受理调用，并告知使用的部门。";
    public const string CloseNote = "关闭后不能再开通，并告知使用的部门。";
    public const string SecondNote = "由登记人以外的人批准：核对地址、操作、共享条件和影响评估，最好先测试连接。";
    public const string Waits = "这项服务正在等待另一人批准，现在不受理调用。";

    public const string Yes = "是";
    public const string No = "否";

    // The entry of the catalogue.
    public const string EntryOperations = "操作";
    public const string HowToCall = "怎样调用";
    public const string HowToCallNote = "取得授权后，用本部门接口客户端的令牌调用。请求和应答的内容由提供部门的系统决定，平台不改动；每次调用都有记录。";
    public const string IsSuspendedNote = "提供部门暂停了这项服务，现在不受理调用。";

    public static string NotGranted(string operation) => $"授权不包括操作“{operation}”。";

    public static string NoOperation(string method, string path) => $"这项业务服务没有登记操作 {method} {path}。";

    public static string Changed(string name) => $"“{name}”的登记有变更，正在等待批准，暂不受理。";

    public static string IsSuspended(string name, string? reason) => $"“{name}”已由提供部门暂停{(reason is null ? "" : "：" + reason)}";

    public static string Busy(int most) => $"业务服务同时受理的调用已达到 {most} 个的上限，请稍后再试。";

    public static string AnswerTooLarge(int megabytes) => $"业务服务的应答超过登记的上限 {megabytes} MB，已经中断。";

    public static string LongWords(string label, int most) => $"{label}不能超过{most}个字。";

    public static string BadNumber(string label, int most) => $"{label}应为 1 至 {most} 的整数。";

    public static string TooManyOperations(int most) => $"操作不能超过{most}项，合计不超过 8000 个字。";

    public static string BadOperation(string line) => $"这一行不是“代码 方法 路径 名称”的形式：{line}";

    public static string TwiceOperation(string line) => $"代码或者方法和路径与前面的重复：{line}";

    public static string WrongState(string act, string state) => $"业务服务{StateLabel(state)}，不能{act}。";

    public static string StateLabel(string state) => ServiceState.Codes.Find(state)?.Label ?? state;

    public static string CheckedWell(int status) => $"连接正常，服务应答 {status}。";

    public static string CheckedRefused(int status) => $"服务不接受登记的凭据（应答 {status}）。";

    public static string CheckedFails(int status) => $"服务自身出错（应答 {status}）。";

    public const string CheckedNotFound = "能够连接，但服务没有登记的测试路径（应答 404）。";

    public const string Reached = "连通";
    public const string Away = "不通";

    public static string TestOf(ServiceHealth health) => $"{health.Words}用时 {health.Milliseconds.ToString(CultureInfo.InvariantCulture)} 毫秒。";

    public static string LimitsOf(ExchangeService service) => $"超时 {service.Timeout} 秒，应答不超过 {service.Megabytes} MB，同时调用不超过 {service.Concurrent} 个";

    public static string ToldSubject(string name, string act) => $"业务服务已{act}：{name}";

    public static string Told(string name, string act, string? reason) => $"提供部门{act}了贵单位使用的业务服务“{name}”{(reason is null ? "。" : "，理由：" + reason)}";
}
