using System.Text.Json;
using NetTopologySuite.Geometries;
using Shali.Platform.Api.Items;
using Shali.Platform.Registry;

namespace Shali.Platform.Api.OpenApi;

/// <summary>
/// Writes OpenAPI 3.1 from the definitions: fixed paths, for each resource its paths and the schema of its items, then what systems offer beside.
/// </summary>
internal sealed class OpenApiDocument(Utf8JsonWriter json)
{
    private const string Problem = "#/components/responses/Problem";

    public void Write(IEnumerable<ResourceDefinition> resources, IReadOnlyList<ApiOperation> operations)
    {
        var all = resources.ToList();
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        Object("info", () =>
        {
            json.WriteString("title", Text.ApiTitle);
            json.WriteString("description", Text.ApiDescription + "\n\n" + Text.Explanation);
            json.WriteString("version", "1.0.0");
        });
        Array("servers", () => Item(() => json.WriteString("url", "/")));
        Array("security", () =>
        {
            Item(() => Array("oauth2", () => { }));
            Item(() => Array("bearer", () => { }));
            Item(() => { });
        });
        Array("tags", () =>
        {
            foreach (var resource in all)
            {
                Item(() =>
                {
                    json.WriteString("name", resource.Address);
                    json.WriteString("description", resource.Name);
                });
            }
        });
        Object("paths", () =>
        {
            Fixed();
            all.ForEach(Paths);
            foreach (var path in operations.GroupBy(operation => operation.Path, StringComparer.Ordinal))
            {
                json.WritePropertyName(path.Key);
                ApiOperation.Write(json, path);
            }
        });
        Object("components", () => new OpenApiComponents(json).Write(all));
        json.WriteEndObject();
        json.Flush();
    }

    private void Fixed()
    {
        Document("/api", "landing", Text.ApiTitle, Formats.Json);
        Document("/api/conformance", "conformance", Text.ConformanceTitle, Formats.Json);
        Document("/api/collections", "collections", Text.Collections, Formats.Json);
    }

    private void Paths(ResourceDefinition resource)
    {
        var shape = FeatureShape.Of(resource);
        var name = resource.Address;
        Document(shape.Path, $"describe.{name}", resource.Name, Formats.Json, name);
        Document(shape.Path + "/schema", $"schema.{name}", Text.Schema, Formats.Schema, name);
        Document(shape.Path + "/queryables", $"queryables.{name}", Text.Queryables, Formats.Schema, name);
        Document(shape.Path + "/sortables", $"sortables.{name}", Text.Sortables, Formats.Schema, name);
        Object(shape.Path + "/items", () =>
        {
            Object("get", () => List(resource, shape));
            if (resource.Editable)
            {
                Object("post", () => Create(resource));
            }
        });
        Object(shape.Path + "/items/{key}", () =>
        {
            Array("parameters", () => Reference("#/components/parameters/key"));
            Object("get", () => One(resource, shape));
            if (resource.Editable)
            {
                Object("put", () => Change(resource, "replace", "204"));
                Object("patch", () => Change(resource, "update", "204"));
                Object("delete", () => Change(resource, "delete", "204"));
            }
        });
        Object(shape.Path + "/changes", () => Object("get", () => Changes(resource)));
        if (resource.Fields.Any(field => field.Type.Name == FieldKind.File))
        {
            Files(resource, shape);
        }
    }

    private void Files(ResourceDefinition resource, FeatureShape shape)
    {
        Object(shape.Path + "/items/{key}/files/{field}", () =>
        {
            Array("parameters", () =>
            {
                Reference("#/components/parameters/key");
                Item(() => Parameter("field", "path", "file field"));
            });
            Object("get", () =>
            {
                Head($"file.{resource.Address}", Text.File, resource.Address);
                Object("responses", () =>
                {
                    Object("200", () =>
                    {
                        json.WriteString("description", Text.File);
                        Object("content", () => Object("application/octet-stream", () => { }));
                    });
                    Object("default", () => json.WriteString("$ref", Problem));
                });
            });
        });
        if (resource.Editable)
        {
            Object(shape.Path + "/files", () => Object("post", () =>
            {
                Head($"upload.{resource.Address}", Text.File, resource.Address);
                Array("parameters", () => Item(() => Parameter("name", "query", "file name with its extension")));
                Object("requestBody", () =>
                {
                    json.WriteBoolean("required", true);
                    Object("content", () => Object("application/octet-stream", () => { }));
                });
                Answer("201");
            }));
        }
    }

    private void Parameter(string name, string place, string description)
    {
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteString("description", description);
        json.WriteBoolean("required", true);
        Object("schema", () => Typed("string"));
    }

    private void Document(string path, string id, string summary, string type, string? tag = null) => Object(path, () => Object("get", () =>
    {
        Head(id, summary, tag);
        Array("parameters", () => Reference("#/components/parameters/f"));
        Object("responses", () =>
        {
            Object("200", () =>
            {
                json.WriteString("description", summary);
                Object("content", () => Content(type, () => json.WriteString("type", "object")));
            });
            Object("default", () => json.WriteString("$ref", Problem));
        });
    }));

    private void List(ResourceDefinition resource, FeatureShape shape)
    {
        Head($"list.{resource.Address}", resource.Name, resource.Address);
        Array("parameters", () =>
        {
            foreach (var name in (ReadOnlySpan<string>)["ftable", "limit", "cursor", "datetime", "filter", "filter-lang", "sortby", "properties", "asOf", "purpose", "case", "clear"])
            {
                Reference("#/components/parameters/" + name);
            }

            if (shape.Spatial)
            {
                foreach (var name in (ReadOnlySpan<string>)["bbox", "bbox-crs", "crs", "filter-crs", "skipGeometry"])
                {
                    Reference("#/components/parameters/" + name);
                }
            }

            foreach (var field in resource.Fields.Where(field => field.Type.ClrType != typeof(Geometry) && !ItemsQuery.Names.Contains(field.Name)))
            {
                Item(() => Queryable(resource, field));
            }
        });
        Object("responses", () =>
        {
            Object("200", () =>
            {
                json.WriteString("description", resource.Name);
                Object("content", () =>
                {
                    Content(Formats.GeoJson, () => Collection(resource));
                    foreach (var type in (ReadOnlySpan<string>)[Formats.Html, Formats.Csv])
                    {
                        Content(type, () => json.WriteString("type", "string"));
                    }

                    Content(Formats.Xlsx, () => { });
                });
            });
            Object("default", () => json.WriteString("$ref", Problem));
        });
    }

    private void Queryable(ResourceDefinition resource, FieldDefinition field)
    {
        json.WriteString("name", field.Name);
        json.WriteString("in", "query");
        json.WriteString("description", field.Label);
        Object("schema", () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}/properties/{field.Name}"));
    }

    private void Collection(ResourceDefinition resource)
    {
        json.WriteString("type", "object");
        Object("properties", () =>
        {
            Object("type", () => json.WriteString("const", "FeatureCollection"));
            Object("timeStamp", () => Typed("string", "date-time"));
            Object("numberReturned", () => Typed("integer"));
            Object("links", () => json.WriteString("$ref", "#/components/schemas/links"));
            Object("masked", () => Words());
            Object("features", () =>
            {
                json.WriteString("type", "array");
                Object("items", () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}.feature"));
            });
        });
    }

    private void One(ResourceDefinition resource, FeatureShape shape)
    {
        Head($"get.{resource.Address}", resource.Name, resource.Address);
        Array("parameters", () =>
        {
            foreach (var name in (ReadOnlySpan<string>)["f", "properties", "asOf", "purpose", "case", "clear"])
            {
                Reference("#/components/parameters/" + name);
            }

            if (shape.Spatial)
            {
                Reference("#/components/parameters/crs");
                Reference("#/components/parameters/skipGeometry");
            }
        });
        Object("responses", () =>
        {
            Object("200", () =>
            {
                json.WriteString("description", resource.Name);
                Object("content", () => Content(
                    Formats.GeoJson, () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}.feature")));
            });
            Object("default", () => json.WriteString("$ref", Problem));
        });
    }

    private void Create(ResourceDefinition resource)
    {
        Head($"create.{resource.Address}", resource.Name, resource.Address);
        Array("parameters", () => Writing(false));
        Body(resource, Formats.GeoJson);
        Answer("201");
    }

    private void Change(ResourceDefinition resource, string what, string status)
    {
        Head($"{what}.{resource.Address}", resource.Name, resource.Address);
        Array("parameters", () => Writing(true));
        if (what != "delete")
        {
            Body(resource, what == "update" ? "application/merge-patch+json" : Formats.GeoJson);
        }

        Answer(status);
    }

    private void Changes(ResourceDefinition resource)
    {
        Head($"changes.{resource.Address}", Text.Changes, resource.Address);
        Array("parameters", () =>
        {
            foreach (var name in (ReadOnlySpan<string>)["after", "limit", "wait", "crs", "purpose", "case", "clear"])
            {
                Reference("#/components/parameters/" + name);
            }
        });
        Object("responses", () =>
        {
            Object("200", () =>
            {
                json.WriteString("description", Text.Changes);
                Object("content", () =>
                {
                    Content(Formats.Json, () => ChangesBody(resource));

                    // Server-sent events, each a CloudEvent; Last-Event-ID goes on after one.
                    Content("text/event-stream", () => Typed("string"));
                });
            });
            Object("default", () => json.WriteString("$ref", Problem));
        });
    }

    private void ChangesBody(ResourceDefinition resource)
    {
        json.WriteString("type", "object");
        Object("properties", () =>
        {
            Object("numberReturned", () => Typed("integer"));
            Object("next", () => Typed("string"));
            Object("links", () => json.WriteString("$ref", "#/components/schemas/links"));
            Object("changes", () =>
            {
                json.WriteString("type", "array");
                Object("items", () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}.change"));
            });
        });
    }

    private void Writing(bool existing)
    {
        foreach (var name in (ReadOnlySpan<string>)["idempotency-key", "purpose", "case"])
        {
            Reference("#/components/parameters/" + name);
        }

        if (existing)
        {
            Reference("#/components/parameters/if-match");
        }
    }

    private void Body(ResourceDefinition resource, string type) => Object("requestBody", () =>
    {
        json.WriteBoolean("required", true);
        Object("content", () => Content(type, () => json.WriteString("$ref", $"#/components/schemas/{resource.Address}.feature")));
    });

    private void Answer(string status) => Object("responses", () =>
    {
        Object(status, () => json.WriteString("description", status == "201" ? "Created" : "Done"));
        Object("default", () => json.WriteString("$ref", Problem));
    });

    private void Head(string id, string summary, string? tag)
    {
        json.WriteString("operationId", id);
        json.WriteString("summary", summary);
        if (tag is not null)
        {
            Array("tags", () => json.WriteStringValue(tag));
        }
    }

    private void Content(string type, Action schema) => Object(type, () => Object("schema", schema));

    private void Words()
    {
        json.WriteString("type", "array");
        Object("items", () => Typed("string"));
    }

    private void Typed(string type, string? format = null) => OpenApiComponents.Typed(json, type, format);

    private void Reference(string target) => Item(() => json.WriteString("$ref", target));

    private void Item(Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }

    private void Object(string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }

    private void Array(string name, Action items)
    {
        json.WriteStartArray(name);
        items();
        json.WriteEndArray();
    }
}
