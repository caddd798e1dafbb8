using Shali.Platform.Registry.Sheets;
using Sylvan.Data.Csv;

namespace Shali.Platform.Registry.Load;

/// <summary>The file of bad rows as a workbook, made from the text file when somebody asks for it.</summary>
internal static class RejectBook
{
    /// <summary>What one sheet can hold, the header left out.</summary>
    public const int RowsMost = XlsxWriter.RowsMax - 1;

    /// <summary>A temporary file that disappears when the stream is closed.</summary>
    public static FileStream Make(string rejects)
    {
        var book = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using var csv = CsvDataReader.Create(
            rejects, new CsvDataReaderOptions { HasHeaders = false, Comment = '\uffff', MaxBufferSize = 32 << 20 });
        csv.Read();
        using (var writer = new XlsxWriter(book, Cells(csv)))
        {
            while (csv.Read())
            {
                writer.Row(Cells(csv));
            }
        }

        book.Position = 0;
        return book;
    }

    // Rows may be longer than the heading: what was too much in them is a reason for their being here.
    private static string[] Cells(CsvDataReader csv) =>
        [.. Enumerable.Range(0, csv.RowFieldCount).Select(i => csv.GetString(i).TrimStart('\ufeff'))];
}
