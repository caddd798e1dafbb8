using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Api;

/// <summary>
/// Refusals as problem documents (RFC 9457): <c>code</c> is that of the first refusal, <c>errors</c> has them all.
/// </summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where a code is explained: the type of a problem document.</summary>
    public static string TypeOf(string code) => "/about/refusals#" + code;

    /// <summary>Answers with the refusals; the status follows from their codes, else it is <paramref name="usual"/>.</summary>
    public static Task Refuse(this HttpContext context, Refusals refusals, int usual = StatusCodes.Status400BadRequest)
    {
        var status = StatusOf(refusals, usual);
        if (status == StatusCodes.Status403Forbidden && context.Caller().Kind == CallerKind.Anonymous)
        {
            status = StatusCodes.Status401Unauthorized;
            refusals = Refusals.Of(new Refusal("API-A01", "", Text.SignInFirst)).And(refusals);
        }

        return Write(context, status, refusals);
    }

    public static Task Refuse(this HttpContext context, Refusal refusal, int usual = StatusCodes.Status400BadRequest) =>
        Refuse(context, Refusals.Of(refusal), usual);

    /// <summary>The status that a code means, wherever it comes up.</summary>
    private static int StatusOf(Refusals refusals, int usual)
    {
        foreach (var refusal in refusals)
        {
            switch (refusal.Code)
            {
                case "REG-A01" or "REG-A02" or "API-A02" or "API-A03" or "API-A04" or "API-A05":
                case "SHR-A01" or "SHR-A02" or "SHR-A03" or "SHR-A04" or "SHR-A05" or "SHR-A06" or "SHR-A08" or "SHR-A10" or "SHR-A11":
                case "SVC-A01" or "SVC-A02" or "SVC-A03":
                    return StatusCodes.Status403Forbidden;
                case "REG-A03":
                    return StatusCodes.Status400BadRequest;
                case "REG-W02" or "API-C01" or "API-C02" or "API-C03" or "SVC-C01" or "SVC-P02":
                    return StatusCodes.Status404NotFound;
                case "REG-W03" or "API-I02":
                    return StatusCodes.Status412PreconditionFailed;
                case "REG-F20":
                    return StatusCodes.Status413PayloadTooLarge;
                case "SHR-A09":
                    return StatusCodes.Status429TooManyRequests;
                case "API-I01":
                    return StatusCodes.Status428PreconditionRequired;
                case "REG-W01" or "REG-W05":
                    return StatusCodes.Status409Conflict;
                case "API-P06":
                    return StatusCodes.Status406NotAcceptable;
                case "API-B01":
                    return StatusCodes.Status415UnsupportedMediaType;
                case "API-B02":
                    return StatusCodes.Status413PayloadTooLarge;
                case "SVC-F01" or "SVC-F03" or "SVC-F04" or "SVC-F05":
                    return StatusCodes.Status502BadGateway;
                case "SVC-F02":
                    return StatusCodes.Status504GatewayTimeout;
                case "API-T01" or "SVC-L01" or "SVC-S01" or "SVC-S02":
                    return StatusCodes.Status503ServiceUnavailable;
                default:
                    break;
            }
        }

        return usual;
    }

    private static async Task Write(HttpContext context, int status, Refusals refusals)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var body = new System.Buffers.ArrayBufferWriter<byte>(512);
        await using (var writer = new Utf8JsonWriter(body, Options))
        {
            Write(writer, context, status, refusals);
        }

        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, HttpContext context, int status, Refusals refusals)
    {
        json.WriteStartObject();
        json.WriteString("type", TypeOf(refusals[0].Code));
        json.WriteString("title", Title(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", refusals[0].Sentence);
        json.WriteString("instance", context.Request.Path.Value);
        json.WriteString("code", refusals[0].Code);
        json.WriteStartArray("errors");
        foreach (var refusal in refusals)
        {
            json.WriteStartObject();
            json.WriteString("code", refusal.Code);
            json.WriteString("field", refusal.Field);
            json.WriteString("detail", refusal.Sentence);
            if (refusal.Basis is { } basis)
            {
                json.WriteString("basis", basis.ToString());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Title(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        406 => "Not Acceptable",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    };
}
