using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shali.Platform.Api;

/// <summary>In which form an answer goes out.</summary>
internal enum Format
{
    Json,
    Html,
    Csv,
    Xlsx,
    Parquet,
}

/// <summary>Chooses the form: <c>f=</c> first, then what the caller accepts, then JSON.</summary>
internal static class Formats
{
    public const string Json = "application/json";
    public const string GeoJson = "application/geo+json";
    public const string Schema = "application/schema+json";
    public const string OpenApi = "application/vnd.oai.openapi+json;version=3.1";
    public const string Html = "text/html";
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public const string Parquet = "application/vnd.apache.parquet";

    public static readonly IReadOnlyList<Format> Documents = [Format.Json, Format.Html];
    public static readonly IReadOnlyList<Format> Tables = [Format.Json, Format.Html, Format.Csv, Format.Xlsx, Format.Parquet];

    public static string Name(Format format) => format switch
    {
        Format.Html => "html",
        Format.Csv => "csv",
        Format.Xlsx => "xlsx",
        Format.Parquet => "parquet",
        _ => "json",
    };

    public static Format Choose(Parameters parameters, HttpRequest request, IReadOnlyList<Format> offered)
    {
        if (parameters.Take("f") is { } asked)
        {
            foreach (var format in offered)
            {
                if (Name(format) == asked)
                {
                    return format;
                }
            }

            parameters.Refuse("API-P04", "f", Text.UnknownFormat(asked, [.. offered.Select(Name)]));
            return Format.Json;
        }

        if (Accepted(request, offered) is { } accepted)
        {
            return accepted;
        }

        parameters.Refuse("API-P06", "Accept", Text.NotAcceptable([.. offered.Select(Name)]));
        return Format.Json;
    }

    /// <summary>
    /// The type of the OpenAPI document: its own for who asks for it by name, plain JSON, which it is too, for everybody
    /// else. GDAL takes version 3.0 or plain JSON and complains about anything else.
    /// </summary>
    public static string OfDescription(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges)
        && ranges.Any(NamesOpenApi)
            ? OpenApi
            : Json;

    // The framework's own comparison takes application/json for a name of every type that ends in +json.
    private static bool NamesOpenApi(MediaTypeHeaderValue range) =>
        range.MediaType.Equals("application/vnd.oai.openapi+json", StringComparison.OrdinalIgnoreCase)
        && (range.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase)) is not { } version
            || version.Value.Equals("3.1", StringComparison.Ordinal));

    /// <summary>Null when nothing on offer is accepted.</summary>
    public static Format? Accepted(HttpRequest request, IReadOnlyList<Format> offered)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0 || header[0] is null or "*/*" or Json or GeoJson)
        {
            return Format.Json;
        }

        if (!MediaTypeHeaderValue.TryParseList([.. header.OfType<string>()], out var ranges))
        {
            return Format.Json;
        }

        foreach (var range in ranges.OrderByDescending(range => range.Quality ?? 1))
        {
            if (range.Quality == 0)
            {
                continue;
            }

            foreach (var format in offered)
            {
                if (Types(format).Any(type => range.MatchesMediaType(type)))
                {
                    return format;
                }
            }
        }

        return null;
    }

    private static string[] Types(Format format) => format switch
    {
        Format.Html => [Html],
        Format.Csv => [Csv],
        Format.Xlsx => [Xlsx],
        Format.Parquet => [Parquet],
        _ => [GeoJson, Json, Schema, "application/vnd.oai.openapi+json", "application/openapi+json"],
    };
}
