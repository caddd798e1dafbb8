using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Shali.Platform.Registry.Load;

/// <summary>Answers that page and interface have in common.</summary>
internal static class LoadAnswers
{
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
    public static void Write(Utf8JsonWriter json, LoadJob job, bool hasRejects)
    {
        json.WriteString("id", job.Id);
        json.WriteString("resource", job.Resource);
        json.WriteString("file", job.FileName);
        json.WriteString("sha256", job.Sha256);
        json.WriteString("mode", job.Options.Mode == LoadMode.AllOrNothing ? "all-or-nothing" : "good-rows");
        json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(job.State.ToString()));
        json.WriteNumber("progress", Math.Round(job.Progress, 3));
        json.WriteStartObject("rows");
        json.WriteNumber("read", job.Counts.Read);
        json.WriteNumber("new", job.Counts.New);
        json.WriteNumber("changed", job.Counts.Changed);
        json.WriteNumber("unchanged", job.Counts.Unchanged);
        json.WriteNumber("bad", job.Counts.Bad);
        json.WriteEndObject();
        if (job.Note is not null)
        {
            json.WriteString("note", job.Note);
        }

        json.WriteStartArray("warnings");
        foreach (var warning in job.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteStartArray("rejects");
        foreach (var reject in job.Rejects)
        {
            Write(json, reject);
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        Link(json, "self", $"/api/loads/{job.Id}", "application/json");
        if (hasRejects)
        {
            Link(json, "rejects", $"/api/loads/{job.Id}/rejects", "text/csv");
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Reject reject)
    {
        json.WriteStartObject();
        json.WriteNumber("row", reject.Row);
        json.WriteStartArray("reasons");
        foreach (var reason in reject.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("column", reason.Column);
            json.WriteString("detail", reason.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Link(Utf8JsonWriter json, string relation, string address, string type)
    {
        json.WriteStartObject();
        json.WriteString("rel", relation);
        json.WriteString("href", address);
        json.WriteString("type", type);
        json.WriteEndObject();
    }
}
