namespace Shali.Platform.Kernel.Identifiers;

/// <summary>What people are told about identifiers.</summary>
public static class Text
{
    public static string Length(string label, string expected, int actual) => $"{label}应为 {expected} 位，现为 {actual} 位。";

    public static string Characters(string label, string allowed) => $"{label}只能由{allowed}组成。";

    public static string CharacterAt(string label, int place, char letter) => $"{label}第 {place} 位的“{letter}”不是允许的字符。";

    public static string NoSuchDay(string digits) => $"号码中的出生日期 {digits} 不存在，请核对第 7 至 14 位。";

    public static string Future(string digits) => $"号码中的出生日期 {digits} 晚于今天，请核对第 7 至 14 位。";

    public static string Age(string digits) => $"号码中的出生日期 {digits} 表示年龄超过 130 岁，请核对第 7 至 14 位。";

    public static string Region(string label, string digits) => $"{label}中的行政区划代码 {digits} 不存在，请核对省级代码。";

    public static string Check(string label) => $"{label}的校验位不符，可能有一位抄错，请对照证件逐位核对。";

    public static string InnerCheck => "统一社会信用代码第 9 至 17 位（组织机构代码）的校验位不符，请对照证照逐位核对。";

    public static string Category(char department, char category) =>
        $"登记管理部门与机构类别“{department}{category}”不在 GB 32100 的列表中，请留意核实。";

    public static string CreditRegion(string digits) => $"登记机关行政区划代码 {digits} 不在已知的省级代码中，请留意核实。";

    public static string CreditRegionDigits => "统一社会信用代码第 3 至 8 位应为数字（登记机关行政区划代码）。";

    public static string NotForeign(string country) => $"国籍代码 {country} 属于中国，外国人永久居留身份证不应如此，请核对第 4 至 6 位。";

    public static string ForeignForm => "外国人永久居留身份证号码应为以 9 开头的 18 位，或 3 位字母加 12 位数字的旧号。";

    public static string OrganisationForm => "组织机构代码应为 8 位数字或大写字母加 1 位校验码，连字符只能在第 8 位之后。";

    public static string RegionForm => "行政区划代码应为 2、4、6、9 或 12 位数字。";

    public static string PlateForm => "号牌号码格式不符：应为省份简称、发牌机关字母（不含 I、O）和 5 位或 6 位序号。";

    public static string PhoneForm => "电话号码格式不符：手机 11 位；固定电话须带区号，如 0395-2123456；境外号码以 + 开头。";

    public static string TraceForm => "药品追溯码应为 20 位数字，或以 01 开头的 GS1 编码。";

    public static string TraceDate(string digits) => $"追溯码中的有效期 {digits} 不是有效日期。";

    public static string OidForm => "对象标识符格式不符：应为点分数字，如 1.2.156.10197。";

    public static string LicenceInnerCode => "电子证照标识中的类型或颁发机构不是有效的统一社会信用代码，请留意核实。";

    public static string EmailForm => "电子邮箱格式不符，应形如 name@example.cn。";

    public static string Form(string label, string form) => $"{label}格式不符：应为{form}。";
}
