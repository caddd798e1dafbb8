using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Valid;
using Npgsql;
using NpgsqlTypes;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Types;

/// <summary>
/// A place on earth in CGCS2000 (4490) or WGS 84 (4326), from WKT or GeoJSON: longitude first, two dimensions, valid
/// in the sense of OGC simple features.
/// </summary>
public sealed class GeometryType : FieldType
{
    private const string SridPrefix = "SRID=";

    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    public override string Name => "geometry";

    public override string Label => "空间图形";

    public override string Standard => "GB/T 16831, OGC 06-103r4";

    public override Type ClrType => typeof(Geometry);

    public override NpgsqlDbType DbType => NpgsqlDbType.Geometry;

    public override string Column(FieldDefinition field) =>
        string.Create(CultureInfo.InvariantCulture, $"geometry(Geometry,{field.Srid})");

    public override string Write(FieldDefinition field, object? value) => value is Geometry geometry ? geometry.AsText() : "";

    public override string Show(FieldDefinition field, object? value) => value switch
    {
        Point point => Text.Point(point.X, point.Y),
        Geometry geometry => Text.Shape(
            geometry switch
            {
                LineString or MultiLineString => "线",
                Polygon or MultiPolygon => "面",
                MultiPoint => "多点",
                _ => "图形集合",
            },
            geometry.NumPoints),
        _ => "",
    };

    public override object? Read(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<Geometry>(column);

    public override void WriteTo(NpgsqlBinaryImporter importer, object? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write((Geometry)value, NpgsqlDbType.Geometry);
        }
    }

    public override IReadOnlyDictionary<string, object> JsonSchema(FieldDefinition field) =>
        new Dictionary<string, object>(StringComparer.Ordinal) { ["format"] = "geometry-any", ["x-ogc-role"] = "primary-geometry" };

    protected override Refusals Understand(FieldDefinition field, string text, out object? value)
    {
        value = null;
        if (Geometry(text.Trim()) is not { IsEmpty: false } geometry)
        {
            return FieldCheck.Refuse(field, FieldCheck.NotGeometry, Text.NotGeometry(field.Label));
        }

        if (geometry.SRID > 0 && geometry.SRID != field.Srid)
        {
            return FieldCheck.Refuse(field, FieldCheck.NotGeometry, Text.WrongSrid(field.Label, geometry.SRID, field.Srid));
        }

        var bounds = geometry.EnvelopeInternal;
        if (!(bounds.MinX >= -180 && bounds.MaxX <= 180 && bounds.MinY >= -90 && bounds.MaxY <= 90))
        {
            return FieldCheck.Refuse(field, FieldCheck.OutsideEarth, Text.OutsideEarth(field.Label));
        }

        var validity = new IsValidOp(geometry);
        if (!validity.IsValid)
        {
            return FieldCheck.Refuse(
                field, FieldCheck.InvalidGeometry,
                Text.InvalidGeometry(field.Label, Text.Topology(validity.ValidationError?.Message ?? "")));
        }

        geometry.SRID = field.Srid;
        value = geometry;
        return Refusals.None;
    }

    private static Geometry? Geometry(string text)
    {
        try
        {
            return text.StartsWith('{')
                ? JsonSerializer.Deserialize<Geometry>(text, GeoJson) is { } geometry ? Flat(geometry, 0) : null
                : Wkt(text);
        }
        catch (Exception bad) when (bad is JsonException or ParseException or ArgumentException or FormatException
            or InvalidOperationException or NotSupportedException or InvalidCastException or OverflowException or NullReferenceException)
        {
            // The two readers tell malformed text by whatever their inner parsers throw.
            return null;
        }
    }

    private static Geometry Wkt(string text)
    {
        var srid = 0;
        if (text.StartsWith(SridPrefix, StringComparison.OrdinalIgnoreCase)
            && text.IndexOf(';', StringComparison.Ordinal) is var end and > 0
            && int.TryParse(text.AsSpan(SridPrefix.Length, end - SridPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out srid))
        {
            text = text[(end + 1)..];
        }

        return Flat(new WKTReader().Read(text), srid);
    }

    // Heights are not stored: the column has two dimensions.
    private static Geometry Flat(Geometry geometry, int srid)
    {
        var flat = new WKBReader().Read(new WKBWriter(ByteOrder.LittleEndian, false, false, false).Write(geometry));
        flat.SRID = srid;
        return flat;
    }
}
