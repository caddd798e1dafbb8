namespace Shali.Platform.Registry.Files;

/// <summary>Sentences about files in records.</summary>
internal static class Text
{
    public static string Told(int max) => $"可以上传 PDF、OFD、图片、Word、WPS、Excel、文本或者 ZIP 文件，不超过 {max / 1024 / 1024} MB";

    public static string TooLarge(long bytes, int max) =>
        $"文件有 {bytes / 1024 / 1024 + 1} MB，最大 {max / 1024 / 1024} MB。请压缩或拆分后再上传。";

    public static string WrongKind(string name, string kinds) =>
        $"文件“{name}”的内容与扩展名不符或不是可以接收的格式。可以接收：{kinds}。";
}
