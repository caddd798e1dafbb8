using MiniExcelLibs;
using MiniExcelLibs.OpenXml;
using Sylvan.Data.Csv;

namespace Shali.Platform.Registry.Load;

/// <summary>The file of bad rows as a workbook, made from the text file when somebody asks for it.</summary>
internal static class RejectBook
{
    /// <summary>What one sheet can hold, the header left out.</summary>
    public const int RowsMost = 1_048_575;

    private static readonly OpenXmlConfiguration Plain = new() { AutoFilter = false, TableStyles = TableStyles.None };

    /// <summary>A temporary file that disappears when the stream is closed.</summary>
    public static FileStream Make(string rejects)
    {
        var book = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using var csv = CsvDataReader.Create(
            rejects, new CsvDataReaderOptions { HasHeaders = false, Comment = '\uffff', MaxBufferSize = 32 << 20 });
        book.SaveAs(csv, printHeader: false, sheetName: "Sheet1", configuration: Plain);
        book.Position = 0;
        return book;
    }
}
