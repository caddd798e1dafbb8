using Shali.Platform.Kernel;

namespace Shali.Centres.DataCentre.D1Population;

/// <summary>
/// A kind of life event: what is asked, what the law demands, what it changes in the register.
/// </summary>
public abstract class EventType
{
    /// <summary>One of <see cref="EventKind"/>.</summary>
    public abstract string Kind { get; }

    public string Label => CodeLists.Label("life-event", Kind);

    /// <summary>One sentence for the clerk: when to use it.</summary>
    public abstract string Lead { get; }

    public abstract IReadOnlyList<Question> Questions { get; }

    /// <summary>In the order in which they are judged; all are judged.</summary>
    public abstract IReadOnlyList<Rule> Rules { get; }

    /// <summary>The right that registering it needs.</summary>
    public virtual string Permission => PopulationSystem.RegisterEvents;

    /// <summary>Nobody declares it: it comes with a day, and the register enters it itself.</summary>
    public virtual bool ComesWithADay => false;

    /// <summary>The event leads to records of these persons, beside those whom the answers name.</summary>
    public virtual bool NeedsKin => false;

    /// <summary>By when it had to be declared; null: no time is set. Late declarations are marked, never refused.</summary>
    public virtual DateOnly? Deadline(Facts facts, EventForm form) => null;

    /// <summary>Changes the register. Only called when no rule says no. The key of the person it is about.</summary>
    public abstract string Apply(Facts facts, EventForm form);

    /// <summary>The other person of the entry: spouse, mother, adopter.</summary>
    public virtual string? Other(EventForm form) => null;

    /// <summary>Everything that stands against the event: answers first, then the rules of law.</summary>
    public Refusals Judge(Facts facts, EventForm form)
    {
        var answers = Questions.SelectMany(question => question.Judge(facts, form)).ToList();
        answers.AddRange(form.Answers.Keys
            .Where(name => name != EntryFields.Documents && Questions.All(question => question.Name != name))
            .Select(name => new Refusal("D1-Q01", name, Text.UnknownAnswer(name))));
        // Rules speak about answers that make sense; where one does not, its own sentence is enough.
        var unclear = answers.Select(refusal => refusal.Field).ToHashSet(StringComparer.Ordinal);
        var rules = Rules
            .Where(rule => !rule.Reads.Any(unclear.Contains))
            .Select(rule => rule.Judge(facts, form))
            .OfType<Refusal>();
        return new([.. answers, .. rules]);
    }
}

/// <summary>Names of answers that every entry has beside those of its kind.</summary>
public static class EntryFields
{
    public const string Documents = "documents";
}

/// <summary>All kinds of events: those that a clerk declares, in the order in which he looks for them, and those of a day.</summary>
public static class EventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new BirthEvent(), new DeathEvent(), new HouseholdMoveEvent(), new MoveOutEvent(), new MoveInEvent(),
        new MarriageEvent(), new DivorceEvent(), new AdoptionEvent(), new AcknowledgmentEvent(),
        new NameChangeEvent(), new NumberCorrectionEvent(), new HouseholdSplitEvent(), new HouseholdMergeEvent(), new HeadChangeEvent(),
        new TemporaryRegistrationEvent(), new DepartureEvent(), new ResidencePermitEvent(), new PermitEndorsementEvent(), new EnlistmentEvent(),
        new MissingEvent(), new FoundEvent(), new CorrectionEvent(),
    ];

    public static IReadOnlyList<EventType> OfADay { get; } = [new TransferLapseEvent(), new PermitLapseEvent()];

    private static readonly Dictionary<string, EventType> ByKind = All.Concat(OfADay).ToDictionary(type => type.Kind, StringComparer.Ordinal);

    public static EventType? Find(string? kind) => kind is null ? null : ByKind.GetValueOrDefault(kind);
}
