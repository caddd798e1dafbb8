using System.Globalization;
using Shali.Platform.Registry;
using Shali.Platform.Ui;

namespace Shali.Portal.Site;

/// <summary>Chinese sentences of the portal.</summary>
internal static class Text
{
    public const string Home = "首页";
    public const string HomeTitle = "办事、查询、监督，从这里开始";
    public const string HomeLead = "各部门的信息登记一次，全市共用；谁查看过您的信息，您看得到。";
    public const string SearchLabel = "输入企业名称、事项、信息资源或拼音首字母";
    public const string EnquiriesLead = "不用登录就能查的，和登录以后能查的，都在这里。";
    public const string WhoRead = "谁查阅了我的信息";
    public const string WhoReadNote = "哪个单位、为什么事查看过您的信息，可以提出异议";
    public const string DisclosureNote = "主动公开的文件，依申请公开，以及建设方案的逐条说明";
    public const string FindResources = "查信息目录";
    public const string FindResourcesNote = "各部门有哪些信息资源，谁提供，能否共享";
    public const string Interface = "数据接口";
    public const string InterfaceNote = "开发人员使用的标准接口";
    public const string Living = "平台现状";
    public const string LivingNote = "数字由运行中的系统得出，每五分钟更新。";
    public const string Programme = "建设方案逐条说明";
    public const string ProgrammeLead = "全市电子政务建设意见共列 29 条任务。下面用通俗的话逐条说明，并如实标出每条目前在哪里运行。";
    public const string ProgrammeShort = "29 条任务各自要做什么，哪些已经运行，哪些尚未建设。";
    public const string Disclosure = "政府信息公开";
    public const string DisclosureLead = "公开是常态，不公开是例外。依据《政府信息公开条例》。";
    public const string Services = "办事服务";
    public const string ServicesLead = "各部门能为您办什么事、要带什么材料、多久办好、收不收费。";
    public const string Search = "搜索";
    public const string SearchLead = "搜索信息目录、企业和网站页面。";
    public const string SearchNothing = "没有找到。可以换一个说法，减少关键词，或输入拼音首字母。";
    public const string SearchShort = "请输入要搜索的内容。";
    public const string SearchMore = "查看全部";
    public const string PagesLabel = "网站页面";
    public const string About = "关于平台";
    public const string Accessibility = "无障碍声明";
    public const string Privacy = "个人信息保护告知";
    public const string Rules = "规则索引";
    public const string RulesLead = "系统据以拒绝或提示的全部规则。每条规则有永久编号，注明法律依据。";
    public const string Refusals = "拒绝代码";
    public const string RefusalsLead = "系统每次拒绝都给出永久代码和一句话。接口返回的问题说明（RFC 9457）以本页的代码为类型。";
    public const string RefusalsSee = "每个代码的含义见";
    public const string NoRules = "目前没有已登记的规则。";
    public const string Me = "我的空间";
    public const string MeLead = "您的信息、账号和访问记录。";
    public const string Desk = "工作台";
    public const string DeskResources = "我可以使用的信息资源";
    public const string DeskNone = "您的岗位目前没有数据权限。如工作需要，请向本单位的系统管理员申请。";
    public const string DeskTasks = "业务功能";
    public const string Board = "领导看板";
    public const string BoardLead = "主要指标直接由登记数据得出，点击可以查看明细。";
    public const string BoardNone = "目前没有可以展示的指标。";
    public const string BoardBroken = "这一组指标暂时读不出来，请稍后刷新。";
    public const string PlatformPanel = "平台";
    public const string SharedNote = "无条件和有条件共享的资源所占比例";
    public const string EstimateNote = "估计值";
    public const string BuiltNote = "已经运行或部分运行的条款";
    public const string Admin = "管理";
    public const string AdminLead = "机构、人员、岗位、资源定义和系统运行。";
    public const string AdminNone = "您的岗位没有管理权限。";
    public const string Absent = "尚未建设";
    public const string Partly = "部分运行";
    public const string Running = "正在运行";
    public const string Read = "查询";
    public const string Write = "登记";
    public const string Load = "导入";
    public const string Loads = "导入记录";
    public const string StateP1 = "统一账号、统一门户、统一接口已经运行；各部门既有专网的迁入属于网络工程，不在软件范围内。";
    public const string StateP2 = "目录由登记库实时生成；字段的数据元和标准写在每个条目中。";
    public const string StateP3 = "统一接口、变更订阅和推送、跨部门共享申请、协同办件、数据校核和前置机交换已经运行。";
    public const string StateP4 = "办事服务、网上办理、信息公开（主动公开、依申请公开、征求意见、意见建议）、便民查询已经运行。";
    public const string StateS06 = "共享申请、授权和即时终止已经运行：按信息项和行条件授权，逐次留痕；部门数据库经前置机接入，每批数据有双方签名的回执；原有服务经统一网关调用。";
    public const string StateS11 = "一窗式登记、一次性告知、一条龙审批、一单式收费已经运行：事项和办事指南、综合窗口、一件事联办、文书和证照、收费、好差评、效能监察。";
    public const string StateG3 = "在本平台公开的信息都先经两人审查并自动检查；对其他网站和网络的保密检查尚未建设。";
    public const string StateC1 = "全部资源集中登记，留存每个版本。";
    public const string StateC2 = "身份鉴别、权限、访问留痕和防篡改日志已经运行；风险评估、监测响应和容灾演练尚未建设。";

    public static readonly IReadOnlyList<PublicPage> PublicPages =
    [
        new(Services, "/services", ServicesLead),
        new("政务信息资源目录", "/catalogue", "各部门有哪些信息资源，谁提供，能否共享"),
        new(Disclosure, "/disclosure", DisclosureLead),
        new(Programme, "/disclosure/programme", ProgrammeShort),
        new(Me, "/me", MeLead),
        new("谁查阅了我的信息", "/me/access", "哪个单位、为什么事查看过您的信息"),
        new("数据接口", "/api/docs", "开发人员使用的标准接口说明"),
        new(About, "/about", "平台是什么，怎样保证可信"),
        new(Accessibility, "/about/accessibility", "怎样方便每个人使用"),
        new(Privacy, "/about/privacy", "处理哪些个人信息，您有哪些权利"),
        new(Rules, "/about/rules", RulesLead),
        new(Refusals, "/about/refusals", "系统拒绝时给出的代码各是什么意思"),
        new("页面组件", "/about/components", "设计系统的全部组件"),
    ];

    public static string RunBySystems(IEnumerable<string> names) => $"由{string.Join('、', names)}承担。";

    public static string Progress(ClauseProgress progress) => progress switch
    {
        ClauseProgress.Running => Running,
        ClauseProgress.Partly => Partly,
        _ => Absent,
    };

    public static Tone Tone(ClauseProgress progress) => progress switch
    {
        ClauseProgress.Running => Platform.Ui.Tone.Good,
        ClauseProgress.Partly => Platform.Ui.Tone.Info,
        _ => Platform.Ui.Tone.Neutral,
    };

    public static string Tally(int running, int partly, int absent) =>
        $"正在运行 {N(running)} 条，部分运行 {N(partly)} 条，尚未建设 {N(absent)} 条。";

    public static string SearchCut(int most) => $"输入超过 {N(most)} 个字，只按前 {N(most)} 个字搜索。";

    /// <summary>What the codes with a prefix are about.</summary>
    public static string RefusalsOf(string prefix) => prefix switch
    {
        "API" => "数据接口",
        "AUD" => "审计和查阅",
        "CAL" => "工作日历",
        "CASE" => "办件",
        "CAT" => "信息目录",
        "CLK" => "时限",
        "D1" => "人口",
        "D2" => "法人单位",
        "DOC" => "文书和印章",
        "G3" => "信息公开",
        "ID" => "身份和标识",
        "LDG" => "收费账务",
        "LOAD" => "批量导入",
        "REG" => "登记库",
        "S11" => "网上审批",
        "NODE" => "数据交换",
        "S05" => "企业信息共享",
        "SHR" => "数据共享",
        "SV" => "效能监察",
        "SVC" => "业务服务和网关",
        "UI" => "页面",
        "LOG" => "日志核验结论",
        "ACT" => "行为核验结论",
        "JRN" => "流水核验结论",
        "ROW" => "记录核验结论",
        _ => "其他",
    };

    public static string Found(int count, string words) => $"“{words}”的搜索结果，列出 {N(count)} 条";

    public static string ProvidersNote(int providers) => $"来自 {N(providers)} 个单位";

    public static string SharingClass(SharingClass sharing) => sharing switch
    {
        Platform.Registry.SharingClass.Unconditional => "无条件共享",
        Platform.Registry.SharingClass.Conditional => "有条件共享",
        _ => "不予共享",
    };

    public static string Welcome(string name) => $"{name}，您好";

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A page that anybody may find.</summary>
internal sealed record PublicPage(string Title, string Address, string Note);
