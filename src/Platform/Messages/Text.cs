namespace Shali.Platform.Messages;

/// <summary>Sentences about messages.</summary>
internal static class Text
{
    public const string DemoDelivery = "演示环境：没有真正发出，内容如上。";
    public const string BadAddress = "邮箱地址不正确。";

    public static string NoSuchChannel(string channel) => $"没有配置{channel}通道，稍后重试。";
}
