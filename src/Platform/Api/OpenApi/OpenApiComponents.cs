using System.Text.Json;
using Shali.Platform.Api.Items;
using Shali.Platform.Api.Schemas;
using Shali.Platform.Geo;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.OpenApi;

/// <summary>The shared parts of the OpenAPI document: schemas, parameters, problem answers, ways to sign in.</summary>
internal sealed class OpenApiComponents(Utf8JsonWriter json)
{
    private static readonly (string Id, string Name, string Place, string Type, string Note)[] Parameters =
    [
        ("key", "key", "path", "string", Text.Key),
        ("f", "f", "query", "json html", "format"),
        ("ftable", "f", "query", "json html csv xlsx parquet", "format"),
        ("limit", "limit", "query", "integer", "1-10000"),
        ("cursor", "cursor", "query", "string", "from the next link"),
        ("bbox", "bbox", "query", "string", "west,south,east,north"),
        ("bbox-crs", "bbox-crs", "query", "crs", ""),
        ("crs", "crs", "query", "crs", ""),
        ("datetime", "datetime", "query", "string", "RFC 3339 instant, day or interval: of validity where the resource has it, else of change"),
        ("filter", "filter", "query", "string", "CQL2 text"),
        ("filter-lang", "filter-lang", "query", "cql2-text", ""),
        ("filter-crs", "filter-crs", "query", "crs", ""),
        ("sortby", "sortby", "query", "string", "-a,b"),
        ("properties", "properties", "query", "string", "a,b"),
        ("skipGeometry", "skipGeometry", "query", "boolean", ""),
        ("asOf", "asOf", "query", "string", "as the registry knew it at that moment"),
        ("after", "after", "query", "string", "the cursor of the last change that was seen"),
        ("wait", "wait", "query", "integer", "seconds to wait for news, at most 30"),
        ("purpose", ReadHeaders.Purpose, "header", "string", "purpose, percent-encoded UTF-8"),
        ("case", ReadHeaders.Case, "header", "string", "case number"),
        ("grant", ReadHeaders.Grant, "header", "string", "number of the grant, where an office has several for a resource"),
        ("clear", ReadHeaders.Clear, "header", "boolean", "values in clear: needs the right and a purpose or case"),
        ("if-match", "If-Match", "header", "string", "ETag of the version that is changed, or *"),
        ("idempotency-key", "Idempotency-Key", "header", "string", "a repeated request is answered like the first"),
    ];

    public void Write(IReadOnlyList<ResourceDefinition> resources)
    {
        Object("schemas", () =>
        {
            Fixed();
            foreach (var resource in resources)
            {
                var primary = FeatureShape.Of(resource).PlaceField?.Name;
                Object(resource.Address, () => SchemaWriter.Object(json, resource, field => field.Name != primary, required: false));
                Object(resource.Address + ".feature", () => Feature(resource));
                Object(resource.Address + ".change", () => Change(resource));
            }
        });
        Object("parameters", () =>
        {
            foreach (var parameter in Parameters)
            {
                Object(parameter.Id, () => Parameter(parameter));
            }
        });
        Object("responses", () => Object("Problem", () =>
        {
            json.WriteString("description", "RFC 9457");
            Object("content", () => Object(Problems.ContentType, () => Object("schema", () => json.WriteString("$ref", "#/components/schemas/problem"))));
        }));
        Security();
    }

    public static void Typed(Utf8JsonWriter json, string type, string? format = null)
    {
        json.WriteString("type", type);
        if (format is not null)
        {
            json.WriteString("format", format);
        }
    }

    private void Fixed()
    {
        Object("links", () =>
        {
            json.WriteString("type", "array");
            Object("items", () => Properties("href", "rel", "type", "title"));
        });
        Object("geometry", () =>
        {
            json.WriteString("description", "GeoJSON geometry (RFC 7946) or null");
            json.WriteStartArray("type");
            json.WriteStringValue("object");
            json.WriteStringValue("null");
            json.WriteEndArray();
        });
        Object("record", () =>
        {
            json.WriteString("type", "object");
            Object("properties", () =>
            {
                Object("version", () => Typed(json, "integer"));
                Object("changedAt", () => Typed(json, "string", "date-time"));
                Object("validFrom", () => Typed(json, "string", "date"));
                Object("validTo", () => Typed(json, "string", "date"));
                Object("masked", () => Array("string"));
                Object("sources", () => json.WriteString("type", "object"));
            });
        });
        Object("problem", () =>
        {
            json.WriteString("type", "object");
            Object("properties", () =>
            {
                foreach (var name in (ReadOnlySpan<string>)["type", "title", "detail", "instance", "code"])
                {
                    Object(name, () => Typed(json, "string"));
                }

                Object("status", () => Typed(json, "integer"));
                Object("errors", () =>
                {
                    json.WriteString("type", "array");
                    Object("items", () => Properties("code", "field", "detail", "basis"));
                });
            });
        });
    }

    private void Feature(ResourceDefinition resource)
    {
        json.WriteString("type", "object");
        Object("properties", () =>
        {
            Object("type", () => json.WriteString("const", "Feature"));
            Object("id", () => Typed(json, "string"));
            Object("geometry", () => json.WriteString("$ref", "#/components/schemas/geometry"));
            Object("properties", () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}"));
            Object("record", () => json.WriteString("$ref", "#/components/schemas/record"));
            Object("links", () => json.WriteString("$ref", "#/components/schemas/links"));
        });
    }

    private void Change(ResourceDefinition resource)
    {
        json.WriteString("type", "object");
        Object("properties", () =>
        {
            foreach (var name in (ReadOnlySpan<string>)["cursor", "op", "key", "kind"])
            {
                Object(name, () => Typed(json, "string"));
            }

            Object("version", () => Typed(json, "integer"));
            Object("at", () => Typed(json, "string", "date-time"));
            Object("feature", () =>
            {
                json.WriteStartArray("oneOf");
                json.WriteStartObject();
                json.WriteString("$ref", $"#/components/schemas/{resource.Address}.feature");
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("type", "null");
                json.WriteEndObject();
                json.WriteEndArray();
            });
        });
    }

    private void Parameter((string Id, string Name, string Place, string Type, string Note) parameter)
    {
        json.WriteString("name", parameter.Name);
        json.WriteString("in", parameter.Place);
        if (parameter.Note.Length > 0)
        {
            json.WriteString("description", parameter.Note);
        }

        if (parameter.Place == "path" || parameter.Id == "if-match")
        {
            json.WriteBoolean("required", true);
        }

        Object("schema", () =>
        {
            switch (parameter.Type)
            {
                case "integer":
                    Typed(json, "integer");
                    json.WriteNumber("minimum", parameter.Name == "wait" ? 0 : 1);
                    json.WriteNumber("maximum", parameter.Name == "wait" ? ChangesDoor.WaitMax : ItemsQuery.LimitMax);
                    break;
                case "string" or "boolean":
                    Typed(json, parameter.Type);
                    break;
                default:
                    Typed(json, "string");
                    Enumeration(parameter.Type == "crs" ? [.. Crs.All.Select(crs => crs.Uri)] : parameter.Type.Split(' '));
                    break;
            }
        });
    }

    private void Security() => Object("securitySchemes", () =>
    {
        Object("oauth2", () =>
        {
            json.WriteString("type", "oauth2");
            Object("flows", () => Object("clientCredentials", () =>
            {
                json.WriteString("tokenUrl", "/connect/token");
                Object("scopes", () => { });
            }));
        });
        Object("bearer", () =>
        {
            json.WriteString("type", "http");
            json.WriteString("scheme", "bearer");
        });
    });

    private void Properties(params string[] names)
    {
        json.WriteString("type", "object");
        Object("properties", () =>
        {
            foreach (var name in names)
            {
                Object(name, () => Typed(json, "string"));
            }
        });
    }

    private void Array(string type)
    {
        json.WriteString("type", "array");
        Object("items", () => Typed(json, type));
    }

    private void Enumeration(string[] values)
    {
        json.WriteStartArray("enum");
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private void Object(string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }
}
