using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>The bulk load for programs: post a file, ask how it goes, fetch what was rejected.</summary>
internal sealed class LoadApi(ResourceRegistry resources, LoadDesk desk, LoadJobs jobs)
{
    private static readonly string[] Known = ["mode", "encoding", "header", "sheet", "delimiter", "file", "purpose", "ignore", "f"];

    public async Task<IResult> Create(HttpContext context, string resource, CancellationToken cancel)
    {
        if (resources.Find(resource) is not { } definition)
        {
            return LoadAnswers.Refused(Refusals.Of(new Refusal("API-C01", "", Text.NoResource(resource))), StatusCodes.Status404NotFound);
        }

        if (context.Request.HasFormContentType)
        {
            return LoadAnswers.Refused(Refusals.Of(new Refusal("LOAD-P04", "Content-Type", Text.SendFile)), StatusCodes.Status415UnsupportedMediaType);
        }

        var asked = Options(context.Request);
        if (!asked.Ok)
        {
            return LoadAnswers.Refused(asked.Refusals, StatusCodes.Status400BadRequest);
        }

        var (options, ending) = asked.Value;
        var name = context.Request.Query["file"].ToString() is { Length: > 0 } given ? given : "upload" + ending;
        var received = await desk.Receive(definition, context.Caller(), context.Request.Body, name, options, cancel);
        return received.Ok
            ? await Begin(context, received.Value, options, cancel)
            : LoadAnswers.Refused(received.Refusals, StatusCodes.Status422UnprocessableEntity);
    }

    public async Task<IResult> Get(HttpContext context, string id, CancellationToken cancel) =>
        await desk.Find(context.Caller(), id, cancel) is { } job ? Answer(context, job) : NoLoad(id);

    public async Task<IResult> Cancel(HttpContext context, string id, CancellationToken cancel)
    {
        if (await desk.Find(context.Caller(), id, cancel) is null)
        {
            return NoLoad(id);
        }

        await jobs.Cancel(id, cancel);
        return Answer(context, (await jobs.Get(id, cancel))!);
    }

    public async Task<IResult> Rejects(HttpContext context, string id, CancellationToken cancel) =>
        await desk.Find(context.Caller(), id, cancel) is { } job && desk.Rejects(job) is { } path
            ? LoadAnswers.Rejects(job, path, context.Request.Query["f"].ToString())
            : NoLoad(id);

    private async Task<IResult> Begin(HttpContext context, LoadJob job, LoadOptions options, CancellationToken cancel)
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
            return LoadAnswers.Refused(refusals, StatusCodes.Status422UnprocessableEntity);
        }

        context.Response.Headers.Location = $"/api/loads/{job.Id}";
        return Answer(context, (await jobs.Get(job.Id, cancel))!, StatusCodes.Status202Accepted);
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

    private IResult Answer(HttpContext context, LoadJob job, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return LoadAnswers.Job(job, desk.Rejects(job) is not null, status);
    }

    private static IResult NoLoad(string id) =>
        LoadAnswers.Refused(Refusals.Of(new Refusal("API-C02", "", Text.NoLoad(id))), StatusCodes.Status404NotFound);
}
