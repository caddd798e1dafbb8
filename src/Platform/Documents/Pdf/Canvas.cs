using System.Globalization;
using System.Text;

namespace Shali.Platform.Documents.Pdf;

/// <summary>A colour between 0 and 1.</summary>
internal readonly record struct Ink(double Red, double Green, double Blue)
{
    public static readonly Ink Black = new(0, 0, 0);

    /// <summary>The red of heads and seals.</summary>
    public static readonly Ink SealRed = new(0.86, 0.08, 0.10);

    public static readonly Ink Grey = new(0.35, 0.35, 0.35);
}

/// <summary>What is drawn on a page or in a form, in points from the lower left corner.</summary>
internal sealed class Canvas
{
    private const double Circle = 0.5522847498;

    private readonly StringBuilder _out = new();

    public byte[] Content => Encoding.ASCII.GetBytes(_out.ToString());

    /// <summary>
    /// One line of text from its left end on the base line. Characters that the face lacks are drawn as a frame with
    /// their number; copied text still has the character (ActualText).
    /// </summary>
    /// <param name="spacing">Added after each character.</param>
    public void Text(PdfFont font, double size, double x, double y, string text, Ink ink, double spacing = 0)
    {
        var run = new StringBuilder();
        var (at, start) = (x, x);
        void Flush()
        {
            if (run.Length > 0)
            {
                Put($"BT {Fill(ink)} /{font.Resource} {N(size)} Tf {N(spacing)} Tc 1 0 0 1 {N(start)} {N(y)} Tm <{run}> Tj ET");
                run.Clear();
            }
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (font.Code(rune.Value) is { } code)
            {
                start = run.Length == 0 ? at : start;
                run.Append(CultureInfo.InvariantCulture, $"{code:X4}");
            }
            else
            {
                Flush();
                Missing(font, size, at, y, rune, ink);
            }

            at += (font.Width(rune.Value) * size / 1000) + spacing;
        }

        Flush();
    }

    /// <summary>One character, turned by an angle (radians) about the point on its base line in the middle of its width.</summary>
    /// <param name="squeeze">Width against height; 1 as designed.</param>
    public void Turned(PdfFont font, double size, double x, double y, double angle, double squeeze, Rune rune, Ink ink)
    {
        if (font.Code(rune.Value) is not { } code)
        {
            return;
        }

        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        var half = font.Width(rune.Value) * size * squeeze / 2000;
        Put(
            $"BT {Fill(ink)} /{font.Resource} {N(size)} Tf 0 Tc {N(cos * squeeze)} {N(sin * squeeze)} {N(-sin)} {N(cos)} " +
            $"{N(x - (half * cos))} {N(y - (half * sin))} Tm <{code:X4}> Tj ET");
    }

    public void Line(double x1, double y1, double x2, double y2, double width, Ink ink) =>
        Put($"{Stroke(ink)} {N(width)} w {N(x1)} {N(y1)} m {N(x2)} {N(y2)} l S");

    public void Frame(double x, double y, double width, double height, double line, Ink ink) =>
        Put($"{Stroke(ink)} {N(line)} w {N(x)} {N(y)} {N(width)} {N(height)} re S");

    /// <summary>Filled rectangles of one colour, as one path: no seams between the modules of a code.</summary>
    public void Boxes(IEnumerable<(double X, double Y, double Width, double Height)> boxes, Ink ink) =>
        Put($"{Fill(ink)} {string.Join(' ', boxes.Select(box => $"{N(box.X)} {N(box.Y)} {N(box.Width)} {N(box.Height)} re"))} f");

    public void Ring(double x, double y, double radius, double line, Ink ink)
    {
        var c = radius * Circle;
        Put(
            $"{Stroke(ink)} {N(line)} w {N(x + radius)} {N(y)} m " +
            $"{N(x + radius)} {N(y + c)} {N(x + c)} {N(y + radius)} {N(x)} {N(y + radius)} c " +
            $"{N(x - c)} {N(y + radius)} {N(x - radius)} {N(y + c)} {N(x - radius)} {N(y)} c " +
            $"{N(x - radius)} {N(y - c)} {N(x - c)} {N(y - radius)} {N(x)} {N(y - radius)} c " +
            $"{N(x + c)} {N(y - radius)} {N(x + radius)} {N(y - c)} {N(x + radius)} {N(y)} c s");
    }

    public void Star(double x, double y, double radius, Ink ink)
    {
        const double Inner = 0.3819660113;
        var points = Enumerable.Range(0, 10).Select(i =>
        {
            var angle = (Math.PI / 2) + (i * Math.PI / 5);
            var reach = i % 2 == 0 ? radius : radius * Inner;
            return $"{N(x + (reach * Math.Cos(angle)))} {N(y + (reach * Math.Sin(angle)))} {(i == 0 ? "m" : "l")}";
        });
        Put($"{Fill(ink)} {string.Join(' ', points)} f");
    }

    /// <summary>What follows lets the text beneath shine through, as ink of a stamp does.</summary>
    public void AsStamp(string graphicsState) => Put($"/{graphicsState} gs");

    private void Missing(PdfFont font, double size, double x, double y, Rune rune, Ink ink)
    {
        var hex = rune.Value.ToString(rune.Value > 0xFFFF ? "X6" : "X4", CultureInfo.InvariantCulture);
        var half = (hex.Length + 1) / 2;
        var small = size * 0.42;
        Put($"/Span << /ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}> >> BDC");
        Frame(x + (size * 0.06), y - (size * 0.12), size * 0.88, size, size * 0.04, ink);
        Text(font, small, x + (size * 0.14), y + (size * 0.42), hex[..half], ink);
        Text(font, small, x + (size * 0.14), y, hex[half..], ink);
        Put("EMC");
    }

    private static string Fill(Ink ink) => $"{N(ink.Red)} {N(ink.Green)} {N(ink.Blue)} rg";

    private static string Stroke(Ink ink) => $"{N(ink.Red)} {N(ink.Green)} {N(ink.Blue)} RG";

    private static string N(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);

    private void Put(string line) => _out.Append(line).Append('\n');
}
