using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Shali.Platform.Geo;

/// <summary>Geometries as GeoJSON (RFC 7946), east first unless the reference system that was asked for says otherwise.</summary>
internal static class GeometryWriter
{
    // A tenth of a millimetre on the ground: more digits would claim a precision that nobody measured.
    private const int Digits = 9;

    public static void Write(Utf8JsonWriter json, Geometry geometry, bool northFirst)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, geometry.GeometryType);
        if (geometry is GeometryCollection and not MultiPoint and not MultiLineString and not MultiPolygon)
        {
            json.WriteStartArray("geometries"u8);
            for (var i = 0; i < geometry.NumGeometries; i++)
            {
                Write(json, geometry.GetGeometryN(i), northFirst);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("coordinates"u8);
            Coordinates(json, geometry, northFirst);
        }

        json.WriteEndObject();
    }

    private static void Coordinates(Utf8JsonWriter json, Geometry geometry, bool northFirst)
    {
        switch (geometry)
        {
            case Point { IsEmpty: true }:
                json.WriteStartArray();
                json.WriteEndArray();
                break;
            case Point point:
                Pair(json, point.X, point.Y, northFirst);
                break;
            case LineString line:
                Line(json, line.CoordinateSequence, northFirst);
                break;
            case Polygon polygon:
                json.WriteStartArray();
                if (!polygon.IsEmpty)
                {
                    Line(json, polygon.ExteriorRing.CoordinateSequence, northFirst);
                }

                for (var i = 0; i < polygon.NumInteriorRings; i++)
                {
                    Line(json, polygon.GetInteriorRingN(i).CoordinateSequence, northFirst);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                for (var i = 0; i < geometry.NumGeometries; i++)
                {
                    Coordinates(json, geometry.GetGeometryN(i), northFirst);
                }

                json.WriteEndArray();
                break;
        }
    }

    private static void Line(Utf8JsonWriter json, CoordinateSequence line, bool northFirst)
    {
        json.WriteStartArray();
        for (var i = 0; i < line.Count; i++)
        {
            Pair(json, line.GetX(i), line.GetY(i), northFirst);
        }

        json.WriteEndArray();
    }

    private static void Pair(Utf8JsonWriter json, double x, double y, bool northFirst)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(northFirst ? y : x, Digits));
        json.WriteNumberValue(Math.Round(northFirst ? x : y, Digits));
        json.WriteEndArray();
    }
}
