using System.Globalization;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>Chinese sentences of the catalogue.</summary>
internal static class Text
{
    public const string Title = "政务信息资源目录";
    public const string Lead = "全市各部门掌握的信息资源、谁提供、能否共享、多久更新，都在这里。条目由运行中的登记库直接生成。";
    public const string SearchLabel = "按名称、拼音首字母、字段或部门搜索";
    public const string ByBase = "资源分类";
    public const string ByOffice = "提供单位";
    public const string ByTheme = "主题";
    public const string BySharing = "共享属性";
    public const string All = "全部";
    public const string None = "没有找到符合条件的资源。请减少关键词，或清除条件。";
    public const string EmptyCatalogue = "目录中还没有资源。";
    public const string JsonLd = "目录数据（DCAT-AP，JSON-LD）";
    public const string EntryJsonLd = "本条目（JSON-LD）";
    public const string Portal = "首页";
    public const string Metadata = "核心元数据";
    public const string MetadataNote = "按 GB/T 21063.3 列出 6 个必选项和 6 个可选项。";
    public const string Fields = "信息项";
    public const string Sharing = "共享与使用";
    public const string State = "数量与更新";
    public const string Quality = "数据质量";
    public const string Sample = "样例数据";
    public const string Interface = "接口调用示例";
    public const string Changes = "定义变更记录";
    public const string Required = "必填";
    public const string Unmasked = "不脱敏";
    public const string NotMeasured = "未测";
    public const string NoSampleRight = "您目前无权查看此资源的数据，目录只展示说明。需要使用的部门可依《政务数据共享条例》提出共享申请。";
    public const string NoSamplePersonal = "此资源含个人信息，目录不展示样例。有权限的人员可到数据页查询，每次查询都会留痕。";
    public const string NoSampleRows = "此资源目前没有记录。";
    public const string ToRecords = "打开数据页";
    public const string EstimateNote = "数据库统计信息的估计值，不是逐条计数。";
    public const string InterfaceNote = "先用客户端凭据取得令牌，再调用接口。返回格式可选 json、csv、xlsx、parquet、html。整体导出的文件附签名的清单：编号在应答头 Shali-Manifest 中，凭编号从 /exchange/manifests/ 取得。";
    public const string NotOpen = "不向社会公开";
    public const string OpenInterfaceNote = "此资源向社会开放，无需令牌即可读取（敏感字段已脱敏）。";
    public const string FirstVersion = "首次发布";
    public const string RunTimeDefined = "由部门在线定义";
    public const string CodeDefined = "随系统发布";
    public const string NeverChanged = "尚无记录写入";
    public const string LongAgo = "最近一万次写入中没有此资源";
    public const string NoDocuments = "无";
    public const string OnRequest = "按条件共享";
    public const string Catalogue = "信息目录";

    /// <param name="when">Which records it limits; empty: all.</param>
    public static string OpenLimit(OpenLimit limit, string until, string when) =>
        $"{when}{until}{(limit.Years > 0 ? $"满{limit.Years}年" : "")}{(limit.Through ? "之后" : "起")}不再向社会公开（{limit.Basis}）。";

    public static string Count(int total) => $"共 {N(total)} 项资源";

    public static string Found(int total, string words) => $"“{words}”找到 {N(total)} 项资源";

    public static string PageOf(int page, int pages) => $"第 {N(page)} 页，共 {N(pages)} 页";

    public static string UnknownParameter(string name) => UnknownHere(name, "q、base、office、theme、sharing、page");

    public static string UnknownHere(string name, string known) => $"不认识的查询参数 {name}。可用：{known}。";

    public const string NoParameters = "无";
    public const string EntryParameters = "f";

    public static string TooManyWords(int most) => $"检索词最多 {N(most)} 个字，请减少后再检索。";

    public static string BadPage(string value) => $"页码应为正整数，现为 {value}。";

    public static string UnknownChoice(string label, string value) => $"{label}没有 {value} 这个取值。";

    public static string UnknownFormat(string value) => $"不支持格式 {value}。可用：html、jsonld。";

    public static string Base(string code) => code switch
    {
        "population" => "人口基础库",
        "legal-entities" => "法人单位基础库",
        "geography" => "自然资源和空间地理基础库",
        "economy" => "宏观经济库",
        "theme" => "主题资源",
        _ => "部门资源",
    };

    public static string Class(SharingClass sharing) => sharing switch
    {
        SharingClass.Unconditional => "无条件共享",
        SharingClass.Conditional => "有条件共享",
        _ => "不予共享",
    };

    public static string Explain(ResourceDefinition definition) => definition.Sharing.Class switch
    {
        SharingClass.Unconditional => "所有政务部门都可以使用，提出申请后 1 个工作日内答复。",
        SharingClass.Conditional => $"符合条件的部门可以使用：{definition.Sharing.Conditions.TrimEnd('。')}。提出申请后 10 个工作日内答复。",
        _ => definition.Sharing.Basis is { } basis ? $"依据{basis}不予共享。" : "不予共享。",
    };

    public static string Rhythm(UpdateRhythm rhythm) => rhythm switch
    {
        UpdateRhythm.RealTime => "实时",
        UpdateRhythm.Daily => "每日",
        UpdateRhythm.Weekly => "每周",
        UpdateRhythm.Monthly => "每月",
        UpdateRhythm.Quarterly => "每季度",
        UpdateRhythm.Yearly => "每年",
        _ => "不定期",
    };

    public static string Grade(Grade grade) => grade switch
    {
        Registry.Grade.Public => "1级 公开",
        Registry.Grade.Internal => "2级 内部",
        Registry.Grade.Sensitive => "3级 敏感",
        _ => "4级 高度敏感",
    };

    public static string Mask(MaskShape mask) => mask switch
    {
        MaskShape.Name => "留姓",
        MaskShape.Identifier => "留前6位和后4位",
        MaskShape.Phone => "留前3位和后4位",
        MaskShape.Card => "留前4位和后4位",
        MaskShape.Address => "到街道",
        MaskShape.Whole => "只示有无",
        _ => Unmasked,
    };

    public static string Dimension(QualityDimension dimension) => dimension switch
    {
        QualityDimension.Conformity => "规范性",
        QualityDimension.Completeness => "完整性",
        QualityDimension.Accuracy => "准确性",
        QualityDimension.Consistency => "一致性",
        QualityDimension.Timeliness => "时效性",
        _ => "可访问性",
    };

    public static string Meaning(QualityDimension dimension) => dimension switch
    {
        QualityDimension.Conformity => "样本中符合字段类型、格式和取值范围的值所占比例",
        QualityDimension.Completeness => "样本中必填信息项已填写的比例",
        QualityDimension.Accuracy => "样本中应当唯一的值没有重复的比例",
        QualityDimension.Consistency => "样本中代码能在现行代码表中找到的比例",
        QualityDimension.Timeliness => "最近更新距今与承诺更新周期之比，未超期为满分",
        _ => "写明数据元、标准或填写说明的信息项所占比例",
    };

    public static string QualityNote(int rows, DateTimeOffset at, bool whole) => whole
        ? $"按 GB/T 36344-2018 的六个方面，由定义自动检验全部 {N(rows)} 条记录得出。检验时间 {Kernel.CityTime.InWords(at)}。"
        : $"按 GB/T 36344-2018 的六个方面，由定义自动检验随机抽取的 {N(rows)} 条记录得出，各方面等权平均。检验时间 {Kernel.CityTime.InWords(at)}。";

    public static string Approximately(long rows) => $"约 {rows.ToString("#,##0", CultureInfo.InvariantCulture)} 条";

    public static string LastChanged(DateTimeOffset at) => Kernel.CityTime.InWords(at);

    public static string Overdue(int days) => $"已超过承诺周期 {N(days)} 天";

    public static string Version(int version) => $"第 {N(version)} 版";

    public static string FieldAdded(string label) => $"新增信息项：{label}";

    public static string FieldChanged(string label) => $"调整信息项：{label}";

    public static string FieldRemoved(string label) => $"停用信息项：{label}";

    public static string SharingChanged(SharingClass sharing) => $"共享属性改为{Class(sharing)}";

    public static string RhythmChanged(UpdateRhythm rhythm) => $"更新周期改为{Rhythm(rhythm)}";

    public static string NameChanged(string name) => $"名称改为“{name}”";

    public const string NoteChanged = "修订说明";

    public static string FieldCount(int count) => $"{N(count)} 个信息项";

    private static string N(int number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
