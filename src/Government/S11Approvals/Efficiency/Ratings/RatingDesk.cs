using Shali.Platform.Casework;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// Takes ratings. The act that writes one is the platform's: the journal of a rating must not tell the rated office
/// whose it is.
/// </summary>
public sealed class RatingDesk(
    Db db, RecordStore store, RecordReader reader, ApprovalCases cases, StandardBook standards, TrackingCodes codes, PoorRatings poor, TimeProvider time)
{
    public const string CodeUse = "rating";

    private static readonly ResourceDefinition Ratings = Definition.Of<Rating>();

    /// <summary>What the link and the square code on receipts and notices lead to; opens the rating of this case and nothing else.</summary>
    public string Address(string number) => $"/rate/{number}-{codes.For(CodeUse, number)}";

    /// <summary>The case that a link means; null when it means none.</summary>
    public string? NumberOf(string? link) =>
        link?.Split('-', 2) is [var number, var code] && CaseNumbers.Read(number) is { } read && codes.Fits(CodeUse, read, code) ? read : null;

    /// <summary>The facts for the rating of an approval; null when there is no such case.</summary>
    public async Task<RatingFacts?> Facts(string number, CancellationToken cancel = default)
    {
        if (await reader.Get(CaseResources.Case, number, null, cancel) is not { } record || Typed<Case>.Of(record) is var of && !cases.Concerns(of.Type))
        {
            return null;
        }

        var officers = await db.List($"select distinct who from casework.event where \"case\" = {number} and office is not null", row => row.GetString(0), cancel);
        var rated = await reader.Get(Ratings, number, null, cancel) is not null;
        return new(of, officers, rated, await standards.Today(cancel), time.GetUtcNow());
    }

    /// <summary>Keeps the rating, or says everything that speaks against it. A poor one opens its case.</summary>
    public async Task<Refusals> Give(Caller who, string number, GivenRating given, CancellationToken cancel = default)
    {
        if (await Facts(number, cancel) is not { } facts)
        {
            return Refusals.Of(new Refusal("S11-R73", "", Text.NoSuchCase));
        }

        given = given with { Words = string.IsNullOrWhiteSpace(given.Words) ? null : given.Words.Trim() };
        var refusals = RatingRules.Judge(facts, given, who);
        if (refusals.Any)
        {
            return refusals;
        }

        var of = facts.Case;
        var written = await store.Write(
            new Act(Caller.Platform("rating"), "approvals.rating.give"),
            Ratings.Schema,
            async session =>
            {
                await session.Lock("rating:" + number, cancel);
                if (await session.Get(Ratings, number, cancel) is not null)
                {
                    return Refusals.Of(new Refusal("S11-R72", "", Text.RatedAlready));
                }

                var rating = new Rating
                {
                    Case = number,
                    Type = of.Type,
                    Item = cases.NameOf(of.Type),
                    Office = of.Office,
                    Grade = given.Grade!,
                    Channel = given.Channel,
                    Words = given.Words,
                    GivenAt = session.At,
                    ClosedAt = of.ClosedAt!.Value,
                    Handling = RatingGrade.IsPoor(given.Grade!) ? RatingHandling.Waiting : null,
                };
                return (await session.Apply(new Change.Insert(Ratings, number, Typed<Rating>.Values(rating)), cancel)).Refusals;
            },
            cancel);
        if (written.Ok && RatingGrade.IsPoor(given.Grade!))
        {
            await poor.Open(number, cancel);
        }

        return written.Refusals;
    }
}

/// <summary>A rating and its words never change, whichever door a write comes through; only what becomes of it is noted.</summary>
internal sealed class RatingGuard : RecordGuard
{
    private static readonly string[] Open = ["handling", "poor_case"];

    public override string Resource => "approvals/rating";

    public override Task<Refusals> Judge(WriteSession session, Record? before, Record? after, CancellationToken cancel) => Task.FromResult(
        Refusals.Of(
            before is not null && (after is null || before.Definition.Fields.Any(field => !Open.Contains(field.Name) && !Equals(before[field.Name], after[field.Name])))
                ? new("S11-R72", "", Text.NeverChanged) : null,
            session.Act.Kind.StartsWith("approvals.rating.", StringComparison.Ordinal) ? null : new("S11-R72", "", Text.OwnActsOnly)));
}
