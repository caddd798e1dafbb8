using Shali.Platform.Kernel;

namespace Shali.Platform.Casework.Clocks;

/// <summary>In what a period is counted. A number without a unit is no deadline: each law says its own.</summary>
public enum ClockUnit
{
    /// <summary>The day of the event is not counted; the last day is a working day (行政许可法 art. 82).</summary>
    WorkingDays,

    /// <summary>The day of the event is not counted; a last day of rest moves to the next working day (民法典 art. 201, 203).</summary>
    CalendarDays,

    /// <summary>From the moment itself (民法典 art. 201 para. 2).</summary>
    Hours,
}

/// <summary>Whose limit it is: the law's, the one that the office promised, or the one of a single step.</summary>
public enum ClockKind
{
    Legal,
    Promised,
    Step,
}

/// <summary>One time limit of a case type: data of its version, so a running case keeps the limit that it began with.</summary>
/// <param name="Code">Permanent within the case type: <c>decide</c>, <c>decide-promised</c>, <c>notice</c>.</param>
/// <param name="Label">As people read it: 法定办结时限.</param>
/// <param name="Length">In <paramref name="Unit"/>; from 1 to <see cref="LengthMax"/>.</param>
/// <param name="Basis">The act and article that set the limit; for a promise, where it was published.</param>
public sealed record ClockRule(string Code, string Label, ClockUnit Unit, int Length, ClockKind Kind, Basis Basis)
{
    public const int LengthMax = 3_650;

    /// <summary>Codes of the stages in which it runs; empty: the steps alone start and stop it.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>Codes of <see cref="SuspensionKinds"/> for which it may stand still; empty: for none.</summary>
    public IReadOnlyList<string> Suspensions { get; init; } = [];

    /// <summary>How it may be extended, once; null: not at all.</summary>
    public ExtensionRule? Extension { get; init; }

    /// <summary>What it means when it runs out and nothing was said; null: only that it is late.</summary>
    public Silence? Silence { get; init; }

    /// <summary>For a promise: the code of the legal limit that it shortens.</summary>
    public string? Promises { get; init; }

    /// <summary>
    /// Its last day is given by something else than a length, such as the end of a licence: <see cref="ClockFacts.Until"/>. It
    /// is not moved by a day of rest, stands still for nothing, and does not run where there is no such day.
    /// </summary>
    public bool Dated { get; init; }

    /// <summary>A limit that ends with a day which the case has from outside.</summary>
    public static ClockRule Until(string code, string label, ClockKind kind, Basis basis) => new(code, label, ClockUnit.CalendarDays, 1, kind, basis) { Dated = true };

    /// <summary>The supervision rule that speaks when it runs out, where the kind of the clock does not say it.</summary>
    public string? Overrun { get; init; }
}

/// <summary>One extension: at most so long, with whose approval.</summary>
/// <param name="Length">Most that may be added, in the unit of the limit.</param>
/// <param name="Role">The role that the approver must hold, one of the platform's roles.</param>
/// <param name="Approver">Who that is in the words of the law: 本行政机关负责人.</param>
public sealed record ExtensionRule(int Length, string Role, string Approver, Basis Basis);

/// <summary>
/// Silence that decides: when the clock runs out the platform itself takes a step, and it counts from the moment at
/// which the clock began (行政许可法 art. 32 (4): no notice in five days means accepted on the day of receipt); for a dated
/// clock from the moment at which it ran out (art. 50: the renewal is granted when the licence ends).
/// </summary>
/// <param name="Step">Code of the step that the platform takes.</param>
/// <param name="Meaning">In words: 逾期不告知的，自收到申请材料之日起即为受理.</param>
public sealed record Silence(string Step, string Meaning, Basis Basis);
