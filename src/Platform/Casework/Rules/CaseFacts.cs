using Shali.Platform.Calendar;
using Shali.Platform.Casework.Clocks;
using Shali.Platform.Identity;

namespace Shali.Platform.Casework;

/// <summary>All that the judgement of a step depends on. Whoever holds the same facts comes to the same judgement.</summary>
public sealed record CaseFacts(
    CaseType Type, Case Case, IReadOnlyList<OpenClock> Clocks, IReadOnlyList<CaseWork> Work, WorkCalendar Calendar, DateTimeOffset Now)
{
    /// <summary>The cases that this one has opened.</summary>
    public IReadOnlyList<ChildState> Children { get; init; } = [];

    /// <summary>The person that the request names; null when it names none or there is no such person.</summary>
    public Colleague? Person { get; init; }

    /// <summary>The second officer that the request names.</summary>
    public Colleague? Second { get; init; }

    /// <summary>The office that the request names.</summary>
    public Office? Office { get; init; }

    /// <summary>The other case that the request names.</summary>
    public Case? Other { get; init; }

    public CaseStage Stage => Type.Stage(Case.Stage)!;

    public CaseWork? Main => Work.FirstOrDefault(work => work.Seat == CaseWork.Main);
}

/// <summary>A clock of the case that has not ended.</summary>
/// <param name="Key">Of its record; empty for one that begins.</param>
public sealed record OpenClock(string Key, int Version, ClockFacts Facts);

/// <summary>How a case stands that this one opened.</summary>
/// <param name="Good">Its result is what was asked for.</param>
public sealed record ChildState(string Code, string Number, bool Ended, bool Good)
{
    public string Type { get; init; } = "";

    public int Version { get; init; }

    public string Stage { get; init; } = "";

    /// <summary>What was asked for has come about, though it runs on.</summary>
    public bool Settled { get; init; }

    /// <summary>The decision is made, whatever it is.</summary>
    public bool Decided { get; init; }

    /// <summary>Nobody has to wait for it any more.</summary>
    public bool Over => Ended || Settled;
}

/// <summary>Somebody of an office, as far as a step must know him.</summary>
/// <param name="Offices">Where he holds a post today.</param>
public sealed record Colleague(string Account, string Name, IReadOnlyList<string> Offices);
