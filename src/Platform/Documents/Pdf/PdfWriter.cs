using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Shali.Platform.Documents.Pdf;

/// <summary>
/// Writes the objects of a PDF file (ISO 32000-1) in the order in which they are made, without a clock and without
/// chance: the same document is the same bytes.
/// </summary>
internal sealed class PdfWriter
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    public int Add(string body)
    {
        var number = Reserve();
        Set(number, body);
        return number;
    }

    public void Set(int number, string body) => _objects[number - 1] = Encoding.Latin1.GetBytes(body);

    /// <param name="dictionary">What stands in the dictionary beside length and filter.</param>
    public int AddStream(string dictionary, byte[] content)
    {
        var packed = Pack(content);
        var head = Encoding.Latin1.GetBytes($"<< {dictionary} /Length {packed.Length} /Filter /FlateDecode >>\nstream\n");
        var number = Reserve();
        _objects[number - 1] = [.. head, .. packed, .. "\nendstream"u8];
        return number;
    }

    /// <summary>The whole file.</summary>
    public byte[] Finish(int catalog, int info)
    {
        using var file = new MemoryStream();
        file.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var offsets = new long[_objects.Count];
        for (var i = 0; i < _objects.Count; i++)
        {
            offsets[i] = file.Position;
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(_objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was reserved and never written."));
            file.Write("\nendobj\n"u8);
        }

        var digest = Convert.ToHexString(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length))[..16]);
        var start = file.Position;
        var tail = new StringBuilder().Append(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            tail.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        tail.Append(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {_objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{digest}> <{digest}>] >>\nstartxref\n{start}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(tail.ToString()));
        return file.ToArray();
    }

    /// <summary>Text as PDF keeps it: UTF-16 in hexadecimal, so that no character needs an escape.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Date(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("'(D:'yyyyMMddHHmmss\"+00'00')\"", CultureInfo.InvariantCulture);

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }
}
