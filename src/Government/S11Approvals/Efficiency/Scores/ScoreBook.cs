using Shali.Platform.Casework;
using Shali.Platform.Casework.Supervision;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>Computes quarters from the records, closes them, and computes closed ones again as a check.</summary>
public sealed class ScoreBook(RecordStore store, RecordReader reader, ApprovalCases cases, StandardBook standards, TimeProvider time)
{
    private const int OfficesMax = 1_000;

    private static readonly ResourceDefinition Scores = Definition.Of<Score>();

    /// <param name="known">The records as they stood at this moment; null: as they are.</param>
    public async Task<IReadOnlyList<OfficeScore>> Compute(Quarter quarter, DateTimeOffset? known, CancellationToken cancel = default)
    {
        var set = await standards.On(quarter.Last, known, cancel);
        var counted = OfficeQuarter.Count(
            quarter,
            await Read<Case>(CaseResources.Case, "closed_at", "type", quarter, known, cancel),
            await Read<CaseClock>(CaseResources.Clock, "ended_at", "type", quarter, known, cancel),
            await Read<Card>(Cards.Resource, "moment", "type", quarter, known, cancel),
            await Read<Rating>(Definition.Of<Rating>(), "closed_at", "type", quarter, known, cancel));
        return [.. counted.Select(facts => OfficeScore.Of(facts, set))];
    }

    /// <summary>What one figure of an office counts, as cases.</summary>
    public async Task<IReadOnlyList<FigureCase>> Behind(Quarter quarter, string office, string figure, DateTimeOffset? known, CancellationToken cancel = default)
    {
        async Task<List<Case>> Ended() => [.. (await Read<Case>(CaseResources.Case, "closed_at", "type", quarter, known, cancel))
            .Where(of => of.Office == office && OfficeQuarter.IsServed(of, quarter))];
        switch (figure)
        {
            case "ended":
                return [.. (await Ended()).Select(of => new FigureCase(of.Number, cases.NameOf(of.Type), of.ClosedAt!.Value))];
            case "kept" or "missed":
                return [.. (await Read<CaseClock>(CaseResources.Clock, "ended_at", "type", quarter, known, cancel))
                    .Where(clock => clock.Office == office && OfficeQuarter.Counts(clock, quarter) && OfficeQuarter.IsKept(clock) == (figure == "kept"))
                    .Select(clock => new FigureCase(clock.Case, cases.NameOf(clock.Type), clock.EndedAt!.Value))];
            case CardKind.Yellow or CardKind.Red or CardKind.Proposal:
                return [.. (await Read<Card>(Cards.Resource, "moment", "type", quarter, known, cancel))
                    .Where(card => card.Office == office && card.Kind == figure && OfficeQuarter.Counts(card, quarter))
                    .Select(card => new FigureCase(card.Case!, card.Title, card.Moment) { Card = card.Number })];
            case "not-rated":
                var rated = (await Read<Rating>(Definition.Of<Rating>(), "closed_at", "type", quarter, known, cancel)).Select(one => one.Case).ToHashSet(StringComparer.Ordinal);
                return [.. (await Ended()).Where(of => of.Parent is null && !rated.Contains(of.Number)).Select(of => new FigureCase(of.Number, cases.NameOf(of.Type), of.ClosedAt!.Value))];
            default:
                return [.. (await Read<Rating>(Definition.Of<Rating>(), "closed_at", "type", quarter, known, cancel))
                    .Where(one => one.Office == office && figure == "grade-" + one.Grade && one.Handling != RatingHandling.Excluded)
                    .Select(one => new FigureCase(one.Case, one.Item, one.GivenAt))];
        }
    }

    /// <summary>The scores of a closed quarter; empty while it is open.</summary>
    public async Task<IReadOnlyList<Score>> Closed(Quarter quarter, CancellationToken cancel = default) => [.. (await reader.List(
        Scores, new RecordQuery { Where = new Filter.Compare("quarter", Comparison.Equal, quarter.Code), Limit = OfficesMax }, cancel)).Records.Select(Typed<Score>.Of)];

    /// <summary>Closes a quarter that is over: its scores stand from now on.</summary>
    public async Task<Refusals> Close(Caller who, Quarter quarter, string? once, CancellationToken cancel = default)
    {
        if (time.GetUtcNow() < quarter.End)
        {
            return Refusals.Of(new Refusal("S11-R91", "quarter", Text.QuarterRuns(quarter.Label)));
        }

        var now = time.GetUtcNow();
        var known = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var scores = await Compute(quarter, known, cancel);
        if (scores.Count == 0)
        {
            return Refusals.Of(new Refusal("S11-R92", "quarter", Text.NothingToScore(quarter.Label)));
        }

        var written = await store.Write(
            new Act(who, "approvals.score.close", quarter.Label) { IdempotencyKey = once },
            Scores.Schema,
            async session =>
            {
                await session.Lock("score:" + quarter.Code, cancel);
                var query = new RecordQuery { Where = new Filter.Compare("quarter", Comparison.Equal, quarter.Code), Limit = 1 };
                if ((await session.List(Scores, query, cancel)).Count > 0)
                {
                    return Refusals.Of(new Refusal("S11-R93", "quarter", Text.ClosedAlready(quarter.Label)));
                }

                var refusals = Refusals.None;
                foreach (var score in scores.Select(each => Score.Of(quarter, each, known)))
                {
                    refusals = refusals.And((await session.Apply(new Change.Insert(Scores, score.Number, Typed<Score>.Values(score)), cancel)).Refusals);
                }

                return refusals;
            },
            cancel);
        return written.Refusals;
    }

    /// <summary>Computes a closed quarter again from what was known then; the offices whose score differs. None is as it must be.</summary>
    public async Task<IReadOnlyList<string>> Differences(Quarter quarter, CancellationToken cancel = default)
    {
        var closed = await Closed(quarter, cancel);
        if (closed.Count == 0)
        {
            return [];
        }

        var again = (await Compute(quarter, closed[0].KnownAt, cancel)).Select(score => Score.Of(quarter, score, closed[0].KnownAt)).ToDictionary(score => score.Office, StringComparer.Ordinal);
        return
        [
            .. closed.Select(score => score.Office).Union(again.Keys, StringComparer.Ordinal)
                .Where(office => closed.FirstOrDefault(score => score.Office == office) != again.GetValueOrDefault(office)).Order(StringComparer.Ordinal),
        ];
    }

    private async Task<List<T>> Read<T>(
        ResourceDefinition resource, string moment, string type, Quarter quarter, DateTimeOffset? known, CancellationToken cancel)
    {
        var found = new List<T>();
        var query = new RecordQuery
        {
            Where = new Filter.And(
            [
                new Filter.Compare(moment, Comparison.GreaterOrEqual, quarter.Begin.ToUniversalTime()),
                new Filter.Compare(moment, Comparison.Less, quarter.End.ToUniversalTime()),
                new Filter.In(type, [.. cases.Types]),
            ]),
            AsOf = known,
        };
        await foreach (var record in reader.Stream(resource, query, cancel))
        {
            found.Add(Typed<T>.Of(record));
        }

        return found;
    }
}

/// <summary>One case behind a figure.</summary>
public sealed record FigureCase(string Case, string Title, DateTimeOffset At)
{
    /// <summary>The card, where the figure counts cards.</summary>
    public string? Card { get; init; }
}

/// <summary>A closed score never changes.</summary>
internal sealed class ScoreGuard : RecordGuard
{
    public override string Resource => "approvals/score";

    public override Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel) => Task.FromResult(
        Refusals.Of(before is null && session.Act.Kind == "approvals.score.close" ? null : new Refusal("S11-R93", "", Text.ScoresStand)));
}
