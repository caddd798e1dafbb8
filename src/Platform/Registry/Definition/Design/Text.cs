namespace Shali.Platform.Registry.Design;

/// <summary>Sentences of the designer of definitions.</summary>
internal static class Text
{
    public const string EmptyJson = "请求正文为空，应为一个资源定义的 JSON 对象。";
    public const string DoubleCode = "代码表中有重复的代码。";
    public const string CodeDefined = "这是系统内置的资源，由程序定义，不能在线修改；需要调整时请联系建设单位随版本升级。";
    public const string NoOffice = "只有某个部门的信息员才能定义资源：您当前的身份不属于任何部门。";
    public const string NotYourOffice = "只能修改本部门的资源定义。";
    public const string NotThere = "没有这个资源，或者它的定义已被撤下。";
    public const string AlreadyThere = "本部门已有同名标识的资源，请换一个标识，或修改已有的定义。";
    public const string NoSlug = "请填写资源标识，例如 noise-complaint。";
    public const string NoName = "请填写资源名称。";
    public const string LongName = "资源名称最长 60 个字。";
    public const string LongNote = "说明最长 1000 个字。";
    public const string NoFields = "请至少添加一个字段。";
    public const string NoConditions = "有条件共享应写明共享条件。";
    public const string NoBasis = "不予共享应写明法律、行政法规或国务院依据（名称和条款）。";
    public const string BadRetention = "保存年限应为 1 至 100 的整数，留空为永久保存。";
    public const string BadClass = "请选择共享类型。";
    public const string BadRhythm = "请选择更新周期。";
    public const string NoCodes = "请至少填写一个代码，每行一个：代码,名称。";
    public const string BadListName = "代码表标识应以小写字母开头，只用小写字母、数字和连字符，最长 40 个字符。";
    public const string NoListLabel = "请填写代码表名称。";
    public const string CodesOfCode = "这是国家标准或系统内置的代码表，不能在线修改。";
    public const string Smallest = "最小值";
    public const string Largest = "最大值";
    public const string ScaleLabel = "小数位数";
    public const string SridLabel = "坐标系";
    public const string LengthLabel = "最大长度";
    public const string GradeLabel = "敏感级别";
    public const string MaskLabel = "脱敏方式";
    public const string NameLabel = "资源名称";
    public const string SlugLabel = "资源标识";
    public const string NoteLabel = "说明";
    public const string ThemeLabel = "主题";
    public const string SharingLabel = "共享类型";
    public const string ConditionsLabel = "共享条件";
    public const string BasisLabel = "不予共享的依据";
    public const string BasisActLabel = "依据的名称";
    public const string BasisArticleLabel = "条款";
    public const string RhythmLabel = "更新周期";
    public const string RetentionLabel = "保存年限";
    public const string KeyLabel = "主键字段";
    public const string TitleLabel = "标题字段";
    public const string MatchLabel = "导入时的对照字段";
    public const string ImpactLabel = "个人信息保护影响评估";
    public const string ImpactHint = "含个人信息的资源发布前填写：处理目的和方式是否合法、正当、必要，对个人权益的影响和安全风险，保护措施是否与风险相适应";
    public const string NoImpact = "该资源含个人信息（指定了当事人字段），发布前应写明个人信息保护影响评估的结论。";
    public const string SubjectLabel = "当事人字段";
    public const string ScopeLabel = "数据范围字段";
    public const string OpenLabel = "向社会公开";
    public const string ValidTimeLabel = "记录有效期";
    public const string LabelLabel = "字段名称";
    public const string FieldNameLabel = "字段标识";
    public const string TypeLabel = "类型";
    public const string RequiredLabel = "必填";
    public const string UniqueLabel = "唯一";
    public const string IndexedLabel = "常用于查询";
    public const string CodesLabel = "代码表";
    public const string TargetLabel = "指向的资源";
    public const string PatternLabel = "格式表达式";
    public const string ElementLabel = "数据元";
    public const string StandardLabel = "标准";

    public static string LongImpact(int most) => $"影响评估不能超过{most}个字。";

    public static string IdOfOthers(string prefix) => $"本部门的资源标识应以“{prefix}/”开头。";

    public static string FieldNumber(int number) => $"第 {number} 个字段";

    public static string BadSrid(string label) => $"字段“{label}”的坐标系应为 4490（CGCS2000）或 4326（WGS 84）。";

    public static string TooManyCodes(int max) => $"一个代码表最多 {max} 个代码。";

    public const string ListThere = "已有这个标识的代码表，请换一个标识。";
    public const string NeedsJson = "请求正文应为 application/json。";
    public const string LongJson = "请求正文最大 1 MB。";

    public static string IdMoved(string id) => $"资源标识不能更改，应为“{id}”。";

    public static string YesNo(bool yes) => yes ? "是" : "否";

    public static string SharingName(SharingClass kind) => kind switch
    {
        SharingClass.Unconditional => "无条件共享",
        SharingClass.Conditional => "有条件共享",
        _ => "不予共享",
    };

    public static string RhythmName(UpdateRhythm rhythm) => rhythm switch
    {
        UpdateRhythm.RealTime => "实时",
        UpdateRhythm.Daily => "每日",
        UpdateRhythm.Weekly => "每周",
        UpdateRhythm.Monthly => "每月",
        UpdateRhythm.Quarterly => "每季度",
        UpdateRhythm.Yearly => "每年",
        _ => "按需",
    };

    public static string GradeName(Grade grade) => grade switch
    {
        Grade.Public => "1 级 公开",
        Grade.Internal => "2 级 内部",
        Grade.Sensitive => "3 级 敏感",
        _ => "4 级 高度敏感",
    };

    public static string MaskName(MaskShape mask) => mask switch
    {
        MaskShape.Name => "姓名（张*）",
        MaskShape.Identifier => "证件号码（前六后四）",
        MaskShape.Phone => "电话（前三后四）",
        MaskShape.Card => "卡号（前四后四）",
        MaskShape.Address => "地址（到街道）",
        MaskShape.Whole => "全部隐藏",
        _ => "不脱敏",
    };

    public static string BadJson(string? path) => string.IsNullOrEmpty(path) || path == "$"
        ? "请求正文不是有效的资源定义 JSON。"
        : $"资源定义的“{path.TrimStart('$', '.')}”不认识或取值无效。";

    public static string Reserved(string name) => $"“{name}”是保留字，请换一个名称。";

    public static string NoFieldName(int number) => $"请填写第 {number} 个字段的标识。";

    public static string DoubleField(string name) => $"字段标识“{name}”重复。";

    public static string NoLabel(int number) => $"请填写第 {number} 个字段的名称。";

    public static string LongLabel(string label) => $"字段名称“{label[..20]}…”过长，最长 60 个字。";

    public static string DoubleLabel(string label) => $"字段名称“{label}”重复，填报人无法区分。";

    public static string TooManyFields(int count, int max) => $"一个资源最多 {max} 个字段，现有 {count} 个。";

    public static string BadType(string label, string type) => $"字段“{label}”的类型“{type}”不存在。";

    public static string NeedsCodes(string label) => $"请为字段“{label}”选择代码表。";

    public static string NeedsTarget(string label) => $"请为字段“{label}”选择它指向的资源。";

    public static string BadNumber(string label, string what) => $"字段“{label}”的{what}应为整数。";

    public static string BadScale(string label) => $"字段“{label}”的小数位数应为 0 至 10。";

    public static string BadLength(string label) => $"字段“{label}”的最大长度应为 1 至 100000。";

    public static string BadPattern(string label) => $"字段“{label}”的格式表达式无效。";

    public static string SlowPattern(string label) => $"字段“{label}”的格式表达式过长，最长 200 个字符。";

    public static string BadBound(string label, string bound) => $"字段“{label}”的{bound}不是这个类型的值。";

    public static string NoBounds(string label, string type) => $"字段“{label}”的类型“{type}”不能规定最小值和最大值。";

    public static string BoundsCrossed(string label) => $"字段“{label}”的最小值大于最大值。";

    public static string BadChoice(string label, string what) => $"请为字段“{label}”选择{what}。";

    public static string NoSuchField(string role, string name) => $"{role}“{name}”不在字段中。";

    public static string KeyNotRequired(string label) => $"作为主键的字段“{label}”应为必填。";

    public static string BadCodeLine(int line) => $"第 {line} 行应为“代码,名称”。";

    public static string CodeTwice(string code, int line) => $"第 {line} 行的代码“{code}”重复。";

    public static string BadUntil(int line) => $"第 {line} 行的停用日期应写作 2026-12-31。";

    public static string Added(string label) => $"新增字段“{label}”";

    public static string Changed(string label, string what, string before, string after) =>
        $"字段“{label}”的{what}：{Or(before)} → {Or(after)}";

    public static string ChangedWhole(string what, string before, string after) => $"{what}：{Or(before)} → {Or(after)}";

    public static string Removed(string label) => $"删除字段“{label}”";

    private static string Or(string text) => text.Length == 0 ? "（空）" : text;
}
