using System.Globalization;
using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Kernel;
using Shali.Platform.Messages;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework.Supervision;

/// <summary>A breach that the engine or a system notices in the act that commits it.</summary>
/// <param name="Rule">One of <see cref="SupervisionRules"/>.</param>
/// <param name="Event">Ordinal of the event that is the breach.</param>
/// <param name="Evidence">What was done, in a sentence.</param>
public sealed record Breach(SupervisionRule Rule, Case Case, int Event, string Evidence)
{
    /// <summary>What tells it from other breaches of the rule in this case, where no event does: the number of a bill.</summary>
    public string? Mark { get; init; }
}

/// <summary>Issues cards inside the act that finds the breach: both stand or neither.</summary>
public sealed class CardIssue(
    CurrentCalendar calendar, ThresholdBook thresholds, Outbox outbox, Colleagues colleagues, IEnumerable<CardTrigger> triggers)
{
    private const int EvidenceMax = 4000;

    /// <summary>
    /// For the engine and for systems: second correction notice, refusal without reason, charge without item. Does
    /// nothing when the rule is switched off or the same event has its card already.
    /// </summary>
    public async Task<Refusals> Report(WriteSession session, Breach breach, CancellationToken cancel)
    {
        var (rule, of, today) = (breach.Rule, breach.Case, session.At.Local().Day());
        if (!thresholds.Current.Enabled(rule, of.Type, today))
        {
            return Refusals.None;
        }

        return await Issue(
            session,
            Card(rule, thresholds.Current.Kind(rule, of.Type, today), of, of.Office, session.At) with
            {
                Number = string.Create(CultureInfo.InvariantCulture, $"{of.Number}-{rule.Code[3..]}-{breach.Mark ?? $"E{breach.Event:0000}"}"),
                Evidence = Shortened(rule.Sentence + "\n" + breach.Evidence),
                IssuedAt = session.At,
            },
            cancel);
    }

    /// <summary>What a clock brought to light.</summary>
    /// <param name="issued">Numbers of the cards that are out already; null: it is looked for.</param>
    internal Task<Refusals> Issue(
        WriteSession session, Finding finding, CaseClock clock, ClockFacts facts, Case of, IReadOnlySet<string>? issued, CancellationToken cancel)
    {
        var verdict = ClockJudge.Judge(facts, calendar(), finding.Moment);
        var card = Card(finding.Rule, finding.Kind, of, facts.Rule.Kind == ClockKind.Step ? clock.Office : of.Office, finding.Moment) with
        {
            Number = NumberOf(finding, of.Number, facts),
            Clock = clock.Key,
            IssuedAt = session.At,
            Evidence = Shortened(finding.Rule.Sentence + "\n" + string.Join('\n', verdict.Explanation.Select(line => $"{line.Label}：{line.Text}{line.Basis}"))),
        };
        return issued is null ? Issue(session, card, cancel)
            : issued.Contains(card.Number) ? Task.FromResult(Refusals.None)
            : Write(session, card, cancel);
    }

    /// <summary>The same finding has the same number, however often it is looked at.</summary>
    internal static string NumberOf(Finding finding, string number, ClockFacts facts) =>
        $"{number}-{finding.Rule.Code[3..]}-{finding.Moment.Local():yyyyMMddHHmm}-{facts.Rule.Code}";

    /// <summary>A yellow card that nobody answered in time.</summary>
    internal Task<Refusals> Escalate(WriteSession session, Card yellow, CancellationToken cancel)
    {
        var (rule, moment) = (SupervisionRules.NotCorrected, yellow.CorrectBy!.Value);
        return Issue(
            session,
            yellow with
            {
                Number = $"{yellow.Number}-{rule.Code[3..]}-{moment.Local():yyyyMMdd}",
                Rule = rule.Code,
                Kind = thresholds.Current.Kind(rule, yellow.Type ?? "", yellow.IssuedAt.Local().Day()),
                Moment = moment,
                IssuedAt = session.At,
                IssuedBy = Text.Platform,
                State = CardState.Issued,
                Cause = yellow.Number,
                Evidence = Shortened($"{rule.Sentence}\n{Text.NotAnswered(yellow.IssuedAt, moment)}\n{yellow.Evidence}"),
                Correction = null,
                CorrectedAt = null,
                CorrectedBy = null,
                Appeal = null,
                AppealedAt = null,
                AppealedBy = null,
                Decision = null,
                DecidedAt = null,
                DecidedBy = null,
            },
            cancel);
    }

    /// <summary>Once, whoever comes again with the same number.</summary>
    internal async Task<Refusals> Issue(WriteSession session, Card card, CancellationToken cancel)
    {
        return await session.Get(Cards.Resource, card.Number, cancel) is null ? await Write(session, card, cancel) : Refusals.None;
    }

    private async Task<Refusals> Write(WriteSession session, Card card, CancellationToken cancel)
    {
        card = card with
        {
            CorrectBy = CardSteps.CorrectBy(card.Kind, card.Type ?? "", calendar(), thresholds.Current, card.IssuedAt),
            Trigger = card.Trigger ?? triggers.Select(each => each.Of(card)).FirstOrDefault(code => code is not null),
        };
        var inserted = await session.Apply(new Change.Insert(Cards.Resource, card.Number, Typed<Card>.Values(card)) { Fresh = true }, cancel);
        if (inserted.Ok)
        {
            foreach (var (account, name) in await Told(card, cancel))
            {
                outbox.Add(session, new("supervision.card", new(Receiver.OfAccount(account), name), Text.MessageTitle(card), Text.MessageText(card), Cards.Address(card.Number))
                {
                    Case = card.Case,
                });
            }
        }

        return inserted.Refusals;
    }

    /// <summary>Whoever has the case; while it lies in the pool, those who have to give it to somebody.</summary>
    private async Task<IEnumerable<(string Account, string Name)>> Told(Card card, CancellationToken cancel) => card.Person is { } person
        ? [(person, card.PersonName ?? "")]
        : (await colleagues.Heads(card.Office, cancel)).Select(head => (head.Account, head.Name));

    private static Card Card(SupervisionRule rule, string kind, Case of, string office, DateTimeOffset moment) => new()
    {
        Number = "",
        Rule = rule.Code,
        Kind = kind,
        Case = of.Number,
        Type = of.Type,
        Title = of.Title,
        Stage = of.Stage,
        Office = office,
        Person = office == of.Office ? of.Handler : null,
        PersonName = office == of.Office ? of.HandlerName : null,
        Moment = moment.ToUniversalTime(),
        IssuedAt = moment,
        IssuedBy = Text.Platform,
        Evidence = "",
        State = CardState.Issued,
    };

    private static string Shortened(string text) => text.Length <= EvidenceMax ? text : text[..EvidenceMax];
}

/// <summary>Where cards are.</summary>
public static class Cards
{
    public static readonly ResourceDefinition Resource = Definition.Of<Card>();

    public static string Address(string number) => $"/supervision/cards/{Uri.EscapeDataString(number)}";
}
