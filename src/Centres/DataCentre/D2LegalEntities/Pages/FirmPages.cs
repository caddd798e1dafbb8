using Microsoft.AspNetCore.Http;
using Shali.Platform.Ui;

namespace Shali.Centres.DataCentre.D2LegalEntities;

/// <summary>Pages about firms for everybody.</summary>
internal static class FirmPages
{
    private const int WordsMost = 100;

    public static async Task<IResult> Search(
        HttpContext context, FirmSearch search, CancellationToken cancel, string? q = null, string? after = null)
    {
        var words = Cut(q);
        var found = words.Length == 0 ? null : await search.Find(words, after, FirmSearch.PageSize, cancel);
        return context.Show<FirmSearchPage>(new { Words = words, Found = found?.Firms, found?.Next, Later = after is not null });
    }

    public static async Task<IResult> Show(HttpContext context, FirmReading reading, string code, CancellationToken cancel) =>
        await reading.View(code, cancel) is { } view ? context.Show<FirmPage>(new { Model = view }) : Results.NotFound();

    internal static string Cut(string? words)
    {
        var trimmed = (words ?? "").Trim();
        return trimmed.Length > WordsMost ? trimmed[..WordsMost] : trimmed;
    }
}
