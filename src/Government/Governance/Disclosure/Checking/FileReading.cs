using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Shali.Platform.Documents.Checking;

namespace Shali.Government.Governance.Disclosure;

/// <summary>The text of a file, part by part, with what is hidden in it; and what could not be read.</summary>
/// <param name="Parts">Name of the part (第 3 页, 工作表 名单, 文档属性) and its text.</param>
public sealed record FileText(IReadOnlyList<(string Part, string Text)> Parts, IReadOnlyList<string> Unread);

/// <summary>
/// Reads what people would see in a file and what they would not: hidden sheets, deleted words of tracked changes,
/// comments, properties. What it unpacks is bounded; what it cannot read, it says.
/// </summary>
public sealed class FileReading(PdfText pdf)
{
    private const int UnpackedMost = 64 << 20;
    private const int EntriesMost = 4_000;
    private const int LettersMost = 4_000_000;

    public async Task<FileText> Read(string name, byte[] bytes, CancellationToken cancel = default) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".txt" or ".csv" or ".json" or ".geojson" => Plain(bytes),
            ".pdf" => await Pdf(bytes, cancel),
            ".docx" or ".xlsx" or ".ofd" => Packed(bytes),
            ".png" or ".jpg" or ".jpeg" or ".webp" or ".tif" or ".tiff" => new([], [Text.UnreadPicture]),
            ".zip" => new([], [Text.UnreadArchive]),
            _ => new([], [Text.UnreadKind]),
        };

    private static FileText Plain(byte[] bytes) =>
        bytes.Length > LettersMost ? new([], [Text.UnreadTooLong]) : new([(Text.WholeFile, Encoding.UTF8.GetString(bytes))], []);

    private async Task<FileText> Pdf(byte[] bytes, CancellationToken cancel)
    {
        if (await pdf.Read(bytes, cancel) is not { } look)
        {
            return new([], [Text.UnreadPdf]);
        }

        var unread = new List<string>();
        if (look.Lines.Count == 0)
        {
            unread.Add(Text.UnreadScan);
        }
        else if (look.Pictures > 0)
        {
            unread.Add(Text.UnreadPictures(look.Pictures));
        }

        if (look.Attachments > 0)
        {
            unread.Add(Text.UnreadAttachments(look.Attachments));
        }

        return new([(Text.WholeFile, string.Join('\n', look.Lines)), (Text.Properties, string.Join('\n', look.Hidden))], unread);
    }

    private static FileText Packed(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.Entries.Count > EntriesMost ? new([], [Text.UnreadTooLong]) : new PackedParts(zip).Read();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or TooLongException or NotSupportedException or FormatException)
        {
            return new([], [broken is TooLongException ? Text.UnreadTooLong : Text.UnreadBroken]);
        }
    }

    private sealed class TooLongException : Exception;

    /// <summary>The parts of one packed file.</summary>
    private sealed class PackedParts(ZipArchive zip)
    {
        private readonly List<(string Part, string Text)> _parts = [];
        private readonly List<string> _unread = [];
        private List<string> _shared = [];
        private long _left = UnpackedMost;

        public FileText Read()
        {
            _shared = zip.GetEntry("xl/sharedStrings.xml") is { } shared ? SharedStrings(shared) : [];
            var (pictures, embedded) = (0, 0);
            foreach (var entry in zip.Entries.Where(entry => entry.Length > 0).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                var name = entry.FullName.ToLowerInvariant();
                if (name.Contains("/embeddings/", StringComparison.Ordinal) || name.EndsWith("vbaproject.bin", StringComparison.Ordinal))
                {
                    embedded++;
                }
                else if (name.EndsWith(".xml", StringComparison.Ordinal))
                {
                    Part(entry, name);
                }
                else if (!name.EndsWith(".rels", StringComparison.Ordinal) && (name.Contains("/media/", StringComparison.Ordinal) || Picture(name)))
                {
                    pictures++;
                }
            }

            if (pictures > 0)
            {
                _unread.Add(Text.UnreadPictures(pictures));
            }

            if (embedded > 0)
            {
                _unread.Add(Text.UnreadAttachments(embedded));
            }

            if (_parts.All(part => part.Text.Length == 0))
            {
                _unread.Add(Text.UnreadEmpty);
            }

            return new(_parts, _unread);
        }

        private static bool Picture(string name) => Path.GetExtension(name) is ".png" or ".jpg" or ".jpeg" or ".gif" or ".emf" or ".wmf" or ".jb2" or ".bmp" or ".tif";

        private void Part(ZipArchiveEntry entry, string name)
        {
            if (name == "xl/sharedstrings.xml" || name.Contains("/theme/", StringComparison.Ordinal) || name.EndsWith("styles.xml", StringComparison.Ordinal)
                || name is "[content_types].xml" or "xl/workbook.xml" or "word/fonttable.xml" or "word/settings.xml" or "word/websettings.xml" or "word/numbering.xml")
            {
                return;
            }

            var (label, text) = name.StartsWith("xl/worksheets/", StringComparison.Ordinal) ? (Sheet(entry.FullName), Cells(entry))
                : name.StartsWith("docprops/", StringComparison.Ordinal) || name == "doc_0/document.xml" ? (Text.Properties, Words(entry))
                : (Text.PartOf(Path.GetFileNameWithoutExtension(name)), Words(entry));
            if (text.Length > 0)
            {
                _parts.Add((label, text));
            }
        }

        private string Sheet(string path)
        {
            var number = string.Concat(path.Where(char.IsAsciiDigit));
            return Text.Sheet(number, zip.GetEntry("xl/workbook.xml") is { } book && HiddenSheets(book).Contains(number));
        }

        // Sheets are numbered in the order of the workbook as every program in use writes them.
        private HashSet<string> HiddenSheets(ZipArchiveEntry book)
        {
            var (hidden, number) = (new HashSet<string>(StringComparer.Ordinal), 0);
            using var xml = Open(book);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                {
                    number++;
                    if (xml.GetAttribute("state") is "hidden" or "veryHidden")
                    {
                        hidden.Add(number.ToString(CultureInfo.InvariantCulture));
                    }
                }
            }

            return hidden;
        }

        /// <summary>All text of a part; a paragraph, a text box, a property each on a line of its own.</summary>
        private string Words(ZipArchiveEntry entry)
        {
            var text = new StringBuilder();
            using var xml = Open(entry);
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                {
                    text.Append(xml.Value);
                }
                else if (EndsLine(xml))
                {
                    Line(text);
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "tab" } or { NodeType: XmlNodeType.EndElement, LocalName: "tc" })
                {
                    text.Append(' ');
                }

                Bound(text);
            }

            return text.ToString().Trim();
        }

        private static bool EndsLine(XmlReader xml) =>
            (xml.NodeType == XmlNodeType.EndElement && (xml.Depth <= 1 || xml.LocalName is "p" or "tr" or "TextCode" or "comment"))
            || xml is { NodeType: XmlNodeType.Element, LocalName: "br" or "cr" };

        private static void Line(StringBuilder text)
        {
            if (text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }
        }

        private List<string> SharedStrings(ZipArchiveEntry entry)
        {
            var (strings, text) = (new List<string>(), new StringBuilder());
            using var xml = Open(entry);
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
                {
                    text.Append(xml.Value);
                    Bound(text);
                }
                else if (xml.LocalName == "si" && (xml.NodeType == XmlNodeType.EndElement || xml.IsEmptyElement))
                {
                    strings.Add(text.ToString());
                    text.Clear();
                }
            }

            return strings;
        }

        private string Cells(ZipArchiveEntry entry)
        {
            var (text, kind) = (new StringBuilder(), "");
            using var xml = Open(entry);
            while (xml.Read())
            {
                switch (xml)
                {
                    case { NodeType: XmlNodeType.Element, LocalName: "c" }:
                        kind = xml.GetAttribute("t") ?? "n";
                        break;
                    case { NodeType: XmlNodeType.Text }:
                        text.Append(Cell(kind, xml.Value));
                        Bound(text);
                        break;
                    case { NodeType: XmlNodeType.EndElement, LocalName: "c" }:
                        text.Append('｜');
                        break;
                    case { NodeType: XmlNodeType.EndElement, LocalName: "row" }:
                        text.Append('\n');
                        break;
                }
            }

            return text.ToString().Trim();
        }

        // A number of many digits is kept as 1.38E10 by some programs.
        private string Cell(string kind, string value) =>
            kind == "s" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? (at < _shared.Count ? _shared[at] : "")
            : kind == "n" && value.Contains('E', StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.##", CultureInfo.InvariantCulture)
            : value;

        private static void Bound(StringBuilder text)
        {
            if (text.Length > LettersMost)
            {
                throw new TooLongException();
            }
        }

        private XmlReader Open(ZipArchiveEntry entry) => XmlReader.Create(
            new BoundedStream(entry.Open(), read => (_left -= read) >= 0),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });
    }

    /// <summary>Counts what comes out while it comes: the sizes that a file declares are not its sizes.</summary>
    private sealed class BoundedStream(Stream inner, Func<int, bool> goOn) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            return goOn(read) ? read : throw new TooLongException();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
