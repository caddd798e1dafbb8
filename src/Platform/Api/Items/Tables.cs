using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using NetTopologySuite.Geometries;
using Shali.Platform.Exchange.Files;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Api.Items;

/// <summary>
/// Records as tables for spreadsheets. The first row has the field names, codes stay codes, geometry is WKT, moments are
/// the city's time. Text that a spreadsheet would run as a formula gets an apostrophe in front.
/// </summary>
internal static class Tables
{
    public static string FileName(FeatureShape shape, ItemsQuery query) => $"{shape.Definition.Address}.{Formats.Name(query.Format)}";

    /// <param name="file">Where the rows are counted for a manifest; null: it gets none.</param>
    /// <param name="name">Name of the file; null: the plain one.</param>
    public static Task Send(HttpContext context, FeatureShape shape, ItemsQuery query, Access access, IAsyncEnumerable<ShownRecord> records, OutgoingFile? file, string? name = null)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name ?? FileName(shape, query)}\"";
        return query.Format switch
        {
            Format.Csv => Csv(context, shape, query, records, file),
            Format.Parquet => ParquetTable.Send(context, ParquetColumns(shape, query, access), ParquetRows(shape, query, records, file)),
            _ => Workbook.Send(context, Columns(shape, query), Counted(Rows(shape, query, records), file)),
        };
    }

    private static async Task Csv(HttpContext context, FeatureShape shape, ItemsQuery query, IAsyncEnumerable<ShownRecord> records, OutgoingFile? file)
    {
        context.Response.ContentType = "text/csv; charset=utf-8; header=present";

        // The mark at the start tells Chinese spreadsheets that this is UTF-8.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
        var line = new StringBuilder();
        Line(line, [.. Columns(shape, query)]);
        await writer.WriteAsync(line, context.RequestAborted);
        await foreach (var row in Rows(shape, query, records).WithCancellation(context.RequestAborted))
        {
            line.Clear();
            var cells = Texts(row);
            file?.Row(cells);
            Line(line, cells);
            await writer.WriteAsync(line, context.RequestAborted);
        }
    }

    /// <summary>The cells as CSV writes them.</summary>
    private static string[] Texts(object?[] row) =>
    [
        .. row.Select(cell => cell switch
        {
            null => "",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => (string)cell,
        }),
    ];

    private static async IAsyncEnumerable<object?[]> Counted(IAsyncEnumerable<object?[]> rows, OutgoingFile? file)
    {
        await foreach (var row in rows)
        {
            file?.Row(Texts(row));
            yield return row;
        }
    }

    private static List<ParquetTable.Column> ParquetColumns(FeatureShape shape, ItemsQuery query, Access access) =>
    [
        ParquetTable.Text("id"),
        .. Shown(shape, query).Select(i => ParquetTable.Of(shape.Fields[i], !query.Read.Clear && access.MaskOf(shape.Fields[i]) != MaskShape.None)),
        ParquetTable.Whole("version"),
        ParquetTable.Moment("changed_at"),
    ];

    private static async IAsyncEnumerable<(object?[] Values, object?[] Cells)> ParquetRows(
        FeatureShape shape, ItemsQuery query, IAsyncEnumerable<ShownRecord> records, OutgoingFile? file)
    {
        var shown = Shown(shape, query).ToArray();
        await foreach (var record in records)
        {
            var cells = Row(shape, query, shown, record);
            file?.Row(Texts(cells));
            yield return ([record.Key, .. shown.Select(i => record.Values[i]), (long)record.Record.Version, record.Record.ChangedAt], cells);
        }
    }

    private static void Line(StringBuilder line, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                line.Append(',');
            }

            if (cells[i].AsSpan().IndexOfAny(",\"\r\n") >= 0)
            {
                line.Append('"').Append(cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                line.Append(cells[i]);
            }
        }

        line.Append("\r\n");
    }

    public static List<string> Columns(FeatureShape shape, ItemsQuery query)
    {
        var columns = new List<string> { "id" };
        columns.AddRange(Shown(shape, query).Select(i => shape.Fields[i].Name));
        columns.AddRange(["version", "changed_at"]);
        return columns;
    }

    private static IEnumerable<int> Shown(FeatureShape shape, ItemsQuery query) => Enumerable.Range(0, shape.Fields.Length)
        .Where(i => i == shape.Place ? query.Geometry : query.Fields is null || query.Fields[i]);

    /// <summary>Cells are text (made harmless) or numbers.</summary>
    private static async IAsyncEnumerable<object?[]> Rows(FeatureShape shape, ItemsQuery query, IAsyncEnumerable<ShownRecord> records)
    {
        var shown = Shown(shape, query).ToArray();
        await foreach (var record in records)
        {
            yield return Row(shape, query, shown, record);
        }
    }

    private static object?[] Row(FeatureShape shape, ItemsQuery query, int[] shown, ShownRecord record)
    {
        var row = new object?[shown.Length + 3];
        row[0] = SheetText.Harmless(record.Key);
        for (var i = 0; i < shown.Length; i++)
        {
            row[i + 1] = Cell(shape.Fields[shown[i]], record.Values[shown[i]], query);
        }

        row[^2] = (long)record.Record.Version;
        row[^1] = record.Record.ChangedAt.ToOffset(CityTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        return row;
    }

    private static object? Cell(FieldDefinition field, object? value, ItemsQuery query) => value switch
    {
        null => null,
        long or decimal => value,
        string text => SheetText.Harmless(text),
        Geometry geometry when query.Crs.NorthFirst => Geo.Crs.Flipped(geometry).AsText(),
        _ => field.Type.Write(field, value),
    };
}
