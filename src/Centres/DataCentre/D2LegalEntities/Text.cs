using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Sentences of the base of legal entities.</summary>
internal static class Text
{
    public const string RepresentativeScene = "办理登记时核验法定代表人身份";
    public const string FirmSource = "市场监管 法人基础信息";
    public const string CreditSource = "双公示和失信名单";
    public const string GoodCredit = "未列入经营异常名录和严重违法失信名单";
    public const string Abnormal = "在经营异常名录";
    public const string SeriousBreach = "在严重违法失信名单";

    public const string System = "法人单位基础信息库";
    public const string InFuture = "登记日期不能晚于今天。";
    public const string RestUsedUp = "歇业已累计满三年，不能再次歇业。";
    public const string CreditorNotice = "请在内容中写明公告的媒介和起止日期：须公告满四十五日。";
    public const string AbnormalNoSimple = "该单位在经营异常名录中，不适用简易注销，请先移出名录或办理普通注销。";
    public const string NoDocument = "请填写文书号。";
    public const string StateByFiling = "登记状态和终止日期只能由登记事项改变，请在“办理法人登记”中办理相应事项。";
    public const string NeverDeleted = "已登记的单位不能删除，终止的单位请办理注销或撤销登记。";
    public const string NotANumber = "公民身份号码不正确，请核对。";
    public const string NotThisPerson = "人口基础信息库中该公民身份号码对应的姓名与所填姓名不一致，请核对姓名和号码。";
    public const string NoDate = "请填写登记日期，例如 2026-11-24。";
    public const string NothingChanged = "没有改动任何登记内容，请至少改动一项。";

    public const string Firms = "企业和其他单位";
    public const string FindFirm = "查企业";
    public const string FindFirmNote = "企业、个体工商户、社会组织等单位的登记和信用信息";
    public const string FindFirmLead = "可按名称、统一社会信用代码、组织机构代码或旧注册号查询本市登记的单位，依法公示的信息均可查看。";
    public const string SearchLabel = "名称、统一社会信用代码、组织机构代码或旧号码";
    public const string SearchHint = "名称可以只写一部分，多个词用空格分开，例如：漯河 食品。";
    public const string NoFirm = "没有找到符合条件的单位。请核对代码，或换用名称中更短的词再试。";
    public const string PublicReason = "企业信息公示暂行条例要求向社会公示的登记信息";
    public const string FirmLead = "以下信息由登记机关和有关行政机关依法公示，个人信息不予公开。";
    public const string RegistrationTitle = "登记信息";
    public const string TimelineTitle = "登记沿革";
    public const string HoldersTitle = "股东及出资";
    public const string BranchesTitle = "分支机构";
    public const string LicencesTitle = "行政许可";
    public const string PenaltiesTitle = "行政处罚";
    public const string PenaltiesNote = "只显示仍在公示期内的行政处罚。";
    public const string ListingsTitle = "经营异常名录和严重违法失信名单";
    public const string ReportsTitle = "年度报告";
    public const string NotReported = "尚未公示";
    public const string NoFilings = "没有登记沿革。";
    public const string NoHolders = "没有股东信息。";
    public const string NoBranches = "没有分支机构。";
    public const string NoLicences = "没有行政许可信息。";
    public const string NoPenalties = "没有公示期内的行政处罚。";
    public const string NoListings = "没有列入经营异常名录或严重违法失信名单的记录。";
    public const string NoReports = "没有年度报告信息。";
    public const string AbnormalNow = "该单位现列入经营异常名录";
    public const string SeriousNow = "该单位现列入严重违法失信名单";
    public const string NoTerm = "长期";

    public const string EnterFiling = "办理法人登记";
    public const string EnterFilingLead = "先查找单位，再选择登记事项。页面只列出该单位当前状态下可以办理的事项。";
    public const string NewEntity = "设立登记新单位";
    public const string NewEntityLead = "登记设立，或登记从外市迁入的单位。组织机构代码须与统一社会信用代码第9至17位一致。";
    public const string StepsTitle = "可以办理的事项";
    public const string NoSteps = "该单位当前状态下没有可以办理的事项。";
    public const string RegisteredElsewhere = "市场监管部门只办理企业、个体工商户、农民专业合作社及其分支机构的登记，其他单位由编制、民政、司法等登记机关办理。";
    public const string Done = "已登记。";
    public const string Enter = "登记";
    public const string PublicPage = "查看公示页面";
    public const string DetailsHint = "减资、合并、分立须写明公告的媒介和起止日期。内容不向公众公开。";
    public const string NumberHint = "只用于与人口基础信息库核对，不保存号码。外市人员无法核对，仍可登记。";
    public const string ChangesTitle = "登记内容";
    public const string LivingNote = "不含注销、撤销和迁出的单位";
    public const string AbnormalNote = "现列入经营异常名录的在册单位";

    public static string Since(DateOnly day) => $"{day.InWords()}以来";

    public static string FilingPurpose(string step) => $"登记：{StepName(step)}";

    public static string RepresentativePurpose(string clerk) => $"核验法定代表人身份和是否在世（{clerk}）";

    public static string NotFrom(string state, string step) => state.Length == 0
        ? $"单位尚未登记，不能办理“{StepName(step)}”。"
        : $"当前状态为“{StateName(state)}”，不能办理“{StepName(step)}”。";

    public static string BeforeLast(DateOnly day) => $"登记日期不能早于{day.InWords()}（成立日期或上一次登记的日期）。";

    public static string NoticeRuns(DateOnly day) => $"简易注销公告尚未满二十日，{day.InWords()}起方可办理。";

    public static string BranchesLive(int count) => $"还有 {count} 个存续的分支机构，请先办理分支机构注销。";

    public static string RepresentativeDead(DateOnly day) => $"人口基础信息库显示该人员已于{day.InWords()}死亡，不能担任法定代表人。";

    public static string CodesDiffer(string inCredit, string organisation) =>
        $"统一社会信用代码第9至17位是 {inCredit}，与组织机构代码 {organisation} 不一致，请核对两个代码。";

    public static string KindAndCategory(string category, IEnumerable<string> kinds, string kind) =>
        $"统一社会信用代码以 {category} 开头，一般用于{string.Join('、', kinds.Select(KindName))}，而单位类别是{KindName(kind)}，请核实。";

    public static string CapitalNotMore(decimal before) => $"增资后的注册资本须大于原注册资本 {before:0.####} 万元。";

    public static string CapitalNotLess(decimal before) => $"减资后的注册资本须小于原注册资本 {before:0.####} 万元。";

    public static string Missing(string label) => $"请填写{label}。";

    public static string FormTitle(string step, string name) => $"{StepName(step)}：{name}";

    public static string Moved(string before, string after) =>
        before.Length == 0 ? $"状态：{after}" : before == after ? "" : $"状态：{before} → {after}";

    public static string StateName(string state) => Codes.State.Find(state)?.Label ?? state;

    public static string StepName(string step) => Codes.FilingKind.Find(step)?.Label ?? step;

    public static string KindName(string kind) => Codes.Kind.Find(kind)?.Label ?? kind;
}
