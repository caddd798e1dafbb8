using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Api;
using Shali.Platform.Api.OpenApi;
using Shali.Platform.Exchange;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Pages;

namespace Shali.Government.S06Sharing.Corrections;

/// <summary>
/// Corrections for programs: <c>POST /api/collections/{id}/items/{key}/corrections</c> with <c>{"field", "value", "evidence"}</c>;
/// the header <c>Idempotency-Key</c> makes a repeated report the same one. Needs the scope <c>api.write</c>.
/// </summary>
internal static class CorrectionApi
{
    private const int BodyMax = 64 * 1024;

    /// <summary>As the OpenAPI document tells of them.</summary>
    public static IReadOnlyList<ApiOperation> Operations { get; } =
    [
        new("post", "/api/collections/{collection}/items/{key}/corrections", "correct", Text.ReportTitle)
        {
            Parts = [("collection", Text.Resource), ("key", Text.Key)],
            Parameters = ["idempotency-key", "grant"],
            Sent = [("field", Text.Field, true), ("value", Text.Value, false), ("evidence", Text.Evidence, true)],
            Answered = [("number", Text.Number)],
            Status = StatusCodes.Status201Created,
        },
        new("get", "/api/corrections/{number}", "correction", Text.Followed)
        {
            Parts = [("number", Text.Number)],
            Answered =
            [
                ("number", Text.Number), ("resource", Text.Resource), ("key", Text.Key), ("field", Text.Field), ("value", Text.Value), ("stage", Text.Stage),
                ("result", Text.Result), ("due", Text.Due), ("answer", Text.AnswerLabel),
            ],
        },
    ];

    private static readonly string[] Members = ["field", "value", "evidence"];

    public static async Task Open(HttpContext context, ResourceRegistry registry, GovernedReader reader, CorrectionDesk desk, string id, string key)
    {
        var who = context.Caller();
        var grant = context.Request.Headers["Shali-Grant"].ToString() is { Length: > 0 and < 100 } said ? said : null;
        if (registry.Find(id) is not { } resource || reader.AccessOf(new ReadRequest(who, resource) { Grant = grant, Way = GrantWay.Any }) is null)
        {
            await context.Refuse(new Refusal("API-C01", "collection", Text.NoResource), StatusCodes.Status404NotFound);
            return;
        }

        var body = await Read(context);
        if (!body.Ok)
        {
            await context.Refuse(body.Refusals);
            return;
        }

        var once = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 128 } word ? "correction:" + word : null;
        var opened = await desk.Open(
            new ReadRequest(who, resource) { Grant = grant, Way = GrantWay.Any }, Addresses.Key(key),
            body.Value["field"], body.Value["value"], body.Value["evidence"], null, once, context.RequestAborted);
        if (!opened.Ok)
        {
            await context.Refuse(opened.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        context.Response.Headers.Location = Address(opened.Value);
        await Results.Json(new { number = opened.Value }, statusCode: StatusCodes.Status201Created).ExecuteAsync(context);
    }

    public static async Task Show(HttpContext context, CorrectionDesk desk, string number)
    {
        if (await desk.Of(context.Caller(), number, context.RequestAborted) is not { } state)
        {
            await context.Refuse(new Refusal("API-C02", "number", Text.NoRecord), StatusCodes.Status404NotFound);
            return;
        }

        await Results.Json(new
        {
            number = state.Number,
            resource = state.Resource,
            key = state.Terms.Key,
            field = state.Terms.Field,
            value = state.Terms.Value,
            stage = state.Stage,
            result = state.Result,
            due = state.Due,
            answer = state.Answer,
        }).ExecuteAsync(context);
    }

    private static string Address(string number) => "/api/corrections/" + number;

    /// <summary>The members of the body, each text; those that were left out are empty. Unknown ones are refused by name.</summary>
    private static async Task<Outcome<Dictionary<string, string>>> Read(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return new Refusal("API-B01", "", Text.NotJson);
        }

        if (context.Request.ContentLength is > BodyMax)
        {
            return new Refusal("API-B02", "", Text.TooLarge);
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new Refusal("API-B03", "", Text.NotJson);
            }

            var values = Members.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
            var wrong = new List<Refusal>();
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (!values.ContainsKey(member.Name))
                {
                    wrong.Add(new("API-B05", member.Name, Text.UnknownMember(member.Name)));
                }
                else if (member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                {
                    values[member.Name] = (member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()).Replace("\0", "", StringComparison.Ordinal);
                }
                else if (member.Value.ValueKind != JsonValueKind.Null)
                {
                    wrong.Add(new("API-B07", member.Name, Text.NotText(member.Name)));
                }
            }

            return wrong.Count > 0 ? new Refusals(wrong) : values;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Half a character is no text either.
            return new Refusal("API-B03", "", Text.NotJson);
        }
    }
}
