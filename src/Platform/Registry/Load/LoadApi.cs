using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shali.Platform.Api;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>The bulk load for programs: post a file, ask how it goes, fetch what was rejected.</summary>
internal sealed class LoadApi(ResourceRegistry resources, LoadDesk desk, LoadJobs jobs)
{
    private static readonly string[] Known = ["mode", "encoding", "header", "sheet", "delimiter", "file", "purpose", "ignore", "f"];

    public async Task Create(HttpContext context, string resource, CancellationToken cancel)
    {
        if (resources.Find(resource) is not { } definition)
        {
            await context.Refuse(new Refusal("API-C01", "", Text.NoResource(resource)));
            return;
        }

        var asked = Options(context.Request);
        if (!asked.Ok)
        {
            await context.Refuse(asked.Refusals);
            return;
        }

        var name = context.Request.Query["file"].ToString() is { Length: > 0 } given ? given : "upload" + asked.Value.Ending;
        var received = await desk.Receive(definition, context.Caller(), context.Request.Body, name, asked.Value.Options, cancel);
        if (!received.Ok)
        {
            await context.Refuse(received.Refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await Begin(context, received.Value, asked.Value.Options, cancel);
    }

    public async Task Get(HttpContext context, string id, CancellationToken cancel)
    {
        if (await desk.Find(context.Caller(), id, cancel) is { } job)
        {
            await Answer(context, job, StatusCodes.Status200OK);
            return;
        }

        await context.Refuse(NoLoad(id));
    }

    public async Task Cancel(HttpContext context, string id, CancellationToken cancel)
    {
        if (await desk.Find(context.Caller(), id, cancel) is null)
        {
            await context.Refuse(NoLoad(id));
            return;
        }

        await jobs.Cancel(id, cancel);
        await Answer(context, (await jobs.Get(id, cancel))!, StatusCodes.Status200OK);
    }

    public async Task Rejects(HttpContext context, string id, CancellationToken cancel)
    {
        if (await desk.Find(context.Caller(), id, cancel) is not { } job || desk.Rejects(job) is not { } path)
        {
            await context.Refuse(NoLoad(id));
            return;
        }

        await LoadAnswers.Rejects(job, path, context.Request.Query["f"].ToString()).ExecuteAsync(context);
    }

    private async Task Begin(HttpContext context, LoadJob job, LoadOptions options, CancellationToken cancel)
    {
        var preview = desk.Preview(job, options);
        var ignore = context.Request.Query["ignore"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        HashSet<int> ignored = preview.Ok
            ? [.. Enumerable.Range(0, preview.Value.Columns.Count).Where(i => ignore.Contains(preview.Value.Columns[i]))]
            : [];
        var refusals = preview.Ok ? await desk.Start(job, options, ignored, cancel) : preview.Refusals;
        if (refusals.Any)
        {
            await jobs.Cancel(job.Id, cancel);
            await context.Refuse(refusals, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        context.Response.Headers.Location = $"/api/loads/{job.Id}";
        await Answer(context, (await jobs.Get(job.Id, cancel))!, StatusCodes.Status202Accepted);
    }

    private static Outcome<(LoadOptions Options, string Ending)> Options(HttpRequest request)
    {
        var refusals = new List<Refusal>();
        var query = request.Query;
        foreach (var name in query.Keys.Where(name => !Known.Contains(name, StringComparer.Ordinal)))
        {
            refusals.Add(new("API-P01", name, Text.UnknownParameter(name)));
        }

        var mode = query["mode"].ToString();
        if (mode is not ("" or "all-or-nothing" or "good-rows"))
        {
            refusals.Add(new("LOAD-P01", "mode", Text.UnknownMode(mode)));
        }

        var header = query["header"].ToString();
        if (header is not ("" or "true" or "false"))
        {
            refusals.Add(new("LOAD-P02", "header", Text.UnknownHeader(header)));
        }

        var encoding = query["encoding"].ToString().ToLowerInvariant();
        if (encoding.Length > 0 && !TextEncoding.All.Contains(encoding, StringComparer.Ordinal))
        {
            refusals.Add(new("LOAD-F05", "encoding", Text.UnknownEncoding(encoding)));
        }

        var delimiter = query["delimiter"].ToString();
        if (delimiter is not ("" or "," or ";" or "\t" or "tab"))
        {
            refusals.Add(new("LOAD-P03", "delimiter", Text.UnknownDelimiter(delimiter)));
        }

        var (kind, ending) = Kind(request.ContentType);
        var source = new SourceOptions
        {
            Kind = kind,
            Encoding = encoding.Length > 0 ? encoding : null,
            Header = header != "false",
            Sheet = query["sheet"].ToString() is { Length: > 0 } sheet ? sheet : null,
            Delimiter = delimiter switch { "" => null, "tab" => '\t', _ => delimiter[0] },
        };
        var options = new LoadOptions
        {
            Source = source,
            Mode = mode == "all-or-nothing" ? LoadMode.AllOrNothing : LoadMode.GoodRows,
            Purpose = query["purpose"].ToString(),
        };
        return refusals.Count > 0 ? new Refusals(refusals) : (options, ending);
    }

    /// <summary>What the sender says it is; null: the file shows it.</summary>
    private static (FileKind? Kind, string Ending) Kind(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" or "text/tab-separated-values" => (FileKind.Csv, ".csv"),
        "application/geo+json" or "application/json" => (FileKind.GeoJson, ".geojson"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => (FileKind.Xlsx, ".xlsx"),
        _ => (null, ""),
    };

    private Task Answer(HttpContext context, LoadJob job, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.Send(
            context, "application/json", (Utf8JsonWriter json) => LoadAnswers.Write(json, job, desk.Rejects(job) is not null), status);
    }

    private static Refusal NoLoad(string id) => new("API-C02", "", Text.NoLoad(id));
}
