using System.Globalization;
using System.Text;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Registry.Load;

/// <summary>
/// The bad rows of a load as a file that can be corrected and loaded again: the original cells, and in front of them
/// the row number and all reasons. Spreadsheet programs open it as it is (UTF-8 with mark).
/// </summary>
internal sealed class RejectFile : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    private readonly FileStream _file;
    private readonly StreamWriter _writer;
    private readonly int _columns;

    private RejectFile(FileStream file, StreamWriter writer, int columns) => (_file, _writer, _columns) = (file, writer, columns);

    /// <summary>Goes on at <paramref name="length"/>: what stood behind it was never committed.</summary>
    public static RejectFile Open(string path, long length, IReadOnlyList<string> columns)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1);
        file.SetLength(Math.Min(length, file.Length));
        file.Position = file.Length;
        var writer = new StreamWriter(file, Utf8, 1 << 16);
        var rejects = new RejectFile(file, writer, columns.Count);
        if (file.Length == 0)
        {
            rejects.Line([ColumnMapping.RowColumn, ColumnMapping.ReasonColumn, .. columns]);
            rejects.Flush();
        }

        return rejects;
    }

    /// <summary>Length of what is on disk.</summary>
    public long Length => _file.Length;

    /// <summary>Forgets what was added behind <paramref name="length"/>.</summary>
    public void Back(long length)
    {
        _writer.Flush();
        _file.SetLength(length);
        _file.Position = length;
    }

    public void Add(SourceRow row, string reasons)
    {
        Cell(row.Number.ToString(CultureInfo.InvariantCulture));
        _writer.Write(',');
        Cell(reasons);
        for (var i = 0; i < Math.Max(row.Count, _columns); i++)
        {
            _writer.Write(',');
            Cell(row[i] is { } text ? SheetText.Harmless(text) : null);
        }

        _writer.Write("\r\n");
    }

    /// <summary>Everything so far is on disk; its length.</summary>
    public long Flush()
    {
        _writer.Flush();
        _file.Flush(flushToDisk: true);
        return _file.Length;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }

    private void Line(IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                _writer.Write(',');
            }

            Cell(cell);
            first = false;
        }

        _writer.Write("\r\n");
    }

    private void Cell(string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text is not [' ', ..] and not [.., ' '])
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
