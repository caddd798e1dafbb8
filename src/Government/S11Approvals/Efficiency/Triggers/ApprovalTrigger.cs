using Shali.Platform.Casework.Supervision;
using Shali.Platform.Kernel;

namespace Shali.Government.S11Approvals.Efficiency;

/// <summary>
/// One of the eight triggers of electronic supervision of approvals. Its cards are the platform's, under the
/// platform's rules named here; they carry the trigger's own code beside it.
/// </summary>
/// <param name="Code">Permanent: <c>S11-R82</c>.</param>
/// <param name="Rules">Rules of the platform whose cards are this trigger's.</param>
/// <param name="Find">What of it stands in a case. Pure.</param>
public sealed record ApprovalTrigger(
    string Code, string Name, string Sentence, Basis? Basis, IReadOnlyList<SupervisionRule> Rules, Func<CaseTrail, IEnumerable<TriggerFinding>> Find);

/// <summary>That a trigger holds: when, and the events that prove it.</summary>
/// <param name="Rule">The platform's rule under which its card is drawn.</param>
/// <param name="Moment">When the rule was broken, by the platform's clock.</param>
/// <param name="Mark">What tells it from other findings of the rule in this case: <c>E0004</c>, a clock, a bill.</param>
public sealed record TriggerFinding(SupervisionRule Rule, DateTimeOffset Moment, string Mark, string Evidence)
{
    /// <summary>The event that is the breach; null where a clock or a bill is.</summary>
    public int? Event { get; init; }
}
