using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load;

namespace Shali.Platform.Registry.Pages;

/// <summary>Spreadsheets that were brought for a definition and wait until it is published.</summary>
internal sealed class UploadedSheets(ResourceRegistry registry, LoadFiles files, LoadJobs jobs, LoadSettings settings, TimeProvider time)
{
    /// <summary>After publishing: the uploaded file as a load into the new resource; null when it is gone or not his.</summary>
    public async Task<string?> Continue(Caller who, ResourceDefinition resource, string upload, CancellationToken cancel)
    {
        if (await jobs.Get(upload, cancel) is not { State: LoadState.Draft } kept || kept.Who.Id != who.Id || !File.Exists(files.Path(kept)))
        {
            return null;
        }

        var job = kept with { Id = Ulid.Next(time), Resource = resource.Id, Who = who, CreatedAt = time.GetUtcNow() };
        await jobs.Add(job, cancel);
        return $"/records/{resource.Address}/loads/{job.Id}";
    }

    /// <summary>Keeps a file; its name and identifier as the form says them.</summary>
    public async Task<Outcome<(LoadJob Job, string Name, string Slug)>> Keep(
        IReadOnlyDictionary<string, string> fields, string fileName, Stream body, Caller who, CancellationToken cancel)
    {
        var id = Ulid.Next(time);
        var kept = await files.Keep(body, id, cancel);
        if (!kept.Ok)
        {
            return kept.Refusals;
        }

        // A draft of no resource: nobody finds it but its own form, and the workers clear it away when its time is over.
        var job = new LoadJob
        {
            Id = id,
            Resource = "",
            FileName = FileNameOf(fileName),
            File = kept.Value.File,
            Bytes = kept.Value.Bytes,
            Sha256 = kept.Value.Sha256,
            Options = new(),
            State = LoadState.Draft,
            Who = who,
            CreatedAt = time.GetUtcNow(),
        };
        await jobs.Add(job, cancel);
        var name = fields.GetValueOrDefault("name", "").Trim();
        return (job, name.Length > 0 ? name : Path.GetFileNameWithoutExtension(job.FileName), fields.GetValueOrDefault("slug", "").Trim());
    }

    /// <summary>What the columns of the file would become.</summary>
    public Outcome<DefinitionProposal> Proposal(LoadJob job, string id)
    {
        var opened = RowSources.Open(files.Path(job), job.FileName, job.Options.Source, settings.Limits);
        if (!opened.Ok)
        {
            return opened.Refusals;
        }

        using var rows = opened.Value;
        return DefinitionProposal.From(rows, id, registry.CodeLists);
    }

    private static string FileNameOf(string name)
    {
        var bare = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !char.IsControl(letter)));
        return bare.Length <= 120 ? bare : bare[^120..];
    }
}
