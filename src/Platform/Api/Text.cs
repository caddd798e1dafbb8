using System.Globalization;

namespace Shali.Platform.Api;

/// <summary>Sentences of the interface.</summary>
internal static class Text
{
    public const string ApiTitle = "数据接口";
    public const string ApiDescription = "本市信息资源的统一接口，遵循 OGC API - Features。无论是否含有空间位置，每个资源都以同样的方式读取、检索和更新。";
    public const string Collections = "资源集合";
    public const string ConformanceTitle = "符合性声明";
    public const string ConformanceLead = "本接口遵循的标准条款。";
    public const string Docs = "接口说明";
    public const string DocsLead = "由资源定义生成，资源发布后立即可用。";
    public const string Download = "下载 OpenAPI 文件";
    public const string NoCollections = "您目前没有可以读取的资源。请登录，或向数据管理部门申请。";
    public const string Name = "名称";
    public const string Label = "含义";
    public const string Kind = "类型";
    public const string Note = "说明";
    public const string Required = "必填";
    public const string Yes = "是";
    public const string Address = "地址";
    public const string Method = "方法";
    public const string Addresses = "各资源通用的地址";
    public const string EachResource = "每个资源的字段、代码表和条件见其页面；不可编辑的资源没有写入地址。";
    public const string Fields = "字段";
    public const string Items = "记录";
    public const string Item = "记录";
    public const string Key = "标识";
    public const string ChangedAt = "更新时间";
    public const string Version = "版本";
    public const string File = "文件";
    public const string Schema = "数据结构";
    public const string Queryables = "可检索字段";
    public const string Sortables = "可排序字段";
    public const string Changes = "变更";
    public const string Formats = "其他格式";
    public const string NoItems = "没有符合条件的记录。";
    public const string MaskedNote = "部分内容已按规定遮挡。";
    public const string Masked = "遮挡显示";
    public const string Authentication = "身份验证";
    public const string Explanation =
        "除公开资源外，请求须携带 Authorization: Bearer 令牌，令牌由 /connect/token 以客户端凭证方式发放。" +
        "查看未遮挡的个人信息，须在请求头 Shali-Purpose（百分号编码的 UTF-8）或 Shali-Case 中说明用途或办件编号，并设 Shali-Clear: true。";

    public const string SignInFirst = "请先登录，或在请求头 Authorization 中携带有效的令牌。";
    public const string BadSpan = "时间 datetime 应为日期、带时区的时刻，或以斜线分隔的起止（一端可写 ..）。";
    public const string NotJson = "请求内容应为 JSON，类型为 application/geo+json 或 application/json（修改时可用 application/merge-patch+json）。";
    public const string BadJson = "请求内容不是有效的 JSON。";
    public const string BodyTooLarge = "请求内容超过 4 MB，请拆分后提交。";
    public const string NotFeature = "请求内容应为一个 GeoJSON 要素：type 为 Feature，字段在 properties 中。";
    public const string NotObject = "properties 应为 JSON 对象。";
    public const string NoPlace = "该资源没有空间字段，geometry 应为 null。";
    public const string KeyGiven = "该资源的标识由平台产生，请不要提供 id。";
    public const string KeyDiffers = "id 与地址中的标识或主键字段的值不一致。";
    public const string IfMatchMissing = "请在请求头 If-Match 中给出读取时得到的 ETag，以免覆盖他人的修改；确要覆盖时写 *。";
    public const string BadIfMatch = "请求头 If-Match 应为读取时得到的 ETag，例如 \"3\"，或者 *。";
    public const string BadIdempotencyKey = "请求头 Idempotency-Key 应为 1 至 128 个可见的 ASCII 字符。";
    public const string NoFileName = "请用参数 name 给出文件名（含扩展名）。";
    public const string OutOfScope = "这条记录不在您的数据范围内。";
    public const string BadCursor = "变更标记 after 无效，请使用上次回复中的 next，或者不填以从头读取。";
    public const string TooLong = "查询耗时过长，已中止。请缩小范围，或按有索引的字段检索和排序。";
    public const string BadGeometry = "图形无法参与空间运算，请检查查询中的图形。";

    public const string CqlEnd = "表达式结束";
    public const string CqlOperator = "比较符（= <> < <= > >=）、LIKE、BETWEEN、IN 或 IS NULL";
    public const string CqlValue = "字段名或值";
    public const string CqlDate = "带引号的日期，例如 '2026-11-23'";
    public const string CqlTimestamp = "带引号和时区的时刻，例如 '2026-11-23T08:00:00Z'";
    public const string CqlShape = "几何类型（POINT、LINESTRING、POLYGON 等）";
    public const string CqlCoordinate = "坐标数字";

    public static string UnknownParameter(string name) => $"没有名为“{Short(name)}”的参数。";

    public static string Twice(string name) => $"参数“{Short(name)}”只能出现一次。";

    public static string BadValue(string name) => $"参数“{Short(name)}”的值过长或含有不允许的字符。";

    public static string NotFlag(string name) => $"“{name}”应为 true 或 false。";

    public static string NotWhole(string name, int least) =>
        string.Create(CultureInfo.InvariantCulture, $"参数“{name}”应为不小于 {least} 的整数。");

    public static string UnknownFormat(string format, IReadOnlyList<string> offered) =>
        $"不支持格式“{Short(format)}”，可用：{string.Join('、', offered)}。";

    public static string NotAcceptable(IReadOnlyList<string> offered) =>
        $"无法提供 Accept 所要求的类型，可用参数 f 选择：{string.Join('、', offered)}。";

    public static string UnknownCrs(string crs) => $"不支持坐标系“{Short(crs)}”，可用：CRS84、EPSG:4326、EPSG:4490。";

    public static string UnknownLanguage(string language) => $"不支持检索语言“{Short(language)}”，可用：cql2-text。";

    public static string BadMoment(string name) => $"“{name}”应为日期，或带时区的时刻，例如 2026-11-23T08:00:00+08:00。";

    public static string FutureMoment(string name) => $"“{name}”不能晚于现在：登记库只知道已经登记的内容。";

    public static string UnknownField(string name, string resource) => $"“{resource}”没有名为“{Short(name)}”的字段。";

    public static string NotSortable(string label) => $"字段“{label}”是空间图形，不能用于排序。";

    public static string MaskedCondition(string label) =>
        $"字段“{label}”对您遮挡显示，不能用于检索或排序，否则可以由此推出原值。有权限者请说明用途并设 Shali-Clear: true。";

    public static string NoCollection(string address) => $"没有名为“{Short(address)}”的资源。";

    public static string NoFile(string key, string field) => $"记录“{key}”的字段“{field}”没有可以下载的文件。";

    public static string NoFileField(string resource) => $"“{resource}”没有文件字段。";

    public static string NoItem(string resource, string key) => $"“{resource}”中没有标识为“{Short(key)}”的记录。";

    public static string NotExport(string resource) => $"您没有导出“{resource}”全部记录的权限；可用参数 limit 取有限条数。";

    public static string NotWrite(string resource) => $"您没有修改“{resource}”的权限。";

    public static string NotEditable(string resource) => $"“{resource}”只能由业务系统按办事流程更新，不能直接修改。";

    public static string UnknownMember(string name) => $"没有名为“{Short(name)}”的成员。";

    public static string WrongJson(string label, string wanted) => $"字段“{label}”的 JSON 值应为{wanted}。";

    public static string MaskedBack(string label) => $"字段“{label}”提交的是遮挡后的内容，不能写回；请填写完整内容，或者不提交该字段。";

    public static string CqlTooLong(int max) => string.Create(CultureInfo.InvariantCulture, $"检索条件过长，最多 {max} 个字符。");

    public static string CqlTooDeep(int max) => string.Create(CultureInfo.InvariantCulture, $"检索条件嵌套过深，最多 {max} 层。");

    public static string CqlTooMany(int max) => string.Create(CultureInfo.InvariantCulture, $"检索条件的项目过多，最多 {max} 个。");

    public static string CqlSign(int position, char sign) => At(position, $"不认识符号“{(char.IsControl(sign) || char.IsSurrogate(sign) ? '?' : sign)}”。");

    public static string CqlUnclosed(int position) => At(position, "引号没有结束。");

    public static string CqlNumber(int position, string written) => At(position, $"“{Short(written)}”不是有效的数。");

    public static string CqlToken(string token) => $"“{token}”";

    public static string CqlExpected(int position, string wanted, string? found) =>
        At(position, found is null ? $"应为{wanted}，但表达式已结束。" : $"应为{wanted}，而不是“{Short(found)}”。");

    public static string CqlFunction(int position, string name) =>
        At(position, $"不支持函数“{Short(name)}”，可用：CASEI、DATE、TIMESTAMP、S_INTERSECTS。");

    public static string CqlArithmetic(int position) => At(position, "不支持算术运算。");

    public static string CqlTwoFields(int position) => At(position, "不支持字段与字段比较，请与一个值比较。");

    public static string CqlNoField(int position) => At(position, "应为字段名。");

    public static string CqlUnknownField(int position, string name, string resource) => At(position, UnknownField(name, resource));

    public static string CqlTextOnly(int position, string label) => At(position, $"字段“{label}”不是文本，不能用 LIKE 或 CASEI。");

    public static string CqlFoldedOrder(int position) => At(position, "CASEI 只能用于 =、<>、LIKE 和 IN。");

    public static string CqlPattern(int position) => At(position, "LIKE 的模式应为带引号的文本。");

    public static string CqlPatternEscape(int position) => At(position, "LIKE 的模式不能以单个反斜线结尾。");

    public static string CqlUnfit(int position, string value, string label, string type) =>
        At(position, $"值 {value} 不适合字段“{label}”（{type}）。");

    public static string CqlNotSpatial(int position, string label) => At(position, $"字段“{label}”不是空间图形，不能用 S_INTERSECTS。");

    public static string CqlSpatial(int position, string label) => At(position, $"字段“{label}”是空间图形，请用 S_INTERSECTS。");

    public static string CqlShapeWanted(int position) => At(position, "应为图形，例如 POINT(114.0 33.6) 或 BBOX(113,33,115,34)。");

    public static string CqlEmptyShape(int position) => At(position, "图形不能为空。");

    public static string CqlBadShape(int position) => At(position, "图形不完整：线至少两个点，面的环须首尾相接且至少四个点。");

    public static string CqlBadGeometry(int position, string reason) => At(position, reason);

    public static string CqlBox(int position) => At(position, "BBOX 应有四个或六个数。");

    private static string At(int position, string sentence) =>
        string.Create(CultureInfo.InvariantCulture, $"检索条件第 {position} 个字符处：{sentence}");

    private static string Short(string text)
    {
        var shown = text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[59]) ? 59 : 60)] + "…";
        return string.Concat(shown.Where(c => !char.IsControl(c)));
    }
}
