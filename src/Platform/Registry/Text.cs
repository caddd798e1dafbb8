namespace Shali.Platform.Registry;

/// <summary>Sentences of the registry.</summary>
internal static class Text
{
    public const string KeyChanged = "主键不能更改：历史记录和其他系统的引用都以它为准。请新建一个资源并迁移数据。";
    public const string TimeChanged = "有效期和来源记录方式不能在已有数据的资源上更改。请新建一个资源并迁移数据。";
    public const string CodeDefined = "这是系统内置的资源，不能在线更改；请由开发单位在程序中修改定义并升级。";
    public const string Busy = "该资源正被大量读写，暂时无法调整结构，请稍后再试。";
    public const string NoFields = "资源至少要有一个字段。";
    public const string NoName = "请填写资源名称。";
    public const string BadId = "资源标识应为“系统/名称”，只用小写字母、数字和连字符，以字母开头，例如 police/noise-complaint。";
    public const string Conflict = "这条记录在您打开之后已被他人修改，请核对后再保存。";
    public const string Gone = "这条记录不存在或已被删除。";
    public const string AlreadyThere = "已存在相同标识的记录。";
    public const string OtherRequest = "这张表单（或这个幂等键）已提交过另一份内容，本次内容还没有保存。确需保存的，请核对后再提交一次；接口调用请换一个键。";
    public const string EndsBefore = "有效期的结束日不能早于开始日。";
    public const string PageLimit = "每页最多一万条。";
    public const string BadCursor = "翻页标记无效，请从第一页重新查询。";

    public const string NoPurpose = "查看未遮挡的个人信息须填写用途或办件编号。";

    /// <summary>What an officer reads for who says nothing further: what his right to read is for.</summary>
    public static string Duty(string resource) => $"履行职责：查看{resource}";

    public static string NotAllowed(string resource) => $"您没有读取“{resource}”的权限。";

    public static string NotClear(string resource) => $"您没有查看“{resource}”未遮挡内容的权限。";

    public static string UnknownField(string name, string resource) => $"“{resource}”没有名为“{name}”的字段。";

    public static string Missing(string label) => $"请填写{label}。";

    public static string NotUnique(string label) => $"{label}与已有记录重复。";

    public static string NoTarget(string label) => $"{label}所指的记录不存在。";

    public static string NoFile(string label) => $"{label}所指的文件不存在，请先上传文件。";

    public static string FieldRemoved(string label) =>
        $"字段“{label}”不能删除：历史记录和使用方仍要读取它。可以改为选填并在说明中注明停用，或新建资源。";

    public static string TypeChanged(string label, string before, string after) =>
        $"字段“{label}”的类型不能由{before}改为{after}。请新增一个字段，转换数据后停用旧字段。";

    public static string MadeRequired(string label) => $"字段“{label}”不能改为必填：已有记录可能为空。请先补齐数据，再由管理员用升级脚本更改。";

    public static string MadeUnique(string label) => $"字段“{label}”不能改为唯一：已有记录可能重复。请先清理数据，再由管理员用升级脚本更改。";

    public static string NewRequired(string label) => $"新增字段“{label}”不能为必填：已有记录没有这个值。请先设为选填。";

    public static string DoubleField(string name) => $"字段名“{name}”重复。";

    public static string BadField(string name) => $"字段名“{name}”应以小写字母开头，只用小写字母、数字和下划线，最长 48 个字符。";

    public static string NoLabel(string name) => $"请填写字段“{name}”的中文名称。";

    public static string NoCodeList(string label, string? list) => $"字段“{label}”所用的代码表“{list}”不存在。";

    public static string NoTargetResource(string label, string? target) => $"字段“{label}”链接的资源“{target}”不存在。";

    public const string KeptToNobody = "只供本单位经办人员查看的资源，须说明哪个信息项是单位。";

    public static string NoSuchField(string role, string name) => $"{role}指定的字段“{name}”不存在。";

    public static string BadPattern(string label) => $"字段“{label}”的格式表达式无效。";

    public static string CodeRemoved(string value) => $"代码“{value}”可能正在使用，不能删除；请为它设置停用日期。";

    public static string TooManyFields(int max) => $"一个资源最多 {max} 个字段。";
}
