using System.Text;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// Chinese spreadsheets save text as UTF-8 or as GB18030 and do not say which. Valid UTF-8 is hardly ever anything
/// else, so the whole file is tried; the person may say otherwise. Decoding is strict: a wrong guess stops, it never
/// writes question marks into the registry.
/// </summary>
public static class TextEncoding
{
    public const string Utf8 = "utf-8";
    public const string Gb18030 = "gb18030";
    public const string Utf16 = "utf-16";

    public static readonly IReadOnlyList<string> All = [Utf8, Gb18030, Utf16];

    static TextEncoding() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Detect(Stream stream)
    {
        var buffer = new byte[1 << 20];
        var kept = 0;
        var first = true;
        stream.Position = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (first && bytes.Length >= 2 && ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff)))
            {
                return Utf16;
            }

            first = false;
            var whole = read == 0 ? bytes.Length : WholeCharacters(bytes);
            if (!System.Text.Unicode.Utf8.IsValid(bytes[..whole]))
            {
                return Gb18030;
            }

            if (read == 0)
            {
                return Utf8;
            }

            bytes[whole..].CopyTo(buffer);
            kept = bytes.Length - whole;
        }
    }

    /// <summary>Null when there is no such encoding.</summary>
    public static Encoding? Strict(string name) => name switch
    {
        Utf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        Gb18030 => Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        Utf16 => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    /// <summary>Length without a character that is cut off at the end.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if (b >= 0xc0)
            {
                var need = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return need > back ? bytes.Length - back : bytes.Length;
            }

            if (b < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }
}
