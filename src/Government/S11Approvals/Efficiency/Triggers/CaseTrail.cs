using Shali.Platform.Casework;
using Shali.Platform.Casework.Clocks;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>What one approval left behind, as far as the triggers look at it. Every moment is the platform's.</summary>
/// <param name="Events">In their order, the first is the opening.</param>
public sealed record CaseTrail(CaseType Type, Case Case, IReadOnlyList<CaseEvent> Events, Standards Standards, DateTimeOffset Now)
{
    public IReadOnlyList<TrailMaterial> Materials { get; init; } = [];

    /// <summary>Questions whose answers are others than at the first correction notice.</summary>
    public IReadOnlySet<string> ChangedAnswers { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<TrailClock> Clocks { get; init; } = [];

    public IReadOnlyList<TrailCharge> Charges { get; init; } = [];

    internal CaseStep? StepOf(CaseEvent one) => Type.Step(one.Step);

    internal StageKind? KindOf(string? stage) => stage is null ? null : Type.Stage(stage)?.Kind;
}

/// <summary>A paper of the case.</summary>
/// <param name="RenewedAt">When its file was last replaced after the first correction notice; null: not since.</param>
public sealed record TrailMaterial(string? Code, string Name, string State, DateTimeOffset? RenewedAt = null);

/// <summary>A time limit of the case as it is judged.</summary>
public sealed record TrailClock(string Key, ClockRule Rule, DateTimeOffset Due, DateTimeOffset? Ended);

/// <summary>A line of a bill of the case.</summary>
/// <param name="Bill">Number of the bill.</param>
/// <param name="Price">The published standard on the day of the bill; null: the item was not published then.</param>
/// <param name="Belongs">The item belongs to what the case is about, by its type or its parts.</param>
public sealed record TrailCharge(string Bill, string FeeItem, string Name, decimal Quantity, decimal Amount, decimal? Price, bool Belongs, DateTimeOffset At);
