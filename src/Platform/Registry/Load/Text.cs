using System.Globalization;

namespace Shali.Platform.Registry.Load;

/// <summary>Sentences of the bulk load.</summary>
internal static class Text
{
    public const string EmptyFile = "文件里没有数据行，请检查后重新上传。";
    public const string LockedOrOldWorkbook = "文件是加密的或旧版（.xls）的表格。请取消密码，另存为“Excel 工作簿（.xlsx）”后再上传。";
    public const string NotAWorkbook = "文件不是有效的 Excel 工作簿（.xlsx）。请用表格软件打开并另存为 .xlsx，或另存为 CSV。";
    public const string TooMuchSharedText = "工作簿里的文字太多，无法直接读取。请另存为 CSV 后上传。";
    public const string ZipBomb = "压缩文件展开后异常庞大，已停止读取。请另存为 CSV 后上传。";
    public const string NotGeoJson = "文件不是 GeoJSON 要素集合（FeatureCollection）。";

    public static string NthColumn(int n) => $"列{n}";

    public static string TooLong(long bytes) => $"文件超过 {bytes / (1 << 20)} MB 的上限，请拆分后分批上传。";

    public static string TooManyColumns(int max) => $"列数超过 {max} 的上限。请检查分隔符是否正确，或删除多余的列。";

    public static string UnknownEncoding(string name) => $"不支持编码“{name}”，可选 utf-8、gb18030 或 utf-16。";

    public static string WrongEncoding(string name, long row) =>
        $"第 {row} 行附近有不属于 {name} 编码的内容。请在“文件编码”中改选另一种编码后重试。";

    public static string EndlessRecord(long row) => $"第 {row} 行过长，可能是引号没有成对。请检查该行的引号。";

    public static string BrokenQuotes(long row) => $"第 {row} 行的引号使用不正确：引号内的引号应写两次，引号之后应是分隔符。";

    public static string Ragged(int expected, int found) => $"应有 {expected} 列，实际有 {found} 列。";

    public static string CellTooLong(string column, int max) => $"“{column}”的内容超过 {max:N0} 个字符。";

    public static string NoSuchSheet(string name, IEnumerable<string> sheets) =>
        $"工作簿中没有名为“{name}”的工作表；现有：{string.Join("、", sheets)}。";

    public static string BrokenWorkbook(long row) => $"工作簿在第 {row} 行之后已损坏，无法继续读取。请用表格软件打开并重新保存。";

    public static string Formula(string cell) => $"单元格 {cell} 是公式。请复制后“选择性粘贴为数值”再上传。";

    public static string CellError(string cell, string error) => $"单元格 {cell} 的值是错误 {error}。";

    public static string NumberLostDigits(string cell) =>
        $"单元格 {cell} 的长号码被存成了数字，末尾数字已丢失。请把该列设为“文本”格式并重新填写。";

    public static string DigitsLost(string column) =>
        $"“{column}”列有超过 15 位的号码被存成了数字，末尾数字已丢失，这些行不能导入。";

    public static string UnknownSystem(string name) => $"坐标系“{name}”不受支持，请转换为 CGCS2000（EPSG:4490）或 WGS 84（EPSG:4326）。";

    public static string BrokenJson(long feature) => $"第 {feature.ToString(CultureInfo.InvariantCulture)} 个要素处的 JSON 格式有误，无法继续读取。";

    public const string NeverEmpty = "每一行都有值，建议设为必填。";
    public const string AllDistinct = "各行的值互不相同，建议设为唯一。";
    public const string Empty = "整列为空，暂按文本处理。";
    public const string CodeNotNumber = "是编号而不是数量（有前导零、位数较长或列名表明是编号），按文本保存以免丢失数字。";
    public const string Personal = "含个人信息，建议默认脱敏显示。";

    public static string Unnamed(string name) => $"未命名列 {name}";

    public static string FewValues(int count) => $"只有 {count} 种取值，建议建立代码表。";

    public static string KnownCodes(string label) => $"取值都在现有代码表“{label}”之内。";

    public static string PlainText(int longest) => $"文本，最长 {longest} 个字符。";

    public static string AllFit(string kind) => $"全部值都符合“{kind}”的规则。";

    public static string MostFit(string kind, long wrong, long filled) =>
        $"绝大多数值符合“{kind}”的规则；{filled} 个值中有 {wrong} 个不符合，导入时会逐行列出。";

    public static string UnknownColumn(string column, int n) =>
        $"第 {n} 列“{column}”对不上任何字段。请选择对应的字段，或选择“不导入”。";

    public static string NoSuchField(string name) => $"没有名为“{name}”的字段。";

    public static string FieldTwice(string label, string first, string second) =>
        $"“{first}”和“{second}”两列都对应字段“{label}”，只能保留一列。";

    public static string RequiredMissing(string label) => $"缺少必填字段“{label}”对应的列。";

    public static string Missing(string label) => $"请填写{label}。";

    public static string SameRecord(string labels, long row) =>
        $"{labels}与第 {row} 行相同，但其他内容不同。请只保留一行。";

    public static string SameValue(string label, long row) => $"{label}与第 {row} 行重复。";

    public static string SeveralRecords(string labels) => $"已有多条记录的{labels}与本行相同，无法确定对应哪一条。";

    public static string KeyDiffers(string label, string key) => $"匹配到的记录{label}为 {key}，与本行不同，不能更改。";

    public static string ValueTaken(string label) => $"{label}与已有记录重复。";

    public static string NoTarget(string label) => $"{label}所指的记录不存在。";

    /// <summary>All reasons of a row in one cell.</summary>
    public static string Reasons(ResourceDefinition resource, IEnumerable<Kernel.Refusal> reasons) =>
        string.Join("；", reasons.Select(reason =>
        {
            var column = resource.Field(reason.Field)?.Label ?? reason.Field;
            var sentence = reason.Sentence.TrimEnd('。');
            return column.Length == 0 || sentence.Contains(column, StringComparison.Ordinal) ? sentence : $"{column}：{sentence}";
        }));

    public static string LoadOf(string file) => $"批量导入 {file}";

    public static string NothingWritten(long bad) => $"有 {bad:N0} 行不符合要求。按“全部或不导入”的选择，没有写入任何数据。";

    public static string BrokenOff(string sentence, long written) => $"{sentence}在此之前的 {written:N0} 条记录已写入，更正文件后可以重新导入，不会重复。";

    public static string NoResource(string id) => $"资源“{id}”不存在。";

    public static string AuditNote(LoadJob job, LoadState state, LoadCounts counts) =>
        $"{StateOf(state)}：{job.FileName}（SHA-256 {job.Sha256}），读取 {counts.Read} 行，新增 {counts.New}，更新 {counts.Changed}，"
        + $"无变化 {counts.Unchanged}，有误 {counts.Bad}";

    public static string StateOf(LoadState state) => state switch
    {
        LoadState.Draft => "待确认",
        LoadState.Waiting => "排队中",
        LoadState.Checking => "检查中",
        LoadState.Loading => "写入中",
        LoadState.Done => "已完成",
        LoadState.Failed => "未完成",
        _ => "已取消",
    };

    public const string Broken = "导入因系统故障中断，已写入的数据完好。请稍后重新导入同一文件，不会重复。";
}
