using System.Globalization;
using System.Text;
using Shali.Platform.Documents.Fonts;
using Shali.Platform.Documents.Pdf;
using Shali.Platform.Kernel;

namespace Shali.Platform.Documents.Layout;

/// <summary>A file that waits for its signature.</summary>
/// <param name="Bytes">With an empty place for the signature; its range is already written.</param>
/// <param name="Place">Where the opening bracket of that place stands, and how long it is with both brackets.</param>
/// <param name="Missing">Characters that no face has: drawn as frames with their numbers, and to be told to the clerk.</param>
internal sealed record PreparedDocument(byte[] Bytes, (int Start, int Length) Place, IReadOnlyList<string> Missing);

/// <summary>Turns content into a page. The same content, mark and moment give the same bytes.</summary>
internal sealed class DocumentRenderer(DocumentFonts fonts)
{
    /// <summary>Signature with two certificates and a time stamp has some 5 KB.</summary>
    private const int SignatureBytes = 9_000;

    private const string RangePlace = "/ByteRange [0 ";
    private const int RangeWidth = 40;
    private const double Block = 172;
    private const double CodeSide = 76;

    /// <param name="signedAt">The moment that the file names as that of the signature.</param>
    public PreparedDocument Render(DocumentContent content, CheckMark mark, DateTimeOffset signedAt)
    {
        var (body, bold) = (new PdfFont(fonts.Regular, "F1"), new PdfFont(fonts.Bold, "F2"));
        var sheet = new Sheet(body, bold);
        List<Strip> strips = content.Form == DocumentForm.Licence ? [.. Licence(sheet, content)] : [.. Decision(sheet, content)];
        var pages = PageFlow.Pages(strips, Sheet.TextHeight, Block);
        var floor = content.Form == DocumentForm.Licence
            ? Sheet.Bottom
            : Sheet.Top - pages[^1].Sum(strip => strip.Height) - Block;
        var canvases = pages.Select((page, i) => Draw(sheet, content, mark, page, i + 1, pages.Count, floor)).ToList();

        var seal = new Canvas();
        seal.AsStamp("Stamp");
        SealPicture.Draw(seal, bold, content.Office, content.SealUse);
        return Finish(content, body, bold, canvases, seal, floor, signedAt);
    }

    private static IEnumerable<Strip> Decision(Sheet sheet, DocumentContent content)
    {
        var bold = sheet.Bold;
        var head = Math.Clamp(Sheet.TextWidth / LineBreaks.Width(content.Office, bold, 1), 22, 38);
        foreach (var strip in sheet.Centred(content.Office, bold, head, head * 1.35, Ink.SealRed))
        {
            yield return strip;
        }

        yield return Sheet.Space(14) with { WithNext = true };
        foreach (var strip in sheet.Centred(content.Number, sheet.Body, Sheet.BodySize, 24, Ink.Black))
        {
            yield return strip;
        }

        yield return Sheet.Rule(10, 1.6, Ink.SealRed);
        yield return Sheet.Space(22) with { WithNext = true };
        foreach (var strip in sheet.Centred(content.Title, bold, 22, 34, Ink.Black, Sheet.TextWidth * 0.9))
        {
            yield return strip;
        }

        yield return Sheet.Space(14) with { WithNext = true };
        if (content.Addressee is { Length: > 0 } addressee)
        {
            foreach (var strip in sheet.Paragraph(addressee + "：", indented: false))
            {
                yield return strip;
            }
        }

        foreach (var strip in content.Paragraphs.SelectMany(text => sheet.Paragraph(text)))
        {
            yield return strip;
        }

        if (content.Fields.Count > 0)
        {
            yield return Sheet.Space(8) with { WithNext = true };
            foreach (var strip in sheet.Table(content.Fields))
            {
                yield return strip;
            }

            yield return Sheet.Space(8);
        }

        foreach (var strip in content.Notes.SelectMany(text => sheet.Paragraph(text)))
        {
            yield return strip;
        }
    }

    private static IEnumerable<Strip> Licence(Sheet sheet, DocumentContent content)
    {
        yield return Sheet.Space(26) with { WithNext = true };
        var size = Math.Clamp(Sheet.TextWidth * 0.9 / LineBreaks.Width(content.Title, sheet.Bold, 1), 26, 40);
        foreach (var strip in sheet.Centred(content.Title, sheet.Bold, size, size * 1.4, Ink.Black))
        {
            yield return strip;
        }

        yield return Sheet.Space(10) with { WithNext = true };
        foreach (var strip in sheet.Centred(Text.NumberOnLicence(content.Number), sheet.Body, 13, 22, Ink.Black))
        {
            yield return strip;
        }

        yield return Sheet.Space(24) with { WithNext = true };
        if (content.Fields.Count > 0)
        {
            foreach (var strip in sheet.Facts(content.Fields, 14.5, 28))
            {
                yield return strip;
            }
        }

        yield return Sheet.Space(8);
        foreach (var strip in content.Paragraphs.Concat(content.Notes).SelectMany(text => sheet.Paragraph(text, 12.5, 22)))
        {
            yield return strip;
        }
    }

    private static Canvas Draw(Sheet sheet, DocumentContent content, CheckMark mark, List<Strip> strips, int number, int count, double floor)
    {
        var canvas = new Canvas();
        if (content.Form == DocumentForm.Licence)
        {
            const double Edge = 34;
            canvas.Frame(Edge, Edge, Sheet.Width - (2 * Edge), Sheet.Height - (2 * Edge), 2.6, Ink.SealRed);
            canvas.Frame(Edge + 5, Edge + 5, Sheet.Width - (2 * Edge) - 10, Sheet.Height - (2 * Edge) - 10, 0.7, Ink.SealRed);
        }

        var top = Sheet.Top;
        foreach (var strip in strips)
        {
            strip.Draw(canvas, top);
            top -= strip.Height;
        }

        if (number == count)
        {
            End(canvas, sheet, content, mark, floor);
        }

        // Whoever holds one page of several must be able to ask for the whole.
        var foot = Text.Foot(mark, number, count);
        canvas.Text(sheet.Body, 8.5, (Sheet.Width - LineBreaks.Width(foot, sheet.Body, 8.5)) / 2, 58, foot, Ink.Grey);
        return canvas;
    }

    /// <summary>Check code on the left; office and date on the right, where the seal goes over them. Under the text of a decision; at the foot of a licence.</summary>
    private static void End(Canvas canvas, Sheet sheet, DocumentContent content, CheckMark mark, double floor)
    {
        var codeY = floor + 44;
        CheckCode.Draw(canvas, Sheet.Left, codeY, CodeSide, mark.Address);
        canvas.Text(sheet.Body, 9, Sheet.Left, codeY - 14, Text.ScanToCheck, Ink.Black);
        canvas.Text(sheet.Body, 9, Sheet.Left, codeY - 27, Text.CheckCodeIs(mark.Code), Ink.Black);

        var (centre, line) = SealCentre(sheet, content, floor);
        var office = LineBreaks.Break(content.Office, sheet.Body, Sheet.BodySize, SignatureWidth);
        for (var i = 0; i < office.Count; i++)
        {
            var up = (office.Count - i) * 24;
            canvas.Text(sheet.Body, Sheet.BodySize, centre - (LineBreaks.Width(office[i], sheet.Body, Sheet.BodySize) / 2), line + up, office[i], Ink.Black);
        }

        var date = content.Date.InWords();
        canvas.Text(sheet.Body, Sheet.BodySize, centre - (LineBreaks.Width(date, sheet.Body, Sheet.BodySize) / 2), line, date, Ink.Black);
    }

    private const double SignatureWidth = 290;

    /// <summary>The middle of signature and seal, and the base line of the date.</summary>
    private static (double X, double Line) SealCentre(Sheet sheet, DocumentContent content, double floor)
    {
        var width = Math.Max(SealPicture.Diameter, LineBreaks.Break(content.Office, sheet.Body, Sheet.BodySize, SignatureWidth)
            .Max(line => LineBreaks.Width(line, sheet.Body, Sheet.BodySize)));
        return (Sheet.Left + Sheet.TextWidth - 16 - (width / 2), floor + 62);
    }

    private PreparedDocument Finish(
        DocumentContent content, PdfFont body, PdfFont bold, List<Canvas> canvases, Canvas seal, double floor, DateTimeOffset signedAt)
    {
        var writer = new PdfWriter();
        var (catalog, pages, signature, widget) = (writer.Reserve(), writer.Reserve(), writer.Reserve(), writer.Reserve());
        body.Reserve(writer);
        bold.Reserve(writer);
        var stamp = writer.Add("<< /Type /ExtGState /BM /Multiply >>");
        var resources =
            $"<< /Font << /{body.Resource} {body.Object} 0 R /{bold.Resource} {bold.Object} 0 R >> /ExtGState << /Stamp {stamp} 0 R >> >>";
        var numbers = new List<int>();
        foreach (var canvas in canvases)
        {
            var stream = writer.AddStream("", canvas.Content);
            var annotations = numbers.Count == canvases.Count - 1 ? $" /Annots [{widget} 0 R]" : "";
            numbers.Add(writer.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {Sheet.Width} {Sheet.Height}] /Resources {resources} /Contents {stream} 0 R{annotations} >>")));
        }

        var picture = writer.AddStream(
            string.Create(CultureInfo.InvariantCulture, $"/Type /XObject /Subtype /Form /BBox [0 0 {SealPicture.Diameter} {SealPicture.Diameter}] /Resources {resources}"), seal.Content);
        body.Write(writer);
        bold.Write(writer);

        var (x, line) = SealCentre(new(body, bold), content, floor);
        var (left, low) = (x - (SealPicture.Diameter / 2), line - 36);
        writer.Set(
            widget,
            string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Annot /Subtype /Widget /FT /Sig /T {PdfWriter.Text("电子印章")} /F 132 /P {numbers[^1]} 0 R /V {signature} 0 R " +
                $"/Rect [{left:0.###} {low:0.###} {left + SealPicture.Diameter:0.###} {low + SealPicture.Diameter:0.###}] /AP << /N {picture} 0 R >> >>"));
        writer.Set(
            signature,
            $"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M {PdfWriter.Date(signedAt)} /Name {PdfWriter.Text(content.Office)} " +
            $"/Reason {PdfWriter.Text(content.Title + " " + content.Number)} {RangePlace}{new string(' ', RangeWidth)}] /Contents <{new string('0', SignatureBytes * 2)}> >>");
        writer.Set(
            catalog,
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> " +
            $"/AcroForm << /Fields [{widget} 0 R] /SigFlags 3 >> >>");
        writer.Set(pages, $"<< /Type /Pages /Kids [{string.Join(' ', numbers.Select(number => $"{number} 0 R"))}] /Count {numbers.Count} >>");
        var info = writer.Add(
            $"<< /Title {PdfWriter.Text(content.Title + " " + content.Number)} /Author {PdfWriter.Text(content.Office)} " +
            $"/Producer (Shali) /CreationDate {PdfWriter.Date(signedAt)} /ModDate {PdfWriter.Date(signedAt)} >>");

        var bytes = writer.Finish(catalog, info);
        return new(bytes, MarkRange(bytes), Missing(content));
    }

    /// <summary>Writes which bytes the signature will cover: all but its own place.</summary>
    private static (int Start, int Length) MarkRange(byte[] bytes)
    {
        var range = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(RangePlace + new string(' ', RangeWidth)));
        var start = range + bytes.AsSpan(range).IndexOf("/Contents <0000"u8) + "/Contents ".Length;
        const int Length = (SignatureBytes * 2) + 2;
        var end = start + Length;
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{start} {end} {bytes.Length - end}").PadRight(RangeWidth);
        Encoding.ASCII.GetBytes(numbers).CopyTo(bytes, range + RangePlace.Length);
        return (start, Length);
    }

    private List<string> Missing(DocumentContent content) =>
    [
        .. content.Paragraphs.Concat(content.Notes).Concat(content.Fields.SelectMany(field => (string[])[field.Label, field.Value]))
            .Concat([content.Office, content.Title, content.Number, content.Addressee ?? ""])
            .SelectMany(text => text.EnumerateRunes())
            .Where(rune => LineBreaks.IsSelector(rune.Value)
                || (LineBreaks.Clean(rune.ToString()) is [var drawn] && fonts.Regular.Glyph(drawn.Value) == 0))
            .Select(rune => LineBreaks.IsSelector(rune.Value) ? $"U+{rune.Value:X4}" : $"{rune}（U+{rune.Value:X4}）")
            .Distinct(StringComparer.Ordinal),
    ];
}
