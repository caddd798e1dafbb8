using Microsoft.AspNetCore.Http;
using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision.Pages;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Window;

/// <summary>What supervision sees of the papers that were not asked for: by office, and by item behind each figure.</summary>
internal static class SavedPages
{
    public const string Address = "/supervision/saved";

    public static async Task<IResult> Show(
        HttpContext context, SavedMaterials saved, Offices offices, CaseTypes types, TimeProvider time, CancellationToken cancel,
        string? from = null, string? to = null, string? office = null)
    {
        var today = time.Today();
        var period = Period.Read(from, to, today);
        var shown = period.Ok ? period.Value : Period.Of(new DateOnly(today.Year, 1, 1), today);
        var one = office is not null && offices.Find(office) is not null ? office : null;
        return context.Show<SavedPage>(
            new
            {
                Period = shown,
                Office = one,
                Rows = (IReadOnlyList<SavedCount>)await saved.Count(shown, one, cancel),
                Name = (Func<string, string>)(code => one is null ? offices.NameOf(code) : types.Find(code)?.Name ?? code),
                OfficeName = one is null ? "" : offices.NameOf(one),
                period.Refusals,
            },
            period.Ok ? 200 : 422);
    }
}
