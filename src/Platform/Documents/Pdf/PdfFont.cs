using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shali.Platform.Documents.Fonts;

namespace Shali.Platform.Documents.Pdf;

/// <summary>
/// A face within one document: collects the characters that are drawn, and in the end embeds a subset with just
/// these. What is copied out of the document are the characters that were written into it (ToUnicode), not others
/// that share a glyph with them.
/// </summary>
internal sealed class PdfFont(Face face, string resource)
{
    private const int LinesMax = 100;

    private readonly Dictionary<int, int> _codes = [];
    private readonly List<(int Glyph, int Character)> _used = [(0, 0xFFFD)];

    public Face Face { get; } = face;

    /// <summary>Name within the document: F1.</summary>
    public string Resource { get; } = resource;

    public int Object { get; private set; }

    /// <summary>The code of a character in this document, or null when the face does not have it.</summary>
    public int? Code(int character)
    {
        if (_codes.TryGetValue(character, out var code))
        {
            return code;
        }

        if (Face.Glyph(character) is not (> 0 and var glyph))
        {
            return null;
        }

        _used.Add((glyph, character));
        _codes[character] = _used.Count - 1;
        return _used.Count - 1;
    }

    /// <summary>In thousandths of the size; the width of a full character for one that the face does not have.</summary>
    public int Width(int character) => Face.Glyph(character) is > 0 and var glyph ? Face.Advance(glyph) : 1000;

    public void Reserve(PdfWriter writer) => Object = writer.Reserve();

    public void Write(PdfWriter writer)
    {
        if (_used.Count == 1)
        {
            Code(' ');
        }

        var glyphs = _used.ConvertAll(each => each.Glyph);
        var name = $"{Tag(glyphs)}+{Face.Name}";
        var file = writer.AddStream("/Subtype /CIDFontType0C", CffSubset.Make(Face, glyphs, name));
        var descriptor = writer.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{string.Join(' ', Face.Box)}] /ItalicAngle 0 " +
            $"/Ascent {Face.Ascent} /Descent {Face.Descent} /CapHeight {Face.Ascent} /StemV 80 /FontFile3 {file} 0 R >>");
        var widths = string.Join(' ', glyphs.Select(Face.Advance));
        var descendant = writer.Add(
            $"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> " +
            $"/FontDescriptor {descriptor} 0 R /DW 1000 /W [0 [{widths}]] >>");
        var unicode = writer.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        writer.Set(
            Object,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
    }

    private static string Tag(List<int> glyphs)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', glyphs)));
        return string.Concat(hash.Take(6).Select(b => (char)('A' + (b % 26))));
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        foreach (var lines in _used.Select((each, code) => (each.Character, Code: code)).Skip(1).Chunk(LinesMax))
        {
            map.Append(CultureInfo.InvariantCulture, $"{lines.Length} beginbfchar\n");
            foreach (var (character, code) in lines)
            {
                var utf16 = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(character)));
                map.Append(CultureInfo.InvariantCulture, $"<{code:X4}> <{utf16}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
