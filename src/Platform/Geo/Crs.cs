using NetTopologySuite.Geometries;
using Shali.Platform.Kernel;

namespace Shali.Platform.Geo;

/// <summary>
/// A coordinate reference system of the interface (OGC API Features part 2). Stored coordinates are east, north;
/// EPSG 4326 and 4490 are written north, east, as their authority defines them. CGCS2000 and WGS 84 differ by
/// centimetres at most, so one passes for the other without a transformation.
/// </summary>
internal sealed record Crs(string Uri, int Srid, bool NorthFirst)
{
    public const double LatitudeMax = 90;
    public const double LongitudeMax = 180;

    public static readonly Crs Crs84 = new("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326, false);
    public static readonly Crs Wgs84 = new("http://www.opengis.net/def/crs/EPSG/0/4326", 4326, true);
    public static readonly Crs Cgcs2000 = new("http://www.opengis.net/def/crs/EPSG/0/4490", 4490, true);

    public static readonly IReadOnlyList<Crs> All = [Crs84, Wgs84, Cgcs2000];

    /// <summary>By its address, or by the short forms <c>EPSG:4490</c> and <c>[EPSG:4490]</c>.</summary>
    public static Crs? Find(string text)
    {
        var name = text.Trim('[', ']', '<', '>');
        return All.FirstOrDefault(crs => crs.Uri == name)
            ?? name.ToUpperInvariant() switch
            {
                "OGC:CRS84" or "CRS84" or "URN:OGC:DEF:CRS:OGC:1.3:CRS84" => Crs84,
                "EPSG:4326" or "URN:OGC:DEF:CRS:EPSG::4326" => Wgs84,
                "EPSG:4490" or "URN:OGC:DEF:CRS:EPSG::4490" => Cgcs2000,
                _ => null,
            };
    }

    public static Crs Stored(int srid) => srid == 4490 ? Cgcs2000 : Wgs84;

    /// <summary>A geometry written in this system, as it is stored: east first, with the SRID of the field.</summary>
    public Outcome<Geometry> Read(Geometry written, int srid)
    {
        var geometry = NorthFirst ? Flipped(written) : written;
        geometry.SRID = srid;
        var wrong = geometry.Coordinates.FirstOrDefault(c =>
            !(Math.Abs(c.X) <= LongitudeMax) || !(Math.Abs(c.Y) <= LatitudeMax));
        if (wrong is not null)
        {
            return new Refusal("API-G01", "", Text.OutOfRange(wrong.X, wrong.Y));
        }

        return geometry.IsValid ? geometry : new Refusal("API-G02", "", Text.Crossing);
    }

    /// <summary>The same geometry with the coordinates the other way round.</summary>
    public static Geometry Flipped(Geometry written)
    {
        var geometry = written.Copy();
        geometry.Apply(new Flip());
        geometry.GeometryChanged();
        return geometry;
    }

    private sealed class Flip : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            var x = seq.GetX(i);
            seq.SetX(i, seq.GetY(i));
            seq.SetY(i, x);
        }
    }
}
