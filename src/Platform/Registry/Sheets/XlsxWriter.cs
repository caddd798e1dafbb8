using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Shali.Platform.Registry.Sheets;

/// <summary>
/// A workbook written row by row (ECMA-376), its first row a heading. Memory does not grow with the rows; when a sheet
/// is full the next begins with the same heading. Rare characters outside the basic plane stay as they are, and numbers
/// that a spreadsheet would round go as text.
/// </summary>
public sealed class XlsxWriter : IDisposable
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What one sheet can hold, the heading included.</summary>
    public const int RowsMax = 1_048_576;

    /// <summary>What one cell can hold.</summary>
    public const int CellMax = 32_767;

    private const decimal ExactMax = 999_999_999_999_999m;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/";

    private readonly ZipArchive _zip;
    private readonly IReadOnlyList<string> _heading;
    private readonly int _rowsMax;
    private StreamWriter _sheet;
    private int _sheets;
    private int _rows;

    public XlsxWriter(Stream to, IReadOnlyList<string> heading, int rowsMax = RowsMax)
    {
        _zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
        (_heading, _rowsMax) = (heading, rowsMax);
        _sheet = Begin();
    }

    /// <summary>Cells are text, whole numbers, decimals or nothing.</summary>
    public void Row(IReadOnlyList<object?> cells)
    {
        if (_rows == _rowsMax)
        {
            End();
            _sheet = Begin();
        }

        Write(cells, 0);
    }

    public void Dispose()
    {
        End();
        Part("[Content_Types].xml", $"""
            <Types xmlns="{Packages}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{MediaType}.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{Each(i => $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")}</Types>
            """);
        Part("_rels/.rels", $"""
            <Relationships xmlns="{Packages}relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>{Each(i => $"""<sheet name="data{(i > 1 ? i : "")}" sheetId="{i}" r:id="r{i}"/>""")}</sheets></workbook>
            """);
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Packages}relationships"><Relationship Id="styles" Type="{Relations}/styles" Target="styles.xml"/>{Each(i => $"""<Relationship Id="r{i}" Type="{Relations}/worksheet" Target="worksheets/sheet{i}.xml"/>""")}</Relationships>
            """);
        Part("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>
            """);
        _zip.Dispose();
    }

    private StreamWriter Begin()
    {
        var sheet = new StreamWriter(
            _zip.CreateEntry($"xl/worksheets/sheet{++_sheets}.xml", CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 64 * 1024);
        sheet.Write($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>
            """);
        _sheet = sheet;
        _rows = 0;
        Write(_heading, 1);
        return sheet;
    }

    private void End()
    {
        _sheet.Write("</sheetData></worksheet>");
        _sheet.Dispose();
    }

    private void Write(IReadOnlyList<object?> cells, int style)
    {
        _rows++;
        _sheet.Write("<row>");
        foreach (var cell in cells)
        {
            switch (cell)
            {
                case null:
                    _sheet.Write("<c/>");
                    break;
                case long or int or decimal when Exact(Convert.ToDecimal(cell, CultureInfo.InvariantCulture)):
                    _sheet.Write("<c><v>");
                    _sheet.Write(Convert.ToString(cell, CultureInfo.InvariantCulture));
                    _sheet.Write("</v></c>");
                    break;
                default:
                    Words(Convert.ToString(cell, CultureInfo.InvariantCulture)!, style);
                    break;
            }
        }

        _sheet.Write("</row>");
    }

    private void Words(string text, int style)
    {
        _sheet.Write(style == 0 ? "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        var (end, cut) = text.Length <= CellMax ? (text.Length, "") : (CellMax - Text.Cut.Length, Text.Cut);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        for (var i = 0; i < end; i++)
        {
            Letter(text, ref i);
        }

        _sheet.Write(cut);
        _sheet.Write("</t></is></c>");
    }

    private void Letter(string text, ref int i)
    {
        var letter = text[i];
        switch (letter)
        {
            case '&':
                _sheet.Write("&amp;");
                break;
            case '<':
                _sheet.Write("&lt;");
                break;
            case '>':
                _sheet.Write("&gt;");
                break;
            case '_' when SheetText.IsEscape(text, i):
                _sheet.Write("_x005F_");
                break;
            case '\t' or '\n':
            case >= ' ' and < '\ud800':
            case > '\udfff' and < '\ufffe':
                _sheet.Write(letter);
                break;
            default:
                if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    _sheet.Write(letter);
                    _sheet.Write(text[++i]);
                }
                else
                {
                    // What XML cannot hold is written as ECMA-376 has it.
                    _sheet.Write(string.Create(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_"));
                }

                break;
        }
    }

    // Spreadsheets keep fifteen digits.
    private static bool Exact(decimal number)
    {
        var digits = Math.Abs(number) / 1.000000000000000000000000000m;
        while (digits != decimal.Truncate(digits))
        {
            if (digits > ExactMax)
            {
                return false;
            }

            digits *= 10;
        }

        return digits <= ExactMax;
    }

    private string Each(Func<int, string> write) => string.Concat(Enumerable.Range(1, _sheets).Select(write));

    private void Part(string name, string xml)
    {
        using var writer = new StreamWriter(_zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        writer.Write(xml);
    }
}
