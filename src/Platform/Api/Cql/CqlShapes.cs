using NetTopologySuite.Geometries;

namespace Shali.Platform.Api.Cql;

/// <summary>
/// Geometry literals of CQL2: well-known text and BBOX(west, south, east, north). Coordinates stay in the order in
/// which they were written; whoever binds the filter knows its reference system.
/// </summary>
internal ref struct CqlShapes
{
    public const int PointsMax = 10_000;
    private const int DepthMax = 8;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly List<CqlToken> _tokens;
    private readonly ref int _at;
    private int _points;
    private int _depth;

    public CqlShapes(List<CqlToken> tokens, ref int at)
    {
        _tokens = tokens;
        _at = ref at;
    }

    private readonly CqlToken Here => _tokens[_at];

    public Geometry Read()
    {
        var name = Here;
        _at++;
        if (name.IsWord("BBOX"))
        {
            return Box(name);
        }

        if (Here.IsWord("Z"))
        {
            _at++;
        }

        if (Here.IsWord("EMPTY"))
        {
            throw new CqlFault("API-Q05", Here.Position, Text.CqlEmptyShape(Here.Position));
        }

        try
        {
            return name.Text.ToUpperInvariant() switch
            {
                "POINT" => Factory.CreatePoint(Group(static (ref reader) => reader.Coordinate())[0]),
                "LINESTRING" => Factory.CreateLineString(Coordinates()),
                "POLYGON" => Polygon(),
                "MULTIPOINT" => Factory.CreateMultiPointFromCoords(Group(static (ref reader) => reader.LoosePoint())),
                "MULTILINESTRING" => Factory.CreateMultiLineString(Group(static (ref reader) => Factory.CreateLineString(reader.Coordinates()))),
                "MULTIPOLYGON" => Factory.CreateMultiPolygon(Group(static (ref reader) => reader.Polygon())),
                "GEOMETRYCOLLECTION" => Factory.CreateGeometryCollection(Group(static (ref reader) => reader.Member())),
                _ => throw Expected(Text.CqlShape),
            };
        }
        catch (ArgumentException)
        {
            // The library's own rules: a line of one point, an open ring.
            throw new CqlFault("API-Q05", name.Position, Text.CqlBadShape(name.Position));
        }
    }

    private delegate T Part<T>(ref CqlShapes reader);

    private T[] Group<T>(Part<T> part)
    {
        Sign("(");
        var parts = new List<T> { part(ref this) };
        while (Here.IsSign(","))
        {
            _at++;
            parts.Add(part(ref this));
        }

        Sign(")");
        return [.. parts];
    }

    private Geometry Member()
    {
        if (++_depth > DepthMax)
        {
            throw new CqlFault("API-Q01", Here.Position, Text.CqlTooDeep(DepthMax));
        }

        if (Here.Kind != CqlTokenKind.Word || Here.IsWord("BBOX"))
        {
            throw Expected(Text.CqlShape);
        }

        var member = Read();
        _depth--;
        return member;
    }

    private Polygon Polygon()
    {
        var rings = Group(static (ref reader) => Factory.CreateLinearRing(reader.Coordinates()));
        return Factory.CreatePolygon(rings[0], rings[1..]);
    }

    private Coordinate[] Coordinates() => Group(static (ref reader) => reader.Coordinate());

    // MULTIPOINT ((1 2), (3 4)) and the older MULTIPOINT (1 2, 3 4).
    private Coordinate LoosePoint() => Here.IsSign("(") ? Group(static (ref reader) => reader.Coordinate())[0] : Coordinate();

    private Coordinate Coordinate()
    {
        if (++_points > PointsMax)
        {
            throw new CqlFault("API-Q01", Here.Position, Text.CqlTooMany(PointsMax));
        }

        var coordinate = new Coordinate(Number(), Number());
        if (!Here.IsSign(",") && !Here.IsSign(")"))
        {
            Number();
        }

        return coordinate;
    }

    private Polygon Box(CqlToken name)
    {
        var numbers = Group(static (ref reader) => reader.Number());
        if (numbers.Length is not (4 or 6))
        {
            throw new CqlFault("API-Q05", name.Position, Text.CqlBox(name.Position));
        }

        var half = numbers.Length / 2;
        return Ring(numbers[0], numbers[1], numbers[half], numbers[half + 1]);
    }

    private static Polygon Ring(double x1, double y1, double x2, double y2) => Factory.CreatePolygon(
    [
        new(x1, y1), new(x2, y1), new(x2, y2), new(x1, y2), new(x1, y1),
    ]);

    private double Number()
    {
        var sign = Here is { Kind: CqlTokenKind.Sign, Text: "-" or "+" } ? _tokens[_at++].Text : "+";
        if (Here.Kind != CqlTokenKind.Number)
        {
            throw Expected(Text.CqlCoordinate);
        }

        var value = (double)_tokens[_at++].Number;
        return sign == "-" ? -value : value;
    }

    private void Sign(string sign)
    {
        if (!Here.IsSign(sign))
        {
            throw Expected(Text.CqlToken(sign));
        }

        _at++;
    }

    private readonly CqlFault Expected(string what) => new(
        "API-Q03", Here.Position, Text.CqlExpected(Here.Position, what, Here.Kind == CqlTokenKind.End ? null : Here.Text));
}
