using System.Text.Json;
using NetTopologySuite.Geometries;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.Schemas;

/// <summary>Definitions as JSON Schema 2020-12 (OGC API Features part 5).</summary>
internal static class SchemaWriter
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The fields of a resource as an object schema: the members without the braces around them.</summary>
    /// <param name="only">Which fields; null: all.</param>
    public static void Object(Utf8JsonWriter json, ResourceDefinition resource, Func<FieldDefinition, bool>? only, bool required)
    {
        json.WriteString("type"u8, "object");
        json.WriteString("title"u8, resource.Name);
        if (resource.Note.Length > 0)
        {
            json.WriteString("description"u8, resource.Note);
        }

        json.WriteStartObject("properties"u8);
        var primary = true;
        for (var i = 0; i < resource.Fields.Count; i++)
        {
            var field = resource.Fields[i];
            if (only is null || only(field))
            {
                json.WriteStartObject(field.Name);
                Field(json, resource, field, i + 1, ref primary);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
        var demanded = resource.Fields.Where(field => required && field.Required && (only is null || only(field))).Select(field => field.Name).ToList();
        if (demanded.Count > 0)
        {
            json.WriteStartArray("required"u8);
            demanded.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteBoolean("additionalProperties"u8, false);
    }

    /// <summary>The members of one field's schema.</summary>
    public static void Field(Utf8JsonWriter json, ResourceDefinition resource, FieldDefinition field, int sequence, ref bool primary)
    {
        json.WriteString("title"u8, field.Label);
        if (field.Note is { Length: > 0 } note)
        {
            json.WriteString("description"u8, note);
        }

        var schema = field.Type.JsonSchema(field);
        foreach (var (name, value) in schema)
        {
            if (name != "x-ogc-role")
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, DefinitionJson.Options);
            }
        }

        if (field.LengthMax is { } length && !schema.ContainsKey("maxLength") && field.Type.ClrType == typeof(string))
        {
            json.WriteNumber("maxLength"u8, length);
        }

        json.WriteNumber("x-ogc-propertySeq"u8, sequence);
        if (field.Type.ClrType == typeof(Geometry))
        {
            json.WriteString("x-ogc-role"u8, primary ? "primary-geometry" : "secondary-geometry");
            primary = false;
        }
        else if (field.Name == resource.Key)
        {
            json.WriteString("x-ogc-role"u8, "id");
        }

        if (field.CodeList is { } list)
        {
            json.WriteString("x-code-list"u8, list);
        }

        if (field.Standard is { } standard)
        {
            json.WriteString("x-standard"u8, standard);
        }

        if (ReadView.MaskOf(field) is var mask and not MaskShape.None)
        {
            json.WriteString("x-mask"u8, mask.ToString().ToLowerInvariant());
        }
    }
}
