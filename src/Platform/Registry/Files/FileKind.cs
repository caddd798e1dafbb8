using System.Text;

namespace Shali.Platform.Registry;

/// <summary>
/// The kinds of files that records may carry. What a file is, is told by its first bytes; its name must agree.
/// </summary>
public sealed record FileKind(string Type, IReadOnlyList<string> Names, Func<byte[], bool> Is)
{
    private static readonly FileKind[] All =
    [
        new("application/pdf", [".pdf"], Starts("%PDF-"u8.ToArray())),
        new("image/png", [".png"], Starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        new("image/jpeg", [".jpg", ".jpeg"], Starts([0xFF, 0xD8, 0xFF])),
        new("image/webp", [".webp"], bytes => Starts("RIFF"u8.ToArray())(bytes) && bytes.Length > 12 && bytes.AsSpan(8, 4).SequenceEqual("WEBP"u8)),
        new("image/tiff", [".tif", ".tiff"], bytes => Starts([0x49, 0x49, 0x2A, 0])(bytes) || Starts([0x4D, 0x4D, 0, 0x2A])(bytes)),
        new("application/ofd", [".ofd"], Zip),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"], Zip),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"], Zip),
        new("application/zip", [".zip"], Zip),
        new("application/msword", [".doc", ".wps"], Compound),
        new("application/vnd.ms-excel", [".xls", ".et"], Compound),
        new("text/plain; charset=utf-8", [".txt"], PlainText),
        new("text/csv; charset=utf-8", [".csv"], PlainText),
        new("application/json", [".json", ".geojson"], PlainText),
    ];

    /// <summary>What may be handed in, as it stands beside the place for the file.</summary>
    public static string Told => Files.Text.Told(RecordFiles.BytesMax);

    /// <summary>Endings of names as a file field takes them.</summary>
    public static string Accept { get; } = string.Join(',', All.SelectMany(kind => kind.Names));

    /// <summary>Endings of names, as they are told to people.</summary>
    public static string Extensions { get; } = string.Join(' ', All.SelectMany(kind => kind.Names));

    public static FileKind? Of(string name, byte[] bytes) => All.FirstOrDefault(
        kind => kind.Names.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && kind.Is(bytes));

    private static Func<byte[], bool> Starts(byte[] mark) => bytes => bytes.AsSpan().StartsWith(mark);

    private static bool Zip(byte[] bytes) => Starts([0x50, 0x4B, 0x03, 0x04])(bytes);

    private static bool Compound(byte[] bytes) => Starts([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])(bytes);

    private static bool PlainText(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes.Contains((byte)0))
        {
            return false;
        }

        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
