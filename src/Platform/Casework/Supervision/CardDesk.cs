using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>What people do with cards: answer, appeal, decide, and the supervisor's own cards.</summary>
public sealed class CardDesk(RecordStore store, CardIssue cards, ThresholdBook thresholds, CurrentCalendar calendar, TimeProvider time)
{
    public Task<Outcome<Written>> Correct(Caller who, string number, string? words, string? once, CancellationToken cancel = default) =>
        Change(who, "supervision.correct", number, once, (card, at) => CardSteps.Correct(card, words, who, at), cancel);

    public Task<Outcome<Written>> Appeal(Caller who, string number, string? words, string? once, CancellationToken cancel = default) =>
        Change(who, "supervision.appeal", number, once, (card, at) => CardSteps.Appeal(card, words, who, at), cancel);

    public Task<Outcome<Written>> Decide(Caller who, string number, bool withdraw, string? words, string? once, CancellationToken cancel = default) =>
        Change(who, "supervision.decide", number, once, (card, at) => CardSteps.Decide(card, withdraw, words, who, calendar(), thresholds.Current, at), cancel);

    /// <summary>A card that the supervisor draws himself, from a complaint or an inspection; its number.</summary>
    public async Task<Outcome<string>> Issue(Caller who, NewCard asked, string? once, CancellationToken cancel = default)
    {
        var rule = SupervisionRules.Find(asked.Rule);
        var number = "";
        var written = await store.Write(
            new Act(who, "supervision.issue", rule?.Name, asked.Case) { IdempotencyKey = once },
            CaseResources.Schema,
            async session =>
            {
                var record = asked.Case is { Length: > 0 } of ? await session.Get(CaseResources.Case, of, cancel) : null;
                var about = record is null ? null : Typed<Case>.Of(record);
                var office = about?.Office ?? asked.Office ?? "";
                var refusals = Refusals.Of(
                    CardSteps.Supervisor(who, office),
                    rule is null || rule.Found is FoundBy.Clock or FoundBy.Card ? new("SV-C10", "rule", Text.NoSuchRule) : null,
                    asked.Case is { Length: > 0 } && about is null ? new("SV-C11", "case", Text.NoSuchCase) : null,
                    office.Length == 0 ? new("SV-C12", "office", Text.NoOffice) : null,
                    CardSteps.Words(asked.Evidence, "evidence", Text.NoEvidence));
                if (refusals.Any)
                {
                    return refusals;
                }

                number = $"{about?.Number ?? office}-{rule!.Code[3..]}-{Ulid.Next(time)}";
                return await cards.Issue(
                    session,
                    new Card
                    {
                        Number = number,
                        Rule = rule.Code,
                        Kind = thresholds.Current.Kind(rule, about?.Type ?? "", session.At.Local().Day()),
                        Case = about?.Number,
                        Type = about?.Type,
                        Title = about?.Title ?? rule.Name,
                        Stage = about?.Stage,
                        Office = office,
                        Person = about?.Handler,
                        PersonName = about?.HandlerName,
                        Moment = session.At,
                        IssuedAt = session.At,
                        IssuedBy = who.Name,
                        Evidence = rule.Sentence + "\n" + asked.Evidence!.Trim(),
                        State = CardState.Issued,
                    },
                    cancel);
            },
            cancel);
        return written.Ok ? written.Value.Records[0].Key : written.Refusals;
    }

    private Task<Outcome<Written>> Change(
        Caller who, string kind, string number, string? once, Func<Card, DateTimeOffset, Outcome<Card>> step, CancellationToken cancel) =>
        store.Write(
            new Act(who, kind, Case: number.Split('-')[0]) { IdempotencyKey = once },
            CaseResources.Schema,
            async session =>
            {
                if (await session.Get(Cards.Resource, number, cancel) is not { } record)
                {
                    return Refusals.Of(new Refusal("SV-C13", "", Text.NoSuchCard));
                }

                var before = Typed<Card>.Of(record);
                var after = step(before, session.At);
                return after.Ok
                    ? (await session.Apply(new Change.Update(Cards.Resource, number, record.Version, Typed<Card>.Differences(before, after.Value)), cancel)).Refusals
                    : after.Refusals;
            },
            cancel);
}

/// <summary>What the supervisor writes on a card of his own.</summary>
/// <param name="Case">Number of the case; null: the card is about an office.</param>
/// <param name="Office">The office, where there is no case.</param>
public sealed record NewCard(string Rule, string? Case, string? Office, string? Evidence);
