using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>
/// One clock of one case: all that its deadline follows from. Moments are the platform's own, never typed by a person.
/// </summary>
/// <param name="Started">The event; its day is not counted, hours count from the moment.</param>
/// <param name="Pauses">In the order of their beginning.</param>
/// <param name="Ended">When what it measures was done; null while it is open.</param>
public sealed record ClockFacts(
    ClockRule Rule, DateTimeOffset Started, IReadOnlyList<Pause> Pauses, Extension? Extended = null, DateTimeOffset? Ended = null)
{
    public static ClockFacts Start(ClockRule rule, DateTimeOffset at) => new(rule, at, []);

    /// <summary>The last day of a dated limit; null: its length says it.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The limit with its extension, in the unit of the rule.</summary>
    public int Length => Until is { } last ? last.DayNumber - Started.Local().Day().DayNumber : Rule.Length + (Extended?.Length ?? 0);
}

/// <summary>
/// A time that is not counted: from the day after it began up to and with the day on which it ended. It ends by
/// itself with the planned length that the applicant was told (行政许可法 art. 45): a reviewer who takes longer takes
/// it from the office's own time, unless a further document suspends the clock again.
/// </summary>
/// <param name="Kind">Code of a <see cref="SuspensionKind"/>.</param>
/// <param name="To">When it was over; null while it lasts.</param>
/// <param name="Document">Number of the document that told the applicant.</param>
/// <param name="PlannedDays">Working days where the rule counts those, else days of the calendar; at least 1.</param>
public sealed record Pause(string Kind, DateTimeOffset From, DateTimeOffset? To, string Document, Basis Basis, int PlannedDays);

/// <summary>The one extension of a clock.</summary>
/// <param name="Length">In the unit of the rule.</param>
/// <param name="Approver">Who approved it.</param>
/// <param name="Reason">As the applicant was told.</param>
/// <param name="Document">Number of the notice to the applicant.</param>
public sealed record Extension(int Length, string Approver, string Reason, string Document, DateTimeOffset At);
