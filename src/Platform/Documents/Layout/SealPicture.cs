using System.Text;
using Shali.Platform.Documents.Pdf;

namespace Shali.Platform.Documents.Layout;

/// <summary>
/// The round seal of an office, drawn from its name: ring, star, the name along the ring (国务院关于国家行政机关和企业
/// 事业单位社会团体印章管理的规定: round, star in the middle, name around it, 4.2 cm for offices of a city).
/// </summary>
internal static class SealPicture
{
    /// <summary>4.2 cm in points.</summary>
    public const double Diameter = 119.06;

    private const double Ring = 3.4;
    private const double SizeMost = 17.5;

    public static void Draw(Canvas canvas, PdfFont font, string office, string? use)
    {
        const double Middle = Diameter / 2;
        canvas.Ring(Middle, Middle, Middle - (Ring / 2) - 0.2, Ring, Ink.SealRed);
        canvas.Star(Middle, Middle, 19.8, Ink.SealRed);
        Around(canvas, font, LineBreaks.Clean(office), Middle);
        if (use is not null)
        {
            var size = Math.Min(11, 62 / LineBreaks.Width(use, font, 1));
            canvas.Text(font, size, Middle - (LineBreaks.Width(use, font, size) / 2), Middle - 34, use, Ink.SealRed);
        }
    }

    private static void Around(Canvas canvas, PdfFont font, IReadOnlyList<Rune> name, double middle)
    {
        // Few characters stand wide apart over the upper half; many go further down and become narrow.
        var turn = Math.PI / 180 * Math.Clamp(name.Count * 20.0, 100, 286);
        var step = name.Count > 1 ? turn / (name.Count - 1) : 0;
        var outer = middle - Ring - 2.6;
        var size = Math.Clamp(SizeMost * 14 / Math.Max(name.Count, 14), 11.5, SizeMost);
        var radius = outer - (size * 0.86);
        var squeeze = Math.Min(0.92, radius * step * 0.94 / size);
        for (var i = 0; i < name.Count; i++)
        {
            var angle = (Math.PI / 2) + (turn / 2) - (i * step);
            if (name.Count == 1)
            {
                (angle, squeeze) = (Math.PI / 2, 0.92);
            }

            canvas.Turned(
                font, size, middle + (radius * Math.Cos(angle)), middle + (radius * Math.Sin(angle)), angle - (Math.PI / 2), squeeze, name[i], Ink.SealRed);
        }
    }
}
