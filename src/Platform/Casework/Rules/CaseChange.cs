using Shali.Platform.Casework.Clocks;
using Shali.Platform.Messages;

namespace Shali.Platform.Casework;

/// <summary>All that follows from a step: written together or not at all.</summary>
public sealed record CaseChange(CaseStep Step, Case Before, Case After, CaseEvent Event)
{
    /// <summary>Clocks that begin, move or end.</summary>
    public IReadOnlyList<ClockChange> Clocks { get; init; } = [];

    /// <summary>All that is to be done about the case afterwards; whatever stood there before is gone.</summary>
    public required IReadOnlyList<CaseWork> Work { get; init; }

    public IReadOnlyList<NoticeTemplate> Notices { get; init; } = [];

    /// <summary>Cases that it opens.</summary>
    public IReadOnlyList<ChildCase> Opens { get; init; } = [];

    /// <summary>The case ended with this step.</summary>
    public bool Ends => After.State == CaseState.Ended && Before.State != CaseState.Ended;
}

/// <summary>A clock before and after; null before: it begins.</summary>
public sealed record ClockChange(OpenClock? Before, ClockFacts After);
