using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Pages;

/// <summary>Files of cases in and out. Only through the case: its address alone opens nothing.</summary>
public sealed class CaseFiles(RecordFiles files)
{
    /// <summary>Keeps an uploaded file; null when none was chosen.</summary>
    public async Task<Outcome<(string Address, string Name)?>> Take(string field, IFormFile? file, Caller who, CancellationToken cancel)
    {
        if (file is null || (file.Length == 0 && file.FileName.Length == 0))
        {
            return Outcome.Of<(string, string)?>(null);
        }

        await using var content = file.OpenReadStream();
        var saved = await files.Save(field, file.FileName, content, file.Length, who, cancel);
        return saved.Ok ? Outcome.Of<(string, string)?>((saved.Value, file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..])) : saved.Refusals;
    }

    public async Task<IResult> Give(HttpContext context, CaseFile of, string key, CancellationToken cancel)
    {
        if (of.Materials.Concat(of.Above?.Materials ?? []).FirstOrDefault(material => material.Material.Key == key) is not { Material.File: { } address }
            || await files.Find(address, cancel) is not { } file)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.File(file.Bytes, file.Type, file.Name);
    }
}
