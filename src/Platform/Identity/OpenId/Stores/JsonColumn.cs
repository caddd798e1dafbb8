using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shali.Platform.Identity;

/// <summary>
/// Lists and dictionaries in a text column, in the shape that OpenIddict's own stores gave them: a JSON array or object,
/// nothing escaped that need not be. An empty one is null.
/// </summary>
internal static class JsonColumn
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ImmutableArray<string> Strings(string? json) => string.IsNullOrEmpty(json)
        ? []
        : [.. JsonElement.Parse(json).EnumerateArray().Select(each => each.GetString() ?? "").Where(each => each.Length > 0)];

    public static ImmutableDictionary<string, JsonElement> Properties(string? json) => string.IsNullOrEmpty(json)
        ? ImmutableDictionary<string, JsonElement>.Empty
        : JsonElement.Parse(json).EnumerateObject().ToImmutableDictionary(each => each.Name, each => each.Value);

    public static ImmutableDictionary<string, string> Texts(string? json) => Properties(json)
        .Select(each => KeyValuePair.Create(each.Key, each.Value.GetString() ?? ""))
        .Where(each => each.Value.Length > 0)
        .ToImmutableDictionary();

    public static ImmutableDictionary<CultureInfo, string> Translations(string? json) =>
        Texts(json).ToImmutableDictionary(each => CultureInfo.GetCultureInfo(each.Key), each => each.Value);

    public static string? Of(ImmutableArray<string> values) => values.IsDefaultOrEmpty
        ? null
        : Written(json =>
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        });

    public static string? Of(ImmutableDictionary<string, JsonElement> values) =>
        Of(values, (json, value) => value.WriteTo(json));

    public static string? Of(ImmutableDictionary<string, string> values) =>
        Of(values, (json, value) => json.WriteStringValue(value));

    public static string? Of(ImmutableDictionary<CultureInfo, string> values) =>
        Of(values.ToImmutableDictionary(each => each.Key.Name, each => each.Value));

    private static string? Of<T>(ImmutableDictionary<string, T> values, Action<Utf8JsonWriter, T> write) => values.IsEmpty
        ? null
        : Written(json =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in values)
            {
                json.WritePropertyName(name);
                write(json, value);
            }

            json.WriteEndObject();
        });

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
