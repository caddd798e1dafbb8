using Shali.Platform.Calendar;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Supervision;

/// <summary>What may happen to a card after it was issued. Pure.</summary>
public static class CardSteps
{
    private const int WordsMax = 2000;

    /// <summary>The office says what it has put right (整改反馈).</summary>
    public static Outcome<Card> Correct(Card card, string? words, Caller who, DateTimeOffset now)
    {
        var refusals = Refusals.Of(
            Recipient(card, who), Words(words, "words", Text.NoCorrection),
            card.Correction is not null || card.State is CardState.Withdrawn ? new("SV-C06", "", Text.NothingToCorrect(card.State)) : null);
        return refusals.Any ? refusals : card with
        {
            State = card.State == CardState.Appealed ? CardState.Appealed : CardState.Corrected,
            Correction = words!.Trim(),
            CorrectedAt = now,
            CorrectedBy = who.Name,
            CorrectBy = null,
        };
    }

    /// <summary>The office or the person says why the card is wrong (申诉), once; the time to correct stands still.</summary>
    public static Outcome<Card> Appeal(Card card, string? words, Caller who, DateTimeOffset now)
    {
        var refusals = Refusals.Of(
            Recipient(card, who), Words(words, "words", Text.NoGrounds),
            card.AppealedAt is not null ? new("SV-C07", "", Text.AppealedOnce)
            : card.State == CardState.Withdrawn ? new("SV-C06", "", Text.NothingToCorrect(card.State)) : null);
        return refusals.Any ? refusals : card with
        {
            State = CardState.Appealed,
            Appeal = words!.Trim(),
            AppealedAt = now,
            AppealedBy = who.Name,
            CorrectBy = null,
        };
    }

    /// <summary>The supervisor withdraws the card (撤牌), or upholds it against an appeal (维持).</summary>
    public static Outcome<Card> Decide(
        Card card, bool withdraw, string? words, Caller who, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset now)
    {
        var refusals = Refusals.Of(
            Supervisor(who, card.Office), Words(words, "decision", Text.NoDecision),
            card.State == CardState.Withdrawn ? new("SV-C06", "", Text.NothingToCorrect(card.State)) : null,
            !withdraw && card.State != CardState.Appealed ? new("SV-C08", "", Text.NoAppeal) : null);
        return refusals.Any ? refusals : card with
        {
            State = withdraw ? CardState.Withdrawn : CardState.Upheld,
            Decision = words!.Trim(),
            DecidedAt = now,
            DecidedBy = who.Name,
            CorrectBy = !withdraw && card.Correction is null ? CorrectBy(card.Kind, card.Type ?? "", calendar, thresholds, now) : null,
        };
    }

    /// <summary>Until when a card of this kind is to be answered: midnight after the last working day; null: it is not.</summary>
    internal static DateTimeOffset? CorrectBy(string kind, string type, WorkCalendar calendar, Thresholds thresholds, DateTimeOffset issued)
    {
        if (kind != CardKind.Yellow || !thresholds.Enabled(SupervisionRules.NotCorrected, type, issued.Local().Day()))
        {
            return null;
        }

        var day = issued.Local().Day();
        var last = calendar.Add(day, thresholds.Correction(type, day));
        return new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), CityTime.Offset).ToUniversalTime();
    }

    /// <summary>Nobody judges a card of his own office.</summary>
    internal static Refusal? Supervisor(Caller who, string office) =>
        !who.May(SupervisionSystem.Decide) ? new("SV-C04", "", Text.SupervisorOnly)
        : who.Office == office ? new("SV-C09", "", Text.OwnOffice)
        : null;

    private static Refusal? Recipient(Card card, Caller who) =>
        who.Office == card.Office && who.May(SupervisionSystem.Answer) ? null : new("SV-C04", "", Text.RecipientOnly);

    internal static Refusal? Words(string? words, string field, string missing) =>
        string.IsNullOrWhiteSpace(words) ? new("SV-C05", field, missing)
        : words.Trim().Length > WordsMax ? new("SV-C05", field, Text.TooLong(WordsMax))
        : null;
}
