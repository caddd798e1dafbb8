using System.Text;
using System.Xml;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Registry.Load;

/// <summary>What must be known of a workbook before its rows: sheets, shared texts, and which styles are dates.</summary>
internal sealed class XlsxBook
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public List<(string Name, string Part)> Sheets { get; } = [];

    public List<string> Texts { get; } = [];

    /// <summary>For each cell style: a day, a moment, a time of day, or a plain number.</summary>
    public List<XlsxStyle> Styles { get; } = [];

    public bool Date1904 { get; private set; }

    /// <summary>Null when the shared texts are more than may be held.</summary>
    public static XlsxBook? Read(XlsxPackage package, LoadLimits limits)
    {
        var book = new XlsxBook();
        book.ReadSheets(package);
        book.ReadStyles(package);
        return book.ReadTexts(package, limits.SharedTextChars) ? book : null;
    }

    private void ReadSheets(XlsxPackage package)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var relations = package.Part("xl/_rels/workbook.xml.rels"))
        {
            while (relations?.Read() == true)
            {
                if (relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                    && relations.GetAttribute("Id") is { } id && relations.GetAttribute("Target") is { } target)
                {
                    parts[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
                }
            }
        }

        using var workbook = package.Part("xl/workbook.xml");
        while (workbook?.Read() == true)
        {
            if (workbook.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (workbook.LocalName == "workbookPr")
            {
                Date1904 = workbook.GetAttribute("date1904") is "1" or "true";
            }
            else if (workbook.LocalName == "sheet"
                && (workbook.GetAttribute("id", Relations) ?? workbook.GetAttribute("r:id")) is { } id
                && parts.TryGetValue(id, out var part))
            {
                Sheets.Add((workbook.GetAttribute("name") ?? "", part));
            }
        }
    }

    private void ReadStyles(XlsxPackage package)
    {
        using var xml = package.Part("xl/styles.xml");
        var formats = new Dictionary<int, string>();
        var inCells = false;
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "cellXfs" })
            {
                break;
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out var id))
            {
                formats[id] = xml.GetAttribute("formatCode") ?? "";
            }
            else if (xml.LocalName == "cellXfs")
            {
                inCells = !xml.IsEmptyElement;
            }
            else if (xml.LocalName == "xf" && inCells)
            {
                _ = int.TryParse(xml.GetAttribute("numFmtId"), out var format);
                Styles.Add(XlsxNumbers.Style(format, formats.GetValueOrDefault(format)));
            }
        }
    }

    private bool ReadTexts(XlsxPackage package, long limit)
    {
        using var xml = package.Part("xl/sharedStrings.xml");
        var text = new StringBuilder();
        var chars = 0L;
        while (xml?.Read() == true)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                ReadText(xml, text);
                chars += text.Length + 16;
                if (chars > limit)
                {
                    return false;
                }

                Texts.Add(SheetText.Unescaped(text.ToString()));
            }
        }

        return true;
    }

    /// <summary>The text inside <c>si</c> or <c>is</c>, its rich runs joined, phonetic hints left out.</summary>
    internal static void ReadText(XmlReader xml, StringBuilder text)
    {
        text.Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var phonetic = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh")
            {
                phonetic += xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement ? 1 : xml.NodeType == XmlNodeType.EndElement ? -1 : 0;
            }
            else if (phonetic == 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
            }
        }
    }
}
