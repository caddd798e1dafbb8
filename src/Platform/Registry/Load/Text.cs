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
}
