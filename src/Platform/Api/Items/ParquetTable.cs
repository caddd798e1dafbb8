using Microsoft.AspNetCore.Http;
using Parquet;
using Parquet.Schema;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>
/// Records as Apache Parquet, written group by group: memory holds one group of rows. Numbers, days, moments and yes-no keep their types where nothing is
/// masked; everything else is the text that CSV has.
/// </summary>
internal static class ParquetTable
{
    private const int GroupRows = 10_000;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    /// <summary>A column: its place among the record's values, and how it is written.</summary>
    public abstract class Column(DataField field)
    {
        public DataField Field { get; } = field;

        /// <summary>Keeps a value for the group.</summary>
        /// <param name="text">The cell as CSV has it.</param>
        public abstract void Add(object? value, object? text);

        /// <summary>Writes what was kept and forgets it.</summary>
        public abstract Task Write(ParquetRowGroupWriter group, CancellationToken cancel);
    }

    /// <summary>The column of a field.</summary>
    /// <param name="masked">Values may be masked: they are text.</param>
    public static Column Of(FieldDefinition field, bool masked) => (masked ? "" : field.Type.Name) switch
    {
        FieldKind.Integer => new Typed<long>(new DataField(field.Name, typeof(long), true)),
        FieldKind.Decimal => new Typed<decimal>(new DecimalDataField(field.Name, 28, field.Scale, isNullable: true)),
        FieldKind.Date => new Typed<DateOnly>(new DataField(field.Name, typeof(DateOnly), true)),
        FieldKind.DateTime => Moment(field.Name),
        FieldKind.YesNo => new Typed<bool>(new DataField(field.Name, typeof(bool), true)),
        _ => Text(field.Name),
    };

    public static Column Text(string name) => new TextColumn(new DataField(name, typeof(string), true));

    public static Column Whole(string name) => new Typed<long>(new DataField(name, typeof(long), true));

    public static Column Moment(string name) => new MomentColumn(new DateTimeDataField(name, DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Micros, true));

    /// <param name="rows">Values and cells of each record, in the order of the columns.</param>
    public static async Task Send(HttpContext context, IReadOnlyList<Column> columns, IAsyncEnumerable<(object?[] Values, object?[] Cells)> rows)
    {
        context.Response.ContentType = Formats.Parquet;
        var cancel = context.RequestAborted;
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), new Counted(context.Response.Body), Options, cancellationToken: cancel);
        var kept = 0;
        await foreach (var (values, cells) in rows.WithCancellation(cancel))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                columns[i].Add(values[i], cells[i]);
            }

            if (++kept == GroupRows)
            {
                await Group(writer, columns, cancel);
                kept = 0;
            }
        }

        if (kept > 0)
        {
            await Group(writer, columns, cancel);
        }
    }

    private static async Task Group(ParquetWriter writer, IReadOnlyList<Column> columns, CancellationToken cancel)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.Write(group, cancel);
        }
    }

    private sealed class TextColumn(DataField field) : Column(field)
    {
        private readonly List<string?> _values = [];

        public override void Add(object? value, object? text) => _values.Add(text switch
        {
            null => null,
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => (string)text,
        });

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync(Field, (IReadOnlyCollection<string>)_values, null);
            _values.Clear();
        }
    }

    private sealed class Typed<T>(DataField field) : Column(field)
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override void Add(object? value, object? text) => _values.Add((T?)value);

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync<T>(Field, _values.ToArray().AsMemory(), null, null, cancel);
            _values.Clear();
        }
    }

    private sealed class MomentColumn(DataField field) : Column(field)
    {
        private readonly List<DateTime?> _values = [];

        public override void Add(object? value, object? text) => _values.Add(((DateTimeOffset?)value)?.UtcDateTime);

        public override async Task Write(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync<DateTime>(Field, _values.ToArray().AsMemory(), null, null, cancel);
            _values.Clear();
        }
    }

    /// <summary>The format has addresses in it: whoever writes it must know how far he is.</summary>
    private sealed class Counted(Stream to) : Stream
    {
        private long _position;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _position;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await to.WriteAsync(buffer, cancellationToken);
            _position += buffer.Length;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
