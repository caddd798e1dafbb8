using System.Text.Json.Serialization;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;

namespace Shali.Platform.Casework;

/// <summary>One way from stage to stage: who may go it, what he must bring, what follows from it.</summary>
/// <param name="From">Codes of the stages in which it may be taken.</param>
/// <param name="To">The stage after it; null: the case stays where it is.</param>
public sealed record CaseStep(string Code, string Label, IReadOnlyList<string> From, string? To, Actor By)
{
    /// <summary>What the button does, for whoever is not sure.</summary>
    public string Note { get; init; } = "";

    /// <summary>Needed beside what the seat of the stage demands; for steps of supervisors it is the only one.</summary>
    public string? Permission { get; init; }

    public StepNeeds Needs { get; init; } = StepNeeds.None;

    /// <summary>What is decided with it: each field of the registry's types, kept in the event.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];

    /// <summary>The office that has the case from then on, as when a lower office passes its review on; null: who has it.</summary>
    public string? Office { get; init; }

    /// <summary>The question whose answer is the code of that office, where it differs from case to case.</summary>
    public string? OfficeBy { get; init; }

    /// <summary>The kind of document that it makes: <c>receipt</c>, <c>decision</c>. Systems issue it in their effect.</summary>
    public string? Produces { get; init; }

    /// <summary>The applicant may change his answers with it (补正).</summary>
    public bool ChangesAnswers { get; init; }

    /// <summary>
    /// Tells everything that is wrong, by material and answer, each with its article (一次性告知). Its opinion is what
    /// stands beside them.
    /// </summary>
    public bool TellsFaults { get; init; }

    /// <summary>What it does to clocks beyond what the stages do by themselves: suspend, resume, extend.</summary>
    public IReadOnlyList<ClockEffect> Clocks { get; init; } = [];

    /// <summary>Codes of the type's notices that go out with it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Codes of the type's children that it opens, as far as those that they wait for have ended.</summary>
    public IReadOnlyList<string> Opens { get; init; } = [];

    public Milestone Marks { get; init; } = Milestone.None;

    /// <summary>Code of the type's result that it gives the case.</summary>
    public string? Result { get; init; }

    /// <summary>May be taken for many cases at once: it needs nothing that differs from case to case.</summary>
    public bool Bulk { get; init; }

    /// <summary>It is about one thing of the case: what shows that thing has its form, and it is no button of its own.</summary>
    public bool InPanel { get; init; }

    /// <summary>The platform takes it by itself when this comes about.</summary>
    public Occasion On { get; init; } = Occasion.Never;

    /// <summary>For <see cref="Occasion.ChildrenEnded"/>: only where they ended so; several steps tell the ways apart.</summary>
    public ChildrenOutcome Children { get; init; } = ChildrenOutcome.Any;

    /// <summary>The act and article that provides for it.</summary>
    public Basis? Basis { get; init; }

    /// <summary>
    /// Code of the supervision rule that whoever takes it breaks, such as a second correction notice: the step can be
    /// taken, for what happened must be on record, and draws its card.
    /// </summary>
    public string? Breach { get; init; }

    /// <summary>Not the usual way on: it stands behind the others and does not look like the next thing to do.</summary>
    [JsonIgnore]
    public bool IsExceptional => Breach is not null;

    /// <summary>It goes against the applicant; without a reason it draws a card (行政许可法 art. 38).</summary>
    public bool Adverse { get; init; }

    [JsonIgnore]
    public bool IsBuiltIn => Code.StartsWith(BuiltInSteps.Prefix, StringComparison.Ordinal);
}

/// <summary>Who takes a step.</summary>
public enum Actor
{
    /// <summary>The person or firm whose case it is, or his agent.</summary>
    Applicant,

    /// <summary>Whoever has the work of the stage: its handler, his delegate, anyone of the pool.</summary>
    Handler,

    /// <summary>The head of the office that has the case.</summary>
    Head,

    /// <summary>Whoever watches the offices; needs the step's permission, not the seat.</summary>
    Supervisor,

    /// <summary>The platform itself.</summary>
    Platform,
}

/// <summary>What must come with a step.</summary>
[Flags]
public enum StepNeeds
{
    None = 0,
    Opinion = 1,
    Reason = 2,

    /// <summary>Act and article.</summary>
    Basis = 4,
    Document = 8,

    /// <summary>A second officer who took part (行政许可法 art. 34: at least two).</summary>
    SecondOfficer = 16,

    /// <summary>A person of the office to whom it goes.</summary>
    Person = 32,

    /// <summary>Another office.</summary>
    Office = 64,

    /// <summary>The number of another case.</summary>
    OtherCase = 128,

    /// <summary>A day until which it holds.</summary>
    Until = 256,
}

/// <summary>The moments of a case that law and statistics speak of. Set once, by the platform's clock.</summary>
public enum Milestone
{
    None,
    Accepted,
    Decided,
}

/// <summary>When the platform takes a step by itself.</summary>
public enum Occasion
{
    Never,

    /// <summary>All cases that this one opened have ended or are settled, and none can begin any more.</summary>
    ChildrenEnded,

    /// <summary>In all of them the decision is made, and none can begin any more; some may still be carried out.</summary>
    ChildrenDecided,

    /// <summary>A clock ran out whose silence means something: the clock names the step.</summary>
    ClockRanOut,
}

/// <summary>How the cases came out that another one opened; those that could not begin any more count as not good.</summary>
public enum ChildrenOutcome
{
    Any,
    AllGood,
    SomeGood,
    NoneGood,
}

/// <summary>What a step does to a clock.</summary>
/// <param name="Kind">For a suspension: which of the law's kinds it is, in the clocks' own codes.</param>
public sealed record ClockEffect(ClockAction Action, string Clock, string Kind = "");

public enum ClockAction
{
    Suspend,
    Resume,
    Extend,
}
