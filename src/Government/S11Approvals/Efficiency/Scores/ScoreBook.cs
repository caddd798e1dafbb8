using System.Runtime.CompilerServices;
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
        var count = new QuarterCount(quarter);

        // Cases and ratings both come in the order of the case's number, so that each case meets its rating; nothing is held.
        await using var ratings = Read<Rating>(Definition.Of<Rating>(), "closed_at", quarter, null, known, cancel).GetAsyncEnumerator(cancel);
        async Task<Rating?> Next()
        {
            if (!await ratings.MoveNextAsync())
            {
                return null;
            }

            count.Add(ratings.Current);
            return ratings.Current;
        }

        var rating = await Next();
        await foreach (var of in Read<Case>(CaseResources.Case, "closed_at", quarter, null, known, cancel))
        {
            while (rating is not null && string.CompareOrdinal(rating.Case, of.Number) < 0)
            {
                rating = await Next();
            }

            count.Add(of, answered: rating?.Case == of.Number);
        }

        while (rating is not null)
        {
            rating = await Next();
        }

        await foreach (var clock in Read<CaseClock>(CaseResources.Clock, "ended_at", quarter, null, known, cancel))
        {
            count.Add(clock);
        }

        await foreach (var card in Read<Card>(Cards.Resource, "moment", quarter, null, known, cancel))
        {
            count.Add(card);
        }

        return [.. count.Offices.Select(facts => OfficeScore.Of(facts, set))];
    }

    /// <summary>What one figure of an office counts, as cases.</summary>
    public async Task<IReadOnlyList<FigureCase>> Behind(Quarter quarter, string office, string figure, DateTimeOffset? known, CancellationToken cancel = default)
    {
        IAsyncEnumerable<T> Of<T>(ResourceDefinition resource, string moment)
            where T : class => Read<T>(resource, moment, quarter, office, known, cancel);
        var found = new List<FigureCase>();
        switch (figure)
        {
            case "ended" or "not-rated":
                var rated = new HashSet<string>(StringComparer.Ordinal);
                if (figure == "not-rated")
                {
                    await foreach (var one in Of<Rating>(Definition.Of<Rating>(), "closed_at"))
                    {
                        rated.Add(one.Case);
                    }
                }

                await foreach (var of in Of<Case>(CaseResources.Case, "closed_at"))
                {
                    if (OfficeQuarter.IsServed(of, quarter) && (figure == "ended" || (of.Parent is null && !rated.Contains(of.Number))))
                    {
                        found.Add(new(of.Number, cases.NameOf(of.Type), of.ClosedAt!.Value));
                    }
                }

                break;
            case "kept" or "missed":
                await foreach (var clock in Of<CaseClock>(CaseResources.Clock, "ended_at"))
                {
                    if (OfficeQuarter.Counts(clock, quarter) && OfficeQuarter.IsKept(clock) == (figure == "kept"))
                    {
                        found.Add(new(clock.Case, cases.NameOf(clock.Type), clock.EndedAt!.Value));
                    }
                }

                break;
            case CardKind.Yellow or CardKind.Red or CardKind.Proposal:
                await foreach (var card in Of<Card>(Cards.Resource, "moment"))
                {
                    if (card.Kind == figure && OfficeQuarter.Counts(card, quarter))
                    {
                        found.Add(new(card.Case!, card.Title, card.Moment) { Card = card.Number });
                    }
                }

                break;
            default:
                await foreach (var one in Of<Rating>(Definition.Of<Rating>(), "closed_at"))
                {
                    if (figure == "grade-" + one.Grade && one.Handling != RatingHandling.Excluded)
                    {
                        found.Add(new(one.Case, one.Item, one.GivenAt));
                    }
                }

                break;
        }

        return found;
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

    /// <summary>The approvals' records whose moment lies in the quarter, one by one in the order of their keys.</summary>
    /// <param name="office">Of this office alone; null: of all.</param>
    private async IAsyncEnumerable<T> Read<T>(
        ResourceDefinition resource, string moment, Quarter quarter, string? office, DateTimeOffset? known, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        var query = new RecordQuery
        {
            Where = Filter.All(
                new Filter.Compare(moment, Comparison.GreaterOrEqual, quarter.Begin.ToUniversalTime()),
                new Filter.Compare(moment, Comparison.Less, quarter.End.ToUniversalTime()),
                new Filter.In("type", [.. cases.Types]),
                office is null ? null : new Filter.Compare("office", Comparison.Equal, office)),
            AsOf = known,
        };
        await foreach (var record in reader.Stream(resource, query, cancel))
        {
            yield return Typed<T>.Of(record);
        }
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
