using Shali.Platform.Documents.Pdf;

namespace Shali.Platform.Documents.Layout;

/// <summary>
/// Paper and type of documents (GB/T 9704-2012: A4, text area 156 mm by 225 mm, 22 lines of 28 characters), and the
/// strips that both layouts are made of.
/// </summary>
internal sealed class Sheet(PdfFont body, PdfFont bold)
{
    public const double Width = 595.28;
    public const double Height = 841.89;
    public const double Left = 79.37;
    public const double TextWidth = 442.2;
    public const double Top = Height - 104.88;
    public const double TextHeight = 637.8;
    public const double Bottom = Top - TextHeight;
    public const double BodySize = 15.79;
    public const double Pitch = 28.99;

    private const double Pad = 6;
    private const double TableSize = 12.5;
    private const double TablePitch = 20;

    public PdfFont Body { get; } = body;

    public PdfFont Bold { get; } = bold;

    public IEnumerable<Strip> Centred(string text, PdfFont font, double size, double pitch, Ink ink, double width = TextWidth, bool withNext = true) =>
        LineBreaks.Break(text, font, size, width).Select(line => new Strip(
            pitch,
            (canvas, top) => canvas.Text(
                font, size, Left + ((TextWidth - LineBreaks.Width(line, font, size)) / 2), Base(top, pitch, size), line, ink))
        { WithNext = withNext });

    /// <summary>A paragraph, its first line indented by two characters.</summary>
    public IEnumerable<Strip> Paragraph(string text, double size = BodySize, double pitch = Pitch, bool indented = true)
    {
        var indent = indented ? 2 * size : 0;
        return LineBreaks.Break(text, Body, size, TextWidth, indent).Select((line, i) => new Strip(
            pitch, (canvas, top) => canvas.Text(Body, size, Left + (i == 0 ? indent : 0), Base(top, pitch, size), line, Ink.Black)));
    }

    /// <summary>A table of labels and values with rules; a long value goes over to the next page line by line.</summary>
    public IEnumerable<Strip> Table(IReadOnlyList<ContentField> fields)
    {
        var middle = Math.Min(150, fields.Max(field => LineBreaks.Width(field.Label, Bold, TableSize)) + (2 * Pad));
        return fields.SelectMany((field, row) => Rows(field, middle, row == 0));
    }

    /// <summary>Lines of a licence: the label in front, the value after it.</summary>
    public IEnumerable<Strip> Facts(IReadOnlyList<ContentField> fields, double size, double pitch)
    {
        var middle = Math.Min(165, fields.Max(field => LineBreaks.Width(field.Label, Bold, size)) + (size * 1.2));
        return fields.SelectMany(field => Pair(field, size, middle, TextWidth - middle).Select((pair, i) => new Strip(
            pitch + (i == 0 ? 4 : -4),
            (canvas, top) =>
            {
                canvas.Text(Bold, size, Left, Base(top, pitch, size), pair.Label, Ink.Black);
                canvas.Text(Body, size, Left + middle, Base(top, pitch, size), pair.Value, Ink.Black);
            })));
    }

    public static Strip Space(double height) => new(height, (_, _) => { });

    public static Strip Rule(double height, double line, Ink ink) =>
        new(height, (canvas, top) => canvas.Line(Left, top - (height / 2), Left + TextWidth, top - (height / 2), line, ink)) { WithNext = true };

    /// <summary>The base line of text that stands in the middle of a strip.</summary>
    private static double Base(double top, double pitch, double size) => top - (pitch / 2) - (size * 0.36);

    private IEnumerable<Strip> Rows(ContentField field, double middle, bool first)
    {
        var pairs = Pair(field, TableSize, middle - (2 * Pad), TextWidth - middle - (2 * Pad)).ToList();
        return pairs.Select((pair, i) =>
        {
            var height = TablePitch + (i == 0 ? Pad / 2 : 0) + (i == pairs.Count - 1 ? Pad / 2 : 0);
            return new Strip(height, (canvas, top) =>
            {
                if (i == 0 && first)
                {
                    canvas.Line(Left, top, Left + TextWidth, top, 0.7, Ink.Black);
                }

                foreach (var x in (double[])[Left, Left + middle, Left + TextWidth])
                {
                    canvas.Line(x, top, x, top - height, 0.7, Ink.Black);
                }

                if (i == pairs.Count - 1)
                {
                    canvas.Line(Left, top - height, Left + TextWidth, top - height, 0.7, Ink.Black);
                }

                var line = Base(top - (i == 0 ? Pad / 2 : 0), TablePitch, TableSize);
                canvas.Text(Bold, TableSize, Left + Pad, line, pair.Label, Ink.Black);
                canvas.Text(Body, TableSize, Left + middle + Pad, line, pair.Value, Ink.Black);
            });
        });
    }

    private IEnumerable<(string Label, string Value)> Pair(ContentField field, double size, double labelWidth, double valueWidth)
    {
        var labels = LineBreaks.Break(field.Label, Bold, size, labelWidth);
        var values = field.Value.Split('\n').SelectMany(part => LineBreaks.Break(part, Body, size, valueWidth)).ToList();
        return Enumerable.Range(0, Math.Max(labels.Count, values.Count))
            .Select(i => (i < labels.Count ? labels[i] : "", i < values.Count ? values[i] : ""));
    }
}
