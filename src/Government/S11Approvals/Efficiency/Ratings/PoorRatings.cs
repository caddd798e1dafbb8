using System.Globalization;
using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// Keeps poor ratings and their cases together. Rating and case are written in two acts: whatever comes between, the
/// pass finds the rating that waits and opens its case once.
/// </summary>
public sealed class PoorRatings(RecordStore store, RecordReader reader, CaseDesk desk, CaseTypes types, StandardBook standards)
{
    private const int Some = 100;

    private static readonly ResourceDefinition Ratings = Definition.Of<Rating>();

    /// <summary>Opens the case of a poor rating, once however often it is asked.</summary>
    public async Task Open(string number, CancellationToken cancel = default)
    {
        if (await reader.Get(Ratings, number, null, cancel) is not { } record || Typed<Rating>.Of(record) is not { Handling: RatingHandling.Waiting } rating)
        {
            return;
        }

        var days = (int)(await standards.Today(cancel))[StandardKinds.PoorDays];
        var type = await types.Publish(PoorRatingType.Of(Math.Max(1, days)), Caller.Platform("rating"), cancel);
        if (!type.Ok)
        {
            throw new InvalidOperationException(type.Refusals.ToString());
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["item"] = rating.Item,
            ["grade"] = RatingGrade.Label(rating.Grade),
            ["month"] = rating.GivenAt.Local().ToString("yyyy年M月", CultureInfo.InvariantCulture),
        };
        if (rating.Words is { } words)
        {
            answers["words"] = words;
        }

        var opened = await desk.Open(
            Caller.Platform("rating"),
            new(PoorRatingType.Code, answers) { Title = Text.PoorTitle(rating.Item), Office = rating.Office, Source = CaseSource.Platform },
            "poor-rating:" + number,
            cancel);
        if (opened.Ok)
        {
            await Note(number, RatingHandling.Open, opened.Value.Number, cancel);
        }
        else
        {
            throw new InvalidOperationException(opened.Refusals.ToString());
        }
    }

    /// <summary>Opens what still waits and notes what has ended; how many ratings it changed.</summary>
    public async Task<int> Run(CancellationToken cancel = default)
    {
        var changed = 0;
        foreach (var record in await In(RatingHandling.Waiting, cancel))
        {
            await Open(record.Key, cancel);
            changed++;
        }

        foreach (var record in await In(RatingHandling.Open, cancel))
        {
            if (Typed<Rating>.Of(record).PoorCase is { } poor && await reader.Get(CaseResources.Case, poor, null, cancel) is { } found
                && Typed<Case>.Of(found) is { State: CaseState.Ended, Result: { } result })
            {
                await Note(record.Key, result, poor, cancel);
                changed++;
            }
        }

        return changed;
    }

    private async Task<IReadOnlyList<Record>> In(string handling, CancellationToken cancel) => (await reader.List(
        Ratings, new RecordQuery { Where = new Filter.Compare("handling", Comparison.Equal, handling), Limit = Some }, cancel)).Records;

    private Task<Outcome<Written>> Note(string number, string handling, string poor, CancellationToken cancel) => store.Write(
        new Act(Caller.Platform("rating"), "approvals.rating.follow"),
        [new Change.Update(Ratings, number, null, new Dictionary<string, object?> { ["handling"] = handling, ["poor_case"] = poor })],
        cancel);
}
