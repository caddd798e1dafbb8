using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>Answers that page and interface have in common.</summary>
internal static class LoadAnswers
{
    private static readonly JsonSerializerOptions Json = ReadOnly(new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    });

    /// <summary>Else two first answers at once would both complete the options, and one of them fail.</summary>
    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static IResult Rejects(LoadJob job, string path, string format)
    {
        var name = Path.GetFileNameWithoutExtension(job.FileName) + Text.RejectSuffix;
        if (format == "xlsx" && job.Counts.Bad <= RejectBook.RowsMost)
        {
            return Results.File(RejectBook.Make(path), XlsxType, name + ".xlsx");
        }

        // The file may grow while it is read: what is there now is sent.
        return Results.File(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), "text/csv; charset=utf-8", name + ".csv");
    }

    /// <summary>The state of a job as programs read it.</summary>
    public static IResult Job(LoadJob job, bool hasRejects, int status = StatusCodes.Status200OK) => Results.Json(
        new
        {
            job.Id,
            job.Resource,
            File = job.FileName,
            job.Sha256,
            job.Options.Mode,
            job.State,
            Progress = Math.Round(job.Progress, 3),
            Rows = new { job.Counts.Read, job.Counts.New, job.Counts.Changed, job.Counts.Unchanged, job.Counts.Bad },
            job.Note,
            job.Warnings,
            Rejects = job.Rejects.Select(reject => new
            {
                reject.Row,
                Reasons = reject.Reasons.Select(reason => new { reason.Code, reason.Column, Detail = reason.Sentence }),
            }),
            Links = Links(job, hasRejects),
        },
        Json,
        statusCode: status);

    /// <summary>Refusals as a problem document (RFC 9457).</summary>
    public static IResult Refused(Refusals refusals, int status) => Results.Json(
        new
        {
            Type = Api.Problems.TypeOf(refusals[0].Code),
            Status = status,
            Detail = refusals[0].Sentence,
            refusals[0].Code,
            Errors = refusals.Select(refusal => new { refusal.Code, refusal.Field, Detail = refusal.Sentence, Basis = refusal.Basis?.ToString() }),
        },
        Json,
        "application/problem+json",
        status);

    private static List<object> Links(LoadJob job, bool hasRejects)
    {
        var links = new List<object> { new { Rel = "self", Href = $"/api/loads/{job.Id}", Type = "application/json" } };
        if (hasRejects)
        {
            links.Add(new { Rel = "rejects", Href = $"/api/loads/{job.Id}/rejects", Type = "text/csv" });
        }

        return links;
    }
}
