using System.Globalization;

namespace Shali.Government.S06Sharing.Watch;

/// <summary>Every sentence of the watching page.</summary>
internal static class Text
{
    public const string Title = "共享交换监测";
    public const string Note = "哪个部门向哪个部门提供什么，流量、延迟和故障";
    public const string Lead = "有效授权的流向，最近七天的调用和记录数，订阅和推送落后的变更数，以及推送故障。";
    public const string Drawing = "数据流向图：左侧为提供部门，右侧为需求部门，线条越粗授权越多";
    public const string Provider = "提供部门";
    public const string Consumer = "需求部门";
    public const string Resource = "信息资源";
    public const string Grant = "授权";
    public const string Ways = "共享方式";
    public const string Requests = "调用";
    public const string Records = "记录";
    public const string LastUse = "最近使用";
    public const string Lag = "落后";
    public const string Faults = "故障";
    public const string None = "还没有有效的授权。";
    public const string NeverUsed = "未使用";
    public const string AnyOffice = "全部部门";
    public const string AnyResource = "全部资源";
    public const string Office = "部门";
    public const string System = "系统";
    public const string Grants = "有效授权";
    public const string Behind = "落后的订阅";
    public const string Failing = "推送故障";
    public const string Good = "正常";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Letters(long letters) => $"未送达 {Count(letters)}";

    public static string Retrying(int tries) => $"重试 {tries} 次";
}
