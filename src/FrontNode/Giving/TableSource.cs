using System.Data.Common;
using System.Runtime.CompilerServices;
using Shali.FrontNode.Databases;

namespace Shali.FrontNode.Giving;

/// <summary>A table or view of a database.</summary>
internal class TableSource(Engine engine, DbConnection connection, string table) : Source
{
    protected Engine Engine => engine;

    protected DbConnection Connection => connection;

    protected string Table => table;

    public override async Task<IReadOnlyList<SourceColumn>> Columns(CancellationToken cancel)
    {
        await using var command = Engine.Command(connection, null, $"select * from {engine.Table(table)} where 1 = 0");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => new SourceColumn(reader.GetName(i), reader.GetDataTypeName(i)))];
    }

    public override async IAsyncEnumerable<ReadRow> Rows(
        IReadOnlyList<string> wanted, string? watermark, string? since, int overlap,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var columns = string.Join(", ", wanted.Concat(watermark is null ? [] : [watermark]).Select(engine.Quote));
        var from = $"select {columns} from {engine.Table(table)}";
        await using var transaction = await connection.BeginTransactionAsync(engine.OneMoment, cancel);
        await Begun(transaction, cancel);
        await using var command = since is null
            ? Engine.Command(connection, transaction, from)
            : Engine.Command(connection, transaction, $"{from} where {engine.Quote(watermark!)} >= @p0 order by {engine.Quote(watermark!)}", Cell.Since(since, overlap));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return Read(reader, wanted.Count, watermark is not null);
        }
    }

    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>The transaction of a look at all rows has begun.</summary>
    protected virtual Task Begun(DbTransaction transaction, CancellationToken cancel) => Task.CompletedTask;

    protected static ReadRow Read(DbDataReader reader, int count, bool marked)
    {
        var cells = new string?[count];
        string? fault = null;
        for (var i = 0; i < count; i++)
        {
            try
            {
                cells[i] = Cell.Text(reader.GetValue(i));
            }
            catch (Exception broken) when (broken is InvalidCastException or OverflowException or FormatException or ArgumentException)
            {
                fault = Text.Unreadable(reader.GetName(i), broken.Message);
            }
        }

        return new(cells, fault, marked ? Cell.Mark(reader.GetValue(count)) : null);
    }
}
