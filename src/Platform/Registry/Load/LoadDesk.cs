using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Registry.Load;

/// <summary>What one caller may do with files and loads; the same for page and interface.</summary>
public sealed class LoadDesk(ResourceRegistry resources, LoadFiles files, LoadJobs jobs, LoadSettings settings, TimeProvider time)
{
    private const int PreviewRows = 20;

    public LoadLimits Limits => settings.Limits;

    /// <summary>Keeps a file that comes in as a draft.</summary>
    public async Task<Outcome<LoadJob>> Receive(
        ResourceDefinition resource, Caller who, Stream body, string name, LoadOptions options, CancellationToken cancel)
    {
        if (OnlyBySystem(resource) is { Any: true } refused)
        {
            return refused;
        }

        var id = Ulid.Next(time);
        var kept = await files.Keep(body, id, cancel);
        if (!kept.Ok)
        {
            return kept.Refusals;
        }

        var job = new LoadJob
        {
            Id = id,
            Resource = resource.Id,
            FileName = Short(name),
            File = kept.Value.File,
            Bytes = kept.Value.Bytes,
            Sha256 = kept.Value.Sha256,
            Options = options,
            State = LoadState.Draft,
            Who = who,
            CreatedAt = time.GetUtcNow(),
        };
        await jobs.Add(job, cancel);
        return job;
    }

    /// <summary>What only its system writes (grants, bills, accounts) comes in by no file, whatever rights the caller has.</summary>
    public static Refusals OnlyBySystem(ResourceDefinition resource) =>
        resource.Editable ? Refusals.None : Refusals.Of(new Refusal("LOAD-J03", "", Text.OnlyBySystem(resource.Name)));

    /// <summary>The job, if this caller may see it: his own, or one of his office when he may load there.</summary>
    public async Task<LoadJob?> Find(Caller who, string id, CancellationToken cancel)
    {
        if (await jobs.Get(id, cancel) is not { } job || resources.Find(job.Resource) is not { } resource)
        {
            return null;
        }

        var right = who.May($"{resource.Address}.load");
        return right && (job.Who.Id == who.Id || (who.Office.Length > 0 && job.Who.Office == who.Office)) ? job : null;
    }

    /// <summary>The file as it would be read: columns, proposed fields, the first rows with what is wrong with them.</summary>
    public Outcome<LoadPreview> Preview(LoadJob job, LoadOptions options)
    {
        var resource = resources.Find(job.Resource)!;
        var opened = RowSources.Open(files.Path(job), job.FileName, options.Source, settings.Limits);
        if (!opened.Ok)
        {
            return opened.Refusals;
        }

        using var rows = opened.Value;
        var mapping = options.Mapping is { } chosen && chosen.Count == rows.Columns.Count
            ? new ColumnMapping(chosen)
            : ColumnMapping.Propose(resource, rows.Columns, rows.HasHeader);
        var check = new RowCheck(resource, mapping, rows.Columns, fromSheet: rows is not GeoJsonRows);
        var shown = new List<PreviewRow>();
        var row = new SourceRow();
        var values = new object?[resource.Fields.Count];
        while (shown.Count < PreviewRows && rows.Read(row))
        {
            var reasons = new List<Refusal>();
            check.Check(row, values, reasons);
            shown.Add(new(row.Number, [.. Enumerable.Range(0, rows.Columns.Count).Select(i => row[i] ?? "")], new(reasons)));
        }

        return rows.Stopped is { } stopped && shown.Count == 0
            ? stopped
            : shown.Count == 0
                ? new Refusal("LOAD-F01", "file", Text.EmptyFile)
                : new LoadPreview(rows.Columns, mapping, shown, rows.Warnings);
    }

    /// <summary>Everything that stands against starting; empty: it has been started.</summary>
    public async Task<Refusals> Start(LoadJob job, LoadOptions options, IReadOnlySet<int> ignored, CancellationToken cancel)
    {
        var resource = resources.Find(job.Resource)!;
        var preview = Preview(job, options);
        if (OnlyBySystem(resource) is { Any: true } refused)
        {
            return refused;
        }

        if (!preview.Ok)
        {
            return preview.Refusals;
        }

        var refusals = preview.Value.Mapping.Check(resource, preview.Value.Columns, ignored);
        if (refusals.Any)
        {
            return refusals;
        }

        return await jobs.Start(job.Id, options with { Mapping = preview.Value.Mapping.Fields }, cancel)
            ? Refusals.None
            : Refusals.Of(new Refusal("LOAD-J02", "", Text.AlreadyStarted));
    }

    /// <summary>A file of rejects, or null when there is none.</summary>
    public string? Rejects(LoadJob job)
    {
        var path = files.RejectPath(job);
        return job.Counts.Bad > 0 && File.Exists(path) ? path : null;
    }

    private static string Short(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        last = string.Concat(last.Where(c => !char.IsControl(c)));
        return last.Length == 0 ? Text.Nameless : last.Length <= 120 ? last : last[^120..];
    }
}

/// <summary>The beginning of a file, read as it would be loaded.</summary>
public sealed record LoadPreview(
    IReadOnlyList<string> Columns, ColumnMapping Mapping, IReadOnlyList<PreviewRow> Rows, IReadOnlyList<string> Warnings);

public sealed record PreviewRow(long Number, IReadOnlyList<string> Cells, Refusals Refusals);
