using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Api;

/// <summary>A link of an answer (RFC 8288).</summary>
internal sealed record Link(string Rel, string Type, string Href, string? Title = null);

/// <summary>Addresses that answers carry: absolute, under the name by which the caller reached us.</summary>
internal static class Links
{
    public const string Queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
    public const string Sortables = "http://www.opengis.net/def/rel/ogc/1.0/sortables";
    public const string Schema = "http://www.opengis.net/def/rel/ogc/1.0/schema";

    public static string Base(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";

    /// <summary>This request's address with one parameter set, or removed when the value is null.</summary>
    public static string With(HttpRequest request, string name, string? value, string? without = null)
    {
        var address = new StringBuilder(Base(request)).Append(request.Path.ToUriComponent());
        var mark = '?';
        foreach (var (key, values) in request.Query)
        {
            if (key == name || key == without)
            {
                continue;
            }

            Append(address, ref mark, key, values[0] ?? "");
        }

        if (value is not null)
        {
            Append(address, ref mark, name, value);
        }

        return address.ToString();
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<Link> links)
    {
        json.WriteStartArray("links");
        foreach (var link in links)
        {
            Write(json, link.Rel, link.Type, link.Href, link.Title);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string rel, string type, string href, string? title = null)
    {
        json.WriteStartObject();
        json.WriteString("rel"u8, rel);
        json.WriteString("type"u8, type);
        json.WriteString("href"u8, href);
        if (title is not null)
        {
            json.WriteString("title"u8, title);
        }

        json.WriteEndObject();
    }

    private static void Append(StringBuilder address, ref char mark, string name, string value)
    {
        address.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        mark = '&';
    }
}
