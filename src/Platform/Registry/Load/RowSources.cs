using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>Opens a file by what is in it, not by what it is called.</summary>
public static class RowSources
{
    /// <summary>
    /// The rows of the file, or why it cannot be read at all. <paramref name="name"/> is what the person called it:
    /// a file called .xlsx that is none is refused, not read as text.
    /// </summary>
    public static Outcome<IRowSource> Open(string path, string name, SourceOptions options, LoadLimits limits)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            return new Refusal("LOAD-F01", "file", Text.EmptyFile);
        }

        if (length > limits.FileBytes)
        {
            return new Refusal("LOAD-F03", "file", Text.TooLong(limits.FileBytes));
        }

        return (options.Kind ?? Detect(path, name)) switch
        {
            FileKind.Xlsx => XlsxRows.Open(path, options, limits),
            FileKind.GeoJson => GeoJsonRows.Open(path, limits),
            _ => CsvRows.Open(path, options, limits),
        };
    }

    public static FileKind Detect(string path, string name)
    {
        Span<byte> head = stackalloc byte[64];
        using (var file = File.OpenRead(path))
        {
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        if (head.StartsWith<byte>([0x50, 0x4b]) || head.StartsWith<byte>([0xd0, 0xcf, 0x11, 0xe0])
            || name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xls", StringComparison.OrdinalIgnoreCase))
        {
            return FileKind.Xlsx;
        }

        var text = head.StartsWith<byte>([0xef, 0xbb, 0xbf]) ? head[3..] : head;
        return text.TrimStart(" \t\r\n"u8).StartsWith("{"u8) || name.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            ? FileKind.GeoJson
            : FileKind.Csv;
    }
}
