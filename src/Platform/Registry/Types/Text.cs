namespace Shali.Platform.Registry.Types;

/// <summary>What people are told about the values that they give.</summary>
public static class Text
{
    public const string Yes = "是";
    public const string No = "否";

    public static string TooLong(string label, int max, int actual) => $"{label}最多 {max} 个字，现有 {actual} 个字。";

    public static string Pattern(string label, string? note) => $"{label}的格式不符合要求{(string.IsNullOrEmpty(note) ? "" : $"（{note}）")}。";

    public static string TooSmall(string label, string min) => $"{label}不得小于 {min}。";

    public static string TooLarge(string label, string max) => $"{label}不得大于 {max}。";

    public static string NotInteger(string label) => $"{label}应为整数，如 1200。";

    public static string NotNumber(string label) => $"{label}应为数字，如 12.5。";

    public static string NumberTooLarge(string label) => $"{label}的数字过大，无法保存。";

    public static string NotMoney(string label) => $"{label}应为以元为单位的金额，如 1234.50；以万元为单位的请换算成元。";

    public static string TooPrecise(string label, int scale) => scale == 0 ? $"{label}不能有小数。" : $"{label}最多保留 {scale} 位小数。";

    public static string UnknownCode(string label, string list, string text) => $"{label}“{text}”不在代码表“{list}”中，请填写代码或名称。";

    public static string NoCodeList(string label) => $"{label}的代码表尚未建立，请与资源的责任部门联系。";

    public static string NotDate(string label) => $"{label}应为真实存在的日期，如 2026-11-23 或 2026年11月23日。";

    public static string NotMoment(string label) => $"{label}应为日期和时间，如 2026-11-23 08:05。";

    public static string NotTime(string label) => $"{label}应为一天中的时间，如 08:30。";

    public static string NotYesNo(string label) => $"{label}应填“是”或“否”。";

    public static string NotReference(string label) => $"{label}应为标识，不超过 128 个字符，不含空格。";

    public static string NotGeometry(string label) => $"{label}应为 WKT（如 POINT(114.02 33.58)）或 GeoJSON 几何对象。";

    public static string OutsideEarth(string label) => $"{label}的坐标超出范围：经度在前（-180 至 180），纬度在后（-90 至 90）。";

    public static string InvalidGeometry(string label, string reason) => $"{label}的图形无效：{reason}。";

    public static string WrongSrid(string label, int given, int expected) => $"{label}的坐标系应为 EPSG:{expected}，现为 EPSG:{given}。";

    public static string ControlCharacter(string label) => $"{label}含有无法保存的控制字符，请删除后重试。";

    public static string SeveralLines(string label) => $"{label}只能填写一行，请删除换行。";

    public static string UnknownRegion(string label, string code) => $"{label} {code} 不在行政区划表中，请核对。";

    public static string Point(double x, double y) => FormattableString.Invariant($"点 {x:0.######}, {y:0.######}");

    public static string Shape(string kind, int points) => $"{kind}（{points} 个坐标点）";

    /// <summary>What is wrong with a geometry, as NetTopologySuite tells it.</summary>
    public static string Topology(string message) => message switch
    {
        "Self-intersection" => "边界自相交",
        "Ring Self-intersection" => "环自相交",
        "Too few distinct points in geometry component" or "Too few points in geometry component" => "坐标点太少",
        "Hole lies outside shell" => "内环在外环之外",
        "Holes are nested" => "内环相互嵌套",
        "Interior is disconnected" => "内部不连通",
        "Nested shells" => "面相互嵌套",
        "Duplicate Rings" => "环重复",
        "Ring is not closed" => "环没有闭合",
        _ => "拓扑错误",
    };
}
