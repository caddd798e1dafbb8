using System.Text;
using Shali.Platform.Kernel;
using Sylvan.Data.Csv;

namespace Shali.Platform.Registry.Load;

/// <summary>Comma, semicolon or tab separated text.</summary>
public sealed class CsvRows : IRowSource
{
    /// <summary>A row may be wider than the others by mistake and is told of; this many times the limit is no mistake.</summary>
    private const int Ragged = 4;

    private readonly FileStream _file;
    private readonly CsvDataReader _csv;
    private readonly LoadLimits _limits;
    private readonly string _encoding;
    private readonly bool _first;
    private bool _pending;
    private long _records;
    private long _ordinal;

    private CsvRows(FileStream file, CsvDataReader csv, string[] columns, bool header, string encoding, LoadLimits limits)
    {
        (_file, _csv, Columns, HasHeader, _encoding, _limits) = (file, csv, columns, header, encoding, limits);
        _first = !header;
        _pending = _first;
        _records = 1;
    }

    public IReadOnlyList<string> Columns { get; }

    public bool HasHeader { get; }

    public Refusal? Stopped { get; private set; }

    public IReadOnlyList<string> Warnings => [];

    public double Progress => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    public static Outcome<IRowSource> Open(string path, SourceOptions options, LoadLimits limits)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            var name = options.Encoding ?? TextEncoding.Detect(file);
            file.Position = 0;
            if (TextEncoding.Strict(name) is not { } encoding)
            {
                file.Dispose();
                return new Refusal("LOAD-F05", "encoding", Text.UnknownEncoding(name));
            }

            var opened = Start(file, encoding, name, options, limits);
            if (!opened.Ok)
            {
                file.Dispose();
            }

            return opened;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool Read(SourceRow row)
    {
        if (Stopped is not null)
        {
            return false;
        }

        try
        {
            if (_pending)
            {
                _pending = false;
            }
            else
            {
                do
                {
                    if (!_csv.Read())
                    {
                        return false;
                    }

                    _records++;
                }
                while (Blank());
            }
        }
        catch (Exception fault) when (Reason(fault, _records + 1, _encoding, _limits) is { } refusal)
        {
            Stopped = refusal;
            return false;
        }

        Fill(row);
        return true;
    }

    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }

    private static Outcome<IRowSource> Start(
        FileStream file, Encoding encoding, string name, SourceOptions options, LoadLimits limits)
    {
        try
        {
            var delimiter = options.Delimiter ?? Delimiters.Detect(file, encoding);
            file.Position = 0;
            var pool = new CellPool(limits.Columns);
            var csv = CsvDataReader.Create(
                new WidthGuard(
                    new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: name != TextEncoding.Gb18030, 1 << 16), delimiter, limits.Columns * Ragged),
                new CsvDataReaderOptions
                {
                    HasHeaders = false,
                    Delimiter = delimiter,
                    // Rows that begin with # are rows.
                    Comment = '\uffff',
                    CsvStyle = CsvStyle.Standard,
                    BufferSize = 1 << 16,
                    MaxBufferSize = limits.RecordChars,
                    ColumnStringFactory = (_, column, buffer, offset, length) => pool.Get(column, buffer.AsSpan(offset, length)),
                });
            if (!csv.Read())
            {
                return new Refusal("LOAD-F01", "file", Text.EmptyFile);
            }

            if (csv.RowFieldCount > limits.Columns)
            {
                return new Refusal("LOAD-F02", "file", Text.TooManyColumns(limits.Columns));
            }

            var columns = new string[csv.RowFieldCount];
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = options.Header ? csv.GetString(i).Trim('\ufeff', ' ', '\t') : Text.NthColumn(i + 1);
            }

            return new CsvRows(file, csv, columns, options.Header, name, limits);
        }
        catch (Exception fault) when (Reason(fault, 1, name, limits) is { } refusal)
        {
            return refusal;
        }
    }

    private static Refusal? Reason(Exception fault, long row, string encoding, LoadLimits limits) => fault switch
    {
        TooWideException => new("LOAD-F02", "file", Text.TooManyColumns(limits.Columns)),
        DecoderFallbackException => new("LOAD-F06", "encoding", Text.WrongEncoding(encoding, row)),
        CsvRecordTooLargeException => new("LOAD-F07", "file", Text.EndlessRecord(row)),
        CsvFormatException => new("LOAD-F08", "file", Text.BrokenQuotes(row)),
        _ when fault.InnerException is { } inner => Reason(inner, row, encoding, limits),
        _ => null,
    };

    private bool Blank() => _csv.RowFieldCount == 0 || (_csv.RowFieldCount == 1 && Columns.Count > 1 && _csv.GetFieldSpan(0).IsWhiteSpace());

    private void Fill(SourceRow row)
    {
        row.Clear(Columns.Count);
        row.Ordinal = ++_ordinal;
        row.Number = _records;
        var count = _csv.RowFieldCount;
        if (count != Columns.Count)
        {
            row.Faults.Add(new("LOAD-R01", "", Text.Ragged(Columns.Count, count)));
            count = Math.Min(count, _limits.Columns);
        }

        for (var i = 0; i < count; i++)
        {
            var length = _csv.GetFieldSpan(i).Length;
            if (length > _limits.CellChars)
            {
                row.Faults.Add(new("LOAD-R02", Column(i), Text.CellTooLong(Column(i), _limits.CellChars)));
                row.Set(i, null);
                continue;
            }

            row.Set(i, length == 0 ? null : _csv.GetString(i));
        }
    }

    private string Column(int index) => index < Columns.Count ? Columns[index] : Text.NthColumn(index + 1);
}
