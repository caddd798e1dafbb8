namespace Shali.Platform.Casework;

/// <summary>Where a case stands: what is done there, and by whom.</summary>
/// <param name="Code">Permanent within its type: <c>received</c>, <c>review</c>.</param>
public sealed record CaseStage(string Code, string Label, StageKind Kind)
{
    /// <summary>Who works here; null where nobody of the offices has to: the applicant, other cases, or nobody.</summary>
    public CaseSeat? Seat { get; init; }

    /// <summary>What the applicant reads about it; empty: the label.</summary>
    public string Note { get; init; } = "";

    /// <summary>
    /// What was asked for has come about, though the case goes on, as with a check afterwards: whoever waits for it
    /// need not wait any longer.
    /// </summary>
    public bool Settled { get; init; }

    /// <summary>
    /// What the offices of the children are asked while the case stands here, each for its part; null: nothing. Where
    /// the stage is left, nobody has to answer any more.
    /// </summary>
    public string? Asks { get; init; }
}

/// <summary>What a stage means for the clock, the applicant and the work lists. The codes are permanent.</summary>
public enum StageKind
{
    /// <summary>Handed in, not yet accepted: 未受理.</summary>
    Before,

    /// <summary>Accepted, an office works on it: 办理中.</summary>
    Running,

    /// <summary>Something is expected of the applicant or of another case: 等待中.</summary>
    Waiting,

    /// <summary>Over: 已办结.</summary>
    Ended,
}

/// <summary>Whose work a stage is.</summary>
/// <param name="Permission">What he must hold who works here.</param>
public sealed record CaseSeat(string Permission)
{
    /// <summary>The code of the office; null: the case's own office.</summary>
    public string? Office { get; init; }

    /// <summary>Stays with the person who handles the case, when there is one; else the work lies in the office's pool.</summary>
    public bool Handler { get; init; }

    /// <summary>The role of the post; null: whoever holds the permission.</summary>
    public string? Role { get; init; }
}
