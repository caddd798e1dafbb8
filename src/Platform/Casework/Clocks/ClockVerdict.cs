using Shali.Platform.Calendar;
using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

public enum ClockStatus
{
    /// <summary>Open and in time.</summary>
    Running,

    /// <summary>Open and suspended.</summary>
    Paused,

    /// <summary>Open and past its due day.</summary>
    Overdue,

    /// <summary>Ended before it ran out.</summary>
    Kept,

    /// <summary>Ended after it had run out.</summary>
    Missed,
}

/// <summary>How a clock stands at a moment.</summary>
/// <param name="Due">The first moment that is too late: 24:00 of the due day, for hours the moment itself.</param>
/// <param name="DueDay">The last day.</param>
/// <param name="Remaining">
/// Days that are still to come after this day up to and with the due day, in the unit of the rule and without
/// suspended ones: 0 on the last day, negative when it is past. For hours: hours, with their fraction.
/// </param>
/// <param name="Provisional">Its days lie in a year whose holidays are not published yet.</param>
/// <param name="NextMoment">When the status changes next if nobody does anything; null when it does not.</param>
public sealed record ClockVerdict(
    ClockStatus Status, DateTimeOffset Due, DateOnly DueDay, decimal Remaining, bool Provisional, DateTimeOffset? NextMoment)
{
    internal ClockFacts Facts { get; init; } = null!;

    internal WorkCalendar Calendar { get; init; } = null!;

    /// <summary>Whether the limit was passed, open or ended.</summary>
    public bool Late => Status is ClockStatus.Overdue or ClockStatus.Missed;

    /// <summary>How the deadline comes about, in sentences: rule, article, start, pauses, holidays, due day.</summary>
    public IReadOnlyList<ClockLine> Explanation => ClockExplanation.Of(Facts, Calendar, this);
}

/// <summary>One line of the explanation of a deadline.</summary>
public sealed record ClockLine(string Label, string Text, Basis? Basis = null);
