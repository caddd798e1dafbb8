using System.IO.Compression;
using System.Text;
using Shali.Platform.Registry.Load;

namespace Shali.Tests.Support;

/// <summary>Files as departments send them, made for one test and gone with it.</summary>
public sealed class LoadFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shali-load-").FullName;

    private LoadFile(string name) => Path = System.IO.Path.Combine(_folder, name);

    public string Path { get; }

    public static LoadFile Of(string name, byte[] bytes)
    {
        var file = new LoadFile(name);
        File.WriteAllBytes(file.Path, bytes);
        return file;
    }

    public static LoadFile Csv(string text, Encoding? encoding = null) =>
        Of("a.csv", [.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);

    /// <summary>A workbook of one sheet; <paramref name="sheetData"/> is what stands inside <c>sheetData</c>.</summary>
    public static LoadFile Xlsx(string sheetData, string shared = "", string styles = "")
    {
        var file = new LoadFile("a.xlsx");
        using var zip = ZipFile.Open(file.Path, ZipArchiveMode.Create);
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        Part(zip, "xl/workbook.xml",
            $"<workbook xmlns='{main}' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
            + "<sheets><sheet name='表一' sheetId='1' r:id='rId1'/></sheets></workbook>");
        Part(zip, "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + "<Relationship Id='rId1' Type='worksheet' Target='worksheets/sheet1.xml'/></Relationships>");
        Part(zip, "xl/sharedStrings.xml", $"<sst xmlns='{main}'>{shared}</sst>");
        Part(zip, "xl/styles.xml", $"<styleSheet xmlns='{main}'>{styles}</styleSheet>");
        Part(zip, "xl/worksheets/sheet1.xml", $"<worksheet xmlns='{main}'><sheetData>{sheetData}</sheetData></worksheet>");
        return file;
    }

    /// <summary>All rows as texts joined by a bar, and what is wrong with each; the columns first.</summary>
    public (IReadOnlyList<string> Columns, List<string> Rows, List<string> Faults, string? Stopped, IReadOnlyList<string> Warnings) Read(
        SourceOptions? options = null, LoadLimits? limits = null)
    {
        var opened = RowSources.Open(Path, System.IO.Path.GetFileName(Path), options ?? new(), limits ?? new());
        if (!opened.Ok)
        {
            return ([], [], [], opened.Refusals[0].Code, []);
        }

        using var source = opened.Value;
        var (rows, faults) = (new List<string>(), new List<string>());
        var row = new SourceRow();
        while (source.Read(row))
        {
            rows.Add(string.Join('|', row.Cells.Take(row.Count)));
            faults.AddRange(row.Faults.Select(fault => $"{row.Number} {fault.Code}"));
        }

        return (source.Columns, rows, faults, source.Stopped?.Code, source.Warnings);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Part(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Optimal).Open());
        writer.Write(text);
    }
}
