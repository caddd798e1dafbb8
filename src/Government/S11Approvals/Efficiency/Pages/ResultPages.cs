using Microsoft.AspNetCore.Http;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Ui;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>What the public sees of ratings and scores, and an office of the ratings that it got.</summary>
internal static class ResultPages
{
    private const int WordsShown = 50;
    private const int OwnShown = 200;

    public static async Task<IResult> Ratings(
        HttpContext context, RatingResults results, ApprovalCases cases, StandardBook standards, Offices offices, TimeProvider time, CancellationToken cancel,
        string? item = null)
    {
        var until = time.GetUtcNow();
        var from = until.AddYears(-1);
        var smallest = (int)(await standards.Today(cancel))[StandardKinds.SmallCell];
        var byOffice = RatingResults.Public(await results.Count("office", from, until, cancel), smallest);
        var byItem = RatingResults.Public(await results.Count("type", from, until, cancel), smallest);

        // Words of an item with too few ratings would point to the one who wrote them.
        var shown = item is not null && byItem.Shown.Any(row => row.Group == item) ? item : null;
        return context.Show<RatingResultsPage>(new
        {
            ByOffice = byOffice.Shown,
            ByItem = byItem.Shown,
            Hidden = byOffice.Hidden + byItem.Hidden,
            Smallest = smallest,
            OfficeName = (Func<string, string>)offices.NameOf,
            ItemName = (Func<string, string>)cases.NameOf,
            Item = shown,
            Said = shown is null ? [] : await results.Words(shown, WordsShown, cancel),
        });
    }

    public static async Task<IResult> League(
        HttpContext context, ScoreBook book, StandardBook standards, Offices offices, TimeProvider time, CancellationToken cancel, string? quarter = null)
    {
        var of = Quarter.Read(quarter) ?? Quarter.Of(time.Today()).Before;
        var closed = await book.Closed(of, cancel);
        return context.Show<LeaguePage>(new
        {
            Quarter = of,
            League = OfficeScore.League(closed.Select(score => score.AsScore())),
            Standards = await standards.On(of.Last, closed.Count > 0 ? closed[0].KnownAt : null, cancel),
            OfficeName = (Func<string, string>)offices.NameOf,
        });
    }

    public static async Task<IResult> Received(HttpContext context, EfficiencyReading reading, CancellationToken cancel) =>
        context.Show<ReceivedRatingsPage>(new { Ratings = await reading.Of(context.Caller().Office, OwnShown, cancel) });
}
