using Microsoft.AspNetCore.Http;
using MiniExcelLibs;

namespace Shali.Platform.Api.Items;

/// <summary>
/// A spreadsheet of any length. The library writes synchronously and goes back in what it wrote, so the workbook grows
/// in a file that vanishes when it is closed, not in memory.
/// </summary>
internal static class Workbook
{
    public static async Task Send(HttpContext context, IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"shali-{Guid.NewGuid():N}.xlsx");
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await MiniExcel.SaveAsAsync(
            file, Named(columns, rows), sheetName: "data", excelType: ExcelType.XLSX, cancellationToken: context.RequestAborted);
        file.Position = 0;
        context.Response.ContentType = Formats.Xlsx;
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async IAsyncEnumerable<Dictionary<string, object?>> Named(IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows)
    {
        var any = false;
        await foreach (var row in rows)
        {
            any = true;
            var named = new Dictionary<string, object?>(columns.Count, StringComparer.Ordinal);
            for (var i = 0; i < columns.Count; i++)
            {
                named[columns[i]] = row[i];
            }

            yield return named;
        }

        if (!any)
        {
            // The heading of an empty table comes from a row without values.
            yield return columns.ToDictionary(column => column, _ => (object?)null, StringComparer.Ordinal);
        }
    }
}
