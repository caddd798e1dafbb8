using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shali.Platform.Api.OpenApi;

/// <summary>What programs may do beside what every resource offers; a system names it on its title page, and the OpenAPI document has it.</summary>
/// <param name="Method">In small letters: <c>get</c>.</param>
/// <param name="Path">With its variable parts in braces.</param>
/// <param name="Id">Name of the operation, its own in the whole document.</param>
/// <param name="Summary">What it is for, in a few words.</param>
public sealed record ApiOperation(string Method, string Path, string Id, string Summary)
{
    /// <summary>Variable parts of the path, and what they mean.</summary>
    public IReadOnlyList<(string Name, string Note)> Parts { get; init; } = [];

    /// <summary>Parameters that the whole interface has, by their names among its components.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Members of the JSON that is sent, each text; empty: nothing is sent, or <see cref="Untouched"/>.</summary>
    public IReadOnlyList<(string Name, string Note, bool Demanded)> Sent { get; init; } = [];

    /// <summary>Members of the JSON that is answered, each text.</summary>
    public IReadOnlyList<(string Name, string Note)> Answered { get; init; } = [];

    /// <summary>What is sent and answered goes through as it is: another than the platform says what it means.</summary>
    public bool Untouched { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Writes the operations of one path.</summary>
    internal static void Write(Utf8JsonWriter json, IEnumerable<ApiOperation> ofPath)
    {
        var path = new JsonObject();
        foreach (var operation in ofPath)
        {
            path[operation.Method] = operation.Described();
        }

        path.WriteTo(json);
    }

    private JsonObject Described()
    {
        var described = new JsonObject { ["operationId"] = Id, ["summary"] = Summary };
        var parameters = new JsonArray();
        foreach (var (name, note) in Parts)
        {
            parameters.Add(new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = note, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach (var name in Parameters)
        {
            parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/" + name });
        }

        described["parameters"] = parameters;
        if (Sent.Count > 0 || (Untouched && Method is "post" or "put" or "patch"))
        {
            described["requestBody"] = new JsonObject { ["required"] = Sent.Count > 0, ["content"] = Content([.. Sent.Select(member => (member.Name, member.Note))], Sent.Where(member => member.Demanded).Select(member => member.Name)) };
        }

        var answer = new JsonObject { ["description"] = Summary };
        if (Answered.Count > 0 || Untouched)
        {
            answer["content"] = Content(Answered, null);
        }

        described["responses"] = new JsonObject
        {
            [Untouched ? "2XX" : Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = answer,
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" },
        };
        return described;
    }

    /// <param name="demanded">Names of the members that must be there, and there may be no others; null: of an answer.</param>
    private JsonObject Content(IReadOnlyList<(string Name, string Note)> members, IEnumerable<string>? demanded)
    {
        if (Untouched)
        {
            return new() { ["*/*"] = new JsonObject() };
        }

        var properties = new JsonObject();
        foreach (var (name, note) in members)
        {
            properties[name] = new JsonObject { ["type"] = "string", ["description"] = note };
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (demanded is not null)
        {
            schema["required"] = new JsonArray([.. demanded.Select(name => (JsonNode)name)]);
            schema["additionalProperties"] = false;
        }

        return new() { ["application/json"] = new JsonObject { ["schema"] = schema } };
    }
}
