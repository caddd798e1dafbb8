using QRCoder;
using Shali.Platform.Documents.Pdf;

namespace Shali.Platform.Documents.Layout;

/// <summary>The code of squares that leads to the check page (GB/T 18284), drawn as squares, not as a picture.</summary>
internal static class CheckCode
{
    /// <summary>Quiet zone around the code, in modules.</summary>
    private const int Quiet = 4;

    public static void Draw(Canvas canvas, double x, double y, double side, Uri address)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(address.AbsoluteUri, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var module = side / (rows.Count - (2 * Quiet));
        canvas.Boxes(
            from row in Enumerable.Range(Quiet, rows.Count - (2 * Quiet))
            from run in Runs(rows[row])
            select (x + ((run.Start - Quiet) * module), y + side - ((row - Quiet + 1) * module), run.Length * module, module),
            Ink.Black);
    }

    private static IEnumerable<(int Start, int Length)> Runs(System.Collections.BitArray row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i])
            {
                var start = i;
                while (i < row.Count && row[i])
                {
                    i++;
                }

                yield return (start, i - start);
            }
        }
    }
}
