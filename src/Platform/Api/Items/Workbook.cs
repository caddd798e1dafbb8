using Microsoft.AspNetCore.Http;
using Shali.Platform.Registry.Sheets;

namespace Shali.Platform.Api.Items;

/// <summary>
/// A spreadsheet of any length. It grows in a file that vanishes when it is closed, not in memory, and is sent when it
/// is whole: a fault on the way is answered as a fault, not as half a workbook.
/// </summary>
internal static class Workbook
{
    public static async Task Send(HttpContext context, IReadOnlyList<string> columns, IAsyncEnumerable<object?[]> rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"shali-{Guid.NewGuid():N}.xlsx");
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var book = new XlsxWriter(file, columns))
        {
            await foreach (var row in rows.WithCancellation(context.RequestAborted))
            {
                book.Row(row);
            }
        }

        file.Position = 0;
        context.Response.ContentType = Formats.Xlsx;
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
