using System.Text.Json;
using System.Text.Json.Serialization;
using Shali.Platform.Registry.Types;

namespace Shali.Platform.Registry;

/// <summary>Definitions as JSON: in the database, in the interface, in files. Field types go by name.</summary>
public static class DefinitionJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new FieldTypeConverter() },
    };

    public static string Write(ResourceDefinition definition) => JsonSerializer.Serialize(definition, Options);

    public static ResourceDefinition Read(string json) => JsonSerializer.Deserialize<ResourceDefinition>(json, Options)
        ?? throw new JsonException("A definition is a JSON object.");

    private sealed class FieldTypeConverter : JsonConverter<FieldType>
    {
        public override FieldType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var name = reader.GetString() ?? "";
            return FieldTypes.Find(name) ?? throw new JsonException($"There is no field type {name}.");
        }

        public override void Write(Utf8JsonWriter writer, FieldType value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }
}
