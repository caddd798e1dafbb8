using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Shali.Platform.Geo;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Items;

/// <summary>
/// Writes records as GeoJSON features straight into the answer. What the platform knows about a record beside its
/// fields (version, moment, validity, sources) stands in the foreign member <c>record</c>.
/// </summary>
/// <param name="fields">Which fields go out; null: all. The geometry is judged by its own flag.</param>
internal readonly struct FeatureWriter(FeatureShape shape, Crs crs, bool[]? fields, bool geometry)
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Feature = JsonEncodedText.Encode("Feature");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Geometry = JsonEncodedText.Encode("geometry");
    private static readonly JsonEncodedText Properties = JsonEncodedText.Encode("properties");
    private static readonly JsonEncodedText RecordName = JsonEncodedText.Encode("record");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText ChangedAt = JsonEncodedText.Encode("changedAt");
    private static readonly JsonEncodedText ValidFrom = JsonEncodedText.Encode("validFrom");
    private static readonly JsonEncodedText ValidTo = JsonEncodedText.Encode("validTo");

    /// <summary>The members of a feature, without the braces around them: the caller may add links.</summary>
    public void Members(Utf8JsonWriter json, ShownRecord shown, bool masked)
    {
        json.WriteString(Type, Feature);
        json.WriteString(Id, shown.Key);
        json.WritePropertyName(Geometry);
        if (geometry && shape.Spatial && shown.Values[shape.Place] is Geometry place)
        {
            GeometryWriter.Write(json, place, crs.NorthFirst);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartObject(Properties);
        for (var i = 0; i < shape.Names.Length; i++)
        {
            if (i == shape.Place || (fields is not null && !fields[i]))
            {
                continue;
            }

            json.WritePropertyName(shape.Names[i]);
            Value(json, shape.Fields[i], shown.Values[i]);
        }

        json.WriteEndObject();
        Record(json, shown, masked);
    }

    /// <summary>Names of the fields that this caller sees masked.</summary>
    public void Masked(Utf8JsonWriter json, IReadOnlyList<bool> masked)
    {
        json.WriteStartArray("masked");
        for (var i = 0; i < masked.Count; i++)
        {
            if (masked[i] && (fields is null || fields[i]))
            {
                json.WriteStringValue(shape.Names[i]);
            }
        }

        json.WriteEndArray();
    }

    private void Record(Utf8JsonWriter json, ShownRecord shown, bool masked)
    {
        var record = shown.Record;
        json.WriteStartObject(RecordName);
        json.WriteNumber(Version, record.Version);
        Moment(json, ChangedAt, record.ChangedAt);
        if (shape.Definition.ValidTime)
        {
            Day(json, ValidFrom, record.ValidFrom);
            Day(json, ValidTo, record.ValidTo);
        }

        if (masked)
        {
            Masked(json, shown.Masked);
        }

        if (record.Sources.Count > 0)
        {
            json.WriteStartObject("sources");
            foreach (var (field, office) in record.Sources)
            {
                json.WriteString(field, office);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Value(Utf8JsonWriter json, FieldDefinition field, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case DateOnly day:
                Span<char> written = stackalloc char[10];
                day.TryFormat(written, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                json.WriteStringValue(written[..length]);
                break;
            case Geometry other:
                GeometryWriter.Write(json, other, crs.NorthFirst);
                break;
            default:
                json.WriteStringValue(field.Type.Write(field, value));
                break;
        }
    }

    private static void Day(Utf8JsonWriter json, JsonEncodedText name, DateOnly? day)
    {
        if (day is { } value)
        {
            json.WriteString(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Moment(Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset moment)
    {
        Span<char> written = stackalloc char[40];
        moment.ToOffset(CityTime.Offset).TryFormat(written, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
        json.WriteString(name, written[..length]);
    }
}
