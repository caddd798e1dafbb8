using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry.Load;
using Shali.Platform.Ui;
using Posted = Shali.Platform.Registry.Pages.Posted;

namespace Shali.Government.S11Approvals.Items;

/// <summary>Bringing many items at once. Good rows become drafts; of the others everything is told.</summary>
internal static class ImportPages
{
    public const long BytesMax = 8L << 20;

    public static IResult Ask(HttpContext context) => context.Show<ImportPage>();

    public static async Task<IResult> Take(HttpContext context, ItemReader items, ItemDesk desk, LoadSettings settings, CancellationToken cancel)
    {
        var form = await Posted.Read(context, cancel);
        var taken = form.Files.GetFile("file") is { Length: > 0 and <= BytesMax } file
            ? await Take(context.Caller(), file, items, desk, settings, cancel)
            : new Refusal("S11-R33", "file", Text.ChooseFile);
        return taken.Ok
            ? context.Show<ImportPage>(new { Result = taken.Value }, taken.Value.Rows.Count > 0 ? 422 : 200)
            : context.Show<ImportPage>(new { taken.Refusals }, 422);
    }

    private static async Task<Outcome<ImportResult>> Take(Caller who, IFormFile file, ItemReader items, ItemDesk desk, LoadSettings settings, CancellationToken cancel)
    {
        var around = await items.Around(cancel);

        // A workbook is read from a file; this one is gone with the request.
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var kept = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                await file.CopyToAsync(kept, cancel);
            }

            var opened = RowSources.Open(path, file.FileName, new SourceOptions(), settings.Limits);
            if (!opened.Ok)
            {
                return opened.Refusals;
            }

            using var rows = opened.Value;
            var read = ItemSheet.Read(rows, who.Office, around);
            if (!read.Ok)
            {
                return read.Refusals;
            }

            // Codes that are taken are told of each row; the rest goes in together.
            var bad = read.Value.Bad.ToList();
            var free = new List<ServiceItem>();
            foreach (var (row, item) in read.Value.Good)
            {
                if ((await items.Editions(item.Code, cancel)).Any(edition => edition.Edition.State != EditionState.Dropped))
                {
                    bad.Add(new(row, item.Name, Refusals.Of(new Refusal("S11-R31", "code", Text.CodeTaken(item.Code)))));
                }
                else
                {
                    free.Add(item);
                }
            }

            if (free.Count > 0)
            {
                var written = await desk.BeginMany(who, free, cancel);
                if (!written.Ok)
                {
                    return written.Refusals;
                }
            }

            return new ImportResult(free.Count, [.. bad.OrderBy(row => row.Number)]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
