using System.Globalization;
using System.Text;
using System.Xml;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// One sheet of a workbook, read as it is unpacked. Cells with formulas are refused: what they show depends on a
/// program that is not here, and the value kept beside them may be old.
/// </summary>
public sealed class XlsxRows : IRowSource
{
    private readonly XlsxPackage _package;
    private readonly XlsxBook _book;
    private readonly XmlReader _sheet;
    private readonly LoadLimits _limits;
    private readonly double _length;
    private readonly HashSet<string> _lossy = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly SourceRow _header = new();
    private readonly long _before;
    private bool _pending;
    private long _ordinal;
    private long _number;

    private XlsxRows(XlsxPackage package, XlsxBook book, string part, XmlReader sheet, LoadLimits limits)
    {
        (_package, _book, _sheet, _limits) = (package, book, sheet, limits);
        _before = package.Unpacked;
        _length = Math.Max(1, package.Length(part));
    }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public bool HasHeader { get; private set; }

    public Refusal? Stopped { get; private set; }

    public IReadOnlyList<string> Warnings => [.. _lossy.Select(Text.DigitsLost)];

    public double Progress => Math.Min(1, (_package.Unpacked - _before) / _length);

    public static Outcome<IRowSource> Open(string path, SourceOptions options, LoadLimits limits)
    {
        var opened = XlsxPackage.Open(path, limits);
        if (!opened.Ok)
        {
            return opened.Refusals;
        }

        var package = opened.Value;
        var rows = Guarded(() => Start(package, options, limits), 0);
        if (!rows.Ok)
        {
            package.Dispose();
        }

        return rows;
    }

    public bool Read(SourceRow row)
    {
        if (Stopped is not null)
        {
            return false;
        }

        if (_pending)
        {
            _pending = false;
            row.Clear(_header.Count);
            for (var i = 0; i < _header.Count; i++)
            {
                row.Set(i, _header[i]);
            }

            row.Faults.AddRange(_header.Faults);
            row.Number = _header.Number;
        }
        else
        {
            var next = Guarded<object>(() => Outcome.Of<object>(Next(row)), _number);
            if (!next.Ok)
            {
                Stopped = next.Refusals[0];
                return false;
            }

            if (!(bool)next.Value)
            {
                return false;
            }
        }

        row.Ordinal = ++_ordinal;
        if (row.Count > Columns.Count)
        {
            row.Faults.Add(new("LOAD-R01", "", Text.Ragged(Columns.Count, row.Count)));
        }

        return true;
    }

    public void Dispose()
    {
        _sheet.Dispose();
        _package.Dispose();
    }

    private static Outcome<IRowSource> Start(XlsxPackage package, SourceOptions options, LoadLimits limits)
    {
        if (XlsxBook.Read(package, limits) is not { } book)
        {
            return new Refusal("LOAD-F12", "file", Text.TooMuchSharedText);
        }

        var (_, part) = options.Sheet is { Length: > 0 } name
            ? book.Sheets.FirstOrDefault(sheet => string.Equals(sheet.Name, name, StringComparison.Ordinal))
            : book.Sheets.FirstOrDefault();
        if (part is null || package.Part(part) is not { } xml)
        {
            return new Refusal(
                "LOAD-F13", "sheet", Text.NoSuchSheet(options.Sheet ?? "", book.Sheets.Select(sheet => sheet.Name)));
        }

        var rows = new XlsxRows(package, book, part, xml, limits);
        if (!rows.Next(rows._header))
        {
            return rows.Stopped is { } stopped ? stopped : new Refusal("LOAD-F01", "file", Text.EmptyFile);
        }

        rows.HasHeader = options.Header;
        rows._pending = !options.Header;
        rows.Columns = [.. Enumerable.Range(0, rows._header.Count)
            .Select(i => options.Header ? rows._header[i]?.Trim() ?? "" : Text.NthColumn(i + 1))];
        return Outcome.Of<IRowSource>(rows);
    }

    private static Outcome<T> Guarded<T>(Func<Outcome<T>> work, long row)
    {
        try
        {
            return work();
        }
        catch (ZipBombException)
        {
            return new Refusal("LOAD-F14", "file", Text.ZipBomb);
        }
        catch (TooWideException fault)
        {
            return new Refusal("LOAD-F02", "file", Text.TooManyColumns(fault.Limit));
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            return new Refusal("LOAD-F11", "file", row == 0 ? Text.NotAWorkbook : Text.BrokenWorkbook(row));
        }
    }

    private bool Next(SourceRow row)
    {
        while (_sheet.Read())
        {
            if (_sheet is { NodeType: XmlNodeType.EndElement, LocalName: "sheetData" })
            {
                return false;
            }

            if (_sheet is not { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                continue;
            }

            _number = long.TryParse(_sheet.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number : _number + 1;
            row.Clear(Columns.Count);
            row.Number = _number;
            if (!_sheet.IsEmptyElement)
            {
                Cells(row);
            }

            if (row.Count > 0 || row.Faults.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Cells(SourceRow row)
    {
        var depth = _sheet.Depth;
        var column = -1;
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            column = Position(_sheet.GetAttribute("r")) ?? column + 1;
            if (column >= _limits.Columns)
            {
                throw new TooWideException(_limits.Columns);
            }

            var text = Cell(row, column);
            if (text is { Length: > 0 })
            {
                row.Set(column, text);
            }
        }
    }

    private string? Cell(SourceRow row, int column)
    {
        if (_sheet.IsEmptyElement)
        {
            return null;
        }

        var type = _sheet.GetAttribute("t");
        _ = int.TryParse(_sheet.GetAttribute("s"), out var style);
        var depth = _sheet.Depth;
        string? text = null;
        // An element's content is read up to its end, so each element is looked at where the reader stands.
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (_sheet.LocalName == "f")
            {
                row.Faults.Add(new("LOAD-R03", Column(column), Text.Formula(Letters(column) + _number.ToString(CultureInfo.InvariantCulture))));
            }
            else if (_sheet.LocalName == "v")
            {
                XlsxBook.ReadText(_sheet, _text);
                text = Value(row, column, type, style, _text.ToString());
            }
            else if (_sheet.LocalName == "is")
            {
                XlsxBook.ReadText(_sheet, _text);
                text = SheetText.Unescaped(_text.ToString());
            }
        }

        if (text?.Length > _limits.CellChars)
        {
            row.Faults.Add(new("LOAD-R02", Column(column), Text.CellTooLong(Column(column), _limits.CellChars)));
            return null;
        }

        return text;
    }

    private string? Value(SourceRow row, int column, string? type, int style, string raw)
    {
        switch (type)
        {
            case "s":
                return int.TryParse(raw, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < _book.Texts.Count
                    ? _book.Texts[index]
                    : throw new InvalidDataException("No such shared text.");
            case "b":
                return raw == "1" ? "是" : "否";
            case "e":
                row.Faults.Add(new("LOAD-R04", Column(column), Text.CellError(Letters(column) + _number.ToString(CultureInfo.InvariantCulture), raw)));
                return null;
            case "str" or "inlineStr":
                return SheetText.Unescaped(raw);
            case "d":
                return raw;
            default:
                var kind = style >= 0 && style < _book.Styles.Count ? _book.Styles[style] : XlsxStyle.Number;
                var text = XlsxNumbers.Write(raw, kind, _book.Date1904, out var lost) ?? raw;
                if (lost)
                {
                    _lossy.Add(Column(column));
                    row.Faults.Add(new("LOAD-R05", Column(column), Text.NumberLostDigits(Letters(column) + _number.ToString(CultureInfo.InvariantCulture))));
                }

                return text;
        }
    }

    private string Column(int index) => index < Columns.Count ? Columns[index] : Text.NthColumn(index + 1);

    private static int? Position(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (c is < 'A' or > 'Z' || column > 100_000)
            {
                break;
            }

            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }

    private static string Letters(int column)
    {
        var letters = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
        {
            letters = (char)('A' + ((n - 1) % 26)) + letters;
        }

        return letters;
    }
}
