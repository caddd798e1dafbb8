using System.Globalization;
using NetTopologySuite.Geometries;
using Shali.Platform.Kernel;

namespace Shali.Platform.Geo;

/// <summary>The <c>bbox</c> of a request: four numbers, or six with heights that are not used.</summary>
internal static class BoundingBox
{
    public static Outcome<Geometry> Read(string text, Crs crs, int srid)
    {
        var parts = text.Split(',');
        if (parts.Length is not (4 or 6))
        {
            return new Refusal("API-G03", "bbox", Text.BoxNumbers);
        }

        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return new Refusal("API-G03", "bbox", Text.BoxNumbers);
            }
        }

        var half = numbers.Length / 2;
        var (west, south, east, north) = (numbers[0], numbers[1], numbers[half], numbers[half + 1]);
        if (crs.NorthFirst)
        {
            (west, south, east, north) = (south, west, north, east);
        }

        if (Math.Abs(west) > Crs.LongitudeMax || Math.Abs(east) > Crs.LongitudeMax
            || Math.Abs(south) > Crs.LatitudeMax || Math.Abs(north) > Crs.LatitudeMax || south > north)
        {
            return new Refusal("API-G03", "bbox", Text.BoxRange);
        }

        var factory = new GeometryFactory(new PrecisionModel(), srid);

        // West of the date line to east of it: two boxes.
        Geometry box = west <= east
            ? factory.ToGeometry(new Envelope(west, east, south, north))
            : factory.BuildGeometry([
                factory.ToGeometry(new Envelope(west, Crs.LongitudeMax, south, north)),
                factory.ToGeometry(new Envelope(-Crs.LongitudeMax, east, south, north))]);
        return box;
    }
}
