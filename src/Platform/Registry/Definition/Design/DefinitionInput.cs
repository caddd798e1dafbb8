using System.Text.Json;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Design;

/// <summary>
/// Definitions and code lists as a client sends them. What is not known is refused by name: a misspelt member must
/// not be lost in silence.
/// </summary>
public static class DefinitionInput
{
    private static readonly JsonSerializerOptions Strict = new(DefinitionJson.Options)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static Outcome<ResourceDefinition> Definition(string json)
    {
        var read = Read<ResourceDefinition>(json);
        return read.Ok && (HasHole(read.Value.Fields) || HasHole(read.Value.Match))
            ? new Refusal("REG-D01", "fields", Text.BadJson("fields"))
            : read;
    }

    public static Outcome<CodeList> Codes(string json) => Read<CodeList>(json);

    // Annotations do not reach into lists: [null] would read as a list without a field.
    private static bool HasHole<T>(IEnumerable<T?> items)
        where T : class => items.Any(item => item is null);

    private static Outcome<T> Read<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) is { } value
                ? value
                : new Refusal("REG-D01", "", Text.EmptyJson);
        }
        catch (JsonException exception)
        {
            return new Refusal("REG-D01", exception.Path?.TrimStart('$', '.') ?? "", Text.BadJson(exception.Path));
        }
        catch (ArgumentException)
        {
            // The same code twice in a code list.
            return new Refusal("REG-D01", "codes", Text.DoubleCode);
        }
    }
}
