using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Shali.Platform.Exchange.Services;
using Shali.Platform.Registry;

namespace Shali.Platform.Catalogue;

/// <summary>
/// The catalogue as DCAT-AP in JSON-LD, for other catalogues that harvest this one. Vocabulary of frequencies and
/// access rights is the European authority tables', which the profile names.
/// </summary>
internal static class Dcat
{
    public const string MediaType = "application/ld+json; charset=utf-8";

    private const string Authority = "http://publications.europa.eu/resource/authority/";

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly (string Format, string MediaType, string Authority)[] Formats =
    [
        ("json", "application/geo+json", "GEOJSON"), ("csv", "text/csv", "CSV"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"), ("parquet", "application/vnd.apache.parquet", "PARQUET"),
    ];

    /// <summary>The whole catalogue, written as it goes: memory does not grow with the number of entries.</summary>
    public static async Task Write(
        Stream to, string site, string city, IReadOnlyList<CatalogueEntry> entries,
        IReadOnlyDictionary<string, (DateTimeOffset Issued, DateTimeOffset Modified)> dates, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        Context(json);
        json.WriteString("@id", $"{site}/catalogue");
        json.WriteString("@type", "dcat:Catalog");
        json.WriteString("dct:title", $"{city}{Text.Title}");
        json.WriteString("dct:description", Text.Lead);
        json.WriteString("dct:language", Authority + "language/ZHO");
        json.WriteString("foaf:homepage", $"{site}/catalogue");
        json.WritePropertyName("dct:publisher");
        Agent(json, city);
        foreach (var (name, services) in new[] { ("dcat:dataset", false), ("dcat:service", true) })
        {
            json.WriteStartArray(name);
            foreach (var entry in entries.Where(entry => entry.Definition.Service == services))
            {
                Dataset(json, site, entry, dates);
                if (json.BytesPending > 64 * 1024)
                {
                    await json.FlushAsync(cancel);
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static async Task WriteOne(
        Stream to, string site, CatalogueEntry entry,
        IReadOnlyDictionary<string, (DateTimeOffset Issued, DateTimeOffset Modified)> dates, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, Options);
        Dataset(json, site, entry, dates, context: true);
        await json.FlushAsync(cancel);
    }

    private static void Context(Utf8JsonWriter json)
    {
        json.WriteStartObject("@context");
        foreach (var (prefix, address) in new[]
        {
            ("dcat", "http://www.w3.org/ns/dcat#"), ("dct", "http://purl.org/dc/terms/"),
            ("foaf", "http://xmlns.com/foaf/0.1/"), ("adms", "http://www.w3.org/ns/adms#"),
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        })
        {
            json.WriteString(prefix, address);
        }

        foreach (var term in new[]
        {
            "dct:accessRights", "dct:accrualPeriodicity", "dct:format", "dct:language", "dcat:landingPage",
            "dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dcat:endpointURL", "foaf:homepage", "dcat:inSeries",
        })
        {
            json.WriteStartObject(term);
            json.WriteString("@type", "@id");
            json.WriteEndObject();
        }

        foreach (var term in new[] { "dct:issued", "dct:modified" })
        {
            json.WriteStartObject(term);
            json.WriteString("@type", "xsd:dateTime");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Dataset(
        Utf8JsonWriter json, string site, CatalogueEntry entry,
        IReadOnlyDictionary<string, (DateTimeOffset Issued, DateTimeOffset Modified)> dates, bool context = false)
    {
        var address = $"{site}/catalogue/{entry.Address}";
        json.WriteStartObject();
        if (context)
        {
            Context(json);
        }

        json.WriteString("@id", address);
        json.WriteString("@type", entry.Definition.Service ? "dcat:DataService" : "dcat:Dataset");
        json.WriteString("dct:identifier", entry.Identifier);
        json.WriteString("dct:title", entry.Name);
        json.WriteString("dct:description", entry.Abstract);
        json.WritePropertyName("dct:publisher");
        Agent(json, entry.Provider);
        json.WriteStartArray("dcat:keyword");
        foreach (var word in entry.Keywords)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteString("dct:accessRights", Authority + "access-right/" + AccessRight(entry.Definition));
        json.WriteString("dct:accrualPeriodicity", Authority + "frequency/" + Frequency(entry.Definition.Rhythm));
        json.WriteString("dcat:landingPage", address);
        json.WriteString("dcat:version", entry.Definition.Version.ToString(CultureInfo.InvariantCulture));
        if (dates.TryGetValue(entry.Definition.Id, out var date))
        {
            json.WriteString("dct:issued", date.Issued);
            json.WriteString("dct:modified", date.Modified);
        }

        if (entry.Definition.Service)
        {
            json.WriteString("dcat:endpointURL", $"{site}/api/services/{entry.Definition.Id[(ServiceBook.Schema.Length + 1)..]}/");
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("dcat:distribution");
        foreach (var (format, mediaType, authority) in Formats)
        {
            var items = $"{site}/api/collections/{entry.Address}/items?f={format}";
            json.WriteStartObject();
            json.WriteString("@type", "dcat:Distribution");
            json.WriteString("dct:title", $"{entry.Name} {format}");
            json.WriteString("dcat:accessURL", items);
            json.WriteString("dcat:mediaType", "https://www.iana.org/assignments/media-types/" + mediaType);
            json.WriteString("dct:format", Authority + "file-type/" + authority);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Agent(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("@type", "foaf:Agent");
        json.WriteString("foaf:name", name);
        json.WriteEndObject();
    }

    private static string AccessRight(ResourceDefinition definition) => definition.Open ? "PUBLIC"
        : definition.Sharing.Class == SharingClass.NotShared ? "NON_PUBLIC"
        : "RESTRICTED";

    private static string Frequency(UpdateRhythm rhythm) => rhythm switch
    {
        UpdateRhythm.RealTime => "UPDATE_CONT",
        UpdateRhythm.Daily => "DAILY",
        UpdateRhythm.Weekly => "WEEKLY",
        UpdateRhythm.Monthly => "MONTHLY",
        UpdateRhythm.Quarterly => "QUARTERLY",
        UpdateRhythm.Yearly => "ANNUAL",
        _ => "IRREG",
    };
}
