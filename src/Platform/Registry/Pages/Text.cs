namespace Shali.Platform.Registry.Pages;

/// <summary>Sentences of the record pages and of the designer's pages.</summary>
internal static class Text
{
    // Lists
    public const string Records = "数据资源";
    public const string RecordsLead = "您可以查看的全部数据资源。";
    public const string NoResources = "您当前的身份没有可以查看的数据资源。需要时请向本部门信息员申请权限。";
    public const string Resource = "资源";
    public const string Owner = "提供方";
    public const string Clause = "条款";
    public const string FieldCount = "字段";
    public const string More = "更多条件";
    public const string Contains = "包含";
    public const string StartsWith = "开头是";
    public const string IsExactly = "等于";
    public const string From = "从";
    public const string To = "至";
    public const string Any = "不限";
    public const string Yes = "是";
    public const string No = "否";
    public const string Columns = "显示的列";
    public const string Apply = "应用";
    public const string AsOf = "历史时点";
    public const string AsOfHint = "登记库在那一刻的样子，留空为现在，例如 2026-11-23 10:00";
    public const string ValidOn = "有效日期";
    public const string ValidOnHint = "那一天实际有效的记录";
    public const string PageSize = "每页";
    public const string Export = "导出";
    public const string ExportNote = "导出的文件有签名的清单，证明内容完整、未被改动。清单的编号在文件名中，凭编号从 /exchange/manifests/ 取得。";
    public const string Load = "导入数据";
    public const string New = "新增";
    public const string NoMatch = "没有符合条件的记录。可以放宽或清除条件再查。";
    public const string NoRecords = "还没有记录。";
    public const string ExactOnly = "请输入完整的值；此项已脱敏，不能按部分内容查找";
    public const string PrefixHint = "可以只输前几位";
    public const string Definition = "资源定义";

    // One record
    public const string Key = "记录标识";
    public const string Version = "版本";
    public const string ChangedAt = "更新时间";
    public const string ValidPeriod = "有效期";
    public const string Empty = "—";
    public const string Masked = "已脱敏";
    public const string Edit = "修改";
    public const string Delete = "删除";
    public const string History = "变更历史";
    public const string Compare = "比较两个版本";
    public const string Reveal = "查看完整内容";
    public const string RevealLead = "查看会被记录：查看人、时间、用途和字段，当事人可以查询。";
    public const string Purpose = "用途";
    public const string Case = "办件编号";
    public const string CaseHint = "有办件编号的可以只填编号";
    public const string NeedPurpose = "请选择用途或填写办件编号。";
    public const string Revealed = "已显示完整内容，本次查看已记录。离开本页后恢复脱敏显示。";
    public const string NoResource = "没有这个数据资源。";
    public const string NoVersion = "这条记录没有您要比较的版本。";
    public const string NoFile = "这条记录没有这个文件。";
    public const string Saved = "已保存。";
    public const string Created = "已新增。";
    public const string Unchanged = "内容没有变化，没有产生新版本。";
    public const string Removed = "已删除。历史版本仍可查询。";
    public const string PastNote = "您看到的是历史时点的内容。";
    public const string SeeNow = "查看现在的内容";

    // Forms
    public const string Save = "保存";
    public const string Cancel = "取消";
    public const string Reason = "变更事由";
    public const string ReasonHint = "为什么修改，会写入变更历史";
    public const string NeedReason = "请填写变更事由或办件编号。";
    public const string EffectiveFrom = "生效日期";
    public const string EffectiveTo = "失效日期";
    public const string KeepMasked = "留空则保持不变";
    public const string Yuan = "元";
    public const string EmptyIt = "清空此项";
    public const string KeyFixed = "主键不能修改";
    public const string GeometryHint = "WKT 或 GeoJSON，例如 POINT(114.02 33.58)";
    public const string MomentHint = "例如 2026-11-23 10:00";
    public const string KeepFile = "不选择文件则保持原文件";
    public const string NotEditable = "这个资源的记录只能通过业务办理产生和变更，不能直接修改。";
    public const string OutOfScope = "记录不在您的数据范围内，不能保存。";
    public const string BadVersion = "表单已失效，请重新打开修改页。";
    public const string DeleteLead = "删除后列表中不再出现，历史版本和变更记录保留。";
    public const string BadDay = "日期应写作 2026-11-23。";
    public const string FutureMoment = "历史时点不能晚于现在。";
    public const string BadMoment = "时间应写作 2026-11-23 10:00。";

    // Conflict
    public const string Conflict = "保存前请核对：记录已被他人修改";
    public const string ConflictLead = "您打开修改页之后，另有人保存了这条记录。请逐项选择保留哪一个，再保存。";
    public const string Mine = "我的";
    public const string Theirs = "他人的";
    public const string Base = "我打开时";
    public const string Choose = "采用";
    public const string NoOverlap = "双方修改的字段没有重叠，已为您预先选好，请核对后保存。";
    public const string SaveChosen = "按选择保存";

    // History
    public const string Why = "事由";
    public const string Change = "变更";
    public const string Before = "变更前";
    public const string After = "变更后";
    public const string Field = "字段";
    public const string SeeVersion = "当时的内容";
    public const string FirstVersion = "版本 A";
    public const string SecondVersion = "版本 B";
    public const string OnlyDifferent = "只列出不同的字段；其余字段相同。";
    public const string NoDifference = "两个版本没有不同。";

    // Definitions
    public const string FromSpreadsheet = "用表格登记新资源";
    public const string Definitions = "资源定义";
    public const string DefinitionsLead = "定义本部门的数据资源：发布后立即有数据表、接口、页面和目录条目。";
    public const string NewDefinition = "新建资源";
    public const string FromSheet = "从表格文件新建";
    public const string OwnDefinitions = "本部门在线定义的资源";
    public const string OtherDefinitions = "系统内置和其他部门的资源";
    public const string NoOwnDefinitions = "本部门还没有在线定义的资源。";
    public const string Kind = "来源";
    public const string MadeOnline = "在线定义";
    public const string MadeInCode = "系统内置";
    public const string EditDefinition = "修改定义";
    public const string Published = "已发布，马上可以使用。";
    public const string SeeRecords = "查看记录";
    public const string SeeCatalogue = "查看目录条目";
    public const string SeeCurrent = "查看现行定义";
    public const string FieldsHeading = "字段";
    public const string VersionsHeading = "版本";
    public const string Publish = "发布";
    public const string CheckDraft = "检查";
    public const string Fine = "检查通过，可以发布。";
    public const string AddField = "添加字段";
    public const string RemoveField = "删除字段";
    public const string Up = "上移";
    public const string Down = "下移";
    public const string MoreSettings = "更多设置";
    public const string OnlyAdditive = "已发布的字段不能删除、改名或改变类型；可以新增选填字段、放宽限制、改说明。";
    public const string DefinitionTagMissing = "请在请求头 If-Match 中给出读取定义时得到的 ETag，以免覆盖他人的修改；确要覆盖时写 *。";
    public const string DefinitionMoved = "您打开之后这个定义已发布了新版本，请重新打开后再修改。";
    public const string Proposed = "已按文件内容给出建议，请逐项核对后发布。发布后可以直接导入这个文件。";
    public const string ProposedWhy = "建议的理由";
    public const string UploadLead = "上传 CSV、XLSX 或 GeoJSON 文件，系统按列名和内容给出字段和类型的建议，核对后发布，再导入同一个文件。";
    public const string UploadFile = "表格文件";
    public const string UploadNameHint = "留空取文件名，之后还可以改";
    public const string UploadNext = "读取并给出建议";
    public const string FieldNameHint = "小写字母、数字和下划线，发布后不能修改";
    public const string NewCodes = "新代码表的代码";
    public const string NewCodesHint = "每行一个：代码,名称。随资源一起发布";
    public const string CodesHint = "类型为代码时选择";
    public const string TargetHint = "类型为关联时选择";
    public const string ConditionsHint = "有条件共享时填写";
    public const string BasisHint = "不予共享时填写法律、行政法规或国务院依据";
    public const string MatchHint = "重复导入时按它找到已有记录";
    public const string KeyHint = "留空由平台编号；选定后不能更改";
    public const string SubjectHint = "存放人口标识的字段，查看这些记录会告知本人";
    public const string ScopeHint = "存放区划或机构代码的字段，按它限定查看范围";
    public const string RetentionHint = "年；留空为永久";
    public const string ValidTimeHint = "记录有生效和失效日期";
    public const string OpenHint = "任何人不登录即可查看（敏感字段仍脱敏）";
    public const string PatternHint = "正则表达式，整个值都要符合";
    public const string MaskHint = "敏感字段默认脱敏显示";
    public const string MaskOfType = "按类型的默认方式";
    public const string GradeOfItself = "默认（2 级 内部）";
    public const string CodeLists = "代码表";
    public const string CodeList = "代码表";
    public const string NewCodeList = "新建代码表";
    public const string CodeCount = "代码数";
    public const string OwnList = "本部门";
    public const string ListName = "代码表标识";
    public const string ListLabel = "代码表名称";
    public const string CodesOfList = "代码";
    public const string CodesOfListHint = "每行一个：代码,名称。停用的代码在行末加停用日期，例如 03,其他,2026-12-31";
    public const string Code = "代码";
    public const string CodeName = "名称";
    public const string CodeUntil = "停用日期";

    /// <summary>Purposes for which masked values may be seen in clear; the person sees them in his access list.</summary>
    public static readonly IReadOnlyList<string> Purposes =
        ["办理业务核验身份", "执法办案", "核对数据质量", "处理申诉投诉", "应急处置", "统计调查核实"];

    public static string Reasons(string column, IReadOnlyList<string> reasons, IReadOnlyList<string> samples) =>
        $"列“{column}”：{string.Concat(reasons)}{(samples.Count == 0 ? "" : $" 例如 {string.Join("、", samples.Take(3))}")}";

    public static string NewListChoice(string name) => $"新建 {name}";

    public static string OldVersion(int version) => $"这是第 {version} 版定义，不是现行版本。";

    public static string SlugHint(string prefix) => $"小写字母、数字和连字符，例如 noise-complaint；完整标识为 {prefix}/…，发布后不能修改";

    public static string ListNameHint(string prefix) => $"小写字母、数字和连字符；完整标识为 {prefix}…";

    public static string UnknownParameter(string name) => $"不认识查询条件“{name}”。";

    public static string TwiceParameter(string name) => $"查询条件“{name}”出现了多次。";

    public static string CannotSort(string name) => $"不能按“{name}”排序。";

    public static string CannotFilter(string label) => $"不能按“{label}”查询。";

    public static string NoColumn(string name) => $"没有名为“{name}”的列。";

    public static string BadValue(string label) => $"“{label}”的查询值无效。";

    public static string BadPageSize(string text) => $"每页条数“{text}”无效，可以是 20、50、100 或 200。";

    public static string NoSuchOption(string text) => $"“{text}”不是可选的比较方式。";

    public static string NewIn(string name) => $"新增：{name}";

    public static string EditIn(string title) => $"修改：{title}";

    public static string DeleteIn(string title) => $"删除：{title}";

    public static string HistoryOf(string title) => $"变更历史：{title}";

    public static string CompareOf(string title) => $"版本比较：{title}";

    public static string Shown(int count) => $"本页 {count} 条";

    public static string VersionNumber(int version) => $"第 {version} 版";

    public static string FromOffice(string office) => $"来源：{office}";

    public static string AuthorityIs(string office) => $"权威部门：{office}";

    public static string MaskedAs(string masked) => $"现值已脱敏：{masked}。{KeepMasked}";

    public static string CurrentFile(string name) => $"现有文件：{name}。{KeepFile}";

    public static string NoSuchFile(string label) => $"“{label}”的文件不存在，请重新选择文件。";

    public static string LinkHint(string resource) => $"填写“{resource}”中记录的标识";

    public static string ChooseFor(string label) => $"“{label}”双方都改了，请选择采用哪一个。";

    public static string Operation(char operation) => operation switch
    {
        'I' => "新增",
        'U' => "修改",
        'D' => "删除",
        _ => "变更",
    };

    public static string AsOfTitle(string title, string moment) => $"{title}（{moment}）";

    public static string UnknownFields(IEnumerable<string> names) => $"表单中有不认识的字段：{string.Join("、", names)}。";
}
