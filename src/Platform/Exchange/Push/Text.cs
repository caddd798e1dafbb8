using Shali.Platform.Kernel;

namespace Shali.Platform.Exchange.Push;

/// <summary>Every sentence of pushes.</summary>
internal static class Text
{
    public const string NoHookAddress = "请填写完整的网址，例如 https://data.example.gov.cn/hook，不含用户名和片段。";
    public const string HookNotSecure = "推送地址应当使用 https。";
    public const string InnerAddress = "推送地址不能指向本机、链路本地或者未经允许的内部网络。";
    public const string NotByPush = "授权不包括推送的方式。";
    public const string NoResource = "信息资源已经不存在。";
    public const string NoHook = "没有推送地址。";
    public const string NoGrantNow = "授权现在不允许推送。";
    public const string NoAnswer = "对方没有在规定时间内应答。";
    public const string Worker = "推送";

    public const string Broken = "平台处理这项推送时出错，稍后自动重试；如反复出现，请联系平台管理员。";

    public static string Answered(int status) => $"对方应答 {status}。";

    public static string LetterSubject(string name) => $"推送未能送达：{name}";

    public static string Letters(string name, int count, DateOnly due, string why) =>
        $"“{name}”的{count}条变更多次推送未能送达（{why}），已存入未送达信箱，请于{due.InWords()}前重发或者说明处理情况。";

    public static string GoneSubject(string name) => $"推送已暂停：{name}";

    public static string Gone(string name, string why) => $"“{name}”的推送已暂停：{why}请核对推送地址。";
}
